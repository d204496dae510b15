"""Taking a complaint or petition."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.domains.complaints.rules import Handing, Paper, is_ours, read_names
from linli.kernel.orders.actions import Intake
from linli.kernel.orders.rules import Channel, categories
from linli.kernel.ui.forms import AreaField, DayField, Form, PhoneField, TextField, TidyField

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
    phone = PhoneField(label="电话", required=False)
    place = AreaField(label="事发地", level=Level.COMMUNITY, lived=True)
    address = TidyField(label="具体地点", required=False, max_length=200)
    confidential = forms.BooleanField(label="要求保密", required=False)
    handing = forms.ChoiceField(label="信访转办方式", choices=Handing.choices(), initial=Handing.TRANSFER.value)
    report_due = DayField(label="报告结果的期限", required=False, help_text="交办的必填：承办单位在这一天以前提交办结报告。")
    people = forms.IntegerField(
        label="信访人数", required=False, min_value=1, max_value=9999, initial=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    representatives = TidyField(
        label="代表姓名", required=False, max_length=200,
        help_text="多人来访提出同一信访事项的，推选代表，不超过5人；用顿号分开。姓名加密保存。",
    )  # fmt: skip
    groups = (("投诉对象", ("about", "about_staff")), ("投诉人", ("caller", "phone", "place", "address", "confidential")),
              ("信访", ("handing", "report_due", "people", "representatives")))

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])

    def clean_handing(self) -> Handing:
        return Handing(self.cleaned_data["handing"])

    def paper(self) -> Paper:
        """What stands beside the order of a petition."""
        given = self.cleaned_data
        names = read_names(given["representatives"])
        return Paper(given["handing"], given["report_due"], given["people"] or 1, names)

    def intake(self, about_staff: int | None, told: str = "") -> Intake:
        """What is taken down; ``told``: the words of a letter, which nobody rewrites."""
        names = ("channel", "category", "place", "caller", "phone", "address", "about")
        given = {name: self.cleaned_data[name] for name in names} | {"text": told or self.cleaned_data["text"]}
        given["phone"] = given["phone"] or ""
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
