"""Receivers, messages, and what became of each at each person's telephone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.domains.broadcast.rules import Arrived, ConsentWay, DeliveryState, Group, MessageState, Office
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class Receiver(Guarded):
    """A cadre's telephone or receiver (移动信息接收机). Its number stands sealed; who held it until when stays."""

    rights = READ | APPEND | CHANGE

    staff = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="使用人")
    office = models.CharField("职务", max_length=12, choices=Office.choices())
    device = models.CharField("设备编号", max_length=40, blank=True)
    phone_sealed = models.BinaryField("号码（加密）")
    phone_digest = models.BinaryField("号码（散列）")
    since = models.DateField("配发日期")
    ended_on = models.DateField("停用日期", null=True)
    area = AreaField("所在区域")

    class Meta:
        verbose_name = "移动信息接收机"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="broadcast_receiver_area"),
            models.UniqueConstraint(fields=["staff"], condition=Q(ended_on=None), name="broadcast_receiver_once"),
            models.UniqueConstraint(fields=["phone_digest"], condition=Q(ended_on=None), name="broadcast_receiver_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "office"], name="broadcast_receiver_list")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.office}"


class Message(Guarded):
    """A text to a group in an area. One to residents is sent by another person than wrote it. ``wanted``: how many it went to."""

    rights = READ | APPEND | CHANGE

    text = models.CharField("内容", max_length=300)
    group = models.CharField("接收对象", max_length=12, choices=Group.choices())
    place = AreaField("范围")
    state = models.CharField("状态", max_length=8, choices=MessageState.choices(), default=MessageState.DRAFT)
    drafted_on = models.DateField("拟稿日期")
    drafted_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="拟稿人")
    sent_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="发送人")
    sent_at = models.DateTimeField("发送时间", null=True)
    wanted = models.IntegerField("接收人数", default=0)
    area = AreaField()

    class Meta:
        verbose_name = "群发短信"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(group="residents") | Q(sent_by=None) | ~Q(sent_by=F("drafted_by")), name="broadcast_second_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) ^ Q(sent_at__isnull=False), name="broadcast_sent_at"
            ),
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="broadcast_message_area"),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="broadcast_message_list")]

    def __str__(self) -> str:
        return f"{self.pk} {self.group}"


class Delivery(Guarded):
    """One person's message: it goes out under a key of its own, so that trying again is the same message at the provider.

    ``text`` as it went, because the message lies with the office that sent. ``code_digest``: of the code in the address by
    which the receiver confirms reading. The number is erased once it is out.
    """

    rights = READ | APPEND | CHANGE

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    staff = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="接收人")
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+", verbose_name="居民")
    text = models.CharField("内容", max_length=300)
    phone_sealed = models.BinaryField("号码（加密）", null=True)
    code = models.BinaryField("确认码（加密）", null=True)
    code_digest = models.BinaryField(unique=True)
    state = models.CharField("状态", max_length=8, choices=DeliveryState.choices(), default=DeliveryState.WAITING)
    tries = models.SmallIntegerField("发送次数", default=0)
    next_at = models.DateTimeField("下次发送")
    provider = models.CharField("平台编号", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True)
    read_at = models.DateTimeField("阅读时间", null=True)
    arrived = models.CharField("平台回报", max_length=10, blank=True, choices=Arrived.choices())
    arrived_at = models.DateTimeField("回报时间", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "短信接收"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "staff"], condition=Q(staff__isnull=False), name="broadcast_once_staff"),
            models.UniqueConstraint(
                fields=["message", "person"], condition=Q(person__isnull=False), name="broadcast_once_person"
            ),
            models.CheckConstraint(condition=Q(staff=None) ^ Q(person=None), name="broadcast_to_somebody"),
            models.CheckConstraint(
                condition=Q(arrived="", arrived_at=None) | Q(arrived__gt="", arrived_at__isnull=False, state="sent"),
                name="broadcast_arrived",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="broadcast_delivery_due"),
            models.Index(fields=["next_at"], condition=Q(state="sent", arrived=""), name="broadcast_unreported"),
            models.Index(fields=["message", "state"], name="broadcast_delivery_state"),
            models.Index(fields=["staff", "-id"], condition=Q(staff__isnull=False), name="broadcast_delivery_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class Consent(Guarded):
    """A resident agreed to receive messages from this day until the agreement was withdrawn. It follows the person's area."""

    rights = READ | APPEND | CHANGE
    area_from = "person"

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    since = models.DateField("同意日期")
    way = models.CharField("方式", max_length=8, choices=ConsentWay.choices())
    entered_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="登记人")
    until = models.DateField("撤回日期", null=True)
    ended_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="撤回登记人")
    area = AreaField()

    class Meta:
        verbose_name = "短信同意"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(until=None), name="broadcast_consent_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="broadcast_consent_days"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "since"], name="broadcast_consent_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.since}"
