"""The base of every form."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from linli.base.areas import Scope
from linli.kernel.ui.forms.fields import AreaField
from linli.kernel.ui.forms.words import put_messages
from linli.kernel.ui.forms.written import written

MANY = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Renderer(TemplatesSetting):
    """Renders forms with the templates of this package, and fields with its writers."""

    form_template_name = "ui/form_inner.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        found = written(template_name, context)
        return found if found is not None else super().render(template_name, context, request=request)


class Form(forms.Form):
    """A plain form for the back office.

    ``groups`` puts fields under headings: (heading, field names). ``key`` names this one filling-in of the form;
    ``body`` is what was typed, for the idempotency check. ``scope`` limits the areas that can be chosen.
    """

    use_required_attribute = False
    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    asks = True  # False: nothing must be filled in
    marks = "required"  # a star for fields that must be filled in, with a legend; "optional": （选填）

    def __init_subclass__(cls, **words: Any) -> None:
        """``key`` and ``body`` keep a second click harmless: a form that covers them would act once for everybody."""
        super().__init_subclass__(**words)
        if {"key", "body"} & cls.__dict__.keys():
            raise TypeError(f"{cls.__name__} covers the form's own key or body; use another name")

    def __init__(self, *args: Any, scope: Scope | None = None, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fresh_key = secrets.token_urlsafe(18)
        for name, field in self.fields.items():
            field.required = field.required and self.asks
            self.add(name, field)
            if isinstance(field, AreaField):
                field.limit(scope)

    def add(self, name: str, field: forms.Field) -> None:
        """A field, with our words and look; for those that depend on what the form is about."""
        put_messages(field)
        _dress(field.widget)
        self.fields[name] = field

    def is_valid(self) -> bool:
        """Whether it can be acted on. What is only shown again after a session was over was not sent yet."""
        return super().is_valid() and not getattr(self.data, "unsent", False)

    @property
    def key(self) -> str:
        """The key that came with the form, or a new one for an empty form."""
        return (self.data.get("_key") or "") if self.is_bound else self.fresh_key

    @property
    def body(self) -> str:
        """Everything that was sent (:func:`body_of`)."""
        return body_of(self.data, self.files)

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The visible fields under their headings; fields of no group come first, without a heading."""
        grouped = {name for _, names in self.groups for name in names}
        loose = [field for field in self.visible_fields() if field.name not in grouped]
        found = [("", loose)] if loose else []
        return found + [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.groups]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (id of the input, words that name the field), for the summary on top."""
        if not self.is_bound:
            return []
        found = [("", str(fault)) for fault in self.non_field_errors()]
        for field in self:
            target = field.auto_id + ("_0" if isinstance(field.field.widget, MANY) else "")
            label = str(field.label)
            found += [(target, said if label in said else f"{label}：{said}") for said in map(str, field.errors)]
        return found

    @property
    def has_required(self) -> bool:
        return any(field.required for field in self.fields.values())


class PublicForm(Form):
    """A form for residents: what may be left out says so, and nothing is starred."""

    marks = "optional"


class Confirm(Form):
    """Nothing to fill in: the page says what will happen, the button does it once."""


class Filter(Form):
    """The filter of a list: every field may be left empty; choices begin with 全部."""

    asks = False

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
                choices = [(value, label) for value, label in field.choices if value != ""]
                field.choices = choices if isinstance(field, forms.MultipleChoiceField) else [("", "全部"), *choices]


def _dress(widget: forms.Widget) -> None:
    """Give the input its class."""
    if isinstance(widget, (forms.CheckboxInput, *MANY)):
        name = "form-check-input"
    elif isinstance(widget, forms.Select):
        name = "form-select" if "class" in widget.attrs else "form-select medium"
    else:
        name = "form-control"
    widget.attrs["class"] = f"{name} {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = 4 if widget.attrs.get("rows") in (None, "10") else widget.attrs["rows"]
        widget.attrs.pop("cols", None)


def body_of(data: Any, files: Any) -> str:
    """Everything that was sent, in a stable order, without the anti-forgery token; files by their content."""
    sent = {
        name: data.getlist(name) if hasattr(data, "getlist") else data[name]
        for name in sorted(data)
        if name != "csrfmiddlewaretoken"
    }
    return json.dumps([sent, {name: _digest(files[name]) for name in sorted(files)}], ensure_ascii=False, default=str)


def _digest(upload: Any) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
