"""The telephone's forms: signing on, what came of calling back, searching calls."""

from __future__ import annotations

from django import forms

from linli.kernel.calls.rules import LONGEST_EXTENSION, Direction, FollowUp, State
from linli.kernel.ui.forms import DayField, Filter, Form, TextField, TidyField

STATES = [("missed", "未接"), *State.choices()]
FOLLOWS = [one for one in FollowUp.choices() if one[0] != FollowUp.NONE.value]


class SignOn(Form):
    number = TidyField(label="分机", max_length=LONGEST_EXTENSION, help_text="话机标签上的号码，例如 8001")


class Returned(Form):
    note = TextField(label="回电情况", max_length=300, help_text="接通的写来电人说的事；没有接通的写打了几次。不写姓名和住址。")


class CallSearch(Filter):
    words = TidyField(label="分机", max_length=20)
    state = forms.ChoiceField(label="状态", choices=STATES)
    follow = forms.ChoiceField(label="回电", choices=FOLLOWS)
    direction = forms.ChoiceField(label="方向", choices=Direction.choices())
    first = DayField(label="自")
    last = DayField(label="至")
