"""Forms of charity medical cards: parse and check; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.concession.queries import NAMES
from linli.domains.concession.rules import Item, VisitState
from linli.kernel.ui.forms import DayField, Filter, Form, IdentityField, MoneyField, TidyField

SHORT = {"class": "short"}
STANDS = [("valid", "有效"), ("over", "已过期"), ("lost", "已挂失"), ("ended", "已终止")]


class Agree(Form):
    """A percentage for each part of the bill that is lowered; an empty one is not lowered."""

    groups = (
        ("协议", ("organisation", "paper", "since")), ("减免比例", tuple(f"percent_{item}" for item in Item)),
    )  # fmt: skip
    organisation = forms.TypedChoiceField(label="医院", coerce=int, help_text="单位登记中的医院")
    paper = TidyField(label="协议编号", max_length=60)
    since = DayField(label="协议自")

    def __init__(self, *args: Any, places: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["organisation"].choices = [(str(one.pk), one.name) for one in places]
        for item in Item:
            self.add(f"percent_{item}", forms.IntegerField(
                label=f"{item.zh}（%）", min_value=1, max_value=100, required=False, widget=forms.NumberInput(attrs=SHORT)
            ))  # fmt: skip

    @property
    def percents(self) -> dict[Item, int]:
        """Percent by part, of those that are lowered."""
        return {item: percent for item in Item if (percent := self.cleaned_data.get(f"percent_{item}"))}


class Find(Form):
    number = IdentityField(label="身份证号", help_text="18 位")


class Issue(Form):
    number = TidyField(label="卡号", max_length=30)
    proof = TidyField(label="签领凭据", max_length=100, help_text="例如：本人签领，领卡登记第3页")


class Why(Form):
    why = TidyField(label="原因", max_length=200)


class Visit(Form):
    """What stands on the hospital's paper before the reduction; a part that did not occur stays empty."""

    groups = (
        ("单据", ("agreement", "receipt", "day")), ("原价", tuple(f"price_{item}" for item in Item)),
    )  # fmt: skip
    agreement = forms.TypedChoiceField(label="优惠医院", coerce=int)
    receipt = TidyField(label="医院单据号", max_length=40)
    day = DayField(label="就医日期")

    def __init__(self, *args: Any, agreements: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["agreement"].choices = agreements
        for item in Item:
            self.add(f"price_{item}", MoneyField(label=item.zh, least=0, most=100_000_000, required=False))

    @property
    def prices(self) -> dict[Item, int]:
        """Fen by part of the bill."""
        return {item: self.cleaned_data.get(f"price_{item}") or 0 for item in Item}


class Publish(Form):
    contact = TidyField(label="受理咨询的地点和电话", max_length=100, help_text="例如：区慈善总会，0632-7711234")


class CardSearch(Filter):
    words = TidyField(label="卡号或姓名")
    state = forms.ChoiceField(label="状态", choices=STANDS)
    ground = forms.ChoiceField(label="发卡依据", choices=list(NAMES.items()))


class PersonSearch(Filter):
    words = TidyField(label="姓名")


class VisitSearch(Filter):
    words = TidyField(label="单据号、卡号或姓名")
    state = forms.ChoiceField(label="状态", choices=VisitState.choices())
