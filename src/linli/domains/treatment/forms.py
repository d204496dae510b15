"""Forms of rounds, recommendations and bills."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.treatment.rules import DIAGNOSES, PROJECTS, STATES, Bearer, Organiser
from linli.kernel.ui.forms import DayField, Filter, Form, IdentityField, MoneyField, TidyField

PROJECT_CHOICES = [(key, one.zh) for key, one in PROJECTS.items()]
ORGANISERS = Organiser.choices()


class NewRound(Form):
    groups = (
        ("批次", ("project", "year", "number", "title", "organiser")), ("医院与资金", ("hospital", "fund")),
        ("推荐时间", ("opens_on", "closes_on")),
    )  # fmt: skip
    project = forms.ChoiceField(label="项目", choices=PROJECT_CHOICES)
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)
    number = forms.IntegerField(label="第几批", min_value=1, max_value=99)
    title = TidyField(label="名称", max_length=80, required=False, help_text="不填则为“年度＋批次＋项目”")
    organiser = forms.ChoiceField(label="组织单位", choices=ORGANISERS)
    hospital = forms.ChoiceField(label="定点医院", help_text="没有列出的，请先在“单位”中登记")
    fund = forms.ChoiceField(label="承担资金", required=False, help_text="由本区资金支付给医院的选择；全由医院或上级承担的不选")
    opens_on = DayField(label="开始推荐日期")
    closes_on = DayField(label="截止推荐日期")

    def __init__(self, *args: Any, hospitals: list[tuple[int, str]], funds: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["hospital"].choices = hospitals
        self.fields["fund"].choices = [("", "不由本区资金承担"), *funds]

    def clean_hospital(self) -> int:
        return int(self.cleaned_data["hospital"])

    def clean_fund(self) -> int | None:
        return int(self.cleaned_data["fund"]) if self.cleaned_data["fund"] else None

    def clean_organiser(self) -> Organiser:
        return Organiser(self.cleaned_data["organiser"])


class Find(Form):
    number = IdentityField(label="患者身份证号", help_text="18 位；家庭情况由系统带出，不必重填")


class Recommend(Form):
    round = forms.ChoiceField(label="批次")
    diagnosis = forms.ChoiceField(label="病种", choices=list(DIAGNOSES.items()))
    diagnosed = forms.BooleanField(label="已核对定点医院诊断", required=False)
    opinion = TidyField(label="受理说明", required=False, max_length=200, help_text="不写病情，病情只在本页登记")

    def __init__(self, *args: Any, rounds: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["round"].choices = [(str(one.pk), one.title) for one in rounds]


class Diagnosis(Form):
    diagnosis = forms.ChoiceField(label="病种")

    def __init__(self, *args: Any, diagnoses: tuple[str, ...], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["diagnosis"].choices = [(key, DIAGNOSES[key]) for key in diagnoses]


class Bill(Form):
    """The hospital's bill with everybody's part. Who the round's fund is stands beside the field."""

    groups = (
        ("治疗", ("treated_on", "cost", "result")),
        ("费用由谁承担（合计等于总费用）", ("insurance", "fund_part", "upper", "hospital_part", "family")),
    )  # fmt: skip
    treated_on = DayField(label="治疗日期")
    cost = MoneyField(label="医疗总费用", least=1, help_text="按医院结算单")
    result = TidyField(label="治疗结果", required=False, max_length=200)
    insurance = MoneyField(label="医保报销", required=False)
    fund_part = MoneyField(label="本批次资金", required=False, help_text="支付给医院，不发给家庭")
    upper = MoneyField(label="上级慈善总会直接支付", required=False)
    hospital_part = MoneyField(label="医院减免", required=False)
    family = MoneyField(label="家庭自付", required=False)

    def __init__(self, *args: Any, fund: Bearer | None, free: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fund = fund
        if fund is None:
            del self.fields["fund_part"]
        else:
            self.fields["fund_part"].label = f"本批次资金（{fund.zh}）"
        if free:
            del self.fields["family"]

    @property
    def shares(self) -> dict[Bearer, int]:
        """The parts that were filled in, by bearer."""
        fields = {
            "insurance": Bearer.INSURANCE, "fund_part": self.fund, "upper": Bearer.UPPER, "hospital_part": Bearer.HOSPITAL,
            "family": Bearer.FAMILY,
        }  # fmt: skip
        return {bearer: part for name, bearer in fields.items() if bearer and (part := self.cleaned_data.get(name))}


class Withdraw(Form):
    why = TidyField(label="取消原因", max_length=200)


class RoundSearch(Filter):
    project = forms.ChoiceField(label="项目", choices=PROJECT_CHOICES)
    year = forms.IntegerField(label="年度")
    organiser = forms.ChoiceField(label="组织单位", choices=ORGANISERS)


class PatientSearch(Filter):
    words = TidyField(label="案件编号或姓名")
    state = forms.ChoiceField(label="状态", choices=list(STATES.items()))
