"""Forms of debts: agreed sums, what is asked no more."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.files.forms import UploadField
from linli.kernel.ledgers.rules import STOPS, PlanEnd, WriteOffGround, read_sums
from linli.kernel.ui.forms import Form, MoneyField, TextField, TidyField


class PlanOf(Form):
    """One sum in each line, as it was agreed; equal sums over half a year are proposed."""

    sums = forms.CharField(
        label="各期日期和金额", widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一期，先写日期再写金额，如 2011-01-20 100.00；各期之和应等于尚欠金额",
    )  # fmt: skip
    signed_by = TidyField(label="签约人", max_length=40, help_text="本人，或写明与本人的关系，如 张小明（本人之子）")
    paper = UploadField(label="签字的退还约定")

    def clean_sums(self) -> list[tuple[date, int]]:
        try:
            return read_sums(self.cleaned_data["sums"])
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault


class StopPlan(Form):
    ending = forms.TypedChoiceField(
        label="停止原因", choices=[(one.value, one.zh) for one in STOPS], coerce=PlanEnd, widget=forms.RadioSelect
    )
    words = TextField(label="情况", max_length=200, help_text="如 死亡日期和有无遗产、家庭现在的困难")


class AskWriteOff(Form):
    amount = MoneyField(label="核销金额", least=1)
    ground = forms.TypedChoiceField(
        label="核销原因", choices=WriteOffGround.choices(), coerce=WriteOffGround, widget=forms.RadioSelect
    )
    words = TextField(label="追缴经过和不能追回的情况", max_length=200)
    paper = UploadField(label="证明材料", help_text="如 死亡证明、遗产查询结果、催缴记录、会议纪要")


class DecideWriteOff(Form):
    agree = forms.TypedChoiceField(
        label="审批意见", choices=[("yes", "同意核销，立即记账"), ("no", "不同意")], coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = TextField(label="说明", max_length=200, required=False, help_text="不同意时写明原因")
