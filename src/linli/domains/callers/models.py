"""Devices, whom to call for them, and presses with what happened to each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.callers.rules import OPEN, Function, Happening, Outcome, PressState
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"
IN_HAND = Q(state__in=[state.value for state in OPEN])


class Device(Guarded):
    """A single-key caller in somebody's home. ``name`` is what it calls itself; ``keys``: function by key number.
    ``needs_sealed``: what helpers must know (illness, medicine, where the key of the door lies), sealed.
    """

    rights = READ | APPEND | CHANGE
    goes_with = ("person",)
    goes_while = "t.ended_on is null"

    name = models.CharField("设备编号", max_length=64, db_collation="C")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+", verbose_name="使用人")
    holder = models.CharField("使用人姓名", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    address = models.CharField("安装地址", max_length=200)
    keys = models.JSONField("按键", default=dict)
    needs_sealed = models.BinaryField("救助须知（加密）", null=True)
    installed_on = models.DateField("安装日期")
    installed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    heard_at = models.DateTimeField("最近信号")
    battery = models.SmallIntegerField("电量（%）", null=True)
    silent_since = models.DateTimeField("失联自", null=True)
    ended_on = models.DateField("停用日期", null=True)
    ended_why = models.CharField("停用原因", max_length=200, blank=True)
    area = AreaField("所在社区")

    class Meta:
        verbose_name = "单键呼叫器"
        indexes: ClassVar = [
            models.Index(fields=["area", "sort_key"], name="callers_device_list"),
            models.Index(fields=["heard_at"], condition=Q(ended_on=None), name="callers_device_heard"),
            models.Index(fields=["person"], name="callers_device_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(ended_on=None), name="callers_device_once"),
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE) & Q(name__gt=""), name="callers_device_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Guarded):
    """Somebody to be called when the device's holder needs help; ended ones stay for the record."""

    rights = READ | APPEND | CHANGE
    area_from = "device"

    device = models.ForeignKey(Device, models.PROTECT, related_name="contacts")
    rank = models.SmallIntegerField("次序")
    name = models.CharField("联系人", max_length=60)
    relation = models.CharField("关系", max_length=20)
    phone_sealed = models.BinaryField("电话（加密）")
    ended_at = models.DateTimeField("停用时间", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "紧急联系人"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device", "rank"], condition=Q(ended_at=None), name="callers_contact_rank")
        ]

    def __str__(self) -> str:
        return self.name


class Press(Guarded):
    """A key was pressed (按键呼叫). Further presses of the same key while it is open are counted in ``repeats``.

    ``rung``: how far it has climbed while nobody answered. An unknown device's press lies at the district.
    """

    rights = READ | APPEND | CHANGE

    device_name = models.CharField("设备编号", max_length=64, db_collation="C")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", verbose_name="设备")
    press_id = models.CharField("按键编号", max_length=64, blank=True, db_collation="C")
    key = models.SmallIntegerField("按键", null=True)
    function = models.CharField("功能", max_length=10, choices=Function.choices())
    pressed_at = models.DateTimeField("设备时间", null=True)
    day = models.DateField("日期")
    received_at = models.DateTimeField("收到时间")
    state = models.CharField("状态", max_length=8, choices=PressState.choices())
    rung = models.SmallIntegerField("升级", default=0)
    repeats = models.IntegerField("重复次数", default=0)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name="工单")
    taken_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="接警人")
    taken_at = models.DateTimeField("接警时间", null=True)
    outcome = models.CharField("结果", max_length=10, blank=True, choices=Outcome.choices())
    closed_at = models.DateTimeField("处理完毕", null=True)
    area = AreaField("所在社区")

    class Meta:
        verbose_name = "按键呼叫"
        indexes: ClassVar = [
            models.Index(fields=["area", "-received_at"], name="callers_press_list"),
            models.Index(fields=["received_at"], condition=IN_HAND, name="callers_press_open"),
            models.Index(fields=["device", "-received_at"], name="callers_press_device"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device_name", "press_id"], condition=~Q(press_id=""), name="callers_press_once"),
            models.UniqueConstraint(fields=["device_name", "function"], condition=IN_HAND, name="callers_press_open_once"),
            models.CheckConstraint(condition=Q(state="closed") ^ Q(closed_at=None), name="callers_press_closed"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "closed"]) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="callers_press_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_name} {self.received_at}"


class PressEvent(Guarded):
    """Something that happened to a press; it stays."""

    rights = READ | APPEND
    area_from = "press"

    press = models.ForeignKey(Press, models.PROTECT, related_name="events")
    what = models.CharField("事项", max_length=12, choices=Happening.choices())
    at = models.DateTimeField("时间")
    by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    text = models.CharField("说明", max_length=300, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "按键呼叫过程"
        indexes: ClassVar = [models.Index(fields=["press", "id"], name="callers_event")]

    def __str__(self) -> str:
        return f"{self.press_id} {self.what}"
