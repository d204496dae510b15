"""Filters of the staff's lists, and the keys of programs."""

from __future__ import annotations

from django import forms

from linli.domains.intake.rules import PostKind
from linli.kernel.ui.forms import DayField, Filter, Form, TextField, TidyField

STATES = (("waiting", "等待收取"), ("taken", "已收取"), ("faulty", "未能收取"))


class PostSearch(Filter):
    words = TidyField(label="工单号", max_length=16)
    kind = forms.ChoiceField(label="类别", choices=PostKind.choices())
    state = forms.ChoiceField(label="状态", choices=STATES)
    first = DayField(label="收到自")
    last = DayField(label="至")


class ClientSearch(Filter):
    words = TidyField(label="接入方", max_length=30)
    state = forms.ChoiceField(label="状态", choices=(("used", "在用"), ("revoked", "已停用")))


class ClientForm(Form):
    """A program that may send service requests."""

    name = TidyField(label="接入方", max_length=60, help_text="单位和程序的名称，如“××市政府热线平台”。")
    contact = TidyField(label="联系人", max_length=60, required=False)
    per_hour = forms.IntegerField(
        label="每小时上限", min_value=1, max_value=100_000, initial=600, help_text="一小时内最多提交的件数。"
    )


class Revoke(Form):
    """Why a key ends."""

    why = TextField(label="停用原因", max_length=200)
