"""Looking up progress, judging, answering a judgement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from linli.base.text import plain
from linli.domains.hall.rules import Grade, Stage
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, PhoneField, PublicForm, TextField, TidyField

OPEN = (("open", "等待回访"), ("done", "已回访"))
LOOKED = {"inputmode": "numeric", "autocomplete": "off", "class": "medium"}


class LookUp(PublicForm):
    """Receipt number and telephone together."""

    number = TidyField(label="收件编号", max_length=16, help_text="在收件单上方。", widget=forms.TextInput(attrs=LOOKED))
    phone = PhoneField(label="联系电话", help_text="办理时留的电话。")

    def clean_number(self) -> str:
        """The number as it was meant: a keyboard for Chinese writes wide digits, and people group them."""
        return plain(self.cleaned_data["number"])


class Judge(PublicForm):
    """A grade for a stage, given with receipt and telephone."""

    number = forms.CharField(max_length=16, widget=forms.HiddenInput)
    phone = forms.CharField(max_length=20, widget=forms.HiddenInput)
    stage = forms.ChoiceField(label="评价哪个环节", choices=Stage.choices(), widget=forms.RadioSelect)
    grade = forms.ChoiceField(label="您的评价", choices=Grade.choices(), widget=forms.RadioSelect)
    words = TidyField(label="意见", max_length=300, required=False)

    def __init__(self, *args: Any, stages: Iterable[Stage] = tuple(Stage), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["stage"].choices = [(stage.value, stage.zh) for stage in stages]


class JudgeHere(Form):
    """A grade that is given at the counter."""

    stage = forms.ChoiceField(label="评价环节", choices=Stage.choices(), widget=forms.RadioSelect)
    grade = forms.ChoiceField(label="评价", choices=Grade.choices(), widget=forms.RadioSelect)
    words = TidyField(label="意见", max_length=300, required=False)

    def __init__(self, *args: Any, stages: Iterable[Stage] = tuple(Stage), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["stage"].choices = [(stage.value, stage.zh) for stage in stages]


class AnswerRating(Form):
    """What was found and mended."""

    answer = TextField(label="回访和整改", max_length=500)


class RatingSearch(Filter):
    """Which judgements a list shows."""

    grade = forms.ChoiceField(label="评价", choices=Grade.choices())
    stage = forms.ChoiceField(label="环节", choices=Stage.choices())
    answered = forms.ChoiceField(label="回访", choices=OPEN)
    first = DayField(label="日期自")
    last = DayField(label="日期至")
    area = AreaField(label="申请人所在地", lived=True)
    hall = forms.ChoiceField(label="受理大厅", choices=(("district", "区级"), ("below", "镇街和村居")))
