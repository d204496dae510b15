"""Campaigns and funds: list, page with progress by town, opening, closing, change of use, publication."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.money import show_wan, show_yuan
from linli.domains.fundraising import actions, forms, queries
from linli.domains.fundraising.rules import CampaignKind, DonorKind, Plan
from linli.domains.fundraising.views.common import GIFT_COLUMNS, carry_out, exporting, kind_zh
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.ledgers.queries import fund_of
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Chart, Column, Fact, NumberCard

COLUMNS = (
    Column("title", "名称", link=lambda one: reverse("fundraising:campaign", args=[one.pk])),
    Column("kind", "类别", value=kind_zh),
    Column("since", "开始", kind="day", sort=True),
    Column("until", "截止", kind="day", sort=True, minor=True),
    Column("target", "目标", kind="money", minor=True),
    Column("raised", "募集（货币）", kind="money", sort=True, total="raised"),
    Column("times", "笔数", kind="count", sort=True, minor=True),
)


@page("fundraising.see")
def campaigns(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="募捐活动与基金", rows=lambda words: queries.campaigns(**words), columns=COLUMNS,
        filters=forms.CampaignSearch, order="-since", noun="项", name_of=lambda one: one.title,
        export=exporting(request, "fundraising.campaign"), empty="还没有募捐活动。",
    )  # fmt: skip
    return listing.response("fundraising/campaigns.html")


@page("fundraising.see")
@require_http_methods(["GET", "POST"])
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: what was raised by each branch, what became of it, and its gifts."""
    shown = queries.campaign_of(campaign_id)
    listing = Listing(
        request, title=f"{shown.title}捐赠", rows=lambda words: queries.gifts(**(words | {"campaign": shown.pk})),
        columns=tuple(column for column in GIFT_COLUMNS if column.key != "campaign"), filters=forms.GiftsOfOne, order="-day",
        noun="笔", name_of=lambda gift: gift.receipt.number, export=exporting(request, "fundraising.gift"),
        empty="还没有捐赠。",
    )  # fmt: skip
    record_seen(by=request.actor, verb="fundraising.campaign", kind="fundraising.campaign", subject=shown.pk, area=shown.area)
    branches = queries.by_branch(shown, request.today)
    context = {
        "campaign": shown, "facts": _facts(shown), "branches": branches, "chart": _chart(shown, branches), "cards": _cards(shown),
        "uses": queries.funds_of(shown.pk), "disclosures": queries.disclosures_of(shown), "act": forms.Act(),
        "to_publish": next((one.by for one in queries.to_publish() if one.campaign.pk == shown.pk), None),
        "own": request.actor.area == shown.area, "open": shown.closed_on is None,
        "contract": shown.kind == CampaignKind.CONTRACT.value,
    }  # fmt: skip
    return listing.response("fundraising/campaign.html", context)


def _facts(shown: Any) -> list[Fact]:
    plan = [
        Fact("类别", kind_zh(shown)),
        Fact("主办单位", shown.area, "area"),
        Fact("开始", shown.since, "day"),
        Fact("截止", shown.until, "day"),
        Fact(
            "限定用途",
            "、".join(name for _, name in forms.purpose_choices(queries.purposes_of(shown))) if shown.purposes else "不限定",
        ),
        Fact("募捐目的", shown.aim),
        Fact("款物用途", shown.use),
        Fact("受益人", shown.beneficiary),
        Fact("活动负责人", shown.responsible),
        Fact("接受捐赠的账户", shown.account),
        Fact("募捐成本", shown.cost, "money"),
        Fact("剩余财产", shown.surplus),
        Fact("备案", f"{shown.filing}（{shown.filed_on}）" if shown.filed_on else ""),
        Fact("冠名捐赠人", shown.founder.name if shown.founder else ""),
        Fact("拨款单位", shown.source),
        Fact("结束登记", shown.closed_on, "day"),
    ]
    return [fact for fact in plan if fact.value not in (None, "", 0)]


def _cards(shown: Any) -> list[NumberCard]:
    compare = [("目标", f"{show_wan(shown.target)}万元（完成{shown.raised * 100 // shown.target}%）")] if shown.target else []
    return [
        NumberCard("募集善款", show_wan(shown.raised), "万元", compare, definition="本辖区账簿内的货币捐赠，冲正的除外"),
        NumberCard("捐赠笔数", f"{shown.times:,}", "笔", definition="货币和实物，冲正的除外"),
    ]


def _chart(shown: Any, branches: list[queries.Branch]) -> Chart | None:
    given = [branch for branch in branches if branch.raised]
    if not given:
        return None
    top = max(given, key=lambda branch: branch.raised)
    reading = f"募集最多的是{top.name}，为{show_yuan(top.raised)}元。"
    numbers = [branch.raised / 100 for branch in branches]
    return Chart(
        "branches", "各单位募集进度", [branch.name for branch in branches], [("募集", numbers)], reading, "row", "元", head="单位"
    )


