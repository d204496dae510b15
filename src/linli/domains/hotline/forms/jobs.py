"""Forms of job introductions."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.hotline.rules import Placing
from linli.kernel.ui.forms import DayField, Filter, Form, TidyField


class Introduce(Form):
    vacancy = forms.TypedChoiceField(label="介绍的岗位", coerce=int, widget=forms.RadioSelect)


def introducing(data: Any, offers: list[tuple[int, str]]) -> Introduce:
    """The vacancies that are open."""
    form = Introduce(data)
    form.fields["vacancy"].choices = [(str(pk), zh) for pk, zh in offers]
    return form


class Result(Form):
    result = forms.ChoiceField(label="结果", choices=Placing.choices()[1:], widget=forms.RadioSelect)
    result_on = DayField(label="上岗或得知结果的日期")
    note = TidyField(label="说明", required=False, max_length=200, help_text="没有上岗的写明原因。")

    def clean_result(self) -> Placing:
        return Placing(self.cleaned_data["result"])


class IntroductionSearch(Filter):
    result = forms.ChoiceField(label="结果", choices=Placing.choices())
    first = DayField(label="介绍自")
    last = DayField(label="至")
