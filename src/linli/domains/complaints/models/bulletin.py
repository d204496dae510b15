"""In the schema ``bulletin``: answers that everybody may read, and the box into which residents put a complaint or petition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.complaints.rules import LetterKind
from linli.kernel.access.models import Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ


class PublicAnswer(Guarded):
    """The copy of an answer that two people let out. Its id is the answer's; erased when the answer is taken down."""

    rights = READ | APPEND | ERASE
    public_rights = READ

    id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=80)
    unit = models.CharField(max_length=60)
    matter = models.CharField(max_length=60)
    question = models.TextField()
    text = models.TextField()
    received_on = models.DateField()
    replied_on = models.DateField()
    published_on = models.DateField()

    class Meta:
        db_table = 'bulletin"."complaint_answer'
        verbose_name = "投诉反馈（公开）"
        indexes: ClassVar = [models.Index(fields=["-published_on", "-id"], name="bulletin_answer_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """The number that people quote."""
        return f"{self.pk:06d}"


class Letter(Guarded):
    """What a resident sent, by a function of the public's role (sql/complaints.sql), which reads nothing; the content is sealed.

    It waits until it is taken (``order``: the number of the order that it became) or set aside with a reason (``why``).
    ``centre``: it is about those who receive letters, so the operators do not open it.
    """

    rights = READ | CHANGE

    receipt = models.CharField("回执号", primary_key=True, max_length=20)
    kind = models.CharField("类别", max_length=10, choices=LetterKind.choices())
    centre = models.BooleanField("投诉受理中心")
    content = models.BinaryField("内容（加密）", null=True)
    received_on = models.DateField("收到日期")
    received_at = models.DateTimeField("收到时间", db_default=models.Func(function="clock_timestamp"))
    order = models.CharField("工单号", max_length=16, default="", db_default="")
    why = models.CharField("不予受理的原因", max_length=200, default="", db_default="")
    done_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    done_on = models.DateField("办理日期", null=True)

    class Meta:
        db_table = 'bulletin"."complaint_letter'
        verbose_name = "网上投诉来信"
        indexes: ClassVar = [models.Index(fields=["received_at"], condition=Q(done_on=None), name="bulletin_letter_waiting")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in LetterKind]), name="complaint_letter_kind"),
            models.CheckConstraint(
                condition=Q(done_on=None, order="", why="", content__isnull=False)
                | Q(Q(done_on__isnull=False), Q(order="") ^ Q(why="")),
                name="complaint_letter_once",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt
