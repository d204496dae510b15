"""Monthly runs: what is proposed, what is ordered, who bears it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ
from linli.kernel.entitlements.models.standing import PERSON, STAFF, Entitlement, whole_month
from linli.kernel.entitlements.rules import LIVING_RUNS, Basis, Difference, ItemKind, PartKind, RunState


class Funding(Guarded):
    """Who bears the payments of a programme (``component``: of that part only) from a month on, in the areas below ``place``."""

    rights = READ | APPEND | CHANGE

    programme = models.CharField("项目", max_length=40)
    component = models.CharField("组成部分", max_length=40, blank=True)
    place = AreaField("适用地区")
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    paper = models.CharField("依据", max_length=120)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField("账簿所属")

    class Meta:
        verbose_name = "资金分担"
        constraints: ClassVar = [
            whole_month("since", "funding_since_month"),
            models.UniqueConstraint(fields=["programme", "component", "place", "since"], name="funding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.component} {self.place} {self.since}"


class FundingPart(Guarded):
    """What one fund bears: a weight, or a fixed amount of each payment."""

    rights = READ | APPEND
    area_from = "funding"

    funding = models.ForeignKey(Funding, models.PROTECT, related_name="parts")
    rank = models.SmallIntegerField("次序")
    fund = models.ForeignKey("ledgers.Fund", models.PROTECT, related_name="+")
    kind = models.CharField("方式", max_length=8, choices=PartKind.choices())
    value = models.BigIntegerField("比例或金额（分）")
    area = AreaField()

    class Meta:
        verbose_name = "分担份额"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["funding", "rank"], name="funding_part_rank"),
            models.CheckConstraint(condition=Q(value__gt=0), name="funding_part_value"),
        ]

    def __str__(self) -> str:
        return f"{self.funding_id}.{self.rank}"


class Run(Guarded):
    """The payment of a programme for a month: computed dry, compared, confirmed by a second person, then ordered.

    ``component``: of an occasional component only. ``first``: the first month that it pays for. ``mark``: the last decision
    that was counted; what is decided later waits for the next run. It holds sums and no names: towns see it, and their own lines.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    programme = models.CharField("项目", max_length=40)
    component = models.CharField("组成部分", max_length=40, blank=True)
    month = models.DateField("月份")
    first = models.DateField("起始月份")
    serial = models.SmallIntegerField("次序")
    basis = models.CharField("依据", max_length=12, choices=Basis.choices())
    words = models.JSONField(default=dict)
    state = models.CharField(
        "状态", max_length=12, choices=RunState.choices(), default=RunState.WAITING
    )
    message = models.CharField("结果", max_length=400, blank=True)
    mark = models.BigIntegerField(default=0)
    count = models.IntegerField("笔数", default=0)
    amount = models.BigIntegerField("金额（分）", default=0)
    held = models.IntegerField("暂缓笔数", default=0)
    held_amount = models.BigIntegerField("暂缓金额（分）", default=0)
    made_on = models.DateField("试算日期")
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField("核定日期", null=True)
    confirmed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    ordered_on = models.DateField("开单日期", null=True)
    batch = models.ForeignKey("ledgers.Batch", models.PROTECT, null=True, related_name="+", db_index=False)
    area = AreaField("账簿所属")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "月度发放"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "component", "month", "area", "serial"], name="run_serial"),
            models.UniqueConstraint(
                fields=["programme", "area"], condition=Q(state__in=LIVING_RUNS), name="run_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("made_by")), name="run_second_person"),
            whole_month("month", "run_month"),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="run_list")]

    def __str__(self) -> str:
        return f"{self.programme} {self.month:%Y-%m}/{self.serial}"


class RunProgress(Guarded):
    """How far a run's work is; written beside its transaction."""

    rights = READ | APPEND | CHANGE
    wide_reading = True
    area_from = "run"

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="progress")
    step = models.CharField("步骤", max_length=40, default="等待办理")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    area = AreaField()

    class Meta:
        verbose_name = "月度发放进度"

    def __str__(self) -> str:
        return f"{self.run_id} {self.step} {self.done}/{self.total}"


