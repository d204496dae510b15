"""Forms of households: founding, joining, leaving, moving, changing the head."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.kernel.registry.rules import HEAD, KIN, HouseholdKind
from linli.kernel.ui.forms import AreaField, DayField, Form, IdentityField, TidyField

RELATIONS = [("", "请选择"), *((code, zh) for code, zh in sorted(KIN.items()) if code != HEAD)]


class NewHousehold(Form):
    address = TidyField(label="住址", max_length=200, required=False, help_text="与户主现住址相同的不用填。")
    kind = forms.ChoiceField(label="户别", choices=HouseholdKind.choices())
    number = TidyField(label="户号", max_length=20, required=False)
    since = DayField(label="立户日期", required=False, help_text="不填为今天。")


class Joining(Form):
    number = IdentityField(label="身份证号", required=False, help_text="已登记人员的身份证号。没有号码的，从其人员页面办理加入。")
    person_id = forms.IntegerField(label="成员", required=False, widget=forms.HiddenInput)
    kin = forms.ChoiceField(label="与户主关系", choices=RELATIONS)
    since = DayField(label="入户日期", required=False, help_text="不填为今天。")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("number") and not data.get("person_id") and "number" not in self.errors:
            self.add_error("number", "请填写要加入的人的身份证号。")
        return data


class Leaving(Form):
    because = TidyField(label="离户原因", max_length=100, help_text="如：分户、结婚、入伍。")
    day = DayField(label="离户日期", required=False, help_text="不填为今天。")


class Moving(Form):
    to = AreaField(label="迁往", level=Level.COMMUNITY, lived=True)
    address = TidyField(label="新住址", max_length=200)
    since = DayField(label="迁移日期", required=False, help_text="不填为今天。")


class HeadChange(Form):
    """The new head, and how each of the others is related to the new head (made by :func:`head_change`)."""

    head = forms.TypedChoiceField(label="新户主", coerce=int, choices=[])
    day = DayField(label="变更日期", required=False, help_text="不填为今天。")

    @property
    def kin(self) -> dict[int, str]:
        """Relations by person id."""
        return {int(name[4:]): value for name, value in self.cleaned_data.items() if name.startswith("kin_") and value}


def head_change(data: Any, members: list[tuple[int, str]]) -> HeadChange:
    """The form for these members (id, name)."""
    kind = type("HeadChange", (HeadChange,), {
        f"kin_{pk}": forms.ChoiceField(label=f"{name}与新户主关系", choices=RELATIONS, required=False) for pk, name in members
    })  # fmt: skip
    form: HeadChange = kind(data)
    form.fields["head"].choices = members
    return form
