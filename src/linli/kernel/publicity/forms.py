"""Forms of notices, proofs and objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator

from linli.kernel.publicity.rules import Channel, MessageKind, NoticeState, ObjectionState, Place
from linli.kernel.ui.forms import DayField, Filter, Form, NameField, PhoneField, PublicForm, TextField, TidyField

MOST_LINES = 1_000_000
KINDS = MessageKind.choices()


def _line_number(**words: Any) -> forms.IntegerField:
    return forms.IntegerField(label="公示序号", required=False, min_value=1, max_value=MOST_LINES, **words)


class NoticeSearch(Filter):
    words = TidyField(label="编号或标题")
    state = forms.ChoiceField(label="状态", choices=NoticeState.choices())
    kind = forms.ChoiceField(label="事项")

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["kind"].choices = [("", "全部"), *kinds]


class Publish(Form):
    looked = forms.BooleanField(label="已逐条核对上面的公开样式，可以公开")


class Extend(Form):
    known = forms.DateField(widget=forms.HiddenInput, required=False)
    days = forms.IntegerField(label="补足天数", min_value=1, max_value=90)
    why = TidyField(label="原因", max_length=200, help_text="如：公示栏被大风损坏，停展两天")


class Withdraw(Form):
    why = TidyField(label="撤回原因", max_length=200)


class Proof(Form):
    file = forms.FileField(
        label="照片", help_text=".jpg 或 .png，不超过 10 MB；应看得清公示栏和公示全文",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png"])],
    )  # fmt: skip
    taken_on = DayField(label="拍摄日期")
    place = forms.ChoiceField(label="地点", choices=Place.choices())
    note = TidyField(label="说明", max_length=100, required=False)


class ObjectionSearch(Filter):
    state = forms.ChoiceField(label="状态", choices=[("open", "未办结"), *ObjectionState.choices()])
    kind = forms.ChoiceField(label="类别", choices=KINDS)


class Receive(Form):
    kind = forms.ChoiceField(label="类别", choices=KINDS, widget=forms.RadioSelect, initial=MessageKind.OBJECTION)
    channel = forms.ChoiceField(
        label="来源", choices=[(one.value, one.zh) for one in Channel if one is not Channel.SITE], widget=forms.RadioSelect,
        initial=Channel.COUNTER,
    )  # fmt: skip
    item_number = _line_number(help_text="对整份公示有意见的不填")
    text = TextField(label="内容", max_length=1000)
    name = NameField(label="来人姓名", required=False, help_text="不愿留名的不填")
    contact = PhoneField(label="联系电话", required=False)


ANSWERS = [
    ("accept", "受理，进行核查"),
    ("upheld", "异议成立"),
    ("not_upheld", "异议不成立"),
    ("dismiss", "不予受理"),
]


class Handle(Form):
    """What becomes of an objection; what can still be done depends on its state."""

    decision = forms.ChoiceField(label="处理", choices=ANSWERS, widget=forms.RadioSelect)
    outcome = TextField(label="处理结果", max_length=1000, required=False, help_text="核查情况和答复内容；受理时可以不填")

    def __init__(self, *args: Any, accepted: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        if accepted:
            self.fields["decision"].choices = ANSWERS[1:3]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") not in (None, "accept") and not data.get("outcome"):
            self.add_error("outcome", "请写明处理结果。")
        return data


class Answer(Form):
    outcome = TextField(label="答复内容", max_length=1000)


class Reveal(Form):
    purpose = TidyField(label="用途", max_length=100, help_text="如：电话核实、当面答复")


class PublicSearch(Filter):
    words = TidyField(label="编号或标题")
    area = forms.ChoiceField(label="区域")
    kind = forms.ChoiceField(label="事项")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], kinds: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["area"].choices = [("", "全部"), *areas]
        self.fields["kind"].choices = [("", "全部"), *kinds]


class Message(PublicForm):
    kind = forms.ChoiceField(
        label="您要", widget=forms.RadioSelect, initial=MessageKind.OBJECTION,
        choices=[("objection", "对公示内容提出异议"), ("enquiry", "咨询")],
    )  # fmt: skip
    item_number = _line_number(help_text="您有意见的那一行的序号。对整份公示有意见的，不用填。")
    text = TextField(label="内容", max_length=1000, help_text="请写明是哪一户、什么情况，便于核实。")
    name = NameField(label="您的姓名", required=False)
    contact = PhoneField(label="联系电话", required=False, help_text="留下电话，便于向您核实和答复。")
