"""Forms of community aid funds: parse and check; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.domains.mutual.rules import GiftState, Need, RequestState, read_names
from linli.kernel.ui.forms import DayField, Filter, Form, IdentityField, MoneyField, NameField, TextField, TidyField

MOST = 100_000_000
COUNT = {"class": "short"}


class NamesField(forms.CharField):
    """Several names, as people write them with 、 between them."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**words)

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, str) else "、".join(value or ())
        if not text.strip():
            return ()
        try:
            return read_names(text)
        except ValueError as fault:
            raise ValidationError(str(fault), code="unreadable") from fault

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "、".join(value or ())


class Found(Form):
    area = forms.ChoiceField(label="社区（村）")
    name = TidyField(label="名称", max_length=60, help_text="例如：天津新村社区帮困基金")
    charter = TidyField(label="管理办法", max_length=100, help_text="居民会议通过的办法和日期")

    def __init__(self, *args: Any, communities: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["area"].choices = communities


class Give(Form):
    name = TidyField(label="捐款人", max_length=60, help_text="居民姓名或单位；不愿留名的写“爱心居民”")
    amount = MoneyField(label="金额", least=1, most=MOST)
    day = DayField(label="捐款日期")


class Bank(Form):
    gifts = forms.TypedMultipleChoiceField(label="已到账的捐款", coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, waiting: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["gifts"].choices = waiting


class Ask(Form):
    """Who is known by the number; the illness is not asked for."""

    number = IdentityField(label="帮扶对象身份证号", help_text="18 位，本社区居民")
    need = forms.TypedChoiceField(label="用途", choices=Need.choices(), coerce=Need)
    what = TidyField(label="事项", max_length=100, help_text="例如：孤儿上初中的学费。就医的只写“手术费用”，不写病名")
    amount = MoneyField(label="申请金额", least=1, most=MOST)


class Meet(Form):
    groups = (("议事会", ("held_on", "place", "chair")), ("名单和记录", ("called", "came", "record")))
    held_on = DayField(label="议事日期")
    place = TidyField(label="地点", max_length=60)
    chair = NameField(label="主持人")
    called = NamesField(label="通知的人", help_text="姓名用顿号隔开")
    came = NamesField(label="到会的人", help_text="姓名用顿号隔开，须在通知名单上")
    record = TextField(label="议事记录", max_length=1000)


class Vote(Form):
    groups = (("表决", ("agreed", "against", "abstained", "stepped_back")), ("决定", ("amount",)))
    agreed = forms.IntegerField(label="赞成", min_value=0, max_value=300, widget=forms.NumberInput(attrs=COUNT))
    against = forms.IntegerField(label="反对", min_value=0, max_value=300, initial=0, widget=forms.NumberInput(attrs=COUNT))
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=300, initial=0, widget=forms.NumberInput(attrs=COUNT))
    stepped_back = NamesField(label="回避的人", required=False, help_text="帮扶对象本人和近亲属到会而不参加表决的，用顿号隔开")
    amount = MoneyField(label="决定的金额", least=1, most=MOST, help_text="不超过申请的金额；没有通过的也写表决时的金额")


class Why(Form):
    why = TidyField(label="原因", max_length=200)


class Account(Form):
    since = DayField(label="自")
    until = DayField(label="至")
    contact = TidyField(label="受理意见的地点和电话", max_length=100, help_text="例如：社区居委会，0632-7711234")


class GiftSearch(Filter):
    words = TidyField(label="捐款人")
    state = forms.ChoiceField(label="状态", choices=GiftState.choices())


class RequestSearch(Filter):
    words = TidyField(label="姓名")
    need = forms.ChoiceField(label="用途", choices=Need.choices())
    state = forms.ChoiceField(label="状态", choices=RequestState.choices())


class FundSearch(Filter):
    words = TidyField(label="名称")
