"""Forms of one-off subsidies: parse and check; nothing is saved here."""

from __future__ import annotations

from django import forms

from linli.domains.oneoff.rules import Occasion, Register
from linli.kernel.ui.forms import Filter, Form, MoneyField, TidyField


class Draft(Form):
    """What it is for, and the sum for each register; a register without a sum is left out."""

    groups = (("补贴", ("title", "occasion", "year")), ("每人标准", ("tekun", "dibao", "veteran")))
    title = TidyField(label="名称", max_length=60, help_text="例如：2011年春节一次性生活补贴")
    occasion = forms.TypedChoiceField(label="事由", choices=Occasion.choices(), coerce=Occasion)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "short"}))
    tekun = MoneyField(label=Register.TEKUN.zh, least=1, most=1_000_000, required=False)
    dibao = MoneyField(label=Register.DIBAO.zh, least=1, most=1_000_000, required=False)
    veteran = MoneyField(label=Register.VETERAN.zh, least=1, most=1_000_000, required=False)

    @property
    def amounts(self) -> dict[Register, int]:
        """Fen by register, of those that have a sum."""
        return {one: fen for one in Register if (fen := self.cleaned_data.get(one.value))}


class Confirm(Form):
    count = forms.IntegerField(label="人数", min_value=1, widget=forms.NumberInput(attrs={"class": "short"}))
    amount = MoneyField(label="金额", least=1)


class PayeeSearch(Filter):
    words = TidyField(label="姓名")
    register = forms.ChoiceField(label="对象类别", choices=Register.choices())
