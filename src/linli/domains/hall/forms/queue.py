"""Drawing and calling numbers, booking slots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from linli.base.text import plain
from linli.domains.hall.forms.booking import slot_choices, slot_read
from linli.domains.hall.rules import AppointmentState, Slot
from linli.kernel.ui.forms import DayField, Filter, Form, PhoneField, TidyField

Choices = Iterable[tuple[str, str]]


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

    def clean_desk(self) -> str:
        """As the screen says it: without wide digits, and 号 only once."""
        return plain(self.cleaned_data["desk"]).removesuffix("柜台").removesuffix("号")


class PassOn(_AtWindow):
    """To which window."""


class BookWhen(_AtWindow):
    """Of which window and day the slots are shown; empty is the first window and its next open day."""

    day = DayField(label="日期", required=False)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["window"].required = False


class Book(Form):
    """A slot for somebody who calls or comes by; window and day were chosen before and travel along."""

    window = forms.CharField(widget=forms.HiddenInput)
    day = DayField(label="预约日期", widget=forms.HiddenInput)
    start = forms.IntegerField(label="时段", min_value=0, max_value=24 * 60, widget=forms.Select)
    name = TidyField(label="预约人", max_length=60)
    what = TidyField(label="办理事项", max_length=60)
    phone = PhoneField(label="联系电话", required=False, help_text="留了电话，居民就能自己查询、改时间和取消。")

    def __init__(self, *args: Any, slots: Iterable[Slot] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        free = [(one.start, f"{one.zh}，还可约{one.free}人") for one in slots if one.free]
        self.fields["start"].widget.choices = [("", "请选择"), *free]


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
