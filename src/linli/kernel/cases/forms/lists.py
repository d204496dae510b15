"""Filters of the lists of tasks and cases; the form of a batch."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.kernel.access.queries import staff_list
from linli.kernel.access.rules import Actor
from linli.kernel.cases.queries import flows
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, TextField, TidyField


def flow_choices() -> list[tuple[str, str]]:
    """Every flow once, by its newest name."""
    return sorted({key: flow.zh for (key, _), flow in sorted(flows().items())}.items(), key=lambda pair: pair[1])


def step_choices() -> list[tuple[str, str]]:
    """Every step once, with its name."""
    return list({step.key: step.zh for flow in flows().values() for step in flow.steps}.items())


class TaskFilter(Filter):
    """What waits, narrowed to a kind of case or a step."""

    flow = forms.ChoiceField(label="事项", choices=flow_choices)
    step = forms.ChoiceField(label="环节", choices=step_choices)
    late = forms.BooleanField(label="只看逾期")


class CaseFilter(Filter):
    """All cases of the area."""

    number = TidyField(label="编号")
    flow = forms.ChoiceField(label="事项", choices=flow_choices)
    state = forms.ChoiceField(label="状态", choices=(("open", "在办"), ("closed", "办结")))
    step = forms.ChoiceField(label="环节", choices=step_choices)
    area = AreaField(label="管辖区划")
    opened_from = DayField(label="受理日自")
    opened_until = DayField(label="受理日至")
    late = forms.BooleanField(label="只看逾期")


class Delegate(Form):
    """Who stands in, from when until when."""

    to = forms.TypedChoiceField(label="受委托人", coerce=int)
    since = DayField(label="自")
    until = DayField(label="至（不含当日）")

    def __init__(self, *args: Any, by: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        others = [one for one in staff_list(by=by, active="yes") if one.pk != by.staff_id]
        self.fields["to"].choices = [("", "请选择"), *((str(one.pk), f"{one.name}（{one.username}）") for one in others)]


class BatchPass(Form):
    """One opinion for all cases of a batch."""

    opinion = TextField(label="意见", max_length=500, required=False)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["opinion"].help_text = "将写入每一件。需要签署意见的环节必须填写。"
