"""The form of a trial: for each value that may be changed the present one, and room for another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.domains.assistance.models.trials import EFFECTS
from linli.domains.assistance.rules.programmes import MONEY
from linli.domains.assistance.rules.trials import LEVERS
from linli.kernel.ui.forms import AreaField, Filter, Form, TidyField, YearMonth

UNITS = {"fen": "元", "ratio": "如 30% 或 1.5", "count": "整数"}


class NewTrial(Form):
    """``levers``: what the law of the day lets change, under headings."""

    title = TidyField(label="测算名称", max_length=60, help_text="例如：2011年城市标准提高到200元")
    month = YearMonth(label="按哪个月的规定测算")

    def __init__(self, *args: Any, levers: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.groups = tuple((heading, tuple(one.lever.key for one in group)) for heading, group in levers if group)
        for _, group in levers:
            for one in group:
                self.add(one.lever.key, TidyField(
                    label=one.lever.zh, required=False, max_length=20,
                    help_text=f"现行 {one.now}（{one.source}）；填{UNITS[one.lever.unit]}，不填就不变",
                ))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key in self.levers:
            try:
                if data.get(key):
                    LEVERS[key].read(data[key])
            except ValueError as fault:
                self.add_error(key, ValidationError(str(fault)))
        return data

    @property
    def levers(self) -> list[str]:
        """The keys of the values that may be changed."""
        return [name for name in self.fields if name in LEVERS]

    @property
    def changes(self) -> dict[str, str]:
        """What was typed, by key."""
        return {key: self.cleaned_data[key] for key in self.levers if self.cleaned_data[key]}


class TrialLineSearch(Filter):
    words = TidyField(label="姓名或案件编号")
    difference = forms.ChoiceField(label="增减", choices=EFFECTS)
    programme = forms.ChoiceField(label="项目", choices=[(one.key, one.zh) for one in MONEY])
    area = AreaField(label="镇街村居", required=False)


class TrialSearch(Filter):
    words = TidyField(label="测算名称")