class RunPart(Guarded):
    """The entitlements from ``lo`` to ``hi`` (exclusive) of a large run, computed in a transaction: done with sums, or not."""

    rights = READ | APPEND | CHANGE
    area_from = "run"

    run = models.ForeignKey(Run, models.PROTECT, related_name="parts", db_index=False)
    number = models.SmallIntegerField("次序")
    lo = models.BigIntegerField()
    hi = models.BigIntegerField()
    done = models.BooleanField("已试算", default=False)
    count = models.IntegerField("笔数", default=0)
    amount = models.BigIntegerField("金额（分）", default=0)
    held = models.IntegerField("暂缓笔数", default=0)
    held_amount = models.BigIntegerField("暂缓金额（分）", default=0)
    area = AreaField()

    class Meta:
        verbose_name = "发放试算批次"
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "number"], name="run_part_once")]

    def __str__(self) -> str:
        return f"{self.run_id}.{self.number}"


class RunLine(Guarded):
    """One entitlement in a run: what it gets now, what it got before, what became of it, what stands against it.

    ``monthly`` and ``before`` are the amounts of the month itself and of the last paid month; ``amount`` is what is paid
    together with what is made up and kept back. ``reckoned``: what the calculation would give, where it differs.
    """

    rights = READ | APPEND | CHANGE | ERASE

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines", db_index=False, db_constraint=False)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    payee = models.ForeignKey(PERSON, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.BigIntegerField(null=True)
    monthly = models.BigIntegerField("本月（分）")
    before = models.BigIntegerField("上次（分）")
    amount = models.BigIntegerField("应发（分）")
    reckoned = models.BigIntegerField("重新计算（分）", null=True)
    difference = models.CharField("增减", max_length=4, choices=Difference.choices())
    ground = models.CharField("原因", max_length=16, blank=True)
    reasons = models.BigIntegerField(default=0)
    faults = ArrayField(models.CharField(max_length=12), default=list)
    held = models.BooleanField("暂缓", default=False)
    grade = models.CharField("类别", max_length=20, blank=True)
    persons = models.SmallIntegerField("保障人数")
    ordered = models.BooleanField("已开单", default=False)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "发放试算明细"
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "entitlement"], name="run_line_once")]
        indexes: ClassVar = [
            models.Index(fields=["run", "difference", "area"], name="run_line_difference", condition=~Q(difference="same")),
            models.Index(fields=["run", "id"], name="run_line_faults", condition=~Q(faults=[])),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.entitlement_id}"


class RunItem(Guarded):
    """One sum of a line: a component, the month that it is for, and whether it is that month's, made up or kept back."""

    rights = READ | APPEND | ERASE

    pk = models.CompositePrimaryKey("run", "entitlement", "component", "for_month")
    run = models.ForeignKey(Run, models.PROTECT, related_name="items", db_index=False, db_constraint=False)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    component = models.CharField("组成部分", max_length=40)
    for_month = models.DateField("所属月份")
    kind = models.CharField("性质", max_length=8, choices=ItemKind.choices())
    amount = models.BigIntegerField("金额（分）")
    number = models.SmallIntegerField("第几次")
    area = AreaField()

    class Meta:
        verbose_name = "发放试算分项"

    def __str__(self) -> str:
        return f"{self.run_id}/{self.entitlement_id} {self.component} {self.for_month}"


class Issue(Guarded):
    """What was ordered to be paid (or kept back) of one component for one month. Written once; ``number`` counts them.

    A month of a component is paid once: two runs that would pay it are stopped by the number, and the sum of all issues of
    a month never passes what was decided for it (sql/entitlements.sql).
    """

    rights = READ | APPEND

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="issues", db_index=False, db_constraint=False)
    component = models.CharField("组成部分", max_length=40)
    for_month = models.DateField("所属月份")
    number = models.SmallIntegerField("第几次")
    kind = models.CharField("性质", max_length=8, choices=ItemKind.choices())
    amount = models.BigIntegerField("金额（分）")
    programme = models.CharField("项目", max_length=40)
    month = models.DateField("发放月份")
    run = models.ForeignKey(Run, models.PROTECT, related_name="issues", db_constraint=False, db_index=False)
    order = models.ForeignKey(
        "ledgers.PaymentOrder", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    grade = models.CharField("类别", max_length=20, blank=True)
    persons = models.SmallIntegerField("保障人数")
    issued_on = models.DateField("开单日期")
    area = AreaField("所在地")

    class Meta:
        verbose_name = "发放明细"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entitlement", "for_month", "component", "number"], name="issue_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="issue_not_empty"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "for_month", "area"], name="issue_month"),
            models.Index(fields=["run", "entitlement"], name="issue_run"),
        ]

    def __str__(self) -> str:
        return f"{self.entitlement_id} {self.component} {self.for_month}.{self.number}"
