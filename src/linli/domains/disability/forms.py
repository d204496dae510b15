"""Forms of claims."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.disability.rules import CARES, ENDED_AS, STATES
from linli.kernel.ui.forms import Filter, Form, IdentityField, MoneyField, TidyField, YearMonth

_OTHERS = [("", "没有"), *CARES.items()]


class Find(Form):
    number = IdentityField(label="残疾人身份证号", help_text="18 位；残疾类别、等级和家庭身份由系统带出，不必重填")


class _Care(Form):
    long_care = forms.BooleanField(label="需要长期照护", required=False, initial=True)
    other = forms.ChoiceField(label="已领取的其他护理补贴", required=False, choices=_OTHERS)
    amount = MoneyField(label="其他护理补贴每月金额", required=False, help_text="没有的不填；与护理补贴比较，就高发给一项")

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"amount": self.cleaned_data.get("amount") or 0}


class Apply(_Care):
    groups = (("护理情况", ("long_care", "other", "amount")), ("代办（本人申请的不填）", ("agent", "agent_tie")))
    agent = TidyField(label="代办人", required=False, max_length=40)
    agent_tie = TidyField(label="与本人关系", required=False, max_length=20)


class Care(_Care):
    since = YearMonth(label="自哪个月起")
    evidence = TidyField(label="依据", max_length=100, help_text="如 入户核实、发放单位证明")


class End(Form):
    how = forms.ChoiceField(label="终止原因", choices=[("", "请选择"), *ENDED_AS])
    why = TidyField(label="依据和说明", max_length=200)


class ClaimSearch(Filter):
    words = TidyField(label="案件编号或姓名")
    state = forms.ChoiceField(label="状态", choices=list(STATES.items()))
