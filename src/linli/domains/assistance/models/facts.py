"""Lines of income, property and spending, and the people who must support somebody by law; nothing is erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.assistance.models.applications import Application
from linli.domains.assistance.rules import Source
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.law import Disability, Item, Standing


class Line(Guarded):
    """A line of the family's means: fen of the months ``first`` to ``last``, a value, or a number of things.

    A line that was wrong is struck with a reason and stays readable.
    """

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="lines")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    kind = models.SmallIntegerField("项目", choices=[(int(item), item.zh) for item in Item])
    amount = models.BigIntegerField("金额（分）", default=0)
    number = models.PositiveSmallIntegerField("数量", default=0)
    first = models.DateField("起始月", null=True)
    last = models.DateField("截止月", null=True)
    source = models.CharField("来源", max_length=10, choices=[(one.value, one.zh) for one in Source])
    evidence = models.CharField("依据", max_length=200, blank=True)
    entered_on = models.DateField("登记日期")
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    struck_on = models.DateField("划去日期", null=True)
    struck_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    struck_why = models.CharField("划去原因", max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "收入支出和财产"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0, amount__lte=10**10), name="assist_line_amount"),
            models.CheckConstraint(
                condition=Q(kind__gte=31, kind__lte=50) | Q(first__isnull=False, last__gte=F("first")),
                name="assist_line_has_months",
            ),
            models.CheckConstraint(condition=Q(struck_on=None) | ~Q(struck_why=""), name="assist_line_struck_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.amount}"


class Supporter(Guarded):
    """Somebody outside of the household who must support a member by law (法定义务人); ``income``: fen a year."""

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="supporters")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=50)
    tie = models.CharField("与本人关系", max_length=20)
    born = models.DateField("出生日期")
    income = models.BigIntegerField("年收入（分）", default=0)
    property_fits = models.BooleanField("财产符合规定", default=True)
    dibao = models.BooleanField("低保对象", default=False)
    tekun = models.BooleanField("特困人员", default=False)
    disability = models.SmallIntegerField("残疾类别", default=0, choices=[(int(one), one.name) for one in Disability])
    level = models.PositiveSmallIntegerField("残疾等级", default=0)
    incapable = models.BooleanField("无民事行为能力", default=False)
    standing = models.SmallIntegerField("去向", default=0, choices=[(int(one), one.zh) for one in Standing])
    entered_on = models.DateField("登记日期")
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    struck_on = models.DateField("划去日期", null=True)
    struck_why = models.CharField("划去原因", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "法定义务人"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(income__gte=0), name="assist_supporter_income"),
            models.CheckConstraint(
                condition=Q(disability=0, level=0) | Q(disability__gt=0, level__gte=1, level__lte=4),
                name="assist_supporter_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.tie}"
