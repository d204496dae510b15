"""The queue of a hall: tickets by window and day, and appointments by slot."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.hall.models.handling import STAFF
from linli.domains.hall.rules import OWES_END, AppointmentState, TicketState
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Appointment(Guarded):
    """Somebody will come to a window in a slot of a day; ``start`` in minutes since midnight.

    ``place`` is which of the slot's places it holds: two never hold one, whoever books at once. Residents book themselves
    (``web``, without ``made_by``) through sql/booking.sql; ``item`` is then the code of what they come for. The telephone is
    sealed, ``phone_digest`` finds it, and both go with the name some time after the day. ``moved``: how often it was put off.
    ``texts_on``, ``texts_until``: when they agreed to short messages about this appointment, and when they took that back;
    ``told`` is the time that the last message said, or what the hall still owes (rules/slots.py), ``reminded_on`` the day of
    the reminder.
    """

    rights = READ | APPEND | CHANGE

    window = models.CharField("窗口", max_length=12)
    day = models.DateField("预约日期")
    start = models.PositiveSmallIntegerField("预约时段")
    place = models.PositiveSmallIntegerField("名额")
    name = models.CharField("预约人", max_length=60)
    item = models.CharField("事项编码", max_length=12, blank=True)
    what = models.CharField("办理事项", max_length=60)
    phone_sealed = models.BinaryField("电话（加密）", null=True)
    phone_digest = models.BinaryField("电话（散列）", null=True)
    texts_on = models.DateField("同意短信日期", null=True)
    texts_until = models.DateField("撤回短信同意日期", null=True)
    told = models.CharField("短信已告知的时间", max_length=20, blank=True)
    reminded_on = models.DateField("短信提醒日期", null=True)
    text_tries = models.SmallIntegerField("短信发送次数", default=0)
    text_next = models.DateTimeField("短信下次发送", null=True)
    text_fault = models.CharField("短信未发出的原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=AppointmentState.choices(), default=AppointmentState.BOOKED)
    moved = models.PositiveSmallIntegerField("改期次数", default=0)
    web = models.BooleanField("网上预约", default=False)
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    made_on = models.DateField("登记日期")
    area = AreaField("大厅")
    area_then = AreaField("预约时的大厅", default="")

    class Meta:
        verbose_name = "预约"
        indexes: ClassVar = [
            models.Index(fields=["area", "day", "window", "start"], name="hall_appointment_slot"),
            models.Index(fields=["phone_digest", "day"], condition=Q(phone_digest__isnull=False), name="hall_appointment_phone"),
            models.Index(fields=["day"], condition=Q(state="booked"), name="hall_appointment_open"),
            models.Index(
                fields=["day"], name="hall_appointment_texts",
                condition=Q(state="booked", texts_on__isnull=False, texts_until=None),
            ),
            models.Index(fields=["day"], condition=Q(state="cancelled", told=OWES_END), name="hall_appointment_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="hall_appointment_area"),
            models.CheckConstraint(condition=Q(start__lt=1440), name="hall_appointment_start"),
            models.CheckConstraint(condition=Q(web=True) ^ Q(made_by__isnull=False), name="hall_appointment_by"),
            models.CheckConstraint(
                condition=Q(phone_sealed=None, phone_digest=None) | Q(phone_sealed__isnull=False, phone_digest__isnull=False),
                name="hall_appointment_telephone",
            ),
            models.UniqueConstraint(
                fields=["area_then", "window", "day", "start", "place"], condition=Q(state__in=["booked", "arrived"]),
                name="hall_appointment_place",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day} {self.start} {self.window}"


class Ticket(Guarded):
    """A number of a window's queue on a day. ``label`` is what the slip and the screen say, also after it went to another window.

    Those whom the law puts first (``first``: the old, the disabled, the pregnant, soldiers) are called before others.
    """

    rights = READ | APPEND | CHANGE

    day = models.DateField("日期")
    window = models.CharField("窗口", max_length=12)
    number = models.PositiveSmallIntegerField("号数")
    label = models.CharField("排队号", max_length=8)
    first = models.BooleanField("优先", default=False)
    state = models.CharField("状态", max_length=8, choices=TicketState.choices(), default=TicketState.WAITING)
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="ticket")
    taken_at = models.DateTimeField("取号时间", db_default=Now())
    called_at = models.DateTimeField("叫号时间", null=True)
    called_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    desk = models.CharField("柜台", max_length=8, blank=True)
    ended_at = models.DateTimeField("办完时间", null=True)
    area = AreaField("大厅")
    area_then = AreaField("取号时的大厅", default="")

    class Meta:
        verbose_name = "排队号"
        indexes: ClassVar = [models.Index(fields=["area", "day", "state", "window"], name="hall_ticket_queue")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="hall_ticket_area"),
            models.UniqueConstraint(fields=["area_then", "day", "label"], name="hall_ticket_once"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(called_at__isnull=False, called_by__isnull=False) & ~Q(desk=""),
                name="hall_ticket_called",
            ),
        ]

    def __str__(self) -> str:
        return self.label
