"""What a counter took: the receipt, the papers that lie with us, and what the resident was told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.hall.rules import Channel, Kept, Told
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class Handling(Guarded):
    """One item for one person; how it stands is told by its case. ``hall`` is the area of the counter that took it.

    ``number`` stands on the receipt. The telephone is sealed; ``phone_digest`` finds it, ``phone_shown`` is its masked form.
    ``spot``: it was ended at the counter while the person waited. ``bundle`` and ``first`` tie together what one form of
    one thing of life (一件事) asked for. ``result_on``, ``result_to``: when and to whom the result was handed out.
    """

    rights = READ | APPEND | CHANGE
    area_from = "case"

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    number = models.CharField("收件编号", max_length=16, unique=True)
    item = models.CharField("事项编码", max_length=12)
    version = models.PositiveSmallIntegerField("事项版本")
    zh = models.CharField("事项", max_length=60)
    window = models.CharField("窗口", max_length=12)
    hall = models.CharField("受理大厅", max_length=12)
    channel = models.CharField("来源", max_length=8, choices=Channel.choices(), default=Channel.COUNTER)
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    name = models.CharField("申请人", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    phone_sealed = models.BinaryField("电话（加密）")
    phone_digest = models.BinaryField("电话（散列）")
    phone_shown = models.CharField("电话", max_length=20)
    taken_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    taken_on = models.DateField("受理日期")
    taken_at = models.DateTimeField(db_default=Now())
    promised_on = models.DateField("承诺办结日期")
    spot = models.BooleanField("当场办结", default=False)
    agency = models.BooleanField("全程代办", default=False)
    bundle = models.CharField("一件事", max_length=20, blank=True)
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="others")
    result_on = models.DateField("结果送达日期", null=True)
    result_to = models.CharField("结果签收人", max_length=60, blank=True)
    area = AreaField("申请人所在地")
    area_then = AreaField("受理时所在地")

    class Meta:
        verbose_name = "受理件"
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="hall_handling_area"),
            models.Index(fields=["taken_on", "area"], name="hall_handling_taken"),
            models.Index(fields=["hall", "result_on"], name="hall_handling_hall"),
            models.Index(fields=["person"], name="hall_handling_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(result_on=None, result_to="") | Q(result_on__isnull=False) & ~Q(result_to=""),
                name="hall_result_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Custody(Guarded):
    """A paper that was left with us. An original is handed back against a signature; the slip says which ones lie here."""

    rights = READ | APPEND | CHANGE
    area_from = "handling"

    handling = models.ForeignKey(Handling, models.PROTECT, related_name="papers")
    key = models.CharField("代码", max_length=60)
    name = models.CharField("材料", max_length=100)
    kept = models.CharField("收存方式", max_length=8, choices=Kept.choices())
    copies = models.PositiveSmallIntegerField("份数", default=1)
    received_on = models.DateField("收存日期")
    received_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    returned_on = models.DateField("退还日期", null=True)
    returned_to = models.CharField("签收人", max_length=60, blank=True)
    returned_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "收存材料"
        indexes: ClassVar = [models.Index(fields=["handling"], name="hall_custody_handling")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(returned_on=None, returned_to="", returned_by=None)
                | Q(returned_on__isnull=False, returned_by__isnull=False, kept="original") & ~Q(returned_to=""),
                name="hall_custody_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handling_id} {self.name}"


class Telling(Guarded):
    """Something that the applicant has to be told, and when and how that was done. ``wanted``: they have to do something."""

    rights = READ | APPEND | CHANGE
    area_from = "handling"

    handling = models.ForeignKey(Handling, models.PROTECT, related_name="tellings")
    words = models.CharField("告知内容", max_length=300)
    wanted = models.BooleanField("须本人办理", default=False)
    since = models.DateField("产生日期")
    told_on = models.DateField("告知日期", null=True)
    how = models.CharField("告知方式", max_length=8, blank=True, choices=Told.choices())
    told_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "告知记录"
        indexes: ClassVar = [
            models.Index(fields=["handling"], name="hall_telling_handling"),
            models.Index(fields=["area"], condition=Q(told_on=None, wanted=True), name="hall_telling_open"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(told_on=None, how="", told_by=None) | Q(told_on__isnull=False, told_by__isnull=False) & ~Q(how=""),
                name="hall_telling_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handling_id} {self.words[:20]}"
