"""Forms of medical assistance: parse and check; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.medical.rules import BillState, Illness, Way
from linli.kernel.ui.forms import DayField, Filter, Form, IdentityField, MoneyField, TidyField
from linli.law.medical import Patient


class Find(Form):
    """Who leaves the hospital: the identity number finds the person."""

    number = IdentityField(label="患者身份证号", help_text="18 位")


class Settle(Form):
    """What stands on the hospital's paper after the insurances have paid."""

    groups = (
        ("结算单", ("hospital", "invoice", "left_on", "way", "illness")), ("费用", ("cost", "covered", "basic", "serious")),
    )  # fmt: skip
    hospital = forms.TypedChoiceField(label="定点医院", coerce=int)
    invoice = TidyField(label="结算单号", max_length=40)
    left_on = DayField(label="出院或就诊日期")
    way = forms.TypedChoiceField(label="就诊方式", choices=Way.choices(), coerce=Way)
    illness = forms.TypedChoiceField(
        label="疾病类别", choices=Illness.choices(), coerce=Illness, help_text="只登记类别，不登记病名"
    )
    cost = MoneyField(label="医疗总费用", least=1)
    covered = MoneyField(label="政策范围内费用", least=0)
    basic = MoneyField(label="基本医保支付", least=0)
    serious = MoneyField(label="大病保险支付", least=0, initial=0)

    def __init__(self, *args: Any, hospitals: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["hospital"].choices = [(str(one.pk), one.name) for one in hospitals]


class Cancel(Form):
    why = TidyField(label="撤销的原因", max_length=200, help_text="例如：结算单金额录入有误")


class Designate(Form):
    organisation = forms.TypedChoiceField(label="医院", coerce=int, help_text="单位登记中的医院")
    agreement = TidyField(label="协议编号", max_length=60)
    since = DayField(label="协议自")

    def __init__(self, *args: Any, places: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["organisation"].choices = [(str(one.pk), one.name) for one in places]


class State(Form):
    until = DayField(label="结算截止日", help_text="这一天及以前办理的结算")


class BillSearch(Filter):
    words = TidyField(label="结算单号或姓名")
    way = forms.ChoiceField(label="就诊方式", choices=Way.choices())
    illness = forms.ChoiceField(label="疾病类别", choices=Illness.choices())
    patient = forms.ChoiceField(label="对象类别", choices=Patient.choices())
    state = forms.ChoiceField(label="状态", choices=BillState.choices())
