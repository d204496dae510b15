"""Forms of funds, accounts and months."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.base.areas import Level
from linli.kernel.access.rules import Actor
from linli.kernel.ledgers.queries import PARTS, cash_accounts, known_books, purposes
from linli.kernel.ledgers.rules import AccountKind, FundKind, FundLevel, MonthState, PostingKind
from linli.kernel.ui.forms import DayField, Filter, Form, MoneyField, TextField, TidyField, YearMonth
from linli.kernel.ui.queries import area_choices, area_name

OPENED = {AccountKind.CASH: "银行账户", AccountKind.STORE: "库房"}
"""The kinds of accounts that the office opens; the others come with the first fund."""


class FundSearch(Filter):
    words = TidyField(label="名称、编号或捐赠人")
    kind = forms.ChoiceField(label="来源", choices=FundKind.choices())
    standing = forms.ChoiceField(label="状态", choices=[("open", "使用中"), ("closed", "已关闭")])
    level = forms.ChoiceField(label="层级", choices=FundLevel.choices())


class FundLines(Filter):
    part = forms.ChoiceField(label="类别", choices=[(key, zh) for key, (_, zh) in PARTS.items()])
    since = DayField(label="自")
    until = DayField(label="至")
    words = TidyField(label="摘要")


class AccountSearch(Filter):
    words = TidyField(label="科目名称")
    kind = forms.ChoiceField(label="性质", choices=AccountKind.choices())


class VoucherSearch(Filter):
    words = TidyField(label="摘要")
    kind = forms.ChoiceField(label="事项", choices=PostingKind.choices())


class MonthSearch(Filter):
    book = forms.ChoiceField(label="账簿")
    state = forms.ChoiceField(label="状态", choices=MonthState.choices())
    since = YearMonth(label="月份从")
    until = YearMonth(label="到")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["book"].choices = [("", "全部"), *((book, area_name(book)) for book in known_books())]


def books_of(actor: Actor) -> list[tuple[str, str]]:
    """The organisations for which this post may open funds: its own, and the towns below a district."""
    return [(actor.area, area_name(actor.area)), *(row for row in area_choices(actor.scope, Level.TOWN) if row[0] != actor.area)]


class NewFund(Form):
    groups = (
        ("资金", ("area", "code", "name", "kind", "level", "donor")),
        ("限定", ("purposes", "basis", "year", "limits")),
        ("限额与存放", ("ceiling", "account")),
    )
    area = forms.ChoiceField(label="账簿", help_text="记在哪个单位的账上")
    code = TidyField(label="资金编号", max_length=40)
    name = TidyField(label="资金名称", max_length=80, help_text="如 2010年慈心一日捐")
    kind = forms.ChoiceField(label="来源", choices=FundKind.choices())
    level = forms.ChoiceField(label="层级", choices=FundLevel.choices())
    donor = TidyField(label="捐赠人或拨款单位", max_length=80, required=False)
    purposes = forms.MultipleChoiceField(
        label="限定用途", required=False, widget=forms.CheckboxSelectMultiple, help_text="不勾选即不限定用途"
    )
    basis = TidyField(label="限定依据", max_length=200, required=False, help_text="文号、捐赠协议，如 捐赠协议第 12 号")
    year = forms.IntegerField(
        label="限用年度", required=False, min_value=1949, max_value=2999, help_text="只能在这一年支出；不限请留空"
    )
    limits = TextField(label="捐赠人或拨款单位的要求", max_length=400, required=False)
    ceiling = MoneyField(label="支出限额", least=1, required=False, help_text="最多可支出多少；不限请留空")
    account = forms.ChoiceField(label="存放账户", required=False, help_text="不选则存入基本账户")

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["area"].choices = books_of(actor)
        self.fields["purposes"].choices = [(one.key, one.name) for one in purposes()]
        self.fields["account"].choices = [("", "基本账户"), *(row for row in cash_accounts(actor.area) if row[0] != "1002")]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("purposes") and not said.get("basis"):
            self.add_error("basis", ValidationError("限定用途须有依据：请填写文号或捐赠协议。"))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What the action asks, from what was typed."""
        data = dict(self.cleaned_data)
        limits = {key: data["basis"] for key in data.pop("purposes")} or None
        data.pop("basis")
        kind, level = FundKind(data["kind"]), FundLevel(data["level"])
        return data | {"kind": kind, "level": level, "purposes": limits}


class NewAccount(Form):
    area = forms.ChoiceField(label="账簿", help_text="哪个单位的账户")
    kind = forms.ChoiceField(label="性质", choices=[(kind.value, zh) for kind, zh in OPENED.items()])
    name = TidyField(label="名称", max_length=80, help_text="如 工行峄城支行专户（尾号1234）、榴园镇敬老院库房")

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["area"].choices = books_of(actor)


class Receipt(Form):
    amount = MoneyField(label="到账金额", least=1)
    reference = TidyField(label="银行流水号", max_length=60, help_text="同一流水号只能入账一次")
    party = TidyField(label="付款方", max_length=80, required=False)
    memo = TidyField(label="摘要", max_length=100)


class Rename(Form):
    name = TidyField(label="新名称", max_length=80)
    basis = TidyField(label="更名原因", max_length=200)


class MorePurpose(Form):
    purpose = forms.ChoiceField(label="增加的用途")
    basis = TidyField(label="依据", max_length=200, help_text="备案文号或捐赠人同意书")

    def __init__(self, *args: Any, allowed: set[str], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["purpose"].choices = [(one.key, one.name) for one in purposes() if one.key not in allowed]


class Ceiling(Form):
    ceiling = MoneyField(label="新的支出限额", least=1, required=False, help_text="取消限额请留空")
    basis = TidyField(label="依据", max_length=200, help_text="文号或会议决定")


class Basis(Form):
    basis = TextField(label="原因", max_length=200)


class Decide(Form):
    agree = forms.ChoiceField(label="复核意见", choices=[("yes", "同意，立即生效"), ("no", "不同意")], widget=forms.RadioSelect)
    note = TextField(label="说明", max_length=200, required=False, help_text="不同意时写明原因")


class Reason(Form):
    reason = TextField(label="原因", max_length=180)


class Ground(Form):
    ground = TextField(label="重开原因", max_length=200)
