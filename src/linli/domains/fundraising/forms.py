"""Forms of fundraising: parse and check what was typed; nothing is saved."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.fundraising import queries
from linli.domains.fundraising.rules import (
    INTERVALS,
    MOST,
    CampaignKind,
    ContractKind,
    DonorKind,
    GiftForm,
    Tie,
    read_check_word,
    read_receipt_number,
)
from linli.kernel.ledgers.queries import purposes
from linli.kernel.ui.forms import DayField, Filter, Form, MoneyField, PublicForm, TextField, TidyField

KINDS = CampaignKind.choices()
SHORT, MEDIUM = {"class": "short number", "inputmode": "numeric"}, {"class": "medium"}
DONORS = DonorKind.choices()
FORMS = GiftForm.choices()
TIES = [("", "没有指定受益人"), *Tie.choices()]
ABOVE = [("", "不适用"), ("central", "中央"), ("province", "省级"), ("city", "市级")]
LAST_YEAR, FIRST_YEAR = 2100, 1990


class Whole(forms.IntegerField):
    """A whole number in a short field."""

    def __init__(self, **words: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=SHORT), **words)


def purpose_choices(keys: Any = None) -> list[tuple[str, str]]:
    """The books' purposes, or those among the keys."""
    found = list(purposes().values_list("key", "name"))
    return [pair for pair in found if pair[0] in keys] if keys else found


class CampaignSearch(Filter):
    words = TidyField(label="名称")
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)


class GiftSearch(Filter):
    words = TidyField(label="捐赠人、单位或票据编号")
    campaign = forms.ChoiceField(label="活动")
    since = DayField(label="捐赠日期自")
    until = DayField(label="捐赠日期至")
    kind = forms.ChoiceField(label="捐赠人类别", choices=DONORS)
    form = forms.ChoiceField(label="形式", choices=FORMS)
    state = forms.ChoiceField(label="状态", choices=[("live", "有效"), ("void", "已冲正")])

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["campaign"].choices = [("", "全部"), *queries.campaign_choices()]  # type: ignore[attr-defined]


