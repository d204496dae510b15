"""Entitlements and everything that was decided about them. Rows are closed or set aside by a later decision, never rewritten."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ
from linli.kernel.entitlements.rules import Deed, Ground
from linli.kernel.registry.models.areas import days_in_order, valid

STAFF = "access.Staff"
PERSON = "registry.Person"


def whole_month(field: str, name: str) -> models.CheckConstraint:
    """A month is kept as its first day."""
    return models.CheckConstraint(condition=Q(**{f"{field}": None}) | Q(**{f"{field}__day": 1}), name=name)


class Entitlement(Guarded):
    """What a household or a person is entitled to under one programme, from a month until a month (exclusive).

    ``person`` is the holder (applicant), whose area it follows; ``payee`` receives the money. ``suspended`` is the month since
    which it is held back now. ``paid_from`` is the first month that is paid from here.
    ``proxy``: the written agreement by which somebody outside of the household receives the money (民发〔2021〕57号 §26).
    ``grade`` is the present class; its history stands in the spells. ``decisions``
    counts what was decided: the mark by which a stale writer is told.
    """

    rights = READ | APPEND | CHANGE
    area_from = "person"

    programme = models.CharField("项目", max_length=40)
    number = models.CharField("证号", max_length=40, blank=True)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="持证人")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    payee = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="领款人")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    grade = models.CharField("类别", max_length=20, blank=True)
    persons = models.SmallIntegerField("保障人数")
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    paid_from = models.DateField("发放起始月")
    proxy = models.CharField("代领协议", max_length=120, blank=True)
    suspended = models.DateField("暂停自", null=True)
    decisions = models.IntegerField(default=1)
    area = AreaField("所在地")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "待遇"
        indexes: ClassVar = [
            models.Index(fields=["programme", "area", "id"], name="entitlement_list"),
            models.Index(fields=["area", "id"], name="entitlement_area"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="entitlement_months"),
            whole_month("since", "entitlement_since_month"),
            whole_month("until", "entitlement_until_month"),
            models.CheckConstraint(condition=Q(persons__gt=0), name="entitlement_persons"),
            models.UniqueConstraint(fields=["programme", "number"], condition=~Q(number=""), name="entitlement_number"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.pk}"


class Decision(Guarded):
    """One thing that was decided about an entitlement, from a month on: by whom, why, under which articles, on which case.

    ``outcome`` keeps the facts, steps and values of the law by which it was computed; ``before`` and ``after`` are fen a month.
    """

    rights = READ | APPEND
    area_from = "entitlement"

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="history")
    deed = models.CharField("决定", max_length=8, choices=Deed.choices())
    since = models.DateField("自")
    ground = models.CharField("原因", max_length=16, choices=Ground.choices())
    words = models.CharField("说明", max_length=400, blank=True)
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    articles = ArrayField(models.CharField(max_length=120), default=list)
    outcome = models.JSONField(null=True)
    paper = models.CharField("决定文号", max_length=60, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    before = models.BigIntegerField("原月金额（分）")
    after = models.BigIntegerField("新月金额（分）")
    decided_on = models.DateField("决定日期")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "待遇决定"
        indexes: ClassVar = [models.Index(fields=["area", "decided_on", "deed"], name="decision_day")]
        constraints: ClassVar = [whole_month("since", "decision_since_month")]

    def __str__(self) -> str:
        return f"{self.entitlement_id} {self.deed} {self.since}"


class Dated(Guarded):
    """Something that a decision says from a month on. A later decision ends it (``until``, ``ended_by``), or sets it aside
    altogether when it was to begin later (``void``)."""

    rights = READ | APPEND | CHANGE
    area_from = "entitlement"

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="+", db_index=False)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", db_index=False)
    ended_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", db_index=False)
    void = models.BooleanField(default=False)
    area = AreaField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.entitlement_id} {self.since}"


class Spell(Dated):
    """The class and the number of people of an entitlement over some months."""

    grade = models.CharField("类别", max_length=20, blank=True)
    persons = models.SmallIntegerField("保障人数")

    class Meta:
        verbose_name = "待遇阶段"
        constraints: ClassVar = [
            days_in_order("spell_months"),
            ExclusionConstraint(
                name="spell_one_at_a_time", expressions=[("entitlement", "="), (valid(), "&&")], condition=Q(void=False)
            ),
        ]


class Amount(Dated):
    """Fen a month of one component over some months."""

    component = models.CharField("项目", max_length=40)
    amount = models.BigIntegerField("月金额（分）")

    class Meta:
        verbose_name = "待遇金额"
        indexes: ClassVar = [models.Index(fields=["entitlement"], name="amount_entitlement")]
        constraints: ClassVar = [
            days_in_order("amount_months"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="amount_above_zero"),
            ExclusionConstraint(
                name="amount_one_at_a_time", expressions=[("entitlement", "="), ("component", "="), (valid(), "&&")],
                condition=Q(void=False),
            ),
        ]  # fmt: skip


class Covered(Dated):
    """A person who counts in an entitlement over some months. ``lane``: the programme, or a pair of programmes that exclude
    each other; a person stands in one lane once at a time, over the whole district."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    lane = models.CharField("通道", max_length=81)

    class Meta:
        verbose_name = "保障人员"
        indexes: ClassVar = [models.Index(fields=["entitlement"], name="covered_entitlement")]
        constraints: ClassVar = [
            days_in_order("covered_months"),
            ExclusionConstraint(
                name="covered_once", expressions=[("person", "="), ("lane", "="), (valid(), "&&")], condition=Q(void=False)
            ),
        ]


class Suspension(Dated):
    """Months in which nothing is paid. ``pay_back``: whether they are paid later, decided when it ends."""

    ground = models.CharField("原因", max_length=16, choices=Ground.choices())
    words = models.CharField("说明", max_length=400, blank=True)
    pay_back = models.BooleanField("补发", default=False)

    class Meta:
        verbose_name = "暂停发放"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="suspension_months"),
            ExclusionConstraint(
                name="suspension_one_at_a_time", expressions=[("entitlement", "="), (valid(), "&&")], condition=Q(void=False)
            ),
        ]


class Arrear(Guarded):
    """An entitlement of which earlier months are to be settled with the next run, from this month on."""

    rights = READ | APPEND | CHANGE | ERASE
    area_from = "entitlement"

    entitlement = models.OneToOneField(Entitlement, models.PROTECT, primary_key=True, related_name="arrear")
    since = models.DateField("自")
    area = AreaField()

    class Meta:
        verbose_name = "待结清"
        indexes: ClassVar = [models.Index(fields=["area", "entitlement"], name="arrear_area")]

    def __str__(self) -> str:
        return f"{self.entitlement_id} {self.since}"
