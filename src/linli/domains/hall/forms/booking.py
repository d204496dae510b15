"""What residents fill in to book, look up and move an appointment; nothing here needs a script or an account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from linli.domains.hall.queries import PublicHall
from linli.domains.hall.rules import Item, Slot
from linli.kernel.ui.forms import NameField, PhoneField, PublicForm, TidyField

SHORT = {"autocomplete": "off", "class": "medium"}
WEEKDAYS = "一二三四五六日"


def day_zh(day: date) -> str:
    """12月21日 星期二."""
    return f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def slot_choices(days: dict[date, tuple[Slot, ...]]) -> list[Any]:
    """The free slots, by day."""
    grouped = [
        (day_zh(day), [(f"{day:%Y-%m-%d} {one.start}", f"{day_zh(day)} {one.zh}") for one in found if one.free])
        for day, found in days.items()
    ]
    return [("", "请选择"), *((zh, free) for zh, free in grouped if free)]


def slot_read(chosen: str) -> tuple[date, int]:
    """The day and the beginning of a chosen slot."""
    day, start = chosen.split(" ")
    return date.fromisoformat(day), int(start)


class ChooseItem(PublicForm):
    """What one comes for."""

    item = forms.ChoiceField(label="办哪件事", help_text="不清楚叫什么，可以先到办事指南里找。")

    def __init__(self, *args: Any, items: Iterable[tuple[str, list[Item]]] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        grouped = [(zh, [(one.code, one.zh) for one in found]) for zh, found in items]
        self.fields["item"].choices = [("", "请选择"), *grouped]


class ChooseHall(PublicForm):
    """Where one comes to."""

    item = forms.CharField(widget=forms.HiddenInput)
    hall = forms.ChoiceField(label="去哪个大厅")

    def __init__(self, *args: Any, halls: Iterable[PublicHall] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for one in halls:
            grouped.setdefault(one.above or "区", []).append((one.code, one.zh))
        self.fields["hall"].choices = [("", "请选择"), *grouped.items()]


class BookSlot(PublicForm):
    """Who comes; the item, the hall and the slot were chosen before and travel along."""

    item = forms.CharField(widget=forms.HiddenInput)
    hall = forms.CharField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)
    start = forms.IntegerField(widget=forms.HiddenInput)
    name = NameField(label="您的姓名", help_text="到大厅时报这个名字。")
    phone = PhoneField(label="您的电话", help_text="查询、改时间和取消都用它；时间有变时，大厅打这个电话。")
    agreed = forms.BooleanField(label="我同意大厅为这次预约使用我的姓名和电话")
    texts = forms.BooleanField(
        label="用短信告诉我时间，前一天提醒我", required=False, help_text="要留手机号。随时可以在“查询预约”里停掉。"
    )

    def clean(self) -> dict[str, Any]:
        """A landline receives no short messages."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("texts") and given.get("phone") and not given["phone"].startswith("1"):
            self.add_error("texts", "固定电话收不到短信。请改留手机号，或者不选短信。")
        return given


class LookUpBooked(PublicForm):
    """Number of the appointment, and telephone or look-up code."""

    number = TidyField(
        label="预约号", max_length=16, help_text="预约成功时显示的号码，如 Y0000123。", widget=forms.TextInput(attrs=SHORT)
    )
    secret = TidyField(
        label="电话或查询码", max_length=20, help_text="预约时留的电话，或者 8 位查询码。",
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
    )  # fmt: skip


class KnownBooked(PublicForm):
    """What opened the page travels with what is asked for."""

    number = forms.CharField(max_length=16, widget=forms.HiddenInput)
    secret = forms.CharField(max_length=20, widget=forms.HiddenInput)


class MoveBooked(KnownBooked):
    """To which other slot; full ones are not offered."""

    slot = forms.ChoiceField(label="改到什么时候")

    def __init__(self, *args: Any, days: dict[date, tuple[Slot, ...]] | None = None, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["slot"].choices = slot_choices(days or {})

    def clean_slot(self) -> tuple[date, int]:
        """The day and the beginning of the slot."""
        return slot_read(self.cleaned_data["slot"])
