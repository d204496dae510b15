"""Forms of audits."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.kernel.ui.forms import DayField, Filter, Form, TextField, TidyField


class AuditSearch(Filter):
    words = TidyField(label="项目名称")
    standing = forms.ChoiceField(label="审计情况", choices=[("todo", "未审计"), ("done", "已审计未公布"), ("shown", "已公布")])


class NewAudit(Form):
    since = DayField(label="审计期间自")
    until = DayField(label="审计期间至")
    scope = TextField(label="审计范围", max_length=400, help_text="如 申请、审核、公示、发放全过程和资金账目")


class Draw(Form):
    count = forms.IntegerField(label="抽样件数", min_value=1, max_value=200, help_text="由系统随机抽取，已抽过的不再抽")


class Judge(Form):
    result = forms.ChoiceField(
        label="核查结果", widget=forms.RadioSelect, choices=[("sound", "相符：申请、决定、付款一致"), ("fault", "有问题")]
    )
    note = TidyField(label="说明", max_length=200, required=False, help_text="有问题的必填")


class Finding(Form):
    text = TextField(label="发现的问题", max_length=400, help_text="不要写姓名和证件号，写申请编号即可")
    demand = TextField(label="整改要求", max_length=400)
    due = DayField(label="整改期限")
    sample = forms.ChoiceField(label="相关抽样", required=False)

    def __init__(self, *args: Any, samples: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["sample"].choices = [("", "不针对某一件"), *samples]


class Mend(Form):
    mend = TextField(label="整改情况", max_length=400)


class Conclude(Form):
    conclusion = TextField(label="审计结论", max_length=1000, help_text="存档用，不公布")
    summary = TextField(label="公布摘要", max_length=300, help_text="向社会公布，不能出现任何个人的情况")
