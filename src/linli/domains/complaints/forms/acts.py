"""What is filled in beside a complaint or petition."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.complaints.rules import MatterResult, PetitionOutcome, RefusalGround, RemedyKind, RemedyOutcome, read_names
from linli.kernel.ui.forms import DayField, Form, TextField, TidyField

BLANK = [("", "请选择")]


class Why(Form):
    why = TextField(label="理由", max_length=200)


class TakeDown(Form):
    why = TidyField(label="撤下的理由", max_length=200)


class SetAside(Form):
    why = TidyField(label="不予受理的原因", max_length=200, help_text="来信人凭回执号可以看到；写明应当向哪里反映。")


class Accused(Form):
    about = forms.TypedChoiceField(label="被投诉的单位", coerce=int)
    about_staff = TidyField(
        label="被投诉的工作人员", max_length=30, required=False,
        help_text="在这个单位任职的写姓名：本人不能查看和办理，内容只对知情人显示。",
    )  # fmt: skip
    why = TidyField(label="依据", max_length=200, help_text="例如来电人的补充说明")


def accusing(data: Any, units: list[tuple[int, str]], initial: dict[str, Any]) -> Accused:
    """The units of the district."""
    form = Accused(data, initial=initial)
    form.fields["about"].choices = [*BLANK, *((str(pk), zh) for pk, zh in units)]  # type: ignore[attr-defined]
    return form


class Accept(Form):
    note = TextField(label="告知内容", max_length=500, help_text="何时、以什么方式书面告知信访人受理；没有联系方式的写明。")


class Refuse(Form):
    ground = forms.ChoiceField(label="不予受理的理由", choices=[*BLANK, *RefusalGround.choices()])
    note = TextField(label="说明", max_length=1000, help_text="写明应当走的途径：诉讼、仲裁、行政复议，或有权处理的机关。")

    def clean_ground(self) -> RefusalGround:
        return RefusalGround(self.cleaned_data["ground"])


class Report(Form):
    text = TextField(label="办结报告", max_length=2000, help_text="处理过程、结果、信访人的意见；不写身份证号和电话。")


class Joint(Form):
    people = forms.IntegerField(
        label="信访人数", min_value=1, max_value=9999, widget=forms.NumberInput(attrs={"class": "short"})
    )
    representatives = TidyField(
        label="代表姓名", required=False, max_length=200,
        help_text="推选的代表，不超过5人；用顿号分开。姓名加密保存；不填的，已登记的代表不变。",
    )  # fmt: skip
    report_due = DayField(
        label="报告结果的期限", required=False,
        help_text="填写即为交办：承办单位在这一天以前提交办结报告。不填的，已登记的期限不变。",
    )  # fmt: skip

    def clean_representatives(self) -> tuple[str, ...]:
        return read_names(self.cleaned_data["representatives"])


def joining(data: Any, *, people: int, assigns: bool) -> Joint:
    """The day is the centre's to set."""
    form = Joint(data, initial={"people": people})
    if not assigns:
        del form.fields["report_due"]
    return form


class Reply(Form):
    outcome = forms.ChoiceField(label="处理意见", choices=[*BLANK, *PetitionOutcome.choices()])
    basis = TidyField(label="依据", max_length=300, help_text="法律、法规、规章和政策的名称和条款")
    text = TextField(label="答复内容", max_length=2000, help_text="查明的事实、处理的理由和结果；印在处理意见书上。")

    def clean_outcome(self) -> PetitionOutcome:
        return PetitionOutcome(self.cleaned_data["outcome"])


class AskRemedy(Form):
    kind = forms.ChoiceField(label="请求", choices=RemedyKind.choices(), widget=forms.RadioSelect)
    body = TidyField(label="办理机关", max_length=60, help_text="原办理机关的上一级行政机关")
    asked_on = DayField(label="请求日期")
    why = TextField(label="信访人的理由", max_length=500)

    def clean_kind(self) -> RemedyKind:
        return RemedyKind(self.cleaned_data["kind"])


class DecideRemedy(Form):
    outcome = forms.ChoiceField(label="意见", choices=[*BLANK, *RemedyOutcome.choices()])
    opinion = TextField(label="意见内容", max_length=2000)

    def clean_outcome(self) -> RemedyOutcome:
        return RemedyOutcome(self.cleaned_data["outcome"])


class AnswerText(Form):
    title = TidyField(label="标题", max_length=80, help_text="例如：关于办证拖延的投诉")
    question = TextField(label="反映的问题", max_length=1000, help_text="用自己的话概括，不写姓名、电话、证件号和住址。")
    text = TextField(label="办理结果", max_length=1500, help_text="做了什么、依据什么、怎样改正。")


class Judge(Form):
    agreed = forms.ChoiceField(label="审核", choices=[("yes", "同意公开"), ("no", "退回修改")], widget=forms.RadioSelect)
    why = TidyField(label="退回的理由", max_length=200, required=False)

    def clean_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")


class AddMatter(Form):
    what = TextField(label="反映的事项", max_length=500, help_text="不写身份证号、电话和住址。")
    result = forms.ChoiceField(
        label="结果", choices=[one for one in MatterResult.choices() if one[0] != MatterResult.ORDER.value],
        widget=forms.RadioSelect, initial=MatterResult.OPEN.value,
    )  # fmt: skip

    def clean_result(self) -> MatterResult:
        return MatterResult(self.cleaned_data["result"])
