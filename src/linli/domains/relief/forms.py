"""Forms of relief: parse and check; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.domains.relief.rules import EVENTS, MEANS, STATES
from linli.kernel.ledgers.forms import PayFrom
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, IdentityField, MoneyField, TextField, TidyField
from linli.law import Degree, Zone

PAPERS = [("form", "临时救助申请书"), ("identity", "身份证明"), ("event", "困难情形的证明材料")]
AGAIN = [("relief", "同一情形再次救助"), ("aid", "本年另有其他救助"), ("back", "已撤销待收回款项")]
STEPS = [
    ("help", "镇街先行救助"), ("papers", "补办手续"), ("survey", "村居核实"), ("notice", "镇街公示"), ("town", "镇街决定"),
    ("approval", "区级决定"),
]  # fmt: skip


class Find(Form):
    """The first step at the door: the identity number finds the person; with the name also somebody of another town."""

    number = IdentityField(label="申请人身份证号", help_text="18 位，证件不在身边的问本人")
    name = TidyField(label="申请人姓名", required=False, max_length=60, help_text="住在本区其他镇街的人必填，须与号码一致")


class _Found(Form):
    """Degree, duration and own burden: as the family says, then as the survey finds."""

    degree = forms.ChoiceField(label="困难程度", choices=[("", "请选择"), *Degree.choices()])
    months = forms.IntegerField(
        label="困难预计持续月数", min_value=1, max_value=24, initial=1, widget=forms.NumberInput(attrs={"class": "short"})
    )
    burden = MoneyField(
        label="自己负担的支出", required=False, help_text="支出过大的填写：扣除医保报销、其他救助和赔偿以后，由家庭自己负担的部分"
    )

    def clean_degree(self) -> Degree:
        return Degree(self.cleaned_data["degree"])


class Supplement(_Found):
    """What the ordinary way asks beside what the help given at once told already."""

    groups = (("困难", ("degree", "months", "statement", "wants")), ("材料", ("papers", "opinion")))
    statement = TextField(label="困难经过", max_length=1000, help_text="发生了什么、家里怎样，用申请人自己的话写")
    wants = TidyField(label="需要的物资", required=False, max_length=200, help_text="例如：棉被2床、大米1袋；只要救助金的不填")
    papers = forms.MultipleChoiceField(
        label="已收材料", choices=PAPERS, widget=forms.CheckboxSelectMultiple, required=False
    )
    opinion = TidyField(label="受理说明", required=False, max_length=200)


class Apply(Supplement):
    """A request: how it is asked, what happened, how hard it is."""

    groups = (
        ("怎样申请", ("fast", "whole", "place", "zone")),
        ("困难", ("event", "happened_on", "degree", "months", "burden", "statement")),
        ("其他", ("wants", "renewed")), ("材料", ("papers", "opinion")),
    )  # fmt: skip
    fast = forms.BooleanField(label="情况紧急，先行救助", required=False, help_text="只限突发急难：镇街三日内决定，手续事后补办")
    whole = forms.TypedChoiceField(
        label="为谁申请", choices=[("yes", "全家"), ("no", "只为本人")], coerce=lambda word: word == "yes"
    )
    place = AreaField(label="急难发生地", level=Level.COMMUNITY, lived=True)
    zone = forms.TypedChoiceField(label="适用标准", choices=[(int(one), f"{one.zh}居民标准") for one in Zone], coerce=int)
    event = forms.ChoiceField(label="困难情形", choices=[("", "请选择"), *EVENTS.items()])
    happened_on = DayField(label="发生日期")
    renewed = TidyField(label="新的困难情形", required=False, max_length=200, help_text="一年内因同一情形救助过的填写")

    def clean_zone(self) -> Zone:
        return Zone(self.cleaned_data["zone"])


class Survey(_Found):
    """What was found at the home; the check of means where the law asks for it."""

    groups = (
        ("核实", ("found",)), ("核实后的困难", ("degree", "months", "burden")),
        ("家庭经济状况", ("consent", "means", "means_report")),
    )  # fmt: skip
    found = TextField(label="核实情况", max_length=1000, help_text="谁去的、看到什么、邻居怎么说")
    consent = forms.BooleanField(label="全体家庭成员已在核对授权书上签字", required=False)
    means = forms.ChoiceField(label="收入和财产", choices=[("", "尚未核对"), *MEANS.items()], required=False)
    means_report = TidyField(label="核对依据", required=False, max_length=200, help_text="核对报告的编号，或者核对的方式和日期")

    def leave_out_means(self) -> None:
        """The law does not ask for a check of this family's means."""
        self.groups = self.groups[:-1]
        for name in ("consent", "means", "means_report"):
            del self.fields[name]


class Pay(PayFrom):
    cash = forms.BooleanField(label="现金发放", required=False, help_text="没有银行账户的，系统自动按现金发放")


class _Goods(Form):
    stock = forms.TypedChoiceField(label="物资", coerce=int)
    pieces = forms.IntegerField(label="数量", min_value=1, max_value=1_000_000)
    proof = TidyField(label="签收人和凭据", max_length=120, help_text="例如“本人签字，领用单第3页”")

    def __init__(self, *args: Any, held: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["stock"].choices = [
            (str(one.pk), f"{one.name}　{one.fund.name}（存 {one.amount:,} {one.measure}）") for one in held
        ]


class Give(_Goods):
    """Goods for one request."""


class Share(_Goods):
    title = TidyField(label="批次名称", max_length=60, help_text="例如：2010年冬令救济第一批")
    field_order = ("title", "stock", "pieces", "proof")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["proof"].help_text = "例如“各镇街签收单”"


class PassPosted(Form):
    opinion = TidyField(label="意见", max_length=200, initial="公示期满无异议。")


class RequestSearch(Filter):
    words = TidyField(label="案件编号或姓名")
    state = forms.ChoiceField(label="状态", choices=list(STATES.items()))
    step = forms.ChoiceField(label="环节", choices=STEPS)
    event = forms.ChoiceField(label="困难情形", choices=list(EVENTS.items()))
    fast = forms.ChoiceField(label="先行救助", choices=[("yes", "是"), ("no", "否")])
    again = forms.ChoiceField(label="重复核查", choices=AGAIN)
