"""Filters of the lists."""

from __future__ import annotations

from django import forms

from linli.kernel.orders.rules import Channel, DeskKind, Lane, OrderKind, Stage, categories
from linli.kernel.ui.forms import AreaField, DayField, Filter, TidyField

MARKS = [
    ("confidential", "保密"), ("returned", "退过单"), ("final", "不得再退"), ("again", "重新办理"), ("merged", "已并单"),
    ("supervised", "督办过"),
]  # fmt: skip


def _groups() -> list[tuple[str, str]]:
    return [(code, one.path) for code, one in categories().items() if len(code) <= 4]


class OrderSearch(Filter):
    words = TidyField(label="工单号或来电人姓名", max_length=30)
    stage = forms.ChoiceField(label="状态", choices=[("open", "未办结"), *Stage.choices()])
    late = forms.ChoiceField(label="时限", choices=[("yes", "超期"), ("no", "未超期")])
    category = forms.ChoiceField(label="事项", choices=_groups)
    kind = forms.ChoiceField(label="诉求类型", choices=OrderKind.choices())
    lane = forms.ChoiceField(label="缓急", choices=Lane.choices())
    channel = forms.ChoiceField(label="来源", choices=Channel.choices())
    area = AreaField(label="事发地", lived=True)
    first = DayField(label="受理自")
    last = DayField(label="至")
    mark = forms.ChoiceField(label="标记", choices=MARKS)


class TakenSearch(Filter):
    words = TidyField(label="工单号或来电人姓名", max_length=30)
    stage = forms.ChoiceField(label="状态", choices=[("open", "未办结"), *Stage.choices()])
    desk = TidyField(label="承办单位", max_length=30)
    late = forms.ChoiceField(label="时限", choices=[("yes", "超期"), ("no", "未超期")])
    category = forms.ChoiceField(label="事项", choices=_groups)
    first = DayField(label="受理自", help_text="不填时为最近一年")
    last = DayField(label="至")


class DeskSearch(Filter):
    words = TidyField(label="名称", max_length=30)
    kind = forms.ChoiceField(label="类别", choices=DeskKind.choices())
    area = AreaField(label="驻地")


class ArticleSearch(Filter):
    words = TidyField(label="标题、拼音或首字母", max_length=30)
    category = forms.ChoiceField(label="事项", choices=_groups)
    due = forms.ChoiceField(label="复核", choices=[("yes", "应复核")])


class MemberSearch(Filter):
    kept = forms.ChoiceField(label="计入", choices=[("yes", "计入"), ("no", "已剔除")])
