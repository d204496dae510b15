"""Fields that read what people type: days, months, money, names, identity numbers, telephone numbers, areas."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from linli.base.areas import Level, Scope, check_code
from linli.base.days import parse_day, parse_month
from linli.base.identity import read_id
from linli.base.money import parse_yuan, show_yuan
from linli.base.names import LONGEST, clean_name
from linli.base.text import plain, tidy
from linli.kernel.ui.queries import area_choices

CODE = {"autocomplete": "off", "spellcheck": "false"}


class _Read(forms.CharField):
    """A line of text that a function of ``linli.base`` reads; the function's own words say what is wrong."""

    attrs: ClassVar[dict[str, str]] = {}
    unit = ""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", forms.TextInput(attrs=dict(self.attrs)))
        super().__init__(**words)

    def read(self, text: str) -> Any:
        return text

    def to_python(self, value: Any) -> Any:
        if value is None or not str(value).strip():
            return None
        try:
            return self.read(str(value))
        except ValueError as fault:
            raise ValidationError(str(fault), code="unreadable") from fault


class DayField(_Read):
    """A day, as people type days: 2026-1-5, 2026.1.5, 20260105, 2026年1月5日."""

    attrs: ClassVar = CODE | {"inputmode": "numeric", "placeholder": "年-月-日", "class": "short"}

    def to_python(self, value: Any) -> date | None:
        return value if isinstance(value, date) else super().to_python(value)

    def read(self, text: str) -> date:
        return parse_day(text)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class YearMonth(_Read):
    """A month (2026-1, 2026.01, 202601, 2026年1月), as its first day."""

    attrs: ClassVar = CODE | {"inputmode": "numeric", "placeholder": "年-月", "class": "short"}

    def read(self, text: str) -> date:
        return parse_month(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class MoneyField(_Read):
    """An amount in yuan as people type it, as whole fen. ``least`` and ``most`` are in fen and included."""

    attrs: ClassVar = CODE | {"inputmode": "decimal", "class": "short number"}
    unit = "元"

    def __init__(self, *, least: int | None = None, most: int | None = None, signed: bool = False, **words: Any) -> None:
        self.least, self.most, self.signed = least, most, signed
        super().__init__(**words)

    def to_python(self, value: Any) -> int | None:
        return value if isinstance(value, int) else super().to_python(value)

    def read(self, text: str) -> int:
        fen = parse_yuan(text, signed=self.signed)
        if self.least is not None and fen < self.least:
            raise ValueError(f"金额不能小于{show_yuan(self.least)}元，请核对。")
        if self.most is not None and fen > self.most:
            raise ValueError(f"金额不能大于{show_yuan(self.most)}元，请核对。")
        return fen

    def prepare_value(self, value: Any) -> Any:
        return show_yuan(value) if isinstance(value, int) else value


class IdentityField(_Read):
    """An identity number of 18 digits, as it is stored."""

    attrs: ClassVar = CODE | {"maxlength": "40", "class": "medium"}

    def read(self, text: str) -> str:
        return read_id(text).number


class NameField(_Read):
    """The full name of a person; rare characters and the dot of longer names are kept."""

    attrs: ClassVar = {"autocomplete": "off", "spellcheck": "false", "class": "medium"}

    def __init__(self, **words: Any) -> None:
        words.setdefault("label", "姓名")
        super().__init__(max_length=LONGEST, **words)

    def read(self, text: str) -> str:
        return clean_name(text)


class PhoneField(_Read):
    """A mobile or landline number: digits, with one hyphen after the area code of a landline."""

    attrs: ClassVar = {"inputmode": "tel", "autocomplete": "off", "class": "medium"}

    def read(self, text: str) -> str:
        number = re.sub(r"[-－—]", "-", plain(text)).removeprefix("+86").lstrip("-")
        if re.fullmatch(r"1[0-9][0-9-]{9,11}", number):
            number = number.replace("-", "")
        if not re.fullmatch(r"1[0-9]{10}|(0[0-9]{2,3}-?)?[1-9][0-9]{4,7}", number):
            raise ValueError("电话应为 11 位手机号码，或带区号的固定电话，如 0632-7711234。")
        return number


class CodeField(_Read):
    """A code that was told or printed (查询码, 确认码, 回执号), without the blanks and wide digits of whoever copies it."""

    attrs: ClassVar = CODE | {"class": "medium"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or ""

    def read(self, text: str) -> str:
        return plain(text).upper()


class ClockField(forms.TimeField):
    """A time of day, as people type it: 9:30, 09：30, 9点30分, 9时."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", forms.TimeInput(attrs={"class": "short"}))
        super().__init__(**words)

    def to_python(self, value: Any) -> Any:
        typed = re.fullmatch(r"(\d{1,2})[:.点时](\d{1,2})?分?", plain(value)) if isinstance(value, str) else None
        return super().to_python(f"{typed[1]}:{typed[2] or '00'}" if typed else value)


class TidyField(_Read):
    """One line of free text without invisible characters and doubled blanks."""

    attrs: ClassVar = {"autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or ""

    def read(self, text: str) -> str:
        return tidy(text)


class TextField(forms.CharField):
    """Several lines of free text."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**words)


class AreaField(forms.CharField):
    """An area of the actor's range, and of one level if given; the form is made with ``scope=request.actor.scope``.

    A choice where the names of areas are known, a code of 12 digits otherwise. ``lived``: towns and communities alone, for
    where something happens; seats of offices and firms are not offered.
    """

    def __init__(self, *, level: Level | None = None, lived: bool = False, **words: Any) -> None:
        self.level, self.lived, self.scope, self.known = level, lived, None, []
        words.setdefault("label", "区域")
        super().__init__(**words)

    def limit(self, scope: Scope | None) -> None:
        """Offer only the areas of this range."""
        self.scope = scope
        self.known = area_choices(scope, self.level, self.lived) if scope else []
        if not self.known:
            self.widget.attrs.update({**CODE, "inputmode": "numeric", "class": "form-control medium"})
            return
        self.error_messages["required"] = f"请选择{self.label}。"
        blank = "请选择" if self.required else "全部"
        self.widget = forms.Select(choices=[("", blank), *self.known], attrs=self.widget.attrs | {"class": "form-select medium"})
        self.widget.is_required = self.required

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            code = check_code(text)
        except ValueError as fault:
            raise ValidationError(str(fault), code="unreadable") from fault
        if self.known and code not in dict(self.known):
            raise ValidationError("这个区域不在可选范围内，请重新选择。", code="unreadable")
        if self.scope is not None and not self.scope.contains(code):
            raise ValidationError("这个区域不在本辖区内，请重新选择。", code="unreadable")
        return code
