"""What is filled in to move an order on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from linli.kernel.orders.rules import CallOutcome, ReturnGround, Satisfaction, StopGround
from linli.kernel.ui.forms import Form, TextField, TidyField


class Contact(Form):
    note = TextField(label="联系情况", max_length=500, help_text="什么时候、和谁联系、说了什么；联系不上的写明打了几次。")


class Handle(Form):
    result = TextField(
        label="办理结果", max_length=1000, help_text="做了什么、现在怎样；办不了的写明依据和解释。不写姓名、电话和住址。"
    )
    withdraw = forms.BooleanField(label="撤回协办请求", required=False)

    def owed_by(self, names: list[str]) -> None:
        """Whether there is anything to withdraw, and from whom."""
        if names:
            self.fields["withdraw"].help_text = f"{'、'.join(names)}还没有答复协办；不再需要的勾选，对方不用再答复。"
        else:
            del self.fields["withdraw"]


class GiveBack(Form):
    ground = forms.ChoiceField(label="退单理由", choices=[("", "请选择"), *ReturnGround.choices()])
    why = TextField(label="说明和建议", max_length=500, help_text="写明依据，建议派给哪个单位。")

    def clean_ground(self) -> ReturnGround:
        return ReturnGround(self.cleaned_data["ground"])


class MoreTime(Form):
    days = forms.IntegerField(label="延长", min_value=1)
    why = TextField(label="延期理由", max_length=500, help_text="须在时限届满前申请，并告知来电人。")

    def at_most(self, most: int, unit: str) -> None:
        """Hours, working days or days as the order counts them, and how many of them it may get."""
        words = {"label": f"延长多少{unit}", "help_text": f"这件工单最多延长{most}{unit}。", "min_value": 1, "max_value": most}
        self.add("days", forms.IntegerField(**words, widget=forms.NumberInput(attrs={"class": "short"})))


class Stop(Form):
    ground = forms.ChoiceField(label="挂起理由", choices=[("", "请选择"), *StopGround.choices()])
    why = TextField(label="说明", max_length=500)

    def clean_ground(self) -> StopGround:
        return StopGround(self.cleaned_data["ground"])


class Why(Form):
    why = TextField(label="说明", max_length=500)


class Call(Form):
    """One attempt to call back: fixed questions, five grades."""

    outcome = forms.ChoiceField(label="接通情况", choices=CallOutcome.choices(), widget=forms.RadioSelect)
    solved = forms.ChoiceField(
        label="问题解决了吗", choices=[("yes", "解决了"), ("no", "没有解决")], widget=forms.RadioSelect, required=False
    )
    grade = forms.ChoiceField(label="评价", choices=Satisfaction.choices(), widget=forms.RadioSelect, required=False)
    words = TextField(label="来电人的意见", max_length=500, required=False, help_text="用来电人自己的话写；不写姓名和住址。")

    def clean_outcome(self) -> CallOutcome:
        return CallOutcome(self.cleaned_data["outcome"])

    def clean_solved(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["solved"])

    def clean_grade(self) -> Satisfaction | None:
        given = self.cleaned_data["grade"]
        return Satisfaction(given) if given else None


class DrawCalls(Form):
    week = forms.ChoiceField(label="办结的一周", widget=forms.RadioSelect)

    def clean_week(self) -> date:
        return date.fromisoformat(self.cleaned_data["week"])


class Help(Form):
    desk_id = forms.TypedChoiceField(label="协办单位", coerce=int)
    what = TextField(label="请对方做什么", max_length=500, help_text="对方只看得到这里写的内容、地点和事项，看不到工单和来电人。")


class HelpAnswer(Form):
    answer = TextField(label="协办情况", max_length=1000)


class _Chosen(Form):
    desk_id = forms.TypedChoiceField(label="承办单位", coerce=int, required=False, empty_value=None)

    def offer(self, found: list[tuple[int, str]], blank: str) -> None:
        self.fields["desk_id"].choices = [("", blank), *((str(pk), zh) for pk, zh in found)]


class Dispatch(_Chosen):
    why = TidyField(label="改派的理由", required=False, max_length=200, help_text="不按建议派单的必填")


class RuleReturn(_Chosen):
    granted = forms.ChoiceField(
        label="裁定", choices=[("yes", "同意退单"), ("no", "不同意，由原单位办理")], widget=forms.RadioSelect
    )
    opinion = TextField(label="裁定意见", max_length=500)
    field_order = ("granted", "desk_id", "opinion")

    def clean_granted(self) -> bool:
        return bool(self.cleaned_data["granted"] == "yes")


class RuleTime(Form):
    granted = forms.ChoiceField(label="裁定", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect)
    opinion = TextField(label="裁定意见", max_length=500)

    def clean_granted(self) -> bool:
        return bool(self.cleaned_data["granted"] == "yes")


class Merge(Form):
    """Into one that is proposed, or into any other by its number."""

    main = forms.TypedChoiceField(label="并入", coerce=int, empty_value=None, required=False, widget=forms.RadioSelect)
    number = TidyField(
        label="工单号", required=False, max_length=14, help_text="要并入的那一件的工单号，如 20101220-00001。",
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )  # fmt: skip
    why = TidyField(label="说明", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(given.get("main")) == bool(given.get("number")):
            twice = bool(given.get("main"))
            self.add_error("number", "已经选择了一件，请不再填写工单号。" if twice else "请选择一件，或者填写工单号。")
        return given


class Name(Form):
    staff_id = forms.TypedChoiceField(label="知情人", coerce=int)
    why = TidyField(label="原因", max_length=200)


def drawing(data: Any, weeks: list[tuple[date, date]]) -> DrawCalls:
    """The weeks that nobody has drawn, the newest chosen."""
    form = DrawCalls(data, initial={"week": weeks[0][0].isoformat()})
    form.fields["week"].choices = [(first.isoformat(), f"{first:%Y-%m-%d}至{last:%Y-%m-%d}") for first, last in weeks]
    return form


def dispatching(data: Any, offers: list[tuple[int, str]]) -> Dispatch:
    """The proposed desk first; another one needs a reason."""
    form = Dispatch(data)
    form.offer(offers, "按建议派单")
    return form


def ruling(data: Any, offers: list[tuple[int, str]] | None) -> Form:
    """A ruling on a return with the desks to choose from, or on time."""
    if offers is None:
        return RuleTime(data)
    form = RuleReturn(data)
    form.offer(offers, "同意的，按建议改派")
    return form


def merging(data: Any, found: list[tuple[int, str]]) -> Merge:
    form = Merge(data)
    form.fields["main"].choices = [(str(pk), zh) for pk, zh in found]
    if not found:
        form.fields["main"].widget = forms.HiddenInput()
    else:
        form.fields["number"].label = "或者工单号"
    return form


def naming(data: Any, found: list[tuple[int, str]]) -> Name:
    form = Name(data)
    form.fields["staff_id"].choices = [("", "请选择"), *((str(pk), zh) for pk, zh in found)]
    return form


ACT_FORMS: dict[str, type[Form]] = {
    "contact": Contact, "handle": Handle, "give-back": GiveBack, "more-time": MoreTime, "stop": Stop, "resume": Why,
    "supervise": Why, "reopen": Why, "call": Call, "help": Help,
}  # fmt: skip
