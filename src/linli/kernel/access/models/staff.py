"""Staff who can sign in, and the posts in which they act."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from linli.kernel.access.models.base import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ, Role


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
    session_round = models.IntegerField("登录轮次", default=0)  # one more ends every session of the account
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = StaffManager()

    class Meta:
        verbose_name = "工作人员"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry: it changes with the password and with the round."""
        salt, value = "linli.access.session", f"{self.password}\x1f{self.session_round}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Post(Guarded):
    """A role at an area, held by one person from a day until a day (exclusive); waiting until a second person grants it."""

    rights = READ | APPEND | CHANGE

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=24, choices=Role.choices())
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
