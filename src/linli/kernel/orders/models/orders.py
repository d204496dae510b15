"""Orders, what happened to them, and what hangs on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ, Rights
from linli.kernel.orders.models.desks import Desk
from linli.kernel.orders.rules import OPEN, AskKind, CallOutcome, Channel, Lane, Move, OrderKind, Satisfaction, Stage

IN_HAND = Q(stage__in=[stage.value for stage in OPEN])
_STAFF = "access.Staff"


class OrderNumber(Guarded):
    """Numbers of a day that lie ready. Whoever takes an order takes the lowest free one and waits for nobody; what a
    failed attempt gives back is taken by the next (sql/10_orders.sql).
    """

    rights = Rights.NONE

    day = models.DateField()
    seq = models.IntegerField()
    taken = models.BooleanField(default=False)

    class Meta:
        verbose_name = "工单号"
        indexes: ClassVar = [models.Index(fields=["day", "seq"], condition=Q(taken=False), name="order_number_free")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "seq"], name="order_number_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.seq}"


class Order(Guarded):
    """What somebody asked, complained of or proposed (工单), until they were told and asked how it went.

    ``area`` is where it is in custody: the seat of the desk that leads it, and the district while no desk does; so a desk sees
    its own orders and no others. ``place`` is where the matter lies, as it was then. ``desk`` leads, ``first_desk`` was the first
    that signed. ``about``: the desk that is complained of, ``about_staff``: the person; neither handles it (sql/20_apart.sql).
    ``final``: decided by the district, cannot be given back.
    ``main``: the order that this one was merged into. Of a confidential one the content stands sealed in ``content_sealed``
    alone.
    The ``…_due`` are the clocks, the ``…_at`` when they were met; ``stopped_at``: they stand still since then.
    """

    rights = READ | APPEND | CHANGE

    number = models.CharField("工单号", max_length=16, unique=True, db_collation="C")
    day = models.DateField("受理日")
    channel = models.CharField("来源", max_length=8, choices=Channel.choices())
    kind = models.CharField("诉求类型", max_length=10, choices=OrderKind.choices())
    category = models.CharField("事项分类", max_length=6, db_collation="C")
    lane = models.CharField("缓急", max_length=10, choices=Lane.choices())
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+", verbose_name="来电人")
    caller = models.CharField("来电人姓名", max_length=60, blank=True)
    phone_sealed = models.BinaryField("电话（加密）", null=True)
    phone_digest = models.BinaryField("电话（散列）", null=True)
    phone_tail = models.BinaryField("电话末四位（散列）", null=True)
    place = AreaField("事发地")
    address = models.CharField("具体地点", max_length=200, blank=True)
    text = models.TextField("诉求内容", blank=True)
    confidential = models.BooleanField("保密", default=False)
    content_sealed = models.BinaryField("保密内容（加密）", null=True)
    stage = models.CharField("状态", max_length=10, choices=Stage.choices())
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name="主办单位")
    first_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name="首接单位")
    about = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name="被投诉单位")
    about_staff = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="被投诉人")
    bounces = models.SmallIntegerField("退单次数", default=0)
    final = models.BooleanField("不得再退", default=False)
    round = models.SmallIntegerField("办理轮次", default=1)
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name="并入")
    received_at = models.DateTimeField("受理时间")
    received_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="受理人")
    dispatch_due = models.DateTimeField("派单时限")
    dispatched_at = models.DateTimeField("派单时间", null=True)
    dispatched_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="派单人")
    sign_due = models.DateTimeField("签收时限", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    contact_due = models.DateTimeField("联系时限", null=True)
    contacted_at = models.DateTimeField("联系时间", null=True)
    handle_due = models.DateTimeField("办结时限", null=True)
    handled_at = models.DateTimeField("办理答复时间", null=True)
    working = models.BooleanField("按工作日计时", default=True)
    stopped_at = models.DateTimeField("挂起时间", null=True)
    extensions = models.SmallIntegerField("延期次数", default=0)
    supervised = models.SmallIntegerField("督办次数", default=0)
    result = models.TextField("办理结果", blank=True)
    attempts = models.SmallIntegerField("回访次数", default=0)
    solved = models.BooleanField("已解决", null=True)
    grade = models.CharField("评价", max_length=1, blank=True, choices=Satisfaction.choices())
    closed_at = models.DateTimeField("办结时间", null=True)
    version = models.IntegerField(default=1)
    area = AreaField("主办单位驻地")
    area_then = AreaField("受理时所在")

    class Meta:
        verbose_name = "工单"
        indexes: ClassVar = [
            models.Index(fields=["area", "-received_at", "id"], name="order_list"),
            models.Index(fields=["-received_at", "id"], name="order_newest"),
            models.Index(fields=["category", "-received_at", "id"], include=["area"], name="order_matter_newest"),
            models.Index(fields=["place", "-received_at", "id"], include=["area"], name="order_place_newest"),
            models.Index(fields=["area", "stage", "handle_due"], name="order_stage"),
            models.Index(fields=["desk", "id"], condition=IN_HAND, name="order_in_hand"),
            models.Index(fields=["area", "handle_due"], condition=IN_HAND, name="order_due"),
            models.Index(fields=["area", "category", "-received_at"], name="order_category"),
            models.Index(fields=["place", "category", "received_at"], name="order_place"),
            models.Index(fields=["phone_digest", "received_at"], condition=Q(phone_digest__isnull=False), name="order_phone"),
            models.Index(fields=["phone_tail"], condition=Q(phone_tail__isnull=False), name="order_phone_tail"),
            models.Index(fields=["person", "received_at"], condition=Q(person__isnull=False), name="order_person"),
            models.Index(fields=["caller", "received_at"], condition=Q(caller__gt=""), name="order_caller"),
            models.Index(fields=["main"], condition=Q(main__isnull=False), name="order_merged"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="order_closed"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE, place__regex=AREA_CODE), name="order_area_code"),
            models.CheckConstraint(
                condition=Q(confidential=False, content_sealed=None)
                | Q(confidential=True, content_sealed__isnull=False, text="", caller="", address="", person=None),
                name="order_content_once",
            ),
            models.CheckConstraint(condition=Q(about_staff=None) | Q(confidential=True), name="order_about_staff_secret"),
            models.CheckConstraint(
                condition=Q(stage__in=["new", "closed", "merged"]) | Q(desk__isnull=False), name="order_has_a_desk"
            ),
            models.CheckConstraint(condition=Q(stage="closed") ^ Q(closed_at=None), name="order_closed_has_a_time"),
            models.CheckConstraint(condition=Q(stage="suspended") ^ Q(stopped_at=None), name="order_stopped_has_a_time"),
            models.CheckConstraint(condition=~Q(stage="merged") | Q(main__isnull=False), name="order_merged_has_a_main"),
            models.CheckConstraint(condition=~Q(main=F("id")), name="order_not_its_own_main"),
            models.CheckConstraint(condition=Q(bounces__gte=0, round__gte=1, attempts__gte=0), name="order_counts"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderEvent(Guarded):
    """Something that happened to an order; it stays for ever. ``facts``: the explained proposal of a dispatch, days, grounds."""

    rights = READ | APPEND
    area_from = "order"

    order = models.ForeignKey(Order, models.PROTECT, related_name="events")
    move = models.CharField("事项", max_length=12, choices=Move.choices())
    at = models.DateTimeField("时间")
    by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    text = models.TextField("说明", blank=True)
    facts = models.JSONField(default=dict)
    round = models.SmallIntegerField("轮次", default=1)
    area = AreaField()

    class Meta:
        verbose_name = "工单过程"
        indexes: ClassVar = [models.Index(fields=["order", "id"], name="order_event")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.move}"


class Ask(Guarded):
    """A desk asks to give an order back, for more time, or that the clock stands still; another person rules."""

    rights = READ | APPEND | CHANGE
    area_from = "order"

    order = models.ForeignKey(Order, models.PROTECT, related_name="asks")
    kind = models.CharField("申请", max_length=8, choices=AskKind.choices())
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", verbose_name="申请单位")
    category = models.CharField("事项分类", max_length=6, db_collation="C")
    ground = models.CharField("理由类别", max_length=12, blank=True)
    text = models.CharField("理由", max_length=500)
    days = models.SmallIntegerField("申请时长", default=0)
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="申请人")
    granted = models.BooleanField("同意", null=True)
    opinion = models.CharField("裁定意见", max_length=500, blank=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)
    ruled_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="裁定人")
    area = AreaField()

    class Meta:
        verbose_name = "退单延期申请"
        indexes: ClassVar = [models.Index(fields=["desk", "kind", "-asked_at"], name="order_ask_desk")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order"], condition=Q(granted=None), name="order_ask_one_open"),
            models.CheckConstraint(condition=Q(granted=None) ^ Q(ruled_by__isnull=False), name="order_ask_ruled"),
            models.CheckConstraint(condition=~Q(ruled_by=F("asked_by")), name="order_ask_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class Help(Guarded):
    """Another desk helps (协办). It sees what is asked here, not the order: ``area`` is the helper's seat, and what it must
    know is written down in ``what``.
    """

    rights = READ | APPEND | CHANGE

    order = models.ForeignKey(Order, models.PROTECT, related_name="helps")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", verbose_name="协办单位")
    number = models.CharField("工单号", max_length=16)
    category = models.CharField("事项分类", max_length=6)
    address = models.CharField("地点", max_length=200, blank=True)
    what = models.CharField("协办事项", max_length=500)
    asked_at = models.DateTimeField("请求时间")
    asked_by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="请求人")
    asked_from = models.ForeignKey(Desk, models.PROTECT, related_name="+", verbose_name="主办单位")
    answer = models.CharField("协办答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    area = AreaField("协办单位驻地")

    class Meta:
        verbose_name = "协办"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], condition=Q(answered_at=None), name="order_help_open")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="order_help_area_code"),
            models.UniqueConstraint(fields=["order", "desk"], condition=Q(answered_at=None), name="order_help_once_open"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.desk_id}"


class CallBack(Guarded):
    """One attempt to ask the caller how it went (回访). It stays; the order carries the last grade."""

    rights = READ | APPEND
    area_from = "order"

    order = models.ForeignKey(Order, models.PROTECT, related_name="calls")
    round = models.SmallIntegerField("轮次")
    attempt = models.SmallIntegerField("第几次")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="回访人")
    outcome = models.CharField("结果", max_length=8, choices=CallOutcome.choices())
    solved = models.BooleanField("已解决", null=True)
    grade = models.CharField("评价", max_length=1, blank=True, choices=Satisfaction.choices())
    text = models.CharField("来电人意见", max_length=500, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "回访"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "round", "attempt"], name="order_call_once"),
            models.CheckConstraint(
                condition=Q(outcome="reached", solved__isnull=False, grade__gt="")
                | Q(~Q(outcome="reached"), solved=None, grade=""),
                name="order_call_graded_when_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.round}.{self.attempt}"


class Reader(Guarded):
    """Somebody who may read the content of a confidential order, by name."""

    rights = READ | APPEND
    area_from = "order"

    order = models.ForeignKey(Order, models.PROTECT, related_name="readers")
    staff = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="知情人")
    why = models.CharField("原因", max_length=200)
    named_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="指定人")
    at = models.DateTimeField("时间")
    area = AreaField()

    class Meta:
        verbose_name = "工单知情人"
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "staff"], name="order_reader_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.staff_id}"


class OrderPicture(Guarded):
    """What the caller photographed, sealed; it lies where the order lies."""

    rights = READ | APPEND | CHANGE
    area_from = "order"

    order = models.ForeignKey(Order, models.PROTECT, related_name="pictures")
    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("类型", max_length=4)
    content = models.BinaryField("照片（加密）")
    size = models.IntegerField("大小")
    at = models.DateTimeField("时间")
    area = AreaField()

    class Meta:
        verbose_name = "工单照片"

    def __str__(self) -> str:
        return f"{self.order_id} {self.name}"
