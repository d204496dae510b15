"""Forms of the duties: what was done, who is on duty, who takes a shift."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from linli.base.fields import FieldKind, Value
from linli.kernel.duties.rules import DoneState, Duty
from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import PAPERS
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, TextField, TidyField, YearMonth, form_field


class Period(Filter):
    """The month and place of a page."""

    month = YearMonth(label="月份")
    area = AreaField()


class Search(Filter):
    words = TidyField(label="对象", max_length=60)
    state = forms.ChoiceField(label="情况", choices=DoneState.choices())
    area = AreaField()
    duty = forms.ChoiceField(label="事项", choices=[])
    first = DayField(label="期限自")
    last = DayField(label="至")

    def __init__(self, *args: Any, duties: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["duty"].choices = [("", "全部"), *duties]


def done_form(duty: Duty) -> type[Form]:
    """What was done: the day, the declared fields, the minutes where they count."""
    fields: dict[str, Any] = {"done_on": DayField(label="办理日期")}
    for one in duty.fields:
        if one.kind is FieldKind.FILE:
            fields[one.key] = UploadField(label=one.zh, required=one.required, allowed=PAPERS)
        else:
            fields[one.key] = form_field(one)
    if duty.least_minutes:
        help_text = f"每次不少于{duty.least_minutes}分钟"
        fields["minutes"] = forms.IntegerField(label="时长（分钟）", min_value=1, max_value=1440, help_text=help_text)
    fields["note"] = TidyField(label="备注", required=False, max_length=200)
    return type("Done", (Form,), fields)


def split(duty: Duty, data: dict[str, Any]) -> tuple[dict[str, Value], dict[str, Any]]:
    """The declared fields of a filled-in form: values and uploads."""
    files = {one.key: data[one.key] for one in duty.fields if one.kind is FieldKind.FILE}
    return {one.key: data[one.key] for one in duty.fields if one.kind is not FieldKind.FILE}, files


class TakingBack(Form):
    why = TidyField(label="撤回的原因", max_length=200, min_length=2)


class RosterDay(Form):
    """Who is on duty on one day, or on every day of a span."""

    day = DayField(label="日期")
    through = DayField(label="至（含当日）", required=False, help_text="连排多天时填写。")
    staff = forms.MultipleChoiceField(label="值班人", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["staff"].choices = staff

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("day"), data.get("through")
        if isinstance(first, date) and isinstance(last, date) and not 0 <= (last - first).days <= 62:
            self.add_error("through", "截止日期应在开始日期之后两个月以内，请修改。")
        return data


class Attending(Form):
    minutes = forms.IntegerField(label="时长（分钟）", required=False, min_value=1, max_value=1440)
    note = TextField(label="值班记事", required=False, max_length=500)


class Asking(Form):
    to = forms.TypedChoiceField(label="请谁接替", coerce=int)
    why = TidyField(label="原因", max_length=200, min_length=2)

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["to"].choices = [("", "请选择"), *staff]


class Answering(Form):
    agree = forms.ChoiceField(label="答复", choices=[("yes", "同意接替"), ("no", "不同意")], widget=forms.RadioSelect)
