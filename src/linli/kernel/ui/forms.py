"""The base of every form: one look, Chinese messages, a key that makes a second click harmless."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from linli.base.days import parse_day


class Renderer(TemplatesSetting):
    """Renders fields with the templates of this package."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class DayField(forms.CharField):
    """A day, typed as people type days (2026-1-5, 2026.1.5, 20260105, 2026年1月5日)."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "年-月-日"}))
        super().__init__(**words)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class Form(forms.Form):
    """A plain form. ``key`` names this one filling-in of it; ``body`` is what was typed, for the idempotency check."""

    use_required_attribute = False

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fresh_key = secrets.token_urlsafe(18)
        for field in self.fields.values():
            field.error_messages.setdefault("required", "")
            field.error_messages["required"] = f"请填写{field.label}。"

    @property
    def key(self) -> str:
        """The key that came with the form, or a new one for an empty form."""
        return (self.data.get("_key") or "") if self.is_bound else self.fresh_key

    @property
    def body(self) -> str:
        """Everything that was sent, in a stable order, without the anti-forgery token; files by their content."""
        sent = {
            name: self.data.getlist(name) if hasattr(self.data, "getlist") else self.data[name]
            for name in sorted(self.data)
            if name != "csrfmiddlewaretoken"
        }
        files = {name: _digest(self.files[name]) for name in sorted(self.files)}
        return json.dumps([type(self).__name__, sent, files], ensure_ascii=False, default=str)


def _digest(upload: Any) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
