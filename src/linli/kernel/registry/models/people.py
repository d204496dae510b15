"""People, where they live, what they are recognised as, their accounts, and how they are found."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.models.areas import days_in_order, valid
from linli.kernel.registry.rules import Marital, Sex


class Person(Guarded):
    """One person, kept once. ``area`` is where the person lives; it moves only by the guard's re-homing.

    A merged person keeps the row and points to the survivor by ``merged_into``.
    """

    rights = READ | APPEND | CHANGE

    name = models.CharField("姓名", max_length=50, db_collation="C")
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    sex = models.CharField("性别", max_length=1, choices=Sex.choices())
    birth = models.DateField("出生日期")
    number_sealed = models.BinaryField("身份证号（加密）", null=True)
    number_digest = models.BinaryField("身份证号（散列）", null=True)
    number_tail = models.BinaryField("身份证号末四位（散列）", null=True)
    no_number_reason = models.CharField("没有身份证号的原因", max_length=20, blank=True)
    phone_sealed = models.BinaryField("电话（加密）", null=True)
    phone_digest = models.BinaryField("电话（散列）", null=True)
    phone_tail = models.BinaryField("电话末四位（散列）", null=True)
    ethnic = models.CharField("民族", max_length=2, default="01")
    marital = models.CharField("婚姻状况", max_length=2, blank=True, choices=Marital.choices())
    address = models.CharField("现住址", max_length=200, blank=True)
    registered_address = models.CharField("户籍地址", max_length=200, blank=True)
    registered_area = models.CharField("户籍地区划", max_length=12, blank=True)
    died_on = models.DateField("死亡日期", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    tokens = ArrayField(models.CharField(max_length=40), default=list)  # fills SearchToken by a trigger
    area = AreaField("居住地")
    created_at = models.DateTimeField(db_default=Now())
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name = "人员"
        indexes: ClassVar = [
            models.Index(fields=["name", "area"], name="person_name"),
            models.Index(fields=["area", "sort_key"], name="person_list"),
            models.Index(fields=["area", "name"], condition=Q(merged_into=None, died_on=None), name="person_living"),  # counts
            models.Index(fields=["died_on"], condition=Q(died_on__isnull=False), name="person_died"),
            models.Index(fields=["number_tail", "area"], name="person_number_tail"),
            models.Index(fields=["phone_digest", "area"], name="person_phone"),
            models.Index(fields=["phone_tail", "area"], name="person_phone_tail"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number_digest"], condition=Q(merged_into=None), name="person_number_once_in_the_district"
            ),
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="person_area_code"),
            models.CheckConstraint(
                condition=Q(number_digest=None) & ~Q(no_number_reason="") | Q(number_digest__isnull=False, no_number_reason=""),
                name="person_number_or_reason",
            ),
            models.CheckConstraint(condition=Q(died_on=None) | Q(died_on__gte=F("birth")), name="person_death_after_birth"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class SearchToken(Guarded):
    """One piece by which a person is found: an index of its own, because row security leaves only equality usable.

    Filled from ``Person.tokens`` by the database. Without a foreign key: it is derived, and there are many.
    """

    rights = READ

    pk = models.CompositePrimaryKey("token", "area", "person")
    token = models.CharField(max_length=40, db_collation="C")
    area = AreaField()
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        verbose_name = "检索词"

    def __str__(self) -> str:
        return f"{self.token} {self.person_id}"


class Residence(Guarded):
    """Where a person lived from a day until a day (exclusive); ``at`` is the area of the dwelling then."""

    rights = READ | APPEND | CHANGE
    area_from = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    at = models.CharField("居住地区划", max_length=12)
    address = models.CharField("住址", max_length=200, blank=True)
    place = models.ForeignKey("registry.Place", models.PROTECT, null=True, related_name="+")
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "居住"
        constraints: ClassVar = [
            days_in_order("residence_days"),
            ExclusionConstraint(name="residence_one_at_a_time", expressions=[("person", "="), (valid(), "&&")]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.at} {self.since}"


class Status(Guarded):
    """What a person is recognised as (低保, 残疾 …), by the office that owns it, from a day until a day (exclusive)."""

    rights = READ | APPEND | CHANGE
    area_from = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="statuses")
    kind = models.CharField("类别", max_length=24)
    grade = models.CharField("等级", max_length=20, blank=True)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    source = models.CharField("来源", max_length=60)
    evidence = models.CharField("依据", max_length=200, blank=True)
    recognised_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField("终止原因", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "身份类别"
        indexes: ClassVar = [models.Index(fields=["kind", "area", "person"], name="status_kind")]
        constraints: ClassVar = [
            days_in_order("status_days"),
            ExclusionConstraint(name="status_once_at_a_time", expressions=[("person", "="), ("kind", "="), (valid(), "&&")]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.since}"


class BankAccount(Guarded):
    """An account into which money may be paid for a person; the holder may be a guardian."""

    rights = READ | APPEND | CHANGE
    area_from = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    bank = models.CharField("开户行", max_length=60)
    holder = models.CharField("户名", max_length=50)
    number_sealed = models.BinaryField("账号（加密）")
    number_digest = models.BinaryField("账号（散列）")
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "银行账户"
        indexes: ClassVar = [models.Index(fields=["number_digest"], name="account_digest")]
        constraints: ClassVar = [
            days_in_order("account_days"),
            ExclusionConstraint(name="account_one_at_a_time", expressions=[("person", "="), (valid(), "&&")]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.bank}"
