"""What is known of a stored file. The content lies sealed in the file store."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, READ
from linli.kernel.files.rules import FileKind


class StoredFile(Guarded):
    """A file as it was sent. ``need`` is the permission that opens it; ``owner_kind``/``owner_id`` say what it belongs to."""

    rights = READ | APPEND

    key = models.CharField(max_length=64, unique=True)
    digest = models.CharField("摘要", max_length=64)
    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("类型", max_length=4, choices=FileKind.choices())
    size = models.BigIntegerField("大小")
    need = models.CharField("所需权限", max_length=60)
    owner_kind = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="上传人")
    on = models.DateField("上传日")
    at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "文件"
        indexes: ClassVar = [
            models.Index(fields=["owner_kind", "owner_id"], name="file_owner"),
            models.Index(fields=["area", "-id"], name="file_area"),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(area__regex=AREA_CODE), name="file_area_code")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"
