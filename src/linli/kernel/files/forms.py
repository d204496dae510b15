"""A field that takes a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.access.rules import Refused
from linli.kernel.files.rules import EVERY_KIND, LARGEST, MEBIBYTE, FileKind, clean_file_name, sniff


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent: its name and content, judged by what is inside."""

    name: str
    content: bytes
    kind: FileKind


class UploadField(forms.FileField):
    """A file of one of the allowed kinds, not larger than the limit; cleans to an :class:`Upload`."""

    def __init__(self, *, allowed: frozenset[FileKind] = EVERY_KIND, limit: int = LARGEST, **words: Any) -> None:
        kinds = "、".join(f".{kind}" for kind in sorted(allowed))
        words.setdefault("help_text", f"可上传 {kinds}，不超过 {limit // MEBIBYTE} MB。")
        super().__init__(**words)
        self.allowed, self.limit = allowed, limit
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in sorted(allowed))
        self.error_messages["required"] = "请选择文件。"
        self.error_messages["empty"] = "文件是空的，请检查后重新选择。"

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        sent = super().clean(data, initial)
        if not sent:
            return None
        if sent.size > self.limit:
            size = -(-sent.size // MEBIBYTE)
            raise ValidationError(f"文件有 {size} MB，超过 {self.limit // MEBIBYTE} MB 的上限，请压缩或分开上传。")
        content = b"".join(sent.chunks())
        sent.seek(0)
        try:
            return Upload(clean_file_name(sent.name), content, sniff(sent.name, content, self.allowed, self.limit))
        except Refused as fault:
            raise ValidationError(fault.message) from fault
