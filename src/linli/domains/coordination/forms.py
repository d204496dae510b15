"""Filters of the record of all aid."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.coordination.queries import named_streams
from linli.domains.coordination.rules import IN_NEED, LEFT_BEHIND, Reach
from linli.kernel.deliveries.rules import Help, Layer
from linli.kernel.ui.forms import AreaField, DayField, Filter, TidyField


class DeliverySearch(Filter):
    """The first three stand in the bar."""

    name = TidyField(label="姓名（从姓写起）", max_length=20)
    layer = forms.ChoiceField(label="层次", choices=Layer.choices())
    help = forms.ChoiceField(label="救助类别", choices=Help.choices())
    stream = forms.ChoiceField(label="救助项目", choices=[])
    area = AreaField(label="所在地")
    first = DayField(label="自")
    last = DayField(label="至")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["stream"].choices = [("", "全部"), *((key, zh) for key, zh in named_streams().items() if key)]


class NeedSearch(Filter):
    name = TidyField(label="姓名（从姓写起）", max_length=20)
    reach = forms.ChoiceField(label="情况", choices=Reach.choices())
    group = forms.ChoiceField(label="人群", choices=[(one, one) for one in dict.fromkeys(IN_NEED.values())])
    area = AreaField(label="所在地")


class LeftSearch(Filter):
    name = TidyField(label="姓名（从姓写起）", max_length=20)
    left = forms.ChoiceField(label="人员类别", choices=list(LEFT_BEHIND.items()))
    delivered = forms.ChoiceField(label="本年发放", choices=[("yes", "已发放"), ("no", "本年尚无")])
    area = AreaField(label="所在地")
