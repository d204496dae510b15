"""Desks: who takes orders."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.orders.rules import DeskKind


class Desk(Guarded):
    """A department, street, community, firm or skilled volunteer that takes orders (承办单位).

    ``area`` is its seat: its orders lie there, and staff whose post is at the seat belong to it. ``everywhere``: it serves the
    whole district, else its seat and what lies below. ``categories``: codes (or their beginnings) that it takes, all if empty.
    Without hours it is open day and night. ``fallback``: the district's own desk, which takes what nobody else does.
    ``reaches``: towns and communities that it serves besides; ``paused``: it gets nothing for now, what it has it keeps.
    Everybody may know who takes what, so it is read by all.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    name = models.CharField("承办单位", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=DeskKind.choices())
    everywhere = models.BooleanField("服务全区", default=False)
    reaches = ArrayField(models.CharField(max_length=12), verbose_name="服务的镇街村居", default=list)
    paused = models.BooleanField("暂停派单", default=False)
    categories = ArrayField(models.CharField(max_length=6), verbose_name="承办事项", default=list)
    opens = models.TimeField("上班", null=True)
    closes = models.TimeField("下班", null=True)
    weekends = models.BooleanField("休息日值班", default=False)
    fallback = models.BooleanField("兜底", default=False)
    duty = models.CharField("职责", max_length=300, blank=True)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField("驻地")

    class Meta:
        verbose_name = "承办单位"
        indexes: ClassVar = [models.Index(fields=["area", "name"], name="desk_area")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="desk_area_code"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__lt=F("closes")), name="desk_hours"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="desk_days"),
            models.UniqueConstraint(fields=["area"], condition=Q(fallback=True, until=None), name="desk_one_fallback"),
            models.UniqueConstraint(fields=["area", "name"], condition=Q(until=None), name="desk_once"),
        ]

    def __str__(self) -> str:
        return self.name
