"""What a member of staff keeps for the own comfort."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from linli.kernel.access.models.base import Guarded
from linli.kernel.access.models.staff import Staff
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ


class SavedView(Guarded):
    """The filter of a list under a name of its user's own: the list's address and the words after it.

    Never a number of a person.
    """

    rights = READ | APPEND | CHANGE | ERASE

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    page = models.CharField("清单", max_length=120)
    name = models.CharField("名称", max_length=20)
    words = models.CharField("条件", max_length=500)
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "常用筛选"
        constraints: ClassVar = [models.UniqueConstraint(fields=["staff", "page", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return f"{self.page} {self.name}"
