"""The inbox of the network: a post lies sealed until it is an order, and stays as a stub without its content."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.intake.rules import PostKind
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class Client(Guarded):
    """A program that may send service requests. Of its key only a hash is kept; it was shown once, when it was issued."""

    rights = READ | APPEND | CHANGE

    name = models.CharField("接入方", max_length=60)
    contact = models.CharField("联系人", max_length=60, blank=True)
    digest = models.BinaryField("密钥（散列）", unique=True)
    tail = models.CharField("密钥末四位", max_length=4)
    per_hour = models.PositiveIntegerField("每小时上限")
    issued_on = models.DateField("签发日期")
    issued_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="签发人")
    revoked_on = models.DateField("停用日期", null=True)
    revoked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="停用人")
    why = models.CharField("停用原因", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "接口密钥"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(revoked_on=None) ^ Q(revoked_by__isnull=False), name="intake_client_revoked"),
            models.CheckConstraint(condition=Q(per_hour__gt=0), name="intake_client_limit"),
            models.UniqueConstraint(fields=["area", "name"], condition=Q(revoked_on=None), name="intake_client_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(Guarded):
    """A request, an addition or a grade. ``number`` is the order's, given to the sender before the order is taken.

    ``same``: a keyed hash of who said what, by which a second sending is the first one. ``content`` and ``picture`` are
    sealed and go when the post is taken in; ``fault`` says why it could not be. Only the functions of sql/intake.sql add rows.
    """

    rights = READ | CHANGE

    number = models.CharField("工单号", max_length=16, db_collation="C")
    kind = models.CharField("类别", max_length=8, choices=PostKind.choices())
    same = models.BinaryField()
    category = models.CharField("事项分类", max_length=6, blank=True, db_collation="C")
    place = AreaField("事发地", blank=True)
    phone_digest = models.BinaryField("电话（散列）", null=True)
    content = models.BinaryField("内容（加密）", null=True)
    picture = models.BinaryField("照片（加密）", null=True)
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+", verbose_name="接入方")
    received_at = models.DateTimeField("收到时间")
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name="工单")
    taken_at = models.DateTimeField("收取时间", null=True)
    fault = models.CharField("未能收取", max_length=300, blank=True)
    area = AreaField()

    class Meta:
        db_table = 'bulletin"."post'
        verbose_name = "网上来件"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="intake_post_area_code"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in PostKind]), name="intake_post_kind"),
            models.CheckConstraint(condition=Q(taken_at=None) | Q(content=None, picture=None), name="intake_post_emptied"),
            models.UniqueConstraint(fields=["number"], condition=Q(kind="ask"), name="intake_post_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["same", "-received_at"], name="intake_post_same"),
            models.Index(fields=["area", "id"], condition=Q(taken_at=None), name="intake_post_waiting"),
            models.Index(fields=["-received_at", "-id"], condition=Q(kind="ask"), name="intake_post_asked"),
            models.Index(fields=["number"], name="intake_post_of_number"),
            models.Index(fields=["area", "-id"], name="intake_post_list"),
            models.Index(fields=["order"], condition=Q(order__isnull=False), name="intake_post_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
