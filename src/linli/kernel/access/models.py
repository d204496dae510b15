"""Staff and their posts, the audit trail, and the bases of every table that is scoped by area."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.rules import APPEND, CHANGE, READ, Rights, Role

AREA_CODE = r"^[0-9]{12}$"


class AreaField(models.CharField):
    """A 12-digit area code, kept as text without a foreign key so that access stands below the registry."""

    def __init__(self, *args: object, **words: object) -> None:
        words.setdefault("max_length", 12)
        super().__init__(*args, **words)  # type: ignore[arg-type]


class Guarded(models.Model):
    """A table of ours. ``rights`` are what the application may do with it.

    A table with a field ``area`` is under row security: the application sees and writes only rows whose code lies in
    the range of the present scope. ``area_from`` names the foreign key whose row gives the area (set by a trigger),
    ``wide_reading`` lets everyone who has a scope read all rows and limits only writing.
    """

    rights: ClassVar[Rights] = Rights.NONE
    public_rights: ClassVar[Rights] = Rights.NONE
    area_from: ClassVar[str] = ""
    wide_reading: ClassVar[bool] = False

    class Meta:
        abstract = True


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username=username)


class Staff(AbstractBaseUser, Guarded):
    """A member of staff who can sign in. What they may do comes from their posts."""

    rights = READ | APPEND | CHANGE

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("手机", max_length=20, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=True)
    password_changed_at = models.DateTimeField("改密时间", null=True)
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = StaffManager()

    class Meta:
        verbose_name = "工作人员"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"


class Post(Guarded):
    """A role at an area, held by one person from a day until a day (exclusive); waiting until a second person grants it."""

    rights = READ | APPEND | CHANGE

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=24, choices=[(role.value, role.zh) for role in Role])
    at = AreaField("任职区域")  # not named area: posts are read before any scope is known
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    made_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    granted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    delegated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "岗位"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(at__regex=AREA_CODE), name="post_area_code"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=models.F("since")), name="post_days"),
            models.CheckConstraint(condition=~Q(granted_by=models.F("made_by")), name="post_second_person"),
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).zh}@{self.at}"


class AuditLine(Guarded):
    """One thing that was done, refused or looked at. No personal values: ids and hashes only."""

    rights = READ | APPEND

    at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))
    transaction = models.BigIntegerField(
        db_default=models.Func(template="(pg_current_xact_id()::text::bigint)", output_field=models.BigIntegerField())
    )
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24)
    verb = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10)  # done · refused · seen
    kind = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    area = AreaField()
    request = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        verbose_name = "审计记录"
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject"], name="audit_subject"),
            models.Index(fields=["staff", "-id"], name="audit_staff"),
            models.Index(fields=["area", "-id"], name="audit_area"),
            models.Index(fields=["verb", "-id"], name="audit_verb"),
            models.Index(fields=["transaction"], name="audit_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.kind} {self.subject}"


class AuditSeal(Guarded):
    """The keyed chain over the audit lines, in the order in which their transactions became final."""

    rights = READ | APPEND

    number = models.BigIntegerField(primary_key=True)
    line = models.BigIntegerField(unique=True)
    digest = models.BinaryField()

    class Meta:
        verbose_name = "审计封印"

    def __str__(self) -> str:
        return f"{self.number}"


class RequestKey(Guarded):
    """A door's idempotency key, kept in the transaction of its effect, with the answer that was given."""

    rights = READ | APPEND

    key = models.CharField(max_length=60, primary_key=True)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    answer = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "请求标识"

    def __str__(self) -> str:
        return self.key
