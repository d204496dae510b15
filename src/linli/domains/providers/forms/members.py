"""Entering providers, items, prices and departments; steps of a provider; the filters of these lists."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level, Scope
from linli.domains.providers.rules import Ground, Measure, ProviderKind, Service, Standing
from linli.kernel.registry.queries import area_choices
from linli.kernel.ui.forms import (
    AreaField,
    ClockField,
    DayField,
    Filter,
    Form,
    IdentityField,
    MoneyField,
    PhoneField,
    TextField,
    TidyField,
)

STANDINGS = [("bound", "在册（试用、加盟、暂停）"), *Standing.choices()]


class Conditions(Form):
    """Whom to call, how many serve, where and when."""

    contact = TidyField(label="联系人", max_length=60, widget=forms.TextInput(attrs={"class": "medium"}))
    phone = PhoneField(label="服务电话", help_text="居民和中心联系用")
    licence = TidyField(label="证照和专长", max_length=200, help_text="营业执照、健康证、上岗证等，写明有效期")
    staff = forms.IntegerField(label="服务人员", min_value=1, max_value=5000, widget=forms.NumberInput(attrs={"class": "short"}))
    everywhere = forms.BooleanField(label="服务全区", required=False)
    towns = forms.MultipleChoiceField(label="服务的镇街", required=False, widget=forms.CheckboxSelectMultiple)
    communities = forms.MultipleChoiceField(
        label="只服务部分社区（村）的", required=False, help_text="按住 Ctrl 可以选多个",
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    opens = ClockField(label="开始服务", required=False, help_text="例如 08:00；全天服务的两项都不填")
    closes = ClockField(label="结束服务", required=False)
    weekends = forms.BooleanField(label="休息日也服务", required=False)

    def __init__(self, *args: Any, scope: Scope, **words: Any) -> None:
        super().__init__(*args, scope=scope, **words)
        for name, level in (("towns", Level.TOWN), ("communities", Level.COMMUNITY)):
            self.fields[name].choices = [(code, zh) for code, zh in area_choices(scope, level) if code[6] != "9"]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The words of the action."""
        data = dict(self.cleaned_data)
        data["reaches"] = (*data.pop("towns"), *data.pop("communities"))
        return data


class Apply(Conditions):
    """An application: a firm or network is a registered unit, an individual a registered person."""

    groups = (
        ("申请人", ("kind", "name", "organisation_id", "number", "contact", "phone", "licence", "staff")),
        ("服务范围和时间", ("everywhere", "towns", "communities", "opens", "closes", "weekends")),
    )
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *ProviderKind.choices()])
    name = TidyField(label="服务商名称", max_length=60)
    organisation_id = forms.TypedChoiceField(
        label="登记单位", coerce=int, required=False, empty_value=None, help_text="企业和网络服务中心从单位登记中选择"
    )
    number = IdentityField(label="本人身份证号", required=False, help_text="一技之长服务者填写，18 位")

    def __init__(self, *args: Any, units: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["organisation_id"].choices = [("", "不是单位"), *units]  # type: ignore[attr-defined]

    def clean_kind(self) -> ProviderKind:
        return ProviderKind(self.cleaned_data["kind"])


class NewOffer(Form):
    service = forms.ChoiceField(label="服务", choices=[("", "请选择"), *Service.choices()])
    name = TidyField(label="项目名称", max_length=60, help_text="例如：日常保洁、擦玻璃")
    department_id = forms.TypedChoiceField(label="服务部", coerce=int, required=False, empty_value=None)
    measure = forms.ChoiceField(label="计价单位", choices=[("", "请选择"), *Measure.choices()])
    fen = MoneyField(label="单价", least=0, most=10_000_000, help_text="自今天起执行")

    def __init__(self, *args: Any, departments: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["department_id"].choices = [("", "不分部"), *((str(one.pk), one.name) for one in departments)]  # type: ignore[attr-defined]

    def clean_service(self) -> Service:
        return Service(self.cleaned_data["service"])

    def clean_measure(self) -> Measure:
        return Measure(self.cleaned_data["measure"])


class NewPrice(Form):
    fen = MoneyField(label="新单价", least=0, most=10_000_000)
    since = DayField(label="自哪天起", help_text="今天或以后；已下的单仍按约定的价格")


class NewDepartment(Form):
    name = TidyField(label="服务部", max_length=40)
    staff = forms.IntegerField(label="服务人员", min_value=1, max_value=5000, widget=forms.NumberInput(attrs={"class": "short"}))


class Why(Form):
    why = TextField(label="说明", max_length=300)


class Opinion(Form):
    opinion = TextField(label="审批意见", max_length=300)


class Grounded(Form):
    ground = forms.ChoiceField(label="理由", choices=[("", "请选择"), *Ground.choices()])
    why = TextField(label="说明", max_length=300)

    def clean_ground(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class ProviderSearch(Filter):
    words = TidyField(label="名称", max_length=30)
    standing = forms.ChoiceField(label="状态", choices=STANDINGS)
    service = forms.ChoiceField(label="服务", choices=Service.choices())
    kind = forms.ChoiceField(label="类别", choices=ProviderKind.choices())
    place = AreaField(label="服务到", level=Level.COMMUNITY, lived=True)


class OfferSearch(Filter):
    words = TidyField(label="项目或服务商", max_length=30)
    service = forms.ChoiceField(label="服务", choices=Service.choices())
