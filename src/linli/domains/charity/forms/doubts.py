"""Forms of all aid by household, and of what may be double or missed in it."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.charity.rules import ANSWERS, DOUBTS, FITTING
from linli.kernel.ui.forms import Filter, Form, TidyField


class AidYear(Filter):
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)


class AidSearch(AidYear):
    least = forms.TypedChoiceField(label="救助次数", choices=[("2", "2次以上"), ("3", "3次以上")], coerce=int, empty_value=None)
    doubtful = forms.ChoiceField(label="提示", choices=[("yes", "只看请核查的")])


class DoubtSearch(Filter):
    state = forms.ChoiceField(label="状态", choices=[("open", "待核查"), ("answered", "已核查")])
    kind = forms.ChoiceField(label="类别", choices=sorted(DOUBTS.items()))
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)


class AnswerDoubt(Form):
    answer = forms.ChoiceField(label="核查结果", widget=forms.RadioSelect)
    note = TidyField(label="说明", max_length=200, help_text="例如：入户核实，两次救助分别为母女二人")

    def __init__(self, *args: Any, kind: str, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["answer"].choices = [(key, ANSWERS[key]) for key in FITTING[kind]]
