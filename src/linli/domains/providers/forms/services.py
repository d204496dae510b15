"""Ordering, serving, contesting and settling; what residents fill in; the filters of these lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from linli.base.areas import Level
from linli.base.days import SHANGHAI
from linli.base.text import running
from linli.domains.providers.rules import Contested, Service, WishState
from linli.kernel.orders.rules import Channel, Satisfaction, Stage
from linli.kernel.ui.forms import (
    AreaField,
    ClockField,
    CodeField,
    DayField,
    Filter,
    Form,
    IdentityField,
    MoneyField,
    PhoneField,
    PublicForm,
    TextField,
    TidyField,
    YearMonth,
)

CHANNELS = [(one.value, one.zh) for one in (Channel.PHONE, Channel.VISIT, Channel.ROUND, Channel.WEB)]
STAGES = [*Stage.choices(), ("confirmed", "居民已确认"), ("contested", "有争议"), ("cancelled", "已取消")]
_SHORT = {"class": "short"}
_FIND = {"class": "medium", "autocomplete": "off", "accesskey": "f"}
WEEKDAYS = "一二三四五六日"


class OrderService(Form):
    """One page: who and what first, then who may serve, at what price, and what the public purse bears."""

    channel = forms.ChoiceField(label="来源", choices=CHANNELS)
    find = TidyField(
        label="居民电话或姓名", required=False, max_length=40, widget=forms.TextInput(attrs=_FIND),
        help_text="查到登记的居民，按登记情况计算补贴，并带出姓名、电话和住址；同名的再选是哪一位",
    )  # fmt: skip
    number = IdentityField(label="或居民身份证号", required=False)
    service = forms.ChoiceField(label="服务", choices=[("", "请选择"), *Service.choices()])
    place = AreaField(
        label="服务地点", level=Level.COMMUNITY, lived=True, required=False, help_text="查到登记居民的可以不选，按登记的住址",
    )  # fmt: skip
    address = TidyField(label="详细地址", required=False, max_length=200)
    caller = TidyField(label="联系人", required=False, max_length=60)
    phone = PhoneField(label="联系电话", required=False)
    wanted_on = DayField(label="约定日期")
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=100, initial=1, widget=forms.NumberInput(attrs=_SHORT))
    text = TidyField(label="其他要求", required=False, max_length=300)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        place = self.fields["place"].widget
        if isinstance(place, forms.Select):
            place.choices = [("", "请选择"), *((code, zh) for code, zh in place.choices if code)]  # type: ignore[misc]

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])

    def clean_service(self) -> Service:
        return Service(self.cleaned_data["service"])

    def choose(self, people: list[tuple[str, str]]) -> str:
        """Which of the people of that name or number is meant; "" with the question at its field while nobody said it."""
        field = forms.ChoiceField(label="是哪一位居民", choices=people, widget=forms.RadioSelect, required=False)
        self.add("person", field)
        self.order_fields(["channel", "find", "person"])
        picked = str(self.data.get("person", ""))
        if picked in dict(people):
            return picked
        self.add_error("person", "请选择是哪一位居民。")
        return ""

    def know(self, given: dict[str, Any]) -> None:
        """What the register knows stands in the form, too; what was typed stays."""
        self.data = self.data.copy()
        for name in ("place", "address", "caller", "phone"):
            self.data[name] = given[name]

    def need(self, place: str, caller: str, phone: str) -> bool:
        """Whether all that is needed is known; what is missing is said at its field."""
        for name, value, said in (
            ("place", place, "请选择服务地点所在的社区（村）。"), ("caller", caller, "请填写联系人。"),
            ("phone", phone, "请填写联系电话，服务商上门前要联系。"),
        ):  # fmt: skip
            if not value:
                self.add_error(name, said)
        return not self.errors

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Let one of the proposals be chosen; its price goes with it, so that a price that changes meanwhile is noticed."""
        if not choices:
            return
        field = forms.ChoiceField(label="服务商和价格", choices=choices, widget=forms.RadioSelect, required=False)
        self.add("choice", field)
        if not self.data.get("choice"):
            self.data = self.data.copy()
            self.data["choice"] = choices[0][0]


    def warn(self, said: str) -> bool:
        """Ask once whether a second equal service is meant; True once that was said."""
        self.add("again", forms.BooleanField(label="确认再下一单", required=False))
        if self.data.get("again"):
            return True
        self.add_error("again", said)
        return False


