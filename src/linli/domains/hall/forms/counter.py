"""Forms of the counter: short, in the order of the talk, to be filled in by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from linli.domains.hall.queries import catalogue
from linli.domains.hall.rules import Act, Bundle, Channel, Item, Paper, Told
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, PhoneField, TidyField

STATES = (("open", "在办"), ("papers", "等待补正"), ("tell", "等待告知"), ("waiting", "结果待领取"), ("closed", "已办结"),
          ("errand", "代办任务逾期"))  # fmt: skip
WAYS = (("spot", "当场办结"), ("agency", "全程代办"))
PAPERS = forms.CheckboxSelectMultiple


class FirstTick(forms.CheckboxSelectMultiple):
    """The first box has the keyboard: a clerk goes on from Enter to Space, not through the menu of forty links."""

    def create_option(self, name: str, value: Any, label: Any, selected: bool, index: int, **words: Any) -> dict[str, Any]:
        """One box; the first of them takes the focus."""
        option = super().create_option(name, value, label, selected, index, **words)
        if index == 0:
            option["attrs"]["autofocus"] = True
        return option

NEEDED = (("acts", "请勾选代办权限。"), ("until", "请填写委托截止日。"), ("proof", "请填写委托书的签字情况。"))


def _names(papers: Iterable[Paper]) -> list[tuple[str, str]]:
    return [(one.key, f"{one.zh}（{one.how}{'' if one.required else '，有的带上'}）") for one in papers]


class FindPerson(Form):
    """The first step: who is it?"""

    words = TidyField(
        label="申请人", max_length=60, help_text="身份证号、姓名、拼音首字母、电话或住址，输入后按回车。",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "class": "medium"}),
    )  # fmt: skip


class _Agent(Form):
    """What every mandate says; nothing of it is filled in where the applicant carries the item."""

    agent = forms.ChoiceField(label="代办人", required=False)
    acts = forms.MultipleChoiceField(label="代办权限", choices=Act.choices(), widget=PAPERS, required=False)
    until = DayField(label="委托截止日", required=False)
    proof = TidyField(label="委托书", max_length=100, required=False, help_text="如：本人签字按印，原件存档。")

    def __init__(self, *args: Any, staff: Iterable[tuple[int, str]] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["agent"].choices = [("", "申请人自己办理"), *((str(pk), name) for pk, name in staff)]

    @property
    def wanted(self) -> bool:
        """Whether an agent was chosen."""
        return bool(self.cleaned_data.get("agent"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agent"):
            for name, said in NEEDED:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, said)
        return given


class Take(_Agent):
    """The third step: what was brought, where to call, who carries it."""

    papers = forms.MultipleChoiceField(label="已交材料", widget=FirstTick, required=False)
    phone = PhoneField(label="联系电话", help_text="补正材料、领取结果时告知；查询进度时也用它。")
    channel = forms.ChoiceField(label="来源", choices=Channel.choices(), initial=Channel.COUNTER)
    ended = forms.BooleanField(label="材料齐全，当场办结", required=False)
    groups = (("全程代办", ("agent", "acts", "until", "proof")),)
    field_order = ("papers", "ended", "phone", "channel", "agent", "acts", "until", "proof")

    def __init__(self, *args: Any, item: Item, ends_here: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["papers"].choices = _names(item.asked)
        if not ends_here:
            del self.fields["ended"]


class TakeBundle(_Agent):
    """One thing of life: which of its items, and what was brought for all of them together."""

    codes = forms.MultipleChoiceField(label="一起办的事项", widget=FirstTick)
    papers = forms.MultipleChoiceField(label="已交材料", widget=PAPERS, required=False)
    phone = PhoneField(label="联系电话")
    groups = (("全程代办", ("agent", "acts", "until", "proof")),)
    field_order = ("codes", "papers", "phone", "agent", "acts", "until", "proof")

    def __init__(self, *args: Any, bundle: Bundle, items: Iterable[tuple[Item, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        items = list(items)
        self.fields["codes"].choices = [(item.code, f"{item.zh}（{time}）") for item, time in items]
        papers = {paper.key: paper for item, _ in items for paper in item.asked}
        self.fields["papers"].choices = _names(papers.values())


class Mandating(_Agent):
    """A mandate for what was taken already."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["agent"].choices = [("", "请选择"), *self.fields["agent"].choices[1:]]
        for field in self.fields.values():
            field.required = True


class EndMandate(Form):
    """Why the mandate ends."""

    why = TidyField(label="终止原因", max_length=200)


class MissingPapers(Form):
    """What came in of what was missing."""

    papers = forms.MultipleChoiceField(
        label="补交的材料", widget=FirstTick, error_messages={"invalid_choice": "勾选的材料中有刚刚已经收下的，请核对后再选。"},
    )  # fmt: skip

    def __init__(self, *args: Any, missing: Iterable[tuple[str, str]] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["papers"].choices = list(missing)


class ReturnPapers(Form):
    """Which originals go back, and who signs."""

    papers = forms.TypedMultipleChoiceField(
        label="退还的原件", widget=PAPERS, coerce=int,
        error_messages={"invalid_choice": "勾选的原件中有刚刚已经退还的，请核对后再选。"},
    )  # fmt: skip
    to = TidyField(label="签收人", max_length=60)

    def __init__(self, *args: Any, held: Iterable[tuple[int, str]] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["papers"].choices = list(held)


class HandOver(Form):
    """Who signs for the result."""

    to = TidyField(label="结果签收人", max_length=60)


class Tell(Form):
    """How the applicant was told."""

    how = forms.ChoiceField(label="告知方式", choices=Told.choices(), initial=Told.PHONE)


class DoErrand(Form):
    """What the agent did."""

    note = TidyField(label="办理情况", max_length=300)


class HandlingSearch(Filter):
    """Which handlings a list shows."""

    words = TidyField(label="收件编号或姓名", max_length=40)
    state = forms.ChoiceField(label="状态", choices=STATES)
    window = forms.ChoiceField(label="窗口")
    way = forms.ChoiceField(label="办理方式", choices=WAYS)
    area = AreaField(label="申请人所在地")
    first = DayField(label="受理日期自")
    last = DayField(label="受理日期至")
    late = forms.BooleanField(label="超过承诺时限")
    mine = forms.BooleanField(label="本大厅受理的")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["window"].choices = [("", "全部"), *((one.key, one.zh) for one in catalogue().windows.values())]
