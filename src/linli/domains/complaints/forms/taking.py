"""Taking a complaint or petition."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.domains.complaints.rules import Handing, is_ours
from linli.kernel.orders.actions import Intake
from linli.kernel.orders.rules import Channel, categories
from linli.kernel.ui.forms import AreaField, Form, TextField, TidyField

CHANNELS = (Channel.PHONE, Channel.MONITOR, Channel.VISIT, Channel.LETTER, Channel.WEB, Channel.ROUND, Channel.TRANSFER)


class Take(Form):
    channel = forms.ChoiceField(label="来源", choices=[(one.value, one.zh) for one in CHANNELS])
    category = forms.ChoiceField(label="事项分类")
    about = forms.TypedChoiceField(label="被投诉的单位", coerce=int, required=False, empty_value=None,
                                   help_text="行政投诉必填；不会交给它和它的下级办理。")  # fmt: skip
    about_staff = TidyField(label="被投诉的工作人员", required=False, max_length=30,
                            help_text="在这个单位任职的写姓名：本人不能查看和办理，内容只对知情人显示。")  # fmt: skip
    text = TextField(label="反映的内容", max_length=2000)
    caller = TidyField(label="投诉人姓名", required=False, max_length=60)
    phone = TidyField(label="电话", required=False, max_length=20)
    place = AreaField(label="事发地", level=Level.COMMUNITY)
    address = TidyField(label="具体地点", required=False, max_length=200)
    confidential = forms.BooleanField(label="要求保密", required=False)
    handing = forms.ChoiceField(label="信访转办方式", choices=Handing.choices(), initial=Handing.TRANSFER.value)
    groups = (("投诉对象", ("about", "about_staff")), ("投诉人", ("caller", "phone", "place", "address", "confidential")))

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])

    def clean_handing(self) -> Handing:
        return Handing(self.cleaned_data["handing"])

    def intake(self, about_staff: int | None, told: str = "") -> Intake:
        """What is taken down; ``told``: the words of a letter, which nobody rewrites."""
        names = ("channel", "category", "place", "caller", "phone", "address", "about")
        given = {name: self.cleaned_data[name] for name in names} | {"text": told or self.cleaned_data["text"]}
        return Intake(**given, about_staff=about_staff, confidential=self.cleaned_data["confidential"] or None)


def taking(
    data: Any, *, scope: Any, units: list[tuple[int, str]], every: bool = False, initial: dict[str, Any] | None = None,
    told: bool = False,
) -> Take:  # fmt: skip
    """The form over these units; ``every``: any kind of matter, not only ours; ``told``: the words are there already."""
    form = Take(data, scope=scope, initial=initial)
    if told:
        del form.fields["text"]
    leaves = [(code, one.path) for code, one in categories().items() if one.leaf and (every or is_ours(code))]
    form.fields["category"].choices = [("", "请选择"), *leaves]  # type: ignore[attr-defined]
    form.fields["about"].choices = [("", "请选择"), *((str(pk), zh) for pk, zh in units)]  # type: ignore[attr-defined]
    return form
