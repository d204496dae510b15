"""Forms of what proves the facts: consents, relatives, visits, the neighbours' meeting."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from linli.domains.assistance.rules import CAUSES, FIVE
from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import PAPERS
from linli.kernel.ui.forms import DayField, Form, TextField, TidyField


class Consents(Form):
    """Who of the family has signed the consent to the economic check."""

    signed_on = DayField(label="签字日期")
    file = UploadField(label="授权书扫描件", required=False, allowed=PAPERS)

    def __init__(self, *args: Any, people: list[tuple[int, str, bool]], **words: Any) -> None:
        super().__init__(*args, **words)
        for person, name, minor in people:
            said = "未成年，由监护人签名" if minor else "本人签名；不能签名的，由本人按手印或监护人签名"
            look = forms.TextInput(attrs={"class": "medium", "autocomplete": "off"})
            field = TidyField(label=f"{name}的签名", required=False, max_length=50, help_text=said, widget=look)
            self.add(f"signer_{person}", field)

    @property
    def signed(self) -> dict[int, str]:
        data = self.cleaned_data
        return {int(name.removeprefix("signer_")): data[name] for name in data if name.startswith("signer_") and data[name]}


class Revoke(Form):
    """Somebody takes the consent to the check back."""

    people = forms.TypedMultipleChoiceField(label="撤回授权的成员", coerce=int, widget=forms.CheckboxSelectMultiple)
    asked_on = DayField(label="提出撤回的日期")
    said = TidyField(label="怎样提出的", max_length=200, help_text="例如：本人到社区窗口当面提出")
    told_on = DayField(label="告知后果的日期", required=False, help_text="告知不同意核对可能不予确认的日期；还没有告知的先不填")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["people"].choices = people


class DeclareKin(Form):
    staff = forms.TypedChoiceField(label="工作人员", required=False, coerce=int, empty_value=None)
    name = TidyField(label="不在列表中的人员姓名", required=False, max_length=50, help_text="例如没有账号的村（居）委会成员")
    office = TidyField(label="单位和职务", required=False, max_length=60)
    tie = TidyField(label="与申请家庭的关系", max_length=30, help_text="例如：申请人之弟")

    def __init__(self, *args: Any, staff: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["staff"].choices = [("", "不在列表中"), *staff]


class Visit(Form):
    """A visit; a draft may have gaps. ``visit`` is the id that the sender made, so that it is one however often it is sent."""

    visit = forms.CharField(max_length=60, widget=forms.HiddenInput)
    visited_on = DayField(label="日期")
    visitors = TidyField(label="调查人员", max_length=120, help_text="两人以上，姓名之间用顿号分开")
    spoke_with = TidyField(label="在场的家庭成员或邻居", required=False, max_length=100)
    remote = TidyField(label="用电话、视频调查的原因", required=False, max_length=100, help_text="上门调查的不用填")
    cause = forms.ChoiceField(label="主要致贫原因", required=False, choices=[("", "请选择"), *CAUSES.items()])
    found = TextField(label="调查情况", required=False, max_length=2000)
    signer = TidyField(label="被调查人签字", required=False, max_length=50)
    no_signature = TidyField(label="没有签字的原因", required=False, max_length=100)

    def __init__(self, *args: Any, five: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        if not five:
            del self.fields["cause"]
            return
        for key, zh in FIVE.items():
            look = forms.Textarea(attrs={"rows": 2})
            said = "没有变化的写“与申报一致”"
            self.add(f"five_{key}", TextField(label=zh, required=False, max_length=500, help_text=said, widget=look))
        self.groups = (  # type: ignore[misc]
            ("调查", ("visited_on", "visitors", "spoke_with", "remote")), ("五清", tuple(f"five_{key}" for key in FIVE)),
            ("结论和签字", ("cause", "found", "signer", "no_signature")),
        )  # fmt: skip

    def clean_visitors(self) -> list[str]:
        return [name for name in re.split(r"[、,，;；\s]+", self.cleaned_data["visitors"]) if name]

    @property
    def said(self) -> dict[str, Any]:
        """What was found, with the five things as one."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "visit" and not name.startswith("five_")}
        five = {key: self.cleaned_data.get(f"five_{key}", "") for key in FIVE if f"five_{key}" in self.fields}
        return data | {"five": five}


class Photo(Form):
    file = UploadField(label="照片", allowed=PAPERS, help_text="房屋、家庭成员合影等；时间、地点和设备信息会自动去掉")


class Appraisal(Form):
    """The neighbours' meeting and its votes."""

    groups = (
        ("会议", ("held_on", "place", "chair")), ("表决", ("present", "representatives", "agreed", "against", "abstained")),
        ("记录", ("record",)),
    )  # fmt: skip
    held_on = DayField(label="日期")
    place = TidyField(label="地点", max_length=60)
    chair = TidyField(label="主持人", max_length=50)
    present = forms.IntegerField(label="参加人数", min_value=1, max_value=10_000)
    representatives = forms.IntegerField(label="其中村（居）民代表", min_value=0, max_value=10_000)
    agreed = forms.IntegerField(label="同意", min_value=0, max_value=10_000)
    against = forms.IntegerField(label="不同意", min_value=0, max_value=10_000)
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=10_000, initial=0)
    record = TextField(label="评议记录", max_length=1000)