@page("fundraising.campaign")
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    form = forms.NewCampaign(request.POST or None, initial={"since": request.today})

    def act() -> str:
        words = dict(form.cleaned_data)
        extra = {name: words.pop(name) for name in ("title", "purposes", "target", "source", "source_level")}
        founder, kind = words.pop("founder"), words.pop("founder_kind")
        plan = Plan(**(words | {"kind": CampaignKind(words["kind"]), "cost": words["cost"] or 0}))
        if plan.kind is CampaignKind.NAMED and founder:
            facts = actions.DonorFacts(founder, DonorKind(kind or "company"))
            extra["founder"] = actions.register_donor(by=request.actor, on=request.today, donor=facts)
        made = actions.open_campaign(by=request.actor, on=request.today, plan=plan, **extra)
        return reverse("fundraising:campaign", args=[made.pk])

    words = {"title": "新建募捐活动或基金", "submit": "保存", "back": reverse("fundraising:campaigns"), "back_title": "募捐活动"}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "已保存。")


@page("fundraising.campaign")
@require_http_methods(["GET", "POST"])
def new_purpose(request: HttpRequest) -> HttpResponse:
    form = forms.NewPurpose(request.POST or None)

    def act() -> str:
        name = form.cleaned_data["name"]
        key = f"gift.{hashlib.sha256(name.encode()).hexdigest()[:10]}"
        actions.add_purpose(by=request.actor, on=request.today, key=key, name=name)
        return reverse("fundraising:new_campaign")

    words = {"title": "增加用途", "submit": "保存", "back": reverse("fundraising:campaigns"), "back_title": "募捐活动"}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "已增加用途。")


def _on_campaign(
    request: HttpRequest, campaign_id: int, form: Any, do: Any, title: str, submit: str, note: str, said: str
) -> HttpResponse:
    shown = queries.campaign_of(campaign_id)
    here = reverse("fundraising:campaign", args=[shown.pk])

    def act() -> str:
        do(by=request.actor, on=request.today, campaign=shown, **form.cleaned_data)
        return here

    words = {"title": title, "submit": submit, "back": here, "back_title": shown.title, "note": note}
    return carry_out(request, form, act, "fundraising/form_page.html", words, said)


@page("fundraising.campaign")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    note = "结束后，捐赠日期晚于今天的捐赠不能再登记；已收到的仍可补登。"
    return _on_campaign(
        request,
        campaign_id,
        forms.Act(request.POST or None),
        actions.close_campaign,
        "结束活动",
        "结束活动",
        note,
        "活动已结束。",
    )


@page("fundraising.campaign")
@require_http_methods(["GET", "POST"])
def allow_use(request: HttpRequest, campaign_id: int) -> HttpResponse:
    note = "按方案募得的款物变更用途，须有备案的决定（慈善法 §56）。捐赠人自己指定了用途的捐赠不受影响。"
    return _on_campaign(
        request, campaign_id, forms.AllowUse(request.POST or None), actions.allow_use, "变更用途", "保存", note, "已增加用途。"
    )


@page("fundraising.publish")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """First what would be public, then the act."""
    shown = queries.campaign_of(campaign_id)
    lines = actions.lines_to_publish(shown)
    form = forms.Publish(request.POST or None)
    here = reverse("fundraising:campaign", args=[shown.pk])

    def act() -> str:
        actions.publish_gifts(by=request.actor, on=request.today, campaign=shown, **form.cleaned_data)
        return here

    rows = [(entry.row["donor"].name, entry.row["what"], entry.row["day"]) for entry in lines[:20]]
    words = {"campaign": shown, "back": here, "rows": rows, "count": len(lines)}
    return carry_out(request, form, act, "fundraising/publish.html", words, "募捐情况已公布。")


@page("fundraising.see")
@require_safe
def statement(request: HttpRequest, fund_id: int) -> HttpResponse:
    """The statement of one fund for its donors: received, spent by purpose, families; no names."""
    use = queries.use_of(fund_of(fund_id))
    return render(request, "fundraising/statement.html", {"use": use, "stock": queries.stock_of(use.fund)})


@page("fundraising.hand_out")
@require_http_methods(["GET", "POST"])
def hand_out(request: HttpRequest, fund_id: int) -> HttpResponse:
    fund = fund_of(fund_id)
    here = reverse("fundraising:statement", args=[fund.pk])
    form = forms.HandOut(request.POST or None, stock=queries.stock_of(fund))

    def act() -> str:
        actions.hand_out(by=request.actor, on=request.today, fund=fund, **form.cleaned_data)
        return here

    words = {"title": "发放物资", "submit": "发放", "back": here, "back_title": fund.name}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "已登记发放。")


@page("fundraising.tell")
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    form = forms.Act(request.POST or None)
    here = reverse("fundraising:campaigns")

    def act() -> str:
        actions.tell_donors(by=request.actor, on=request.today)
        return here

    words = {"title": "更新公众查询", "submit": "更新", "back": here, "back_title": "募捐活动",
             "note": "把各项资金的收支汇总更新到公众查询页面，其中没有受助人的姓名。"}  # fmt: skip
    return carry_out(request, form, act, "fundraising/form_page.html", words, "公众查询已更新。")
