"""The audit trail and its seals, and the keys by which a door does a thing once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from linli.kernel.access.models.base import AreaField, Guarded
from linli.kernel.access.models.staff import Post, Staff
from linli.kernel.access.rules import APPEND, READ


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
    """The keyed chain over the audit lines, in the order in which they could first be seen.

    ``horizon``: the oldest transaction that ran at this seal. Every line of an older one has a seal.
    """

    rights = READ | APPEND

    number = models.BigIntegerField(primary_key=True)
    line = models.BigIntegerField(unique=True)
    digest = models.BinaryField()
    horizon = models.BigIntegerField(default=0)

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
