"""Taking an order; keeping desks, articles and cohorts."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.kernel.orders.rules import Channel, DeskKind, Lane, OmissionGround, OrderKind, categories, category
from linli.kernel.ui.forms import AreaField, ClockField, DayField, Form, TextField, TidyField


class Take(Form):
    """One screen; the order of the fields is the order of the talk. What the category says already is not asked."""

    channel = forms.ChoiceField(label="来源", choices=[one for one in Channel.choices() if one[0] not in {"key"}])
    phone = TidyField(label="来电号码", required=False, max_length=20)
    caller = TidyField(label="来电人", required=False, max_length=60)
    text = TextField(label="诉求内容", max_length=2000)
    category = TidyField(label="事项分类", max_length=6, help_text="输入名称、拼音首字母或代码，从右侧选择")
    place = AreaField(label="事发地", level=Level.COMMUNITY, lived=True)
    address = TidyField(label="具体地点", required=False, max_length=200)
    kind = forms.ChoiceField(label="诉求类型", choices=[("", "按事项"), *OrderKind.choices()], required=False)
    confidential = forms.BooleanField(label="来电人要求保密", required=False)
    answer = TextField(label="当场答复", required=False, max_length=2000, help_text="当场说清楚的填写，按“当场答复”办结")

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])

    def clean_category(self) -> str:
        typed = self.cleaned_data["category"]
        if category(typed) is None:
            raise forms.ValidationError("请选择事项分类的最末一级。")
        return str(typed)

    def clean_kind(self) -> OrderKind | None:
        given = self.cleaned_data["kind"]
        return OrderKind(given) if given else None

    def given(self, *, urgent: bool) -> dict[str, Any]:
        """The words of the intake; what is urgent goes at least in the urgent lane."""
        names = ("channel", "phone", "caller", "text", "category", "place", "address", "kind")
        data = {name: self.cleaned_data[name] for name in names}
        known = category(data["category"])
        fast = Lane.URGENT if urgent and known and known.lane is Lane.ORDINARY else None
        return data | {"lane": fast, "confidential": self.cleaned_data["confidential"] or None}


class DeskForm(Form):
    name = TidyField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *DeskKind.choices()])
    area = AreaField(label="驻地", help_text="工单在驻地办理；在驻地任职的工作人员就是经办人")
    everywhere = forms.BooleanField(label="服务全区", required=False)
    codes = forms.MultipleChoiceField(label="承办事项", required=False, help_text="不选的，承办辖区内的全部事项")
    opens = ClockField(label="上班时间", required=False, help_text="例如 08:30；全天值班的上下班都不填")
    closes = ClockField(label="下班时间", required=False)
    weekends = forms.BooleanField(label="休息日也值班", required=False)
    duty = TidyField(label="职责", required=False, max_length=300)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["codes"].choices = [(code, one.path) for code, one in categories().items() if len(code) <= 4]

    def clean_kind(self) -> DeskKind:
        return DeskKind(self.cleaned_data["kind"])

    def clean_codes(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["codes"])


class ArticleForm(Form):
    title = TidyField(label="标题", max_length=80)
    category = forms.ChoiceField(label="事项", required=False)
    text = TextField(label="答复口径", max_length=4000)
    basis = TidyField(label="依据", required=False, max_length=200)
    owner = TidyField(label="维护单位", max_length=60)
    words = TidyField(label="其他叫法", required=False, max_length=200, help_text="用逗号隔开，便于查找")
    review_on = DayField(label="复核日期")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["category"].choices = [("", "不限"), *((code, one.path) for code, one in categories().items())]


class Freeze(Form):
    first = DayField(label="办结自")
    last = DayField(label="至")


class LeaveOut(Form):
    ground = forms.ChoiceField(label="剔除理由", choices=[("", "请选择"), *OmissionGround.choices()])
    why = TextField(label="说明", max_length=300)

    def clean_ground(self) -> OmissionGround:
        return OmissionGround(self.cleaned_data["ground"])


class RuleOmission(Form):
    agreed = forms.ChoiceField(label="审定", choices=[("yes", "同意剔除"), ("no", "不同意")], widget=forms.RadioSelect)

    def clean_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")
