"""Forms of power delegated to a town, and of what the district finds of its confirmations."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from linli.base.areas import Level
from linli.domains.assistance.rules.delegations import DELEGABLE, Checked
from linli.kernel.access.rules import ProposalState
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, TextField, TidyField


class DelegationSearch(Filter):
    words = TidyField(label="文件", max_length=40)
    state = forms.ChoiceField(label="状态", choices=ProposalState.choices())
    town = AreaField(label="镇街", level=Level.TOWN, lived=True)


class Delegate(Form):
    """From which day on a town confirms for the district, or does so no more."""

    town = AreaField(label="镇（街道）", level=Level.TOWN, lived=True)
    ends = forms.TypedChoiceField(
        label="委托还是收回", choices=[("", "委托确认"), ("ends", "收回委托")], coerce=bool, empty_value=False, required=False
    )
    programmes = forms.MultipleChoiceField(
        label="委托哪些救助", choices=list(DELEGABLE.items()), widget=forms.CheckboxSelectMultiple, required=False,
        help_text="收回委托的不用勾选",
    )  # fmt: skip
    since = DayField(label="起始日期", help_text="从这一天起受理的申请；以前受理的按原来的程序办完")
    document = TidyField(label="文件名称和文号", max_length=120, help_text="如：关于委托镇街审核确认的决定（峄民发〔2026〕3号）")
    article = TidyField(label="条款", max_length=60, required=False)
    note = TextField(label="说明", max_length=300, required=False)


class SampleSearch(Filter):
    words = TidyField(label="案件编号或姓名")
    state = forms.ChoiceField(label="结果", choices=[("open", "待抽查"), ("late", "逾期未抽查"), *Checked.choices()])
    area = AreaField(label="所在地", lived=True)


class CheckSample(Form):
    """What the district found."""

    result = forms.TypedChoiceField(label="抽查结果", choices=[("", "请选择"), *Checked.choices()], coerce=Checked)
    checked_on = DayField(label="抽查日期")
    checkers = TidyField(label="抽查人", max_length=100, help_text="两人以上，用顿号分开")
    found = TextField(label="抽查情况", max_length=500, help_text="看了哪些材料、是否入户；有误的写明错在哪里")

    @property
    def said(self) -> dict[str, Any]:
        """What the action asks, from what was typed."""
        return self.cleaned_data | {"checkers": re.split("[、，,;；]+", self.cleaned_data["checkers"])}
