"""Tries and locks, the second factor, and forms that outlive a session."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.kernel.access.models.base import Guarded
from linli.kernel.access.models.staff import Staff
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ, LockKind


class SignInTry(Guarded):
    """One try at a password or a code. ``name`` is a keyed hash: people also type their password where the name goes."""

    rights = READ | APPEND | CHANGE | ERASE

    name = models.BinaryField()
    address = models.CharField(max_length=45)
    at = models.DateTimeField()
    code = models.BooleanField(default=False)  # a code of the second factor, else a password
    forgiven = models.BooleanField(default=False)  # a right one followed, from the same address

    class Meta:
        verbose_name = "登录尝试"
        indexes: ClassVar = [
            models.Index(fields=["name", "-at"], name="try_name"),
            models.Index(fields=["address", "-at"], name="try_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"


class SignInLock(Guarded):
    """Nobody signs in with this name, from this address, or both, until the moment or until it is lifted."""

    rights = READ | APPEND | CHANGE | ERASE

    kind = models.CharField("锁定对象", max_length=10, choices=LockKind.choices())
    name = models.BinaryField()  # empty for an address
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    address = models.CharField("地址", max_length=45, blank=True)
    tries = models.IntegerField("次数")
    since = models.DateTimeField("锁定自")
    until = models.DateTimeField("锁定至")
    lifted_at = models.DateTimeField("解除时间", null=True)
    lifted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "登录锁定"
        indexes: ClassVar = [models.Index(fields=["-until"], name="lock_until")]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"


class SecondFactor(Guarded):
    """A secret shared with an authenticator (RFC 6238), sealed. It counts from ``confirmed_at`` until ``ended_at``."""

    rights = READ | APPEND | CHANGE

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)  # the newest time step of which a code was taken: none is taken twice
    begun_at = models.DateTimeField("开始设置")
    confirmed_at = models.DateTimeField("启用", null=True)
    ended_at = models.DateTimeField("停用", null=True)

    class Meta:
        verbose_name = "动态口令"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff"], condition=Q(ended_at=None) & ~Q(confirmed_at=None), name="factor_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.confirmed_at}"


class RecoveryCode(Guarded):
    """A code for the day when the authenticator is lost; only its keyed hash is kept, and it opens once."""

    rights = READ | APPEND | CHANGE

    factor = models.ForeignKey(SecondFactor, models.PROTECT, related_name="codes")
    digest = models.BinaryField(unique=True)
    used_at = models.DateTimeField(null=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        verbose_name = "恢复码"

    def __str__(self) -> str:
        return f"{self.pk}"


class FactorReset(Guarded):
    """A colleague's lost factor: one administrator asks for its end, another one confirms it, neither their own."""

    rights = READ | APPEND | CHANGE

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    why = models.CharField("原因", max_length=200)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    granted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField("确认时间", null=True)
    dropped_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "动态口令重置"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(granted_by=models.F("asked_by")), name="factor_reset_second_person"),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("staff")) & ~Q(granted_by=models.F("staff")), name="factor_reset_never_own"
            ),
            models.UniqueConstraint(
                fields=["staff"], condition=Q(granted_at=None, dropped_at=None), name="factor_reset_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.asked_at}"


class KeptForm(Guarded):
    """What somebody had typed when the session was over: sealed, for the same account and page, and for a short time."""

    rights = READ | APPEND | ERASE

    handle = models.BinaryField()  # hash of a random key that only the browser's session knows
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    page = models.BinaryField()  # hash of its address, which may hold what somebody searched for
    content = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "未提交的填写内容"
        indexes: ClassVar = [models.Index(fields=["staff", "-at"], name="kept_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.at}"
