"""What a family asked for on the web: the community calls, visits and takes the application."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.assistance.models.applications import Application
from linli.domains.assistance.rules import WishState
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import CHANGE, READ


class Wish(Guarded):
    """A family, or somebody for it, asks on the web to be taken up. It becomes an application, or it is said why not.

    The identity number finds the family in the registry; it goes from here when somebody has answered. The telephone stays,
    because with it one follows the way of the application. A term after the end everything personal goes (``forgotten_on``);
    number, days and outcome stay. Only ``bulletin.assistance_wish`` adds rows.
    """

    rights = READ | CHANGE

    number = models.CharField("网上申请编号", max_length=12, unique=True)
    name = models.CharField("申请人", max_length=50)
    identity_sealed = models.BinaryField("身份证号（加密）", null=True)
    identity_digest = models.BinaryField("身份证号（散列）", null=True)
    phone_sealed = models.BinaryField("电话（加密）", null=True)
    phone_digest = models.BinaryField("电话（散列）", null=True)
    address = models.CharField("住址", max_length=200)
    agent = models.CharField("代办人", max_length=50, blank=True)
    agent_tie = models.CharField("与申请人关系", max_length=30, blank=True)
    text = models.CharField("困难情况", max_length=500)
    since = models.DateField("提交日期")
    state = models.CharField("状态", max_length=8, choices=WishState.choices(), default=WishState.OPEN)
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    forgotten_on = models.DateField("个人信息清除日期", null=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    area = AreaField("所在地")

    class Meta:
        verbose_name = "网上救助申请"
        indexes: ClassVar = [models.Index(fields=["area", "state", "id"], name="assist_wish_state")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="assist_wish_area_code"),
            models.CheckConstraint(
                condition=Q(state="open", answer="", application=None) | Q(state="taken", application__isnull=False)
                | Q(state="declined", application=None) & ~Q(answer=""),
                name="assist_wish_answered",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_on=None, phone_sealed__isnull=False, phone_digest__isnull=False) & ~Q(name="")
                | Q(
                    forgotten_on__isnull=False, name="", address="", agent="", agent_tie="", text="", phone_sealed=None,
                    phone_digest=None, identity_sealed=None, identity_digest=None,
                ) & ~Q(state="open"),
                name="assist_wish_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return self.number
