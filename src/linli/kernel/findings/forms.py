"""Forms of proactive discovery: the filter of the list, and what the visit showed."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.kernel.findings.rules import FITTING, FOLLOWED, Answer, Side
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, TextField, TidyField

STATES = [("open", "待走访"), ("answered", "已核查"), ("followed", "已落实"), ("gone", "情况已变")]


class Search(Filter):
    area = AreaField()
    state = forms.ChoiceField(label="状态", choices=STATES)
    search = forms.ChoiceField(label="比对规则", choices=[])
    words = TidyField(label="姓名", max_length=20)
    side = forms.ChoiceField(label="类别", choices=Side.choices())
    answer = forms.ChoiceField(label="核查结果", choices=Answer.choices())
    first = DayField(label="发现日期自")
    last = DayField(label="至")

    def __init__(self, *args: Any, searches: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["search"].choices = [("", "全部"), *searches]


class Visited(Form):
    """What the visit showed; taking an application needs no answer, it is one."""

    visited_on = DayField(label="走访日期")
    answer = forms.ChoiceField(label="走访结果", widget=forms.RadioSelect)
    note = TextField(label="情况和理由", max_length=300, help_text="例如：子女每月给赡养费600元，本人表示够用，不申请")

    def __init__(self, *args: Any, side: Side, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["answer"].choices = [(one.value, one.zh) for one in FITTING[side] if one is not FOLLOWED[side]]

    def clean_answer(self) -> Answer:
        return Answer(self.cleaned_data["answer"])
