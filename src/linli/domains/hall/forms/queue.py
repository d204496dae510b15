"""Drawing and calling numbers, booking slots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from linli.domains.hall.forms.booking import slot_choices, slot_read
from linli.domains.hall.rules import AppointmentState, Slot, clock
from linli.kernel.ui.forms import DayField, Filter, Form, PhoneField, TidyField

Choices = Iterable[tuple[str, str]]
HOURS = [(str(minutes), clock(minutes)) for minutes in range(8 * 60, 18 * 60, 30)]


class _AtWindow(Form):
    window = forms.ChoiceField(label="窗口")

    def __init__(self, *args: Any, windows: Choices = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["window"].choices = list(windows)


class DrawTicket(_AtWindow):
    """The next number of a window."""

    first = forms.BooleanField(label="优先（老年人、残疾人、孕妇、军人）", required=False)


class CallNext(_AtWindow):
    """Who is called next, and to which desk."""

    desk = TidyField(label="柜台号", max_length=8, widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}))

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["window"].required = False
        self.fields["window"].choices = [("", "所有窗口"), *self.fields["window"].choices]


class PassOn(_AtWindow):
    """To which window."""


class Book(_AtWindow):
    """A slot for somebody who calls or comes by."""

    day = DayField(label="预约日期")
    start = forms.TypedChoiceField(label="时段", choices=HOURS, coerce=int)
    name = TidyField(label="预约人", max_length=60)
    what = TidyField(label="办理事项", max_length=60)
    phone = PhoneField(label="联系电话", required=False, help_text="留了电话，居民就能自己查询、改时间和取消。")


class PutOff(Form):
    """To which other slot the hall moves an appointment; full ones are not offered."""

    slot = forms.ChoiceField(label="改到什么时候")

    def __init__(self, *args: Any, days: dict[date, tuple[Slot, ...]] | None = None, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["slot"].choices = slot_choices(days or {})

    def clean_slot(self) -> tuple[date, int]:
        """The day and the beginning of the slot."""
        return slot_read(self.cleaned_data["slot"])


class AppointmentSearch(Filter):
    """Which appointments a list shows."""

    day = DayField(label="日期")
    window = forms.ChoiceField(label="窗口")
    state = forms.ChoiceField(label="状态", choices=AppointmentState.choices())

    def __init__(self, *args: Any, windows: Choices = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["window"].choices = [("", "全部"), *windows]
