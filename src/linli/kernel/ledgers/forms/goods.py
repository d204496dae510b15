"""Forms of goods: stock, slips, purchases, handing out, counts and losses."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.money import show_yuan
from linli.kernel.ledgers.queries import funds, goods_kinds, purposes, stores
from linli.kernel.ledgers.rules import GOODS_KINDS, AdjustKind, AdjustState, SlipKind, goods_key
from linli.kernel.ui.forms import DayField, Filter, Form, IdentityField, MoneyField, TidyField

PIECES = {"min_value": 1, "max_value": 100_000_000}


class StockSearch(Filter):
    words = TidyField(label="物资或资金")
    store = forms.ChoiceField(label="仓库")
    left = forms.BooleanField(label="只看有存的")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["store"].choices = [("", "全部"), *stores()]


class MovementSearch(Filter):
    since = DayField(label="自")
    until = DayField(label="至")
    kind = forms.ChoiceField(label="事项", choices=[(kind.value, kind.zh) for kind in GOODS_KINDS])


class SlipSearch(Filter):
    words = TidyField(label="领用人（从头写起）")
    kind = forms.ChoiceField(label="类别", choices=SlipKind.choices())
    goods = forms.ChoiceField(label="物资")
    since = DayField(label="自")
    until = DayField(label="至")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["goods"].choices = [("", "全部"), *((one.key, str(one)) for one in goods_kinds())]


class AdjustmentSearch(Filter):
    state = forms.ChoiceField(label="状态", choices=AdjustState.choices())
    kind = forms.ChoiceField(label="类别", choices=AdjustKind.choices())


class NewGoods(Form):
    name = TidyField(label="品名", max_length=29)
    measure = TidyField(label="计量单位", max_length=10, help_text="例如 台、床、箱")
    per_room = forms.IntegerField(
        label="每间房最多", required=False, min_value=1, max_value=99,
        help_text="发到敬老院房间、每间限量的物资才填，例如电视机填 1",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "name" in data and "measure" in data:
            try:
                data["key"] = goods_key(data["name"], data["measure"])
            except ValueError as fault:
                self.add_error("name", str(fault))
        return data


class Purchase(Form):
    groups = (("物资", ("goods", "pieces", "price")), ("付款", ("supplier", "fund", "purpose", "note")))
    goods = forms.ChoiceField(label="物资")
    pieces = forms.IntegerField(label="数量", **PIECES)
    price = MoneyField(label="单价", least=1)
    supplier = forms.ChoiceField(label="供应单位", help_text="没有列出的，请先在“单位”中登记")
    fund = forms.ChoiceField(label="资金")
    purpose = forms.ChoiceField(label="用途")
    note = TidyField(label="合同或发票号", max_length=200, required=False)

    def __init__(self, *args: Any, suppliers: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["goods"].choices = [(one.key, str(one)) for one in goods_kinds()]
        self.fields["supplier"].choices = suppliers
        free = ((one.pk, f"{one.name}（可用 {show_yuan(one.balance.free)} 元）") for one in funds())
        self.fields["fund"].choices = [("", "请选择"), *free]
        self.fields["purpose"].choices = [(one.key, one.name) for one in purposes()]


class HandOut(Form):
    """To whom, how many, and who signed: a person is found by the identity number, a place is chosen."""

    groups = (("数量", ("pieces",)), ("发给谁", ("to", "number", "place")), ("签收", ("proof", "note")))
    pieces = forms.IntegerField(label="数量", **PIECES)
    to = forms.ChoiceField(
        label="对象", widget=forms.RadioSelect, initial="person",
        choices=[("person", "个人"), ("household", "家庭（由成员代领）"), ("place", "敬老院等场所")],
    )  # fmt: skip
    number = IdentityField(label="领用人身份证号", required=False, help_text="发给个人或家庭时填写")
    place = forms.ChoiceField(label="场所", required=False, help_text="发给场所时选择")
    proof = TidyField(label="签收人和凭据", max_length=120, help_text="例如“本人签字，领用单第3页”")
    note = TidyField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, places: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["place"].choices = [("", "请选择"), *places]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        wanted = "place" if data.get("to") == "place" else "number"
        if data.get("to") and not data.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, "请选择场所。" if wanted == "place" else "请填写领用人的身份证号。")
        return data


class GiveBack(Form):
    pieces = forms.IntegerField(label="退回数量", **PIECES)
    reason = TidyField(label="原因", max_length=180)


class MoveGoods(Form):
    to = forms.TypedChoiceField(label="移到哪个库房", coerce=int)
    pieces = forms.IntegerField(label="数量", **PIECES)
    note = TidyField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, stores: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["to"].choices = stores


class Loss(Form):
    pieces = forms.IntegerField(label="报损数量", **PIECES)
    reason = TidyField(label="原因", max_length=180, help_text="例如“运输途中损坏，照片存档”")


class Count(Form):
    found = forms.IntegerField(label="实有数量", min_value=0, max_value=100_000_000, help_text="清点后填写，不要照抄账面")
    reason = TidyField(label="差异原因", max_length=180, required=False, help_text="账实不符时必填")


class Decision(Form):
    answer = TidyField(label="复核意见", max_length=180, required=False)
