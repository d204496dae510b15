"""Forms of the pairing: what the registry and the pair do not tell."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.pairing.books import HELPS, VISITS
from linli.domains.pairing.rules import Help, Way
from linli.kernel.duties.rules import DoneState
from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import PAPERS
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, MoneyField, TextField, TidyField

FOUND = VISITS.field("found").longest
STATES = (DoneState.DUE, DoneState.MISSED)


class PairSearch(Filter):
    words = TidyField(label="户主或责任人", max_length=40)
    area = AreaField()
    state = forms.ChoiceField(label="走访", choices=[(state.value, state.zh) for state in STATES])
    helper = forms.ChoiceField(label="帮扶单位", choices=[])

    def __init__(self, *args: Any, helpers: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["helper"].choices = [("", "全部"), *helpers]


class AreaSearch(Filter):
    area = AreaField()


class Visit(Form):
    """Short enough to be filled in on a phone at the family's table."""

    day = DayField(label="走访日期")
    way = forms.ChoiceField(label="走访事项", choices=Way.choices())
    found = TextField(label="了解的情况", max_length=FOUND)
    needs = TextField(label="需要解决的困难", max_length=FOUND, required=False)
    photo = UploadField(label="照片", required=False, allowed=PAPERS)


class Give(Form):
    """Money or goods of the helping office; which of the fields are needed depends on the kind."""

    groups = (("投入", ("day", "kind", "heads", "fund")), ("资金", ("amount", "memo")),
              ("物资", ("name", "measure", "pieces", "proof")))  # fmt: skip
    day = DayField(label="投入日期")
    kind = forms.ChoiceField(label="投入类别", choices=Help.choices())
    heads = forms.IntegerField(label="受助人数", min_value=1, max_value=HELPS.field("heads").most or 20, initial=1)
    fund = forms.TypedChoiceField(label="入哪项资金", coerce=int, help_text="帮扶单位的投入先入账，再付给家庭。")
    amount = MoneyField(label="金额", least=1, help_text="物资填折算的价值。")
    memo = TidyField(label="说明", required=False, max_length=60)
    name = TidyField(label="品名", required=False, max_length=40)
    measure = TidyField(label="单位", required=False, max_length=10, help_text="如：袋、桶、床")
    pieces = forms.IntegerField(label="数量", required=False, min_value=1, max_value=10000)
    proof = TidyField(label="签收人", required=False, max_length=60)

    def __init__(self, *args: Any, funds: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["fund"].choices = [("", "请选择"), *funds]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Help.GOODS:
            for name in ("name", "measure", "pieces", "proof"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"登记物资时请填写{self.fields[name].label}。")
        return data


class Withdraw(Form):
    why = TidyField(label="撤回的原因", max_length=200, min_length=2)
    version = forms.IntegerField(widget=forms.HiddenInput)