class GiftsOfOne(GiftSearch):
    """The filter of the gifts of one campaign."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        del self.fields["campaign"]


class DonorSearch(Filter):
    words = TidyField(label="名称或单位")
    kind = forms.ChoiceField(label="类别", choices=DONORS)
    consents = forms.ChoiceField(label="公布姓名", choices=[("yes", "同意"), ("no", "未同意")])


class ContractSearch(Filter):
    words = TidyField(label="合同编号或企业")
    kind = forms.ChoiceField(label="类别", choices=ContractKind.choices())


class NewCampaign(Form):
    groups = (
        ("基本情况", ("kind", "title", "since", "until", "target", "purposes")),
        ("募捐方案（公开募捐填写）", (
            "aim", "place", "responsible", "account", "beneficiary", "use", "cost", "surplus", "filed_on", "filing",
        )),
        ("冠名基金填写", ("founder", "founder_kind")),
        ("争取上级资金填写", ("source", "source_level")),
    )  # fmt: skip
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    title = TidyField(label="名称", max_length=80)
    since = DayField(label="开始日期")
    until = DayField(label="截止日期", required=False, help_text="公开募捐必须有截止日期")
    target = MoneyField(label="目标金额", least=1, most=MOST, required=False)
    purposes = forms.MultipleChoiceField(
        label="限定用途", required=False, widget=forms.CheckboxSelectMultiple, help_text="不选则不限定用途"
    )
    aim = TidyField(label="募捐目的", max_length=400, required=False)
    place = TidyField(label="募捐地域", max_length=100, required=False)
    responsible = TidyField(label="活动负责人", max_length=50, required=False)
    account = TidyField(label="接受捐赠的银行账户", max_length=100, required=False, help_text="只能用本组织的账户")
    beneficiary = TidyField(label="受益人", max_length=200, required=False)
    use = TextField(label="款物用途", max_length=400, required=False)
    cost = MoneyField(label="募捐成本", most=MOST, required=False)
    surplus = TidyField(label="剩余财产的处理", max_length=200, required=False)
    filed_on = DayField(label="备案日期", required=False)
    filing = TidyField(label="备案编号", max_length=60, required=False)
    founder = TidyField(label="冠名捐赠人", max_length=80, required=False)
    founder_kind = forms.ChoiceField(label="捐赠人类别", choices=DONORS, initial=DonorKind.COMPANY.value, required=False)
    source = TidyField(label="拨款单位", max_length=80, required=False)
    source_level = forms.ChoiceField(label="拨款层级", choices=ABOVE, required=False)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["purposes"].choices = purpose_choices()  # type: ignore[attr-defined]


class NewPurpose(Form):
    name = TidyField(label="用途名称", max_length=60, help_text="例如“朝阳助学”")


class AllowUse(Form):
    purpose = forms.ChoiceField(label="增加的用途")
    basis = TidyField(label="依据", max_length=200, help_text="备案文号，或捐赠人同意书")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["purpose"].choices = purpose_choices()  # type: ignore[attr-defined]


class Publish(Form):
    contact = TidyField(label="受理方式", max_length=200, help_text="公众在哪里询问，例如“区慈善总会办公室”")


class EnterGift(Form):
    groups = (
        ("捐赠", ("campaign", "day", "form", "amount", "goods", "measure", "pieces")),
        ("捐赠人", ("donor", "kind", "unit", "anonymous", "consents", "minor")),
        ("捐赠人的意愿", ("purpose", "wish", "designated", "tie")),
    )
    campaign = forms.ChoiceField(label="活动或基金")
    day = DayField(label="捐赠日期")
    form = forms.ChoiceField(label="形式", choices=FORMS, initial=GiftForm.MONEY.value)
    amount = MoneyField(label="金额", least=0, most=MOST, required=False, help_text="实物填写折价，未折价的留空")
    goods = TidyField(label="品名", max_length=30, required=False, widget=forms.TextInput(attrs=MEDIUM))
    measure = TidyField(label="单位（量词）", max_length=8, required=False, widget=forms.TextInput(attrs={"class": "short"}))
    pieces = Whole(label="数量", min_value=0, max_value=100_000_000, required=False)
    donor = TidyField(label="捐赠人", max_length=80, required=False, widget=forms.TextInput(attrs=MEDIUM))
    kind = forms.ChoiceField(label="捐赠人类别", choices=DONORS)
    unit = TidyField(
        label="所在单位", max_length=80, required=False, help_text="个人由单位代收时填写", widget=forms.TextInput(attrs=MEDIUM)
    )
    anonymous = forms.BooleanField(label="匿名", required=False)
    consents = forms.BooleanField(label="同意公布姓名或名称", required=False)
    minor = forms.BooleanField(label="捐赠人未成年", required=False)
    purpose = forms.ChoiceField(label="指定用途", required=False, help_text="须在活动的方案之内")
    wish = TidyField(label="捐赠意愿", max_length=200, required=False)
    designated = TidyField(label="指定的受益人", max_length=80, required=False)
    tie = forms.ChoiceField(label="受益人的关系", choices=TIES, required=False)

    def __init__(self, *args: Any, on: Any = None, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["campaign"].choices = [("", "请选择"), *queries.giving_choices()]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [("", "不指定"), *purpose_choices()]  # type: ignore[attr-defined]

    def clean_campaign(self) -> int:
        return int(self.cleaned_data["campaign"])


class Reverse(Form):
    reason = TidyField(label="冲正原因", max_length=200)


class NewContract(Form):
    groups = (
        ("合同", ("number", "kind", "campaign", "donor", "signed_on")),
        ("约定", ("sum", "rate", "since", "every", "count", "purpose")),
    )
    number = TidyField(label="合同编号", max_length=40)
    kind = forms.ChoiceField(label="类别", choices=ContractKind.choices())
    campaign = forms.ChoiceField(label="归入项目")
    donor = TidyField(label="企业名称", max_length=80)
    signed_on = DayField(label="签订日期")
    sum = MoneyField(label="本金或约定总额", least=1, most=MOST)
    rate = forms.DecimalField(
        label="年利率（%）",
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
        help_text="留本付息填写，例如 5 或 4.35",
    )
    since = DayField(label="起始日期", help_text="第一期在满一个付款间隔之日应付")
    every = forms.TypedChoiceField(label="付款间隔", choices=sorted(INTERVALS.items(), reverse=True), coerce=int)
    count = Whole(label="期数", min_value=1, max_value=600)
    purpose = forms.ChoiceField(label="约定用途", required=False)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        found = queries.campaigns(kind="contract").values_list("pk", "title")
        self.fields["campaign"].choices = [("", "请选择"), *((str(pk), title) for pk, title in found)]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [("", "不限定"), *purpose_choices()]  # type: ignore[attr-defined]

    def clean_campaign(self) -> int:
        return int(self.cleaned_data["campaign"])

    def clean_rate(self) -> int:
        """In basis points."""
        return int((self.cleaned_data["rate"] or 0) * 100)


class PayInstalment(Form):
    amount = MoneyField(label="到款金额", least=1, most=MOST)
    day = DayField(label="到款日期")


class EndContract(Form):
    why = TidyField(label="终止原因", max_length=200)


class DraftPlan(Form):
    """An amount and a number of person-times for each purpose of the books; empty amounts are left out."""

    year = Whole(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, lines: dict[str, tuple[int, int | None]] | None = None, **words: Any) -> None:
        self.keys = dict(purpose_choices())
        self.base_fields = {"year": self.base_fields["year"]}
        for at, (key, name) in enumerate(self.keys.items()):
            amount, times = (lines or {}).get(key, (None, None))
            self.base_fields[f"amount_{at}"] = MoneyField(
                label=f"{name}：计划金额", least=1, most=MOST, required=False, initial=amount
            )
            self.base_fields[f"times_{at}"] = Whole(
                label=f"{name}：计划人次", min_value=0, max_value=10_000_000, required=False, initial=times
            )
        super().__init__(*args, **words)

    @property
    def lines(self) -> list[tuple[str, int, int | None]]:
        """The filled-in lines."""
        words = self.cleaned_data
        rows = [(key, words.get(f"amount_{at}"), words.get(f"times_{at}")) for at, key in enumerate(self.keys)]
        return [(key, amount, times) for key, amount, times in rows if amount]


class Act(Form):
    """Nothing but the key that makes a second click harmless."""


class Consent(Form):
    """What the donor said, as the page put it: a page that is out of date turns nothing round."""

    consents = forms.ChoiceField(label="公布姓名", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.HiddenInput)


class HandOut(Form):
    goods = forms.ChoiceField(label="物资")
    pieces = Whole(label="数量", min_value=1, max_value=100_000_000)
    receiver = TidyField(label="发放给", max_length=80, help_text="敬老院、村居或家庭，例如“古邵镇敬老院”")

    def __init__(self, *args: Any, stock: Any = (), **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["goods"].choices = [(one.key, f"{one.name}（存{one.pieces}{one.measure}）") for one in stock]  # type: ignore[attr-defined]


class Query(PublicForm):
    number = TidyField(label="票据编号", max_length=60, help_text="印在票据第一行，例如 370404001-2010-000123")
    word = TidyField(label="校验码", max_length=60, help_text="票据上印的8位字母和数字")

    def clean_number(self) -> str:
        return self._read("number", read_receipt_number)

    def clean_word(self) -> str:
        return self._read("word", read_check_word)

    def _read(self, name: str, reader: Any) -> str:
        try:
            return reader(self.cleaned_data[name])
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault
