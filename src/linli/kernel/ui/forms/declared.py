"""Form fields for fields that are declared as data (``linli.base.fields``); they clean to the value that is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.base.areas import Level, Scope, scope_of
from linli.base.fields import LINE, NO, YES, Field, FieldKind, read_value, show_value
from linli.kernel.ui.forms.fields import CODE, AreaField
from linli.kernel.ui.queries import area_names

TYPED = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DAY})
_LOOK: dict[FieldKind, dict[str, str]] = {
    FieldKind.NUMBER: CODE | {"inputmode": "decimal", "class": "short number"},
    FieldKind.MONEY: CODE | {"inputmode": "decimal", "class": "short number"},
    FieldKind.DAY: CODE | {"inputmode": "numeric", "placeholder": "年-月-日", "class": "short"},
    FieldKind.TEXT: {"autocomplete": "off"},
}


class DeclaredField(forms.CharField):
    """A typed field: text, number, money or day."""

    def __init__(self, declared: Field, **words: Any) -> None:
        self.declared = declared
        look = dict(_LOOK[declared.kind])
        long = declared.kind is FieldKind.TEXT and declared.longest > LINE
        words.setdefault("widget", forms.Textarea(attrs=look) if long else forms.TextInput(attrs=look))
        super().__init__(label=declared.zh, required=declared.required, help_text=declared.help, **words)

    @property
    def unit(self) -> str:
        """The unit that stands behind the input."""
        return "元" if self.declared.kind is FieldKind.MONEY else self.declared.unit

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, int):
            return value
        try:
            return read_value(self.declared, str(value))
        except ValueError as fault:
            raise ValidationError(str(fault), code="unreadable") from fault

    def prepare_value(self, value: Any) -> Any:
        return show_value(self.declared, value) if isinstance(value, int) else value


class DeclaredChoice(forms.ChoiceField):
    """A choice by code, or yes and no; a choice that need not be made begins with 未填."""

    def __init__(self, declared: Field, **words: Any) -> None:
        self.declared = declared
        choices = list(declared.choices) or [("1", YES), ("0", NO)]
        blank = [("", "请选择" if declared.required else "未填")]
        super().__init__(choices=blank + choices, label=declared.zh, required=declared.required, help_text=declared.help, **words)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if self.declared.kind is FieldKind.YES_NO:
            return None if code == "" else code == "1"
        return code or None

    def prepare_value(self, value: Any) -> Any:
        return {True: "1", False: "0"}.get(value, value) if isinstance(value, bool) else value


class DeclaredArea(AreaField):
    """An area of those that the declaration offers; made with the writer's scope."""

    def __init__(self, declared: Field, **words: Any) -> None:
        self.declared = declared
        level = Level.COMMUNITY if declared.within == "units" else None
        super().__init__(level=level, label=declared.zh, required=declared.required, help_text=declared.help, **words)

    def limit(self, scope: Scope | None) -> None:
        super().limit(offered(self.declared, scope) if scope else None)
        if self.declared.within == "units" and self.known:
            names = area_names(code for code, _ in self.known)
            self.known = [(code, names[code]) for code, _ in self.known]
            self.widget.choices = [self.widget.choices[0], *self.known]

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or None


def offered(declared: Field, scope: Scope) -> Scope:
    """The areas that an area field offers to a writer of this scope."""
    district = scope_of(scope.lo[:6] + "000000")
    if declared.within == "units":
        return Scope(district.lo[:6] + "900000", district.hi)
    return district if declared.within == "district" else scope


def form_field(declared: Field, **words: Any) -> forms.Field:
    """The form field of a declared field that is neither a file nor a reference."""
    if declared.kind in TYPED:
        return DeclaredField(declared, **words)
    if declared.kind in {FieldKind.CHOICE, FieldKind.YES_NO}:
        return DeclaredChoice(declared, **words)
    if declared.kind is FieldKind.AREA:
        return DeclaredArea(declared, **words)
    raise TypeError(f"{declared.key}: a {declared.kind} has no form field of its own")
