"""Requests for relief, whom they helped, goods handed out, and goods shared out among towns."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.relief.rules import EVENTS, MEANS, STATES
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.law import Cause, Decider, Degree, Recognised, Zone


class Request(Guarded):
    """One request for a family or a person, at the place where the hardship befell them; how it stands is told by its case.

    ``former``: the help given at once that this request supplements. ``members``: the people whom it is for. ``renewed``: what
    is new since relief was given for the same kind of event. ``burden``: fen of spending borne by the family itself.
    ``name``, ``names``, ``minor``, ``home`` and ``recognised`` are as they stood at the application: those who are helped may
    live outside of the office's area. ``past``: other aid of the year and earlier relief, found over the district. ``means``:
    what the check of means found. ``amount`` (fen), ``decider`` and ``days`` are what was decided; ``posted`` is what the notice
    said. ``claimed_back_on``: when finance took the money of a revoked request back, or asked for it.
    """

    rights = READ | APPEND | CHANGE
    area_from = "case"

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    name = models.CharField("申请人", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    minor = models.BooleanField("未成年人", default=False)
    home = models.CharField("居住地", max_length=60)
    members = ArrayField(models.BigIntegerField(), verbose_name="救助对象")
    names = ArrayField(models.CharField(max_length=60), verbose_name="救助对象姓名")
    people = models.PositiveSmallIntegerField("救助人数")
    recognised = models.PositiveSmallIntegerField("认定身份", default=0, choices=[(int(one), one.zh) for one in Recognised])
    local = models.BooleanField("本区户籍", default=True)
    zone = models.SmallIntegerField("城乡", choices=[(int(one), one.zh) for one in Zone])
    event = models.CharField("困难情形", max_length=16, choices=list(EVENTS.items()))
    cause = models.CharField("救助类型", max_length=10, choices=Cause.choices())
    happened_on = models.DateField("发生日期")
    degree = models.CharField("困难程度", max_length=8, choices=Degree.choices())
    months = models.PositiveSmallIntegerField("困难持续月数", default=1)
    fast = models.BooleanField("先行救助", default=False)
    burden = models.BigIntegerField("自负支出（分）", null=True)
    renewed = models.CharField("新的困难情形", max_length=200, blank=True)
    statement = models.CharField("困难经过", max_length=1000)
    wants = models.CharField("所需物资", max_length=200, blank=True)
    past = models.JSONField("以往救助", default=list)
    found = models.CharField("核实情况", max_length=1000, blank=True)
    found_on = models.DateField("核实日期", null=True)
    means = models.CharField("经济状况", max_length=8, blank=True, choices=list(MEANS.items()))
    means_report = models.CharField("核对依据", max_length=200, blank=True)
    applied_on = models.DateField("申请日期")
    state = models.CharField("状态", max_length=10, default="open", choices=list(STATES.items()))
    posted = models.JSONField("公示内容", default=dict)
    amount = models.BigIntegerField("救助金额（分）", default=0)
    decider = models.CharField("决定机关", max_length=8, blank=True, choices=Decider.choices())
    refused_for = models.CharField("不予救助的理由", max_length=40, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    days = models.PositiveSmallIntegerField("办理天数", null=True)
    ordered_on = models.DateField("开具付款单日期", null=True)
    claimed_back_on = models.DateField("收回日期", null=True)
    area = AreaField("急难发生地")
    area_then = AreaField("申请时所在地")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "临时救助申请"
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="relief_request_area"),
            models.Index(fields=["state", "area"], name="relief_request_state"),
            models.Index(fields=["person"], name="relief_request_person"),
            models.Index(fields=["decided_on"], name="relief_request_decided"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="relief_request_area_code"),
            models.CheckConstraint(condition=Q(people__gt=0, months__gt=0), name="relief_request_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "revoked"], amount__gt=0, decided_on__isnull=False)
                | Q(state__in=["open", "refused", "withdrawn"], amount=0),
                name="relief_granted_or_nothing",
            ),
            models.CheckConstraint(condition=Q(fast=False) | Q(cause="emergency", former=None), name="relief_fast_emergency"),
            models.UniqueConstraint(
                fields=["former"], condition=Q(state__in=["open", "granted"]), name="relief_supplemented_once"
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(state="open"), name="relief_one_open_request"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Helped(Guarded):
    """A person whom a request helps: what the limits of a year and of a cause are counted from (sql/limits.sql).

    ``household``: theirs, also where the relief was for this person alone. ``times_most``: how often in a year the
    law of the day allows it. A supplement of help given at once has no rows of its own.
    """

    rights = READ | APPEND | CHANGE
    area_from = "request"

    request = models.ForeignKey(Request, models.PROTECT, related_name="helped")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    event = models.CharField("困难情形", max_length=16, choices=list(EVENTS.items()))
    happened_on = models.DateField("发生日期")
    renewed = models.BooleanField("有新的困难情形", default=False)
    helped_on = models.DateField("救助日期")
    times_most = models.PositiveSmallIntegerField("每年最多次数")
    cancelled_on = models.DateField("撤销日期", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "临时救助人次"
        indexes: ClassVar = [
            models.Index(fields=["person", "helped_on"], name="relief_helped_person"),
            models.Index(fields=["household", "happened_on"], name="relief_helped_household"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "person"], name="relief_helped_once")]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.person_id}"


class Parcel(Guarded):
    """Goods handed out for a request against a signature, beside the slip of the books."""

    rights = READ | APPEND
    area_from = "request"

    request = models.ForeignKey(Request, models.PROTECT, related_name="parcels")
    goods = models.CharField("物资", max_length=60)
    pieces = models.PositiveIntegerField("数量")
    given_on = models.DateField("发放日期")
    posting = models.ForeignKey("ledgers.Posting", models.PROTECT, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "临时救助物资"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pieces__gt=0), name="relief_parcel_pieces")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.goods}"


class Consignment(Guarded):
    """Goods that went to a town in a batch, by the number of its people of 五保 and rural 低保 on the day (RELIEF-07)."""

    rights = READ | APPEND

    title = models.CharField("批次", max_length=60)
    goods = models.CharField("物资", max_length=60)
    people = models.PositiveIntegerField("依据人数")
    pieces = models.PositiveIntegerField("数量")
    sent_on = models.DateField("发放日期")
    posting = models.ForeignKey("ledgers.Posting", models.PROTECT, related_name="+")
    area = AreaField("镇街")

    class Meta:
        verbose_name = "物资分配"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pieces__gt=0, people__gt=0), name="relief_consignment_pieces"),
            models.UniqueConstraint(fields=["title", "goods", "area"], name="relief_consignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.area}"
