"""Forms of schemes, rooms and cards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.ledgers.rules import read_card_number
from linli.kernel.ui.forms import DayField, Filter, Form, MoneyField, TidyField


class CardNumber(TidyField):
    """The number on a card, as it is stored."""

    def read(self, text: str) -> str:
        return read_card_number(text)


class NewScheme(Form):
    title = TidyField(label="名称", max_length=60, help_text="例如“银屏惠老”")
    name = TidyField(label="物资品名", max_length=30, help_text="例如“彩色电视机”")
    measure = TidyField(label="计量单位", max_length=10, help_text="例如“台”")
    due_on = DayField(label="完成期限", help_text="例如国庆节前一天")


class Furnish(Form):
    """The rooms of one home that wait, all chosen at first; the goods of which fund; who signed."""

    rooms = forms.MultipleChoiceField(label="房间", widget=forms.CheckboxSelectMultiple)
    stock = forms.ChoiceField(label="物资来源")
    proof = TidyField(label="签收人和凭据", max_length=120, help_text="例如“院长王某签字，签收表第2页”")

    def __init__(self, *args: Any, waiting: list[Any], held: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["rooms"].choices = [(str(room.pk), room.name) for room in waiting]
        self.fields["stock"].choices = [
            (str(one.pk), f"{one.fund.name}（存 {one.amount:,} {one.measure}）") for one in held
        ]

    def clean_rooms(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["rooms"]]


class IssueCard(Form):
    number = CardNumber(label="卡号", max_length=30, help_text="按卡面填写")
    expires_on = DayField(label="有效期至（含当日）")
    proof = TidyField(label="签领凭据", max_length=120, help_text="例如“本人签领，领卡登记第3页”")


class ReplaceCard(Form):
    number = CardNumber(label="新卡号", max_length=30)
    proof = TidyField(label="签领凭据", max_length=120)


class EndCard(Form):
    note = TidyField(label="原因", max_length=180)


class Till(Form):
    """What was bought: the card is told by its number, the rest stands on the shop's receipt."""

    number = CardNumber(label="卡号", max_length=30)
    shop = forms.ChoiceField(label="慈善超市")
    amount = MoneyField(label="消费金额", least=1)
    receipt = TidyField(label="小票号", max_length=40)
    bought = TidyField(label="所购物品", max_length=200, required=False, help_text="例如“大米10公斤、食用油1桶”")

    def __init__(self, *args: Any, shops: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["shop"].choices = shops


class Settle(Form):
    amount = MoneyField(label="结算金额", least=1)
    reference = TidyField(label="转账凭证号", max_length=60)


class CardSearch(Filter):
    words = TidyField(label="卡号或持卡人")
    state = forms.ChoiceField(label="状态", choices=[("open", "在用"), ("expired", "已过期"), ("ended", "已停用")])

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        try:
            return read_card_number(words)
        except ValueError:
            return words


class RoomSearch(Filter):
    home = forms.ChoiceField(label="敬老院")

    def __init__(self, *args: Any, homes: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["home"].choices = [("", "全部"), *homes]

    def clean_home(self) -> int | None:
        chosen = self.cleaned_data.get("home")
        try:
            return int(chosen) if chosen else None
        except ValueError as fault:
            raise ValidationError("请从列表中选择敬老院。") from fault
