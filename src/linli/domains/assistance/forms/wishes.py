"""Asking for help on the web, following it, and the community's answer."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.assistance.rules import WishState
from linli.kernel.ui.forms import Filter, Form, NameField, PhoneField, PublicForm, TextField, TidyField


class Ask(PublicForm):
    """What is needed to come to the family; everything else is known or found out at the visit."""

    place = forms.ChoiceField(label="住在哪个社区（村）")
    name = NameField(label="申请人姓名")
    phone = PhoneField(label="联系电话")
    address = TidyField(label="住址", max_length=200, help_text="门牌号，便于工作人员上门")
    text = TextField(label="家庭遇到的困难", max_length=500, help_text="用您自己的话写；不用写身份证号和银行账号")
    agent = TidyField(label="替别人申请的，您的姓名", required=False, max_length=50)
    agent_tie = TidyField(label="您与申请人的关系", required=False, max_length=30, help_text="例如：女儿、邻居、居委会工作人员")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["place"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]


class Follow(PublicForm):
    """Number and telephone together."""

    number = TidyField(label="网上申请编号", max_length=12)
    phone = PhoneField(label="联系电话", help_text="申请时留下的电话")


class AnswerWish(Form):
    case = TidyField(label="已受理的案件编号", required=False, max_length=40)
    answer = TextField(label="没有受理的原因", required=False, max_length=300, help_text="申请人凭编号和电话可以看到")


class WishSearch(Filter):
    state = forms.ChoiceField(label="状态", choices=WishState.choices())
