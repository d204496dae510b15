"""Schemes: one kind of goods for every room of the homes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, READ


class Scheme(Guarded):
    """A kind of goods that every room of the homes is to have until a day. Every office of the district may read it."""

    rights = READ | APPEND
    wide_reading = True

    title = models.CharField("名称", max_length=60)
    goods = models.OneToOneField("ledgers.Goods", models.PROTECT, related_name="+")
    due_on = models.DateField("完成期限")
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("区域")

    class Meta:
        verbose_name = "到房项目"
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "title"], name="scheme_once")]

    def __str__(self) -> str:
        return self.title
