"""Filters of the lists, and short forms."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, TextField, TidyField
from linli.law import RESULTS, Zone

STATES = [("open", "办理中"), ("granted", "救助中"), ("refused", "未确认"), ("withdrawn", "已撤回"), ("ended", "已终止")]
STEPS = [
    ("check", "村居初核"), ("first", "村居公布"), ("survey", "镇街审核"), ("notice", "镇街公示"),
    ("confirm", "镇街确认"), ("county", "区级审核"), ("second", "审批公示"), ("approval", "区级确认"),
]  # fmt: skip
ENDS = [("died", "去世"), ("moved", "迁出本区"), ("wish", "本人放弃")]


class _Zoned(Filter):
    def clean_zone(self) -> int:
        return int(self.cleaned_data.get("zone") or 0)


class ApplicationSearch(_Zoned):
    words = TidyField(label="案件编号或姓名")
    state = forms.ChoiceField(label="状态", choices=STATES)
    step = forms.ChoiceField(label="环节", choices=STEPS)
    result = forms.ChoiceField(label="认定类别", choices=list(RESULTS.items()))
    zone = forms.ChoiceField(label="城乡", choices=[(int(one), one.zh) for one in Zone])
    kin = forms.ChoiceField(label="近亲属备案", choices=[("yes", "有"), ("no", "没有")])
    letter = forms.ChoiceField(label="决定书", choices=[("late", "逾期未送达")])
    area = AreaField(label="所在地", lived=True)


class LivingSearch(_Zoned):
    words = TidyField(label="案件编号或姓名")
    result = forms.ChoiceField(label="救助类别", choices=[(key, zh) for key, zh in RESULTS.items() if key != "nothing"])
    due = DayField(label="应复核日期不晚于")
    group = forms.ChoiceField(label="A、B类", choices=[("A", "A类"), ("B", "B类")])
    zone = forms.ChoiceField(label="城乡", choices=[(int(one), one.zh) for one in Zone])


class Verify(Form):
    why = TextField(label="复核的原因", max_length=200, help_text="例如：定期复核；家庭人口变化；就业；去世")
    new_job = DayField(label="新就业日期", required=False, help_text="成员新近就业、使收入超过标准的填写；规定的渐退期内继续发给")


class End(Form):
    how = forms.ChoiceField(label="终止方式", choices=[("", "请选择"), *ENDS])
    why = TextField(label="终止原因和依据", max_length=200)


class Tell(Form):
    """To whom the letter of the decision was handed over."""

    told_on = DayField(label="送达日期")
    told_to = TidyField(label="签收人", max_length=50, help_text="由家人代收的写明关系；拒绝签收的写明见证人")


class Said(Form):
    """What the family says against a register, or what the check again found."""

    text = TextField(label="说明和依据", max_length=300)

    def __init__(self, *args: Any, label: str = "", **words: Any) -> None:
        super().__init__(*args, **words)
        if label:
            self.fields["text"].label = label


class PaperReport(Form):
    """A report of the checking office that came on paper."""

    answered_on = DayField(label="报告日期")
    until = DayField(label="有效期至")
    note = TidyField(label="报告编号", required=False, max_length=60)


class PassPosted(Form):
    opinion = TidyField(label="意见", max_length=200, initial="公示期满无异议。")
