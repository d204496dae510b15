"""Providers, what they offer at what price, and what happened to them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.domains.providers.rules import Ground, LapseKind, Measure, ProviderKind, Service, Standing, Step
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

_STAFF = "access.Staff"


class Provider(Guarded):
    """A member firm, a skilled individual or a network of home help (加盟企业、一技之长服务者).

    ``area`` is its seat: the district's own code while it has only applied, then a unit of its own, where its orders lie and
    where its account, if it has one, holds its post. ``desk`` takes its orders since the trial began. Who serves households is
    known to everybody who may order, so it is read by all; an individual gives name and telephone with the application.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    name = models.CharField("名称", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    kind = models.CharField("类别", max_length=8, choices=ProviderKind.choices())
    organisation = models.ForeignKey(
        "registry.Organisation", models.PROTECT, null=True, related_name="+", verbose_name="登记单位"
    )
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+", verbose_name="登记居民")
    contact = models.CharField("联系人", max_length=60)
    phone = models.CharField("服务电话", max_length=20)
    licence = models.CharField("证照和专长", max_length=200)
    staff = models.PositiveSmallIntegerField("服务人员", default=1)
    everywhere = models.BooleanField("服务全区", default=False)
    reaches = ArrayField(models.CharField(max_length=12), verbose_name="服务的镇街村居", default=list)
    opens = models.TimeField("开始服务", null=True)
    closes = models.TimeField("结束服务", null=True)
    weekends = models.BooleanField("休息日服务", default=False)
    standing = models.CharField("状态", max_length=10, choices=Standing.choices(), default=Standing.APPLIED)
    before = models.CharField("暂停前的状态", max_length=10, blank=True, choices=Standing.choices())
    desk = models.OneToOneField("orders.Desk", models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    applied_on = models.DateField("申请日期")
    trial_since = models.DateField("试用自", null=True)
    trial_until = models.DateField("试用至", null=True)
    member_since = models.DateField("加盟日期", null=True)
    ended_on = models.DateField("退出日期", null=True)
    entered_by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="登记人")
    area = AreaField("驻地")

    class Meta:
        verbose_name = "服务商"
        indexes: ClassVar = [models.Index(fields=["standing", "sort_key"], name="provider_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="provider_area_code"),
            models.CheckConstraint(condition=Q(opens=None, closes=None) | Q(opens__lt=F("closes")), name="provider_hours"),
            models.CheckConstraint(
                condition=Q(standing__in=["applied", "refused"]) | Q(desk__isnull=False, trial_since__isnull=False),
                name="provider_has_a_desk",
            ),
            models.CheckConstraint(condition=~Q(standing="member") | Q(member_since__isnull=False), name="provider_member_since"),
            models.CheckConstraint(condition=Q(standing="suspended") ^ Q(before=""), name="provider_paused_from"),
            models.CheckConstraint(
                condition=Q(standing__in=["refused", "removed"], ended_on__isnull=False)
                | Q(~Q(standing__in=["refused", "removed"]), ended_on=None),
                name="provider_ended",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_on=None, organisation__isnull=False), name="provider_organisation_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on=None, person__isnull=False), name="provider_person_once"
            ),
            models.UniqueConstraint(fields=["name"], condition=Q(ended_on=None), name="provider_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Department(Guarded):
    """A department of a provider (服务部)."""

    rights = READ | APPEND | CHANGE
    wide_reading = True
    area_from = "provider"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="departments")
    name = models.CharField("服务部", max_length=40)
    staff = models.PositiveSmallIntegerField("服务人员", default=1)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "服务部"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "name"], condition=Q(until=None), name="provider_department_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Offer(Guarded):
    """A service item of a provider (服务项目): what it is and by what it counts. Its prices are dated lines."""

    rights = READ | APPEND | CHANGE
    wide_reading = True
    area_from = "provider"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="offers")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="offers", verbose_name="服务部")
    service = models.CharField("服务", max_length=10, choices=Service.choices())
    name = models.CharField("项目", max_length=60)
    measure = models.CharField("计价单位", max_length=8, choices=Measure.choices())
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "服务项目"
        indexes: ClassVar = [models.Index(fields=["service", "provider"], condition=Q(until=None), name="provider_offer_service")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "name"], condition=Q(until=None), name="provider_offer_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="provider_offer_days"),
        ]

    def __str__(self) -> str:
        return self.name


class Price(Guarded):
    """What one measure of an item costs from a day, fen. A new price is a new line; nothing that was told is rewritten."""

    rights = READ | APPEND
    wide_reading = True
    area_from = "offer"

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="prices")
    fen = models.BigIntegerField("单价（分）")
    since = models.DateField("自")
    by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="登记人")
    area = AreaField()

    class Meta:
        verbose_name = "服务价格"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "since"], name="provider_price_once"),
            models.CheckConstraint(condition=Q(fen__gte=0, fen__lte=10_000_000), name="provider_price_range"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.since}"


class ProviderEvent(Guarded):
    """What happened to a provider, by whom and why; ``facts`` are the numbers that were judged."""

    rights = READ | APPEND
    wide_reading = True
    area_from = "provider"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="events")
    step = models.CharField("事项", max_length=10, choices=Step.choices())
    on = models.DateField("日期")
    by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    ground = models.CharField("理由类别", max_length=8, blank=True, choices=Ground.choices())
    text = models.CharField("说明", max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    area = AreaField()

    class Meta:
        verbose_name = "加盟记录"
        indexes: ClassVar = [models.Index(fields=["provider", "id"], name="provider_event")]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.step}"


class Lapse(Guarded):
    """An order that a provider did not sign for, or did not come to, in time: seen by the clocks, once for each round."""

    rights = READ | APPEND
    wide_reading = True
    area_from = "provider"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="lapses")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", verbose_name="工单")
    number = models.CharField("工单号", max_length=16)
    round = models.SmallIntegerField("轮次")
    kind = models.CharField("情形", max_length=8, choices=LapseKind.choices())
    on = models.DateField("日期")
    area = AreaField()

    class Meta:
        verbose_name = "未按时签收或上门"
        indexes: ClassVar = [models.Index(fields=["provider", "on"], name="provider_lapse_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "order", "round", "kind"], name="provider_lapse_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
