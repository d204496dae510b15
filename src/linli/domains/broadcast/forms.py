"""Forms of mass messages: parse and check; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.broadcast.rules import LONGEST, Arrived, ConsentWay, DeliveryState, Group, MessageState, Office
from linli.kernel.ui.forms import AreaField, Confirm, DayField, Filter, Form, PhoneField, TextField, TidyField


class Draft(Form):
    """A text, and who shall read it."""

    text = TextField(
        label="内容", max_length=LONGEST, help_text="写清谁、什么事、什么时候、在哪里。不写姓名、手机号、身份证号、门牌。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    group = forms.ChoiceField(label="接收对象", choices=Group.choices())
    place = AreaField(label="范围")

    def __init__(self, *args: Any, groups: Any = (), **words: Any) -> None:
        super().__init__(*args, **words)
        if groups:
            self.fields["group"].choices = groups


class Equip(Form):
    """A cadre and the number of the receiver."""

    staff = forms.ChoiceField(label="使用人", choices=())
    office = forms.ChoiceField(label="职务", choices=Office.choices())
    phone = PhoneField(label="号码")
    device = TidyField(label="设备编号", max_length=40, required=False)

    def __init__(self, *args: Any, staff: Any = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["staff"].choices = [("", "请选择"), *staff]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if len(phone) != 11 or not phone.startswith("1"):
            raise forms.ValidationError("移动信息接收机须是11位手机号码，请核对。")
        return phone


class MessageSearch(Filter):
    words = TidyField(label="内容", max_length=30)
    state = forms.ChoiceField(label="状态", choices=MessageState.choices())
    group = forms.ChoiceField(label="接收对象", choices=Group.choices())
    first = DayField(label="拟稿自")
    last = DayField(label="至")


class DeliverySearch(Filter):
    state = forms.ChoiceField(label="状态", choices=DeliveryState.choices())
    arrived = forms.ChoiceField(label="平台回报", choices=[("none", "还没有回报"), *Arrived.choices()])
    seen = forms.ChoiceField(label="阅读", choices=(("yes", "已读"), ("no", "未读")))


class Agree(Form):
    way = forms.ChoiceField(label="同意的方式", choices=ConsentWay.choices(), widget=forms.RadioSelect)
    since = DayField(label="同意日期")

    def clean_way(self) -> ConsentWay:
        return ConsentWay(self.cleaned_data["way"])


class ReceiverSearch(Filter):
    words = TidyField(label="姓名或设备编号", max_length=30)
    office = forms.ChoiceField(label="职务", choices=Office.choices())
    area = AreaField(label="区域")
    ended = forms.ChoiceField(label="停用", choices=(("yes", "已停用"),))


__all__ = ["Agree", "Confirm", "DeliverySearch", "Draft", "Equip", "MessageSearch", "ReceiverSearch"]