def chosen(value: str) -> tuple[int, int] | None:
    """Item and agreed price of a choice."""
    offer, _, fen = value.partition(":")
    fits = offer.isascii() and fen.isascii() and offer.isdecimal() and fen.isdecimal() and len(value) < 30
    return (int(offer), int(fen)) if fits else None


class Resend(Form):
    choice = forms.ChoiceField(label="改派给", widget=forms.RadioSelect)
    why = TextField(label="改派的理由", max_length=300, help_text="新的价格请先告知居民")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


class _At(Form):
    """A day and a time of day, as one moment."""

    day = DayField(label="日期")
    clock = ClockField(label="时间", help_text="例如 09:30")

    def moment(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], SHANGHAI)


class Begin(_At):
    """When somebody came."""


class Finish(_At):
    """When it was done, and what."""

    result = TextField(label="完成情况", max_length=500, help_text="做了什么；不写姓名、电话和住址。")


class Cancel(Form):
    why = TidyField(label="取消的原因", max_length=200)


class NewContest(Form):
    ground = forms.ChoiceField(label="争议", choices=[("", "请选择"), *Contested.choices()])
    text = TextField(label="情况", max_length=300, help_text="双方各怎么说；不写姓名、电话和住址。")

    def clean_ground(self) -> Contested:
        return Contested(self.cleaned_data["ground"])


class RuleContest(Form):
    payable = MoneyField(label="应结算的补贴", least=0)
    opinion = TextField(label="裁定意见", max_length=300)


class State(Form):
    """The provider's own bill."""

    month = YearMonth(label="结算月份")
    orders = forms.IntegerField(
        label="账单单数", min_value=1, max_value=100_000, widget=forms.NumberInput(attrs=_SHORT),
        help_text="按服务商送来的账单填写",
    )
    amount = MoneyField(label="账单补贴合计", least=1)


class Decline(Form):
    answer = TextField(label="联系情况", max_length=300, help_text="什么时候联系的，居民怎么说")


class WebWish(PublicForm):
    """What a resident asks for; somebody calls back with price and time."""

    service = forms.ChoiceField(label="需要的服务")
    place = forms.ChoiceField(label="所在社区（村）")
    address = TidyField(label="详细地址", max_length=200)
    name = TidyField(label="您的称呼", max_length=60)
    phone = PhoneField(label="联系电话")
    wanted_on = forms.ChoiceField(
        label="希望哪天上门", error_messages={"invalid_choice": "只能预约今天到60天以内的日子，请另选一天。"}
    )
    text = TidyField(label="其他要求", max_length=300, required=False)

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], places: list[tuple[str, str]], days: Iterable[date], **words: Any
    ) -> None:
        super().__init__(*args, **words)
        told = [(day.isoformat(), f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}") for day in days]
        self.fields["wanted_on"].choices = [("", "请选择"), *told]  # type: ignore[attr-defined]
        self.fields["service"].choices = [("", "请选择"), *services]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]

    def clean_service(self) -> Service:
        return Service(self.cleaned_data["service"])

    def clean_wanted_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["wanted_on"])


class WebReply(PublicForm):
    """Number and code together, then the grade."""

    number = TidyField(label="服务单号", max_length=24, help_text="下单时告知的单号")
    code = CodeField(label="确认码", max_length=12, help_text="下单时告知的六位数字")
    grade = forms.ChoiceField(label="您对这次服务的评价", choices=Satisfaction.choices(), widget=forms.RadioSelect)
    text = TidyField(label="意见", max_length=300, required=False)

    def clean_number(self) -> str:
        return running(self.cleaned_data["number"])

    def clean_grade(self) -> Satisfaction:
        return Satisfaction(self.cleaned_data["grade"])


class ServiceSearch(Filter):
    words = TidyField(label="单号或项目", max_length=30)
    stage = forms.ChoiceField(label="状态", choices=STAGES)
    service = forms.ChoiceField(label="服务", choices=Service.choices())
    area = AreaField(label="服务地点", lived=True)
    old = forms.ChoiceField(label="服务对象", choices=[("yes", "60周岁以上")])
    first = DayField(label="下单自")
    last = DayField(label="至")


class WishSearch(Filter):
    words = TidyField(label="预约号或称呼", max_length=30)
    state = forms.ChoiceField(label="状态", choices=WishState.choices())
    service = forms.ChoiceField(label="服务", choices=Service.choices())
    first = DayField(label="希望日期自")
    last = DayField(label="至")


class StatementSearch(Filter):
    month = YearMonth(label="月份")
    standing = forms.ChoiceField(label="状态", choices=[("open", "等待付款"), ("ordered", "已开付款单"), ("withdrawn", "已撤回")])
