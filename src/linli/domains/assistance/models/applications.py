"""An application, the members of the family with what the survey found of each, and relatives among the staff."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.assistance.rules.delegations import ConfirmedBy
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.rules import KIN
from linli.law import RESULTS, Scheme, Standing, Study, Work, Zone

ENDINGS = {
    "replaced": "复核后接续", "stopped": "复核后停发", "died": "去世", "moved": "迁出", "wish": "本人放弃", "other": "其他",
}  # fmt: skip
LIVING = Q(state__in=["open", "granted"])
"""Applications that are not over: under way, or the family is helped."""
STATES = {"open": "办理中", "granted": "救助中", "refused": "未确认", "withdrawn": "已撤回", "ended": "已终止"}


class Application(Guarded):
    """One family's application, or the verification of a family that is helped (``former`` is then what it is helped by;
    none where it was recognised before this register was kept).

    How it stands is told by its case. ``result``, ``amount`` (fen a month), ``people`` and ``group`` (A or B) are what was
    decided; ``posted`` is what the last notice said of the family. ``kin``: a relative works in the offices (separate
    register). ``drawn``: the lot fell on it for a visit of the district. ``days``: calendar days to the decision. A granted
    application lives until ``ended_on``. ``told_on``: when the letter of the decision was handed over, and to whom.
    ``delegation``: by which the town may confirm it; it keeps the one it began under. ``confirmed_by``: who decided it.
    """

    rights = READ | APPEND | CHANGE
    area_from = "case"

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    zone = models.SmallIntegerField("城乡", choices=[(int(one), one.zh) for one in Zone])
    alone = models.BooleanField("申请单人户", default=False)
    single_parent = models.BooleanField("单亲家庭", default=False)
    permit = models.BooleanField("持本区居住证", default=False)
    agent = models.CharField("代办人", max_length=50, blank=True)
    agent_tie = models.CharField("与申请人关系", max_length=30, blank=True)
    statement = models.CharField("申请理由", max_length=1000, blank=True)
    received = models.BigIntegerField("上月低保金（分）", default=0)
    new_job = models.DateField("新就业日期", null=True)
    kin = models.BooleanField("近亲属备案", default=False)
    drawn = models.BooleanField("抽中区级核查", default=False)
    delegation = models.ForeignKey("assistance.Delegation", models.PROTECT, null=True, related_name="+", verbose_name="委托确认")
    applied_on = models.DateField("申请日期")
    state = models.CharField("状态", max_length=10, default="open", choices=list(STATES.items()))
    posted = models.JSONField("公示内容", default=dict)
    result = models.CharField("认定类别", max_length=10, blank=True, choices=list(RESULTS.items()))
    supported = models.PositiveSmallIntegerField("特困人数", default=0)
    people = models.PositiveSmallIntegerField("救助人数", default=0)
    group = models.CharField("类别", max_length=1, blank=True, choices=[("A", "A类"), ("B", "B类")])
    amount = models.BigIntegerField("每月金额（分）", default=0)
    refused_for = models.CharField("不予确认的理由", max_length=40, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    confirmed_by = models.CharField("确认机关", max_length=8, default=ConfirmedBy.DISTRICT, choices=ConfirmedBy.choices())
    pay_from = models.DateField("发放起始月", null=True)
    days = models.PositiveSmallIntegerField("办理天数", null=True)
    told_on = models.DateField("决定书送达日期", null=True)
    told_to = models.CharField("签收人", max_length=50, blank=True)
    verify_by = models.DateField("应复核日期", null=True)
    ended_on = models.DateField("终止日期", null=True)
    ended_as = models.CharField("终止方式", max_length=10, blank=True, choices=list(ENDINGS.items()))
    ended_why = models.CharField("终止原因", max_length=200, blank=True)
    area = AreaField("所在地")
    area_then = AreaField("申请时所在地")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "社会救助申请"
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="assist_application_area"),
            models.Index(fields=["state", "area", "result"], name="assist_application_state"),
            models.Index(fields=["person"], name="assist_application_person"),
            models.Index(fields=["household"], name="assist_application_home"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="assist_application_area_code"),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "ended"], decided_on__isnull=False) & ~Q(result__in=["", "nothing"])
                | Q(state__in=["open", "refused", "withdrawn"], amount=0),
                name="assist_granted_or_nothing",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | Q(ended_on__isnull=False), name="assist_ended_on_a_day"),
            models.CheckConstraint(
                condition=Q(told_on=None, told_to="") | Q(told_on__gte=F("decided_on")) & ~Q(told_to=""),
                name="assist_told_of_a_decision",
            ),
            models.UniqueConstraint(fields=["former"], condition=Q(state="open"), name="assist_verified_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def paid_from(self) -> date | None:
        """The first month with money; None where the family is recognised without any (边缘, 刚性支出)."""
        return self.pay_from if self.amount else None


BOUND = {"live": True, "counted": True, "replaced_on": None}
"""A member as long as the person can stand in no other application."""


class Member(Guarded):
    """What the survey found of one member; a correction is a new row, and the former one says until when it stood.

    ``live``: the application is not over. ``counted``: the person counts in the family that is helped; as long as nothing is
    decided, everybody is taken to. Who counts stands in one living application at a time, in the whole district; who lives
    in the home and does not count may apply with an own family.
    ``asks``: the person asks to be judged as 特困; ``failed`` are the items of self-care that the person cannot do alone.
    """

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="members")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    kin = models.CharField("与申请人关系", max_length=2, choices=sorted(KIN.items()))
    long_together = models.BooleanField("长期共同居住", default=True)
    duty = models.BooleanField("有法定赡养抚养义务", default=False)
    independent = models.BooleanField("能独立生活", default=True)
    study = models.SmallIntegerField("在校", default=0, choices=[(int(one), one.name) for one in Study])
    standing = models.SmallIntegerField("去向", default=0, choices=[(int(one), one.zh) for one in Standing])
    since = models.DateField("去向起始日", null=True)
    work = models.SmallIntegerField("就业", default=0, choices=[(int(one), one.name) for one in Work])
    ill = models.BooleanField("患重病", default=False)
    refusals = models.PositiveSmallIntegerField("拒绝就业次数", default=0)
    scheme = models.SmallIntegerField("其他保障", default=0, choices=[(int(one), one.zh) for one in Scheme])
    asks = models.BooleanField("按特困认定", default=False)
    bearers_known = models.BooleanField("已核实法定义务人", default=False)
    failed = ArrayField(models.CharField(max_length=8), verbose_name="不能自理的项目", default=list)
    institution = models.BooleanField("集中供养", default=False)
    live = models.BooleanField(default=True)
    counted = models.BooleanField("计入救助家庭", default=True)
    why = models.CharField("更正依据", max_length=200, blank=True)
    entered_on = models.DateField("登记日期")
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    replaced_on = models.DateField("被更正日期", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "申请家庭成员"
        indexes: ClassVar = [models.Index(fields=["person"], name="assist_member_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "person"], condition=Q(replaced_on=None), name="assist_member_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(live=True, counted=True, replaced_on=None), name="assist_one_live_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.person_id}"


class Kin(Guarded):
    """A near relative who works in the offices or sits on the committee (近亲属备案, 57号 §11): judges nothing here.

    ``staff``: the account, where the relative has one.
    """

    rights = READ | APPEND
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="kin_of")
    staff = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="账号")
    name = models.CharField("姓名", max_length=50)
    office = models.CharField("单位和职务", max_length=60, blank=True)
    tie = models.CharField("与申请家庭的关系", max_length=30)
    declared_on = models.DateField("备案日期")
    declared_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "近亲属备案"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "staff"], condition=Q(staff__isnull=False), name="assist_kin_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}~{self.name}"
