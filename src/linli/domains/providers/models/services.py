"""What residents order: service orders, what was confirmed, contested and settled, and what came in by the web."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.domains.providers.models.members import Offer, Provider
from linli.domains.providers.rules import Contested, Measure, Payee, Service, WishState
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.orders.rules import Satisfaction

_STAFF = "access.Staff"


class Statement(Guarded):
    """What a provider is paid of the public purse for a month: how many orders and fen, as on the day it was made."""

    rights = READ | APPEND | CHANGE
    area_from = "provider"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="statements")
    month = models.DateField("月份")
    orders = models.PositiveIntegerField("单数")
    amount = models.BigIntegerField("金额（分）")
    made_on = models.DateField("核定日期")
    made_by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="核定人")
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_why = models.CharField("撤回原因", max_length=200, blank=True)
    ordered_on = models.DateField("开具付款单日期", null=True)
    area = AreaField("驻地")

    class Meta:
        verbose_name = "服务结算单"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="service_statement_area")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(orders__gt=0, amount__gt=0), name="service_statement_sum"),
            models.CheckConstraint(condition=Q(month__day=1), name="service_statement_month"),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | Q(ordered_on=None), name="service_statement_one_end"),
            models.UniqueConstraint(fields=["provider", "month"], condition=Q(withdrawn_on=None), name="service_statement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.month:%Y-%m}"


class ServiceOrder(Guarded):
    """A service at home that was ordered (服务单): its order is handled by the provider's desk as any other.

    ``price`` is what was agreed before: ``unit_price`` times ``quantity``, fen; it stays whatever the list says later.
    ``subsidy`` is what the public purse bears of it, given as ``payee`` under the month's limits ``most_times`` and
    ``most_fen``; ``payable`` is what is left of it after contests. It is confirmed when its order was called back about,
    solved and with a good grade; so nothing is entered twice. ``area`` follows the order; ``place`` is where the household is.
    """

    rights = READ | APPEND | CHANGE
    area_from = "order"

    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="+", verbose_name="工单")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="services", verbose_name="服务商")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="services", verbose_name="服务项目")
    service = models.CharField("服务", max_length=10, choices=Service.choices())
    item = models.CharField("项目", max_length=60)
    measure = models.CharField("计价单位", max_length=8, choices=Measure.choices())
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+", verbose_name="居民")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+", verbose_name="家庭")
    age = models.SmallIntegerField("当时年龄", null=True)
    place = AreaField("服务地点")
    day = models.DateField("下单日期")
    wanted_on = models.DateField("约定日期")
    quantity = models.PositiveSmallIntegerField("数量", default=1)
    unit_price = models.BigIntegerField("约定单价（分）")
    price = models.BigIntegerField("约定价款（分）")
    payee = models.CharField("补贴对象", max_length=8, blank=True, choices=Payee.choices())
    subsidy = models.BigIntegerField("补贴（分）", default=0)
    payable = models.BigIntegerField("应结算（分）", default=0)
    most_times = models.PositiveSmallIntegerField("每月次数上限", default=0)
    most_fen = models.BigIntegerField("每月金额上限（分）", default=0)
    outcome = models.JSONField("计算说明")
    round = models.SmallIntegerField("轮次", default=1)
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    entered_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="登记起止的人")
    cancelled_on = models.DateField("取消日期", null=True)
    cancelled_why = models.CharField("取消原因", max_length=200, blank=True)
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="lines")
    area = AreaField("驻地")

    class Meta:
        verbose_name = "服务单"
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="service_order_area"),
            models.Index(fields=["provider", "ended_at"], name="service_order_provider"),
            models.Index(fields=["person", "wanted_on"], condition=Q(person__isnull=False), name="service_order_person"),
            models.Index(fields=["day"], name="service_order_day"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="service_order_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(place__regex=AREA_CODE), name="service_order_place_code"),
            models.CheckConstraint(condition=Q(price=F("unit_price") * F("quantity")), name="service_order_price"),
            models.CheckConstraint(
                condition=Q(subsidy__gte=0, subsidy__lte=F("price"), payable__gte=0, payable__lte=F("subsidy")),
                name="service_order_subsidy",
            ),
            models.CheckConstraint(
                condition=Q(subsidy=0) | Q(person__isnull=False, most_times__gt=0, most_fen__gt=0) & ~Q(payee=""),
                name="service_order_subsidised",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False, ended_at__gte=F("started_at")), name="service_order_span"
            ),
            models.CheckConstraint(condition=Q(cancelled_on=None) | Q(statement=None), name="service_order_paid_stays"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.item}"

    @property
    def own(self) -> int:
        """What the resident pays, fen."""
        return int(self.price - self.subsidy)


class Contest(Guarded):
    """Something is said against a service order: it stays out of settlements until another person has ruled."""

    rights = READ | APPEND | CHANGE
    area_from = "service"

    service = models.ForeignKey(ServiceOrder, models.PROTECT, related_name="contests", verbose_name="服务单")
    ground = models.CharField("争议", max_length=8, choices=Contested.choices())
    text = models.CharField("说明", max_length=300)
    since = models.DateField("提出日期")
    raised_by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="提出人")
    ruled_on = models.DateField("裁定日期", null=True)
    ruled_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="裁定人")
    payable = models.BigIntegerField("裁定应结算（分）", null=True)
    opinion = models.CharField("裁定意见", max_length=300, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "结算争议"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service"], condition=Q(ruled_on=None), name="service_contest_one_open"),
            models.CheckConstraint(
                condition=Q(ruled_on=None, ruled_by=None, payable=None)
                | Q(ruled_on__isnull=False, ruled_by__isnull=False, payable__isnull=False),
                name="service_contest_ruled",
            ),
            models.CheckConstraint(condition=~Q(ruled_by=F("raised_by")), name="service_contest_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.ground}"


class Reply(Guarded):
    """What a resident said on the web with number and code: it is entered as a call back by an operator, once for a round."""

    rights = READ | CHANGE
    area_from = "service"

    service = models.ForeignKey(ServiceOrder, models.PROTECT, related_name="replies", verbose_name="服务单")
    round = models.SmallIntegerField("轮次")
    grade = models.CharField("评价", max_length=1, choices=Satisfaction.choices())
    text = models.CharField("意见", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    entered_at = models.DateTimeField("登记时间", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "居民确认"
        constraints: ClassVar = [models.UniqueConstraint(fields=["service", "round"], name="service_reply_once")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.grade}"


class Wish(Guarded):
    """What a resident asked for on the web; an operator calls, tells the price, and orders.

    A term after the end everything personal goes (``forgotten_on``); service, place, days and outcome stay.
    """

    rights = READ | CHANGE

    service = models.CharField("服务", max_length=10, choices=Service.choices())
    place = AreaField("服务地点")
    name = models.CharField("称呼", max_length=60)
    phone_sealed = models.BinaryField("电话（加密）", null=True)
    phone_digest = models.BinaryField("电话（散列）", null=True)
    address = models.CharField("地址", max_length=200)
    wanted_on = models.DateField("希望日期")
    text = models.CharField("要求", max_length=300, blank=True)
    state = models.CharField("状态", max_length=8, choices=WishState.choices(), default=WishState.OPEN)
    since = models.DateField("提交日期")
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name="工单")
    answer = models.CharField("办理说明", max_length=300, blank=True)
    forgotten_on = models.DateField("个人信息清除日期", null=True)
    by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    area = AreaField("受理单位")

    class Meta:
        verbose_name = "网上预约"
        indexes: ClassVar = [models.Index(fields=["area", "state", "id"], name="service_wish_state")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="service_wish_area_code"),
            models.CheckConstraint(
                condition=Q(forgotten_on=None, phone_sealed__isnull=False, phone_digest__isnull=False)
                | Q(forgotten_on__isnull=False, name="", address="", text="", answer="", phone_sealed=None, phone_digest=None)
                & ~Q(state="open"),
                name="service_wish_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.service}"
