"""Forms of campaigns and applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.domains.charity.rules import PROJECTS, Need
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, MoneyField, TidyField

PROJECT_CHOICES = [(key, one.zh) for key, one in PROJECTS.items()]
NEED_CHOICES = Need.choices()
STATES = [("open", "办理中"), ("granted", "已批准"), ("refused", "未批准"), ("cancelled", "已取消")]
STEPS = [("check", "村居初核"), ("survey", "镇街审核"), ("notice", "公示"), ("approval", "区级审批")]


class NewCampaign(Form):
    groups = (("项目", ("project", "year", "title")), ("受理与资金", ("opens_on", "closes_on", "plan")))
    project = forms.ChoiceField(label="救助项目", choices=PROJECT_CHOICES)
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)
    title = TidyField(label="批次名称", required=False, max_length=100, help_text="不填则为“年度＋项目名称”")
    opens_on = DayField(label="开始受理日期")
    closes_on = DayField(label="截止受理日期")
    plan = MoneyField(label="计划资金", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("opens_on") and data.get("closes_on") and data["closes_on"] < data["opens_on"]:
            self.add_error("closes_on", "截止日期早于受理日期，请修改。")
        return data


class GiveAid(Form):
    stock = forms.ChoiceField(label="物资来源")
    proof = TidyField(label="签收人和凭据", max_length=120, help_text="例如“本人签字，领用单第3页”")

    def __init__(self, *args: Any, held: list[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["stock"].choices = [
            (str(one.pk), f"{one.fund.name}（存 {one.amount:,} {one.measure}）") for one in held
        ]


class Cancel(Form):
    why = TidyField(label="取消原因", max_length=200)


class PassNoticed(Form):
    opinion = TidyField(label="镇街意见", max_length=200, initial="公示期满无异议，同意上报区慈善总会。")


class Payer(Form):
    level = forms.ChoiceField(label="出资方", choices=[("district", "区慈善总会"), ("town", "镇、街道慈善分会")])
    fund_id = forms.ChoiceField(label="资金")
    place = forms.ChoiceField(label="适用镇街", required=False)

    def __init__(self, *args: Any, funds: list[Any], towns: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["fund_id"].choices = [(str(one.pk), one.name) for one in funds]
        self.fields["place"].choices = [("", "全部"), *towns]

    def clean_fund_id(self) -> int:
        return int(self.cleaned_data["fund_id"])


class Quota(Form):
    place = forms.ChoiceField(label="镇街")
    count = forms.IntegerField(label="名额", min_value=0, max_value=100_000)

    def __init__(self, *args: Any, towns: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["place"].choices = towns


class ApplicationSearch(Filter):
    words = TidyField(label="案件编号或姓名")
    state = forms.ChoiceField(label="状态", choices=STATES)
    step = forms.ChoiceField(label="环节", choices=STEPS)
    need = forms.ChoiceField(label="申请事由", choices=NEED_CHOICES)
    campaign = forms.ChoiceField(label="救助批次")

    def __init__(self, *args: Any, **words: Any) -> None:
        from linli.domains.charity.queries import campaigns

        super().__init__(*args, **words)
        self.fields["campaign"].choices = [("", "全部"), *((str(one.pk), one.title) for one in campaigns())]

    def clean_campaign(self) -> int | None:
        chosen = self.cleaned_data.get("campaign")
        try:
            return int(chosen) if chosen else None
        except ValueError as fault:
            raise ValidationError("请从列表中选择救助批次。") from fault


class MissedSearch(Filter):
    words = TidyField(label="姓名")
    kind = forms.ChoiceField(label="已认定的身份", choices=[(key, kind.zh) for key, kind in STATUS_KINDS.items()])


class OrderSearch(Filter):
    name = TidyField(label="姓名（从姓写起）", max_length=20)
    area = AreaField(label="所在地")


class CampaignSearch(Filter):
    project = forms.ChoiceField(label="项目", choices=PROJECT_CHOICES)
    year = forms.IntegerField(label="年度")
    state = forms.ChoiceField(label="状态", choices=[("open", "受理中"), ("closed", "已截止"), ("ended", "已办结")])
