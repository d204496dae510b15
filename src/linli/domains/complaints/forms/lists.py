"""Filters of the lists."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms

from linli.domains.complaints.rules import AnswerState, LetterKind, Occasion
from linli.kernel.orders.rules import Channel, Stage
from linli.kernel.ui.forms import AreaField, DayField, Filter, TidyField

SHOWN = [("up", "已公开"), ("draft", "待审核"), ("none", "未公开")]


class ComplaintSearch(Filter):
    words = TidyField(label="工单号或姓名", max_length=30)
    kind = forms.ChoiceField(label="类别", choices=LetterKind.choices())
    late = forms.ChoiceField(label="时限", choices=[("yes", "超期"), ("no", "未超期")])
    stage = forms.ChoiceField(label="状态", choices=[("open", "未办结"), *Stage.choices()])
    about = forms.TypedChoiceField(label="被投诉单位", coerce=int, empty_value=None)
    channel = forms.ChoiceField(label="来源", choices=Channel.choices())
    shown = forms.ChoiceField(label="网上反馈", choices=SHOWN)
    first = DayField(label="受理自")
    last = DayField(label="至")
    owed = forms.ChoiceField(label="信访逾期", choices=[("report", "没有报告结果"), ("remedy", "复查复核没有办结")])
    area = AreaField(label="事发地", lived=True)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["about"].choices = [("", "全部"), *((str(pk), zh) for pk, zh in units)]  # type: ignore[attr-defined]


def searching(units: list[tuple[int, str]], scope: Any) -> Any:
    """The filter of complaints over these units and areas."""
    return partial(ComplaintSearch, units=units, scope=scope)


class AnswerSearch(Filter):
    words = TidyField(label="标题或单位", max_length=30)
    state = forms.ChoiceField(label="状态", choices=AnswerState.choices())


class LetterSearch(Filter):
    state = forms.ChoiceField(label="状态", choices=[("waiting", "待拆阅"), ("taken", "已受理"), ("refused", "不予受理")])
    kind = forms.ChoiceField(label="类别", choices=LetterKind.choices())


class SessionSearch(Filter):
    occasion = forms.ChoiceField(label="类别", choices=Occasion.choices())
    area = AreaField(label="社区（村）")
    first = DayField(label="自")
    last = DayField(label="至")


class PublicSearch(Filter):
    words = TidyField(label="编号或内容", max_length=30)
    month = forms.ChoiceField(label="月份")

    def __init__(self, *args: Any, months: list[date], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["month"].choices = [("", "全部"), *((f"{one:%Y-%m-01}", f"{one.year}年{one.month}月") for one in months)]  # type: ignore[attr-defined]

    def clean_month(self) -> date | None:
        given = self.cleaned_data["month"]
        return date.fromisoformat(given) if given else None
