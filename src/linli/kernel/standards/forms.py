"""Forms of standards: filters, what a document sets, agreement and refusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import PAPERS
from linli.kernel.standards.queries import groups, keys
from linli.kernel.standards.queries.shown import InForce
from linli.kernel.standards.rules import State
from linli.kernel.ui.forms import DayField, Filter, Form, TextField, TidyField


class Search(Filter):
    words = TidyField(label="标准或文件", max_length=40)
    group = forms.ChoiceField(label="类别", choices=[])
    day = DayField(label="哪一天的规定")
    lacking = forms.BooleanField(label="只看还没有录入的")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["group"].choices = [("", "全部"), *((one.zh, one.zh) for one in groups())]


class ProposalSearch(Filter):
    words = TidyField(label="文件", max_length=40)
    state = forms.ChoiceField(label="状态", choices=State.choices())


class Proposed(Form):
    """``standing``: the values that may be set on this sheet, each as it stands."""

    document = TidyField(label="文件名称和文号", max_length=120, help_text="如：关于提高城乡低保标准的通知（峄政发〔2010〕30号）")
    article = TidyField(label="条款", max_length=60, required=False, help_text="例如：第一条")
    since = DayField(label="执行日期", help_text="从这一天起按新标准；原标准到前一天为止")
    until = DayField(label="执行到", required=False, help_text="文件没有规定截止的不填")
    note = TextField(label="说明", max_length=300, required=False)
    file = UploadField(label="文件扫描件", required=False, allowed=PAPERS)
    whole = forms.BooleanField(label="已核对文件全文", required=False, help_text="没有勾选的，决定中会注明“只见到摘录”")
    correction = forms.BooleanField(
        label="更正", required=False, help_text="更正原来录错的、从同一天起执行的规定；调整标准的不勾选"
    )
    sure = forms.BooleanField(label="数值与现行相差一倍以上的，已核对无误", required=False)

    def __init__(self, *args: Any, standing: Iterable[InForce], **words: Any) -> None:
        super().__init__(*args, **words)
        rows = list(standing)
        headings = dict.fromkeys(row.group for row in rows)
        self.groups = (
            ("依据", ("document", "article", "since", "until", "file", "whole")),
            *((heading, tuple(row.pk for row in rows if row.group == heading)) for heading in headings),
            ("核对", ("note", "correction", "sure")),
        )
        for row in rows:
            now = f"现行 {row.said}（{row.value.source}）" if row.value else "现在没有录入"
            help_text = f"{now}；{row.hint}，不填就不变"
            self.add(row.pk, TidyField(label=row.key.zh, required=False, max_length=20, help_text=help_text))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.named:
            try:
                if data.get(name):
                    keys()[name][0].read(data[name])
            except ValueError as fault:
                self.add_error(name, ValidationError(str(fault)))
        return data

    @property
    def named(self) -> list[str]:
        """The keys of the values on this sheet."""
        return [name for name in self.fields if name in keys()]

    @property
    def said(self) -> dict[str, Any]:
        """What the action asks, from what was typed."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("document", "article", "since", "until", "note", "whole", "correction", "sure")}
        return plain | {"file": data.get("file"), "values": {name: data[name] for name in self.named if data[name]}}


class Agreed(Form):
    """``paid``: whether months were paid by the former values."""

    def __init__(self, *args: Any, paid: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        if paid:
            self.add("aware", forms.BooleanField(label="已看清以上月份按原标准发放"))
