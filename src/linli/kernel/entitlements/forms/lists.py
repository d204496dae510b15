"""Filters of the lists."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Scope
from linli.kernel.entitlements.queries import programme_choices, programmes
from linli.kernel.entitlements.rules import Deed, State
from linli.kernel.ui.forms import AreaField, Filter, TidyField


class EntitlementSearch(Filter):
    words = TidyField(label="持证人姓名或证号")
    programme = forms.ChoiceField(label="项目")
    state = forms.ChoiceField(label="状态", choices=[(state.value, state.zh) for state in State])
    grade = forms.ChoiceField(label="类别")
    area = AreaField(label="所在地")
    changed = forms.ChoiceField(label="本月变动", choices=[(deed.value, deed.zh) for deed in Deed])

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["programme"].choices = [("", "全部"), *programme_choices()]
        grades = {key: zh for one in programmes().values() for key, zh in one.grades}
        self.fields["grade"].choices = [("", "全部"), *grades.items()]


def scoped_search(scope: Scope) -> type[EntitlementSearch]:
    """The filter with the areas of this range to choose from."""

    class Search(EntitlementSearch):
        def __init__(self, *args: Any, **words: Any) -> None:
            super().__init__(*args, scope=scope, **words)

    return Search
