"""Forms of surveys: what is drawn, and what somebody said."""

from __future__ import annotations

from django import forms

from linli.domains.hotline.rules import LEAST, MOST, SurveyAnswer, SurveyWay
from linli.kernel.ui.forms import AreaField, Filter, Form, TextField, TidyField

NOBODY = "silent"


class DrawSurvey(Form):
    title = TidyField(label="调查名称", max_length=60, help_text="如：2010年第四季度热线知晓率调查。")
    question = TextField(
        label="问题", max_length=200, initial="您知道市民服务热线96777吗？", help_text="照着念，只回答知道或不知道。"
    )
    place = AreaField(label="调查范围")
    size = forms.IntegerField(
        label="样本量", min_value=LEAST, max_value=MOST, widget=forms.NumberInput(attrs={"class": "short"}),
        help_text="从抽样当日登记在册的成年居民中由系统随机抽取，抽定后不能重抽。",
    )  # fmt: skip


class AnswerSurvey(Form):
    way = forms.ChoiceField(label="方式", choices=SurveyWay.choices(), widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label="回答", choices=[*SurveyAnswer.choices(), (NOBODY, "这次没有联系上，以后再问")], widget=forms.RadioSelect,
        help_text="登记错了可以更正，须写理由，原回答保留。",
    )  # fmt: skip

    def clean_way(self) -> SurveyWay:
        return SurveyWay(self.cleaned_data["way"])

    def clean_answer(self) -> SurveyAnswer | None:
        given = self.cleaned_data["answer"]
        return None if given == NOBODY else SurveyAnswer(given)


class MendAnswer(Form):
    answer = forms.ChoiceField(
        label="正确的回答", choices=[*SurveyAnswer.choices(), (NOBODY, "其实没有问到这位居民")], widget=forms.RadioSelect
    )
    way = forms.ChoiceField(label="方式", choices=SurveyWay.choices(), widget=forms.RadioSelect)
    why = TextField(label="更正理由", max_length=200, help_text="写明怎么登记错的，如：点错了行，本人回答是不知道。")

    def clean_answer(self) -> SurveyAnswer | None:
        given = self.cleaned_data["answer"]
        return None if given == NOBODY else SurveyAnswer(given)

    def clean_way(self) -> SurveyWay:
        return SurveyWay(self.cleaned_data["way"])


class DecideMend(Form):
    agreed = forms.ChoiceField(
        label="审定", choices=[("yes", "同意更正，知晓率随之更正"), ("no", "不同意，保留原回答")], widget=forms.RadioSelect
    )

    def clean_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")


class SampleSearch(Filter):
    answer = forms.ChoiceField(label="回答", choices=[("open", "还没有回答"), *SurveyAnswer.choices()])
    area = AreaField(label="居住地")
