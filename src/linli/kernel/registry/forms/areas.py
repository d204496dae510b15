"""Forms of areas."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import check_code
from linli.base.text import plain, tidy
from linli.kernel.registry.rules import AreaKind, NewArea
from linli.kernel.ui.forms import DayField, Form, TextField, TidyField

KINDS = [(kind.value, kind.zh) for kind in AreaKind if kind is not AreaKind.DISTRICT]


class _New(Form):
    code = forms.CharField(label="新代码", max_length=20, help_text="12位统计用区划代码；撤销的代码不再使用。")
    name = TidyField(label="新名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=KINDS)

    def clean_code(self) -> str:
        return _code(self.cleaned_data["code"])

    @property
    def new(self) -> NewArea:
        return NewArea(self.cleaned_data["code"], self.cleaned_data["name"], self.cleaned_data["kind"])


class Founding(_New):
    since = DayField(label="设立日期", required=False, help_text="不填为今天。")


class Renaming(Form):
    name = TidyField(label="新名称", max_length=60)


class Turning(_New):
    document = TidyField(label="批准文号", max_length=100)


class Merging(_New):
    olds = TextField(label="要合并的区划", help_text="每行一个12位代码。")
    document = TidyField(label="批准文号", max_length=100)

    field_order = ("olds", "code", "name", "kind", "document")

    def clean_olds(self) -> list[str]:
        return [_code(line) for line in _lines(self.cleaned_data["olds"])]


class Splitting(Form):
    parts = TextField(label="拆分为", help_text="每行一个：12位新代码、空格、名称。")
    kind = forms.ChoiceField(label="类别", choices=[(k.value, k.zh) for k in (AreaKind.COMMUNITY, AreaKind.VILLAGE)])
    homes = TextField(label="家庭名单", help_text="每行一户：家庭编号、空格、12位新代码。")
    rest = forms.CharField(label="其余划入", max_length=20, help_text="名单以外的人员和记录划入的新代码。")
    document = TidyField(label="批准文号", max_length=100)

    def clean_parts(self) -> list[NewArea]:
        pairs = [_pair(line, "每行应为12位新代码和名称，中间用空格分开。") for line in _lines(self.cleaned_data["parts"])]
        return [NewArea(_code(code), name, self.data.get("kind", "")) for code, name in pairs]

    def clean_homes(self) -> dict[int, str]:
        homes: dict[int, str] = {}
        for line in _lines(self.cleaned_data["homes"]):
            number, code = _pair(line, "每行应为家庭编号和12位新代码，中间用空格分开。")
            if not (plain(number).isascii() and plain(number).isdigit()):
                raise forms.ValidationError(f"“{number}”不是家庭编号，请核对。")
            homes[int(plain(number))] = _code(code)
        return homes

    def clean_rest(self) -> str:
        return _code(self.cleaned_data["rest"])


def _lines(text: str) -> list[str]:
    return [line for line in (tidy(part) for part in text.splitlines()) if line]


def _pair(line: str, said: str) -> tuple[str, str]:
    first, _, second = line.partition(" ")
    if not second:
        raise forms.ValidationError(f"“{line}”：{said}")
    return first, second


def _code(text: Any) -> str:
    try:
        return check_code(str(text))
    except ValueError as fault:
        raise forms.ValidationError(str(fault)) from fault
