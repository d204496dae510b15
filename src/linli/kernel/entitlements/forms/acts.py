"""Forms of what is done about an entitlement, a run and its funding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.base.areas import Level
from linli.base.money import parse_yuan
from linli.kernel.entitlements.queries import programme_choices
from linli.kernel.entitlements.rules import ENDS, SUSPENDS, Basis, Ground, Part, PartKind, Programme
from linli.kernel.ledgers.queries import layouts
from linli.kernel.ui.forms import AreaField, Form, MoneyField, TextField, TidyField, YearMonth

FUNDS = 5
"""Funds of one sharing that a page asks for: 中央, 省, 市, 区, 镇."""


def grounds(allowed: tuple[Ground, ...]) -> list[tuple[str, str]]:
    return [(ground.value, ground.zh) for ground in allowed]


class Suspend(Form):
    since = YearMonth(label="自哪个月起暂停")
    ground = forms.ChoiceField(label="原因", choices=[("", "请选择"), *grounds(SUSPENDS)])
    words = TextField(label="说明", max_length=200, required=False, help_text="不写病情和他人隐私")


class Resume(Form):
    since = YearMonth(label="自哪个月起恢复")
    pay_back = forms.ChoiceField(
        label="暂停的月份", choices=[("yes", "随下次发放补发"), ("no", "不补发")], widget=forms.RadioSelect
    )
    words = TextField(label="核实情况", max_length=200)


class End(Form):
    since = YearMonth(label="自哪个月起终止", help_text="从这个月起不再发放；已经发出的会列入抵扣或追缴")
    ground = forms.ChoiceField(label="原因", choices=[("", "请选择"), *grounds(ENDS)])
    words = TextField(label="说明", max_length=200, required=False)
    paper = TidyField(label="决定文号", max_length=60, required=False)


class NewRun(Form):
    groups = (
        ("按月发放", ("programme", "month", "basis")),
        ("一次性补助（只在发放一次性补助时填写）", ("component", "each", "per", "paper")),
    )  # fmt: skip
    programme = forms.ChoiceField(label="项目")
    month = YearMonth(label="发放月份")
    basis = forms.ChoiceField(label="金额", choices=[(basis.value, basis.zh) for basis in Basis], initial=Basis.STANDING.value)
    component = forms.ChoiceField(label="一次性补助", required=False)
    each = MoneyField(label="每份金额", least=1, required=False)
    per = forms.ChoiceField(label="发放单位", choices=[("household", "每份待遇"), ("person", "每名保障人员")], required=False)
    paper = TidyField(label="依据文件", max_length=60, required=False)

    def __init__(self, *args: Any, occasions: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["programme"].choices = programme_choices()
        self.fields["component"].choices = [("", "不是一次性补助"), *occasions]

    @property
    def said(self) -> dict[str, Any]:
        """What the action asks, from what was typed."""
        data = self.cleaned_data
        return {
            "programme": data["programme"], "month": data["month"], "basis": Basis(data["basis"]), "component": data["component"],
            "each": data["each"] or 0, "per_person": data["per"] == "person", "paper": data["paper"],
        }  # fmt: skip


class ConfirmRun(Form):
    count = forms.IntegerField(label="核对份数", min_value=0)
    amount = MoneyField(label="核对金额", least=0)


class OrderRun(Form):
    layout = forms.ChoiceField(label="银行文件格式")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["layout"].choices = layouts()


class Reason(Form):
    reason = TextField(label="原因", max_length=180)


class NewFunding(Form):
    """Who bears a programme: up to five funds in order, each with a weight or a fixed amount."""

    since = YearMonth(label="自哪个月起")
    component = forms.ChoiceField(label="组成部分", required=False)
    place = AreaField(label="适用地区", level=Level.TOWN, required=False, help_text="某个镇街另有分担办法时选择；不选为全区")
    paper = TidyField(label="依据文件", max_length=120, help_text="如 鲁财社〔2010〕5号")

    def __init__(self, *args: Any, programme: Programme, funds: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["component"].choices = [("", "全部"), *((one.key, one.zh) for one in programme.components)]
        for rank in range(1, FUNDS + 1):
            self.add(f"fund{rank}", forms.ChoiceField(
                label=f"资金{rank}", choices=[("", "不用"), *funds], required=rank == 1,
            ))  # fmt: skip
            self.add(f"kind{rank}", forms.ChoiceField(
                label=f"资金{rank}的方式", choices=[(kind.value, kind.zh) for kind in PartKind], required=False,
            ))  # fmt: skip
            self.add(f"value{rank}", TidyField(
                label=f"资金{rank}的份额", required=rank == 1, help_text="按比例填整数份额，如 50；按定额填每份元数，如 100.00",
                widget=forms.TextInput(attrs={"class": "short number", "autocomplete": "off"}),
            ))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        parts = []
        for rank in range(1, FUNDS + 1):
            fund, value = data.get(f"fund{rank}"), data.get(f"value{rank}")
            if not fund and not value:
                continue
            if not fund or not value:
                self.add_error(f"fund{rank}" if not fund else f"value{rank}", ValidationError("资金和份额要一起填写。"))
                continue
            kind = PartKind(data.get(f"kind{rank}") or PartKind.RATIO.value)
            try:
                number = parse_yuan(value) if kind is PartKind.AMOUNT else int(value)
            except ValueError:
                self.add_error(f"value{rank}", ValidationError("请填写整数份额，或以元为单位的金额。"))
                continue
            parts.append(Part(int(fund), kind, number))
        data["parts"] = parts
        return data


