"""Forms of figures and reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.access.rules import Actor
from linli.kernel.figures.queries import figures, templates, topics
from linli.kernel.figures.rules import Period, Unit, read_period
from linli.kernel.ui.forms import AreaField, Filter, Form, MoneyField, TextField, TidyField
from linli.kernel.ui.queries import watched_level

KINDS = {"flow": "时期数", "stock": "时点数"}
YEARS = 5
"""So many years back and ahead a target may be entered for."""
MOST = 1_000_000_000


class PeriodField(forms.CharField):
    """A period as offices write it: 2010, 2010-12, 2010Q4, or two days with .. between."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("label", "统计期")
        words.setdefault("help_text", "写成 2010、2010-12、2010Q4 或 2010-01-01..2010-09-30")
        super().__init__(**words)

    def to_python(self, value: Any) -> Period | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, Period):
            return value
        try:
            return read_period(str(value).strip())
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault


class WatchSearch(Filter):
    """What is late, narrowed."""

    words = TidyField(label="工作", max_length=40)
    late = forms.BooleanField(label="只看逾期")


def watch_search(by: Actor) -> Callable[..., WatchSearch]:
    """With the areas that the lines of this actor are about: towns of a district, communities of a town."""

    class Search(WatchSearch):
        area = AreaField(level=watched_level(by), label="地区")

    return partial(Search, scope=by.scope)


class Choose(Form):
    """The period and place of a page of figures."""

    period = PeriodField(required=False)
    area = forms.CharField(label="区域", required=False)


class FigureSearch(Filter):
    """The filters of the catalogue."""

    words = TidyField(label="名称或口径")
    topic = forms.ChoiceField(label="业务")
    owner = forms.ChoiceField(label="责任单位")
    kind = forms.ChoiceField(label="类别", choices=[*KINDS.items()])

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        owners = sorted({one.owner for one in figures().values() if one.owner})
        self.fields["owner"].choices = [("", "全部"), *((owner, owner) for owner in owners)]
        self.fields["topic"].choices = [("", "全部"), *((zh, zh) for zh in dict.fromkeys(topics().values()))]


def template_choices() -> list[tuple[str, str]]:
    """Key and name of every template."""
    return [(key, one.zh) for key, one in templates().items()]


class SetTarget(Form):
    """What a document asks of a figure in a year, for one area. Money is typed in yuan, everything else as a number."""

    area = AreaField(label="区域")
    document = TidyField(label="依据文件", max_length=200, help_text="文件名称和文号，如：峄民〔2010〕3号")

    def __init__(self, *args: Any, unit: Unit, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        counted = partial(forms.IntegerField, label=f"全年目标（{unit.value}）", min_value=1, max_value=MOST)
        self.add("year", forms.IntegerField(label="年度", min_value=on.year - YEARS, max_value=on.year + YEARS))
        self.add("value", MoneyField(label="全年目标", least=1) if unit is Unit.FEN else counted())
        self.order_fields(["year", "area", "value", "document"])


class NewReport(Form):
    template = forms.ChoiceField(label="模板", choices=template_choices)
    period = PeriodField()
    title = forms.CharField(label="标题", required=False, max_length=200, help_text="不填则按模板生成")


class Withdraw(Form):
    why = forms.CharField(label="撤回原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class Sign(Form):
    """The version that the signer has read."""

    version = forms.IntegerField(label="版本", widget=forms.HiddenInput)


class EditReport(Form):
    """One field for each slot of the template, and one for each relation that does not hold."""

    version = forms.IntegerField(label="版本", widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)

    def __init__(self, *args: Any, slots: dict[str, Any], broken: list[Any], **words: Any) -> None:
        own: dict[str, forms.Field] = {f"slot_{key}": TextField(label=slot.help, required=False) for key, slot in slots.items()}
        for check in broken:
            label = f"“{check.zh}”不成立的原因"
            own[f"remark_{check.relation}"] = forms.CharField(label=label, required=False, max_length=300)
        self.base_fields = {**self.base_fields, **own}  # before the form dresses its fields
        super().__init__(*args, **words)

    def part(self, prefix: str) -> dict[str, str]:
        """The answers of all fields whose name begins so, by the rest of the name."""
        return {name.removeprefix(prefix): word for name, word in self.cleaned_data.items() if name.startswith(prefix)}


class ReportSearch(Filter):
    """The filters of the list of reports."""

    words = TidyField(label="标题或文号", max_length=60)
    template = forms.ChoiceField(label="模板", choices=template_choices)
    year = forms.IntegerField(label="统计年", min_value=1990, max_value=2100)
    state = forms.ChoiceField(label="状态", choices=[("draft", "草稿"), ("signed", "已签发"), ("withdrawn", "已撤回")])
