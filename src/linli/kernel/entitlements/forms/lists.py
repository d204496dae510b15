"""Filters of the lists."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level, Scope
from linli.kernel.entitlements.queries import programme_choices, programmes
from linli.kernel.entitlements.rules import Deed, Difference, Fault, Ground, RunState, State
from linli.kernel.ui.forms import AreaField, Filter, TidyField, YearMonth


class EntitlementSearch(Filter):
    words = TidyField(label="持证人姓名或证号")
    programme = forms.ChoiceField(label="项目")
    state = forms.ChoiceField(label="状态", choices=State.choices())
    grade = forms.ChoiceField(label="类别")
    area = AreaField(label="所在地")
    changed = forms.ChoiceField(label="本月变动", choices=Deed.choices())
    trouble = forms.ChoiceField(label="发不出去的", choices=[(one.value, one.zh) for one in (Fault.NO_ACCOUNT, Fault.DEAD_PAYEE)])

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["programme"].choices = [("", "全部"), *programme_choices()]
        grades = {key: zh for one in programmes().values() for key, zh in one.grades}
        self.fields["grade"].choices = [("", "全部"), *grades.items()]


class LineSearch(Filter):
    words = TidyField(label="领款人、持证人或证号")
    difference = forms.ChoiceField(label="增减", choices=[(one.value, one.zh) for one in Difference])
    ground = forms.ChoiceField(label="原因", choices=[(one.value, one.zh) for one in Ground])
    fault = forms.ChoiceField(label="核对结果", choices=[("any", "有问题的"), *((one.value, one.zh) for one in Fault)])
    area = AreaField(label="镇街", level=Level.TOWN)
    grade = forms.ChoiceField(label="类别")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        grades = {key: zh for one in programmes().values() for key, zh in one.grades}
        self.fields["grade"].choices = [("", "全部"), *grades.items()]


class RunSearch(Filter):
    programme = forms.ChoiceField(label="项目")
    month = YearMonth(label="月份")
    state = forms.ChoiceField(label="状态", choices=[(state.value, state.zh) for state in RunState])

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["programme"].choices = [("", "全部"), *programme_choices()]


def within(form: type[Filter], scope: Scope) -> type[Filter]:
    """The filter with the areas of this range to choose from."""

    class Search(form):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **words: Any) -> None:
            super().__init__(*args, scope=scope, **words)

    return Search
