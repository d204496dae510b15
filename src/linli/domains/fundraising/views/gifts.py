"""Gifts and donors: lists, entering, the receipt, the reversal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.money import in_words
from linli.domains.fundraising import actions, forms, queries
from linli.domains.fundraising.rules import DonorKind, GiftForm, Tie
from linli.domains.fundraising.views.common import GIFT_COLUMNS, carry_out, exporting, state, who
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

DONOR_COLUMNS = (
    Column("name", "名称", sort=True, link=lambda one: reverse("fundraising:donor", args=[one.pk])),
    Column("kind", "类别", value=lambda one: DonorKind(one.kind).zh),
    Column("unit", "所在单位", minor=True),
    Column("given", "累计捐款", kind="money", sort=True),
    Column("times", "次数", kind="count", sort=True),
    Column("last", "最近捐赠", kind="day", sort=True, minor=True),
    Column("consents", "公布姓名", value=lambda one: "同意" if one.consents else "未同意"),
)


@page("fundraising.see")
def gifts(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="捐赠", rows=lambda words: queries.gifts(**words), columns=GIFT_COLUMNS, filters=forms.GiftSearch,
        order="-day", noun="笔", name_of=lambda gift: gift.receipt.number, export=exporting(request, "fundraising.gift"),
        empty="没有符合条件的捐赠。",
    )  # fmt: skip
    return listing.response("fundraising/gifts.html")


@page("fundraising.give")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one gift; 保存并继续 comes back with the same campaign and day."""
    replaces = queries.gift_of(int(mark)) if (mark := request.GET.get("replaces", "")).isdecimal() else None
    last = queries.gift_of(int(mark)) if (mark := request.GET.get("last", "")).isdecimal() else None
    form = forms.EnterGift(request.POST or None, initial=_start(request, replaces or last, whole=replaces is not None))

    def act() -> str:
        words = dict(form.cleaned_data)
        names = ("donor", "kind", "unit", "consents", "minor")
        told = {name: words.pop(name) for name in names}
        donor = actions.DonorFacts(told["donor"], DonorKind(told["kind"]), told["unit"], told["consents"], told["minor"])
        words |= {"form": GiftForm(words["form"]), "tie": Tie(words["tie"]) if words["tie"] else None}
        words |= {"amount": words["amount"] or 0, "pieces": words["pieces"] or 0}
        words["campaign"] = queries.campaign_of(words["campaign"])
        made = actions.record_gift(by=request.actor, on=request.today, donor=donor, replaces=replaces, **words)
        if "again" in request.POST:
            return f"{reverse('fundraising:enter')}?last={made.pk}"
        return reverse("fundraising:gift", args=[made.pk])

    return carry_out(request, form, act, "fundraising/enter.html", {"last": last, "replaces": replaces})


def _start(request: HttpRequest, gift: Any, *, whole: bool) -> dict[str, Any]:
    """What the form begins with: the chosen campaign and today, or what the last (the replaced) gift had."""
    if gift is None:
        return {"day": request.today, "campaign": request.GET.get("campaign", "")}
    start = {"day": gift.day, "campaign": str(gift.campaign_id)}
    if not whole:
        return start | {"kind": gift.donor.kind if gift.donor else "", "unit": gift.donor.unit if gift.donor else ""}
    names = ("form", "amount", "goods", "measure", "pieces", "purpose", "wish", "designated", "tie", "anonymous")
    start |= {name: getattr(gift, name) for name in names}
    if gift.donor:
        start |= {"donor": gift.donor.name} | {name: getattr(gift.donor, name) for name in ("kind", "unit", "consents", "minor")}
    return start


@page("fundraising.see")
@require_safe
def gift(request: HttpRequest, gift_id: int) -> HttpResponse:
    shown = queries.gift_of(gift_id)
    record_seen(by=request.actor, verb="fundraising.gift", kind="fundraising.gift", subject=shown.pk, area=shown.area)
    reversal = getattr(shown, "reversal", None)
    facts = [
        Fact("捐赠人", who(shown), href=reverse("fundraising:donor", args=[shown.donor_id]) if shown.donor_id else ""),
        Fact("捐赠款物", shown.what), Fact("折价" if shown.form == "goods" else "大写", in_words(shown.amount)),
        Fact("捐赠日期", shown.day, "day"),
        Fact("活动或基金", shown.campaign.title, href=reverse("fundraising:campaign", args=[shown.campaign_id])),
        Fact("指定用途", dict(forms.purpose_choices()).get(shown.purpose, "")), Fact("捐赠意愿", shown.wish),
        Fact("指定的受益人", shown.designated, note=Tie(shown.tie).zh if shown.tie else ""),
        Fact("接受单位", shown.area, "area"), Fact("经手人", shown.staff.name), Fact("记账凭证", shown.posting_id, "code"),
        Fact("资金", shown.fund.name, href=reverse("fundraising:statement", args=[shown.fund_id])),
    ]  # fmt: skip
    if reversal:
        facts += [Fact("冲正", f"{reversal.on} {reversal.staff.name}", note=reversal.reason)]
    may_reverse = reversal is None and request.actor.may("fundraising.reverse") and shown.staff_id != request.actor.staff_id
    context = {
        "gift": shown, "facts": [fact for fact in facts if fact.value not in (None, "")], "state": state(shown),
        "reversed": reversal is not None, "may_reverse": may_reverse,
        "may_replace": reversal is not None and not hasattr(shown, "replaced_by") and request.actor.may("fundraising.give"),
    }  # fmt: skip
    return render(request, "fundraising/gift.html", context)


@page("fundraising.reverse")
@require_http_methods(["GET", "POST"])
def reverse_gift(request: HttpRequest, gift_id: int) -> HttpResponse:
    shown = queries.gift_of(gift_id)
    here = reverse("fundraising:gift", args=[shown.pk])
    form = forms.Reverse(request.POST or None)

    def act() -> str:
        actions.reverse_gift(by=request.actor, on=request.today, gift=shown, **form.cleaned_data)
        return here

    note = f"冲正后票据{shown.receipt.number}作废，账上记一张相反的凭证；正确的捐赠另行登记。"
    words = {"title": "冲正捐赠", "submit": "冲正", "back": here, "back_title": shown.receipt.number, "note": note}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "已冲正，票据作废。")


@page("fundraising.campaign")
@require_http_methods(["GET", "POST"])
def allow_gift_use(request: HttpRequest, gift_id: int) -> HttpResponse:
    shown = queries.gift_of(gift_id)
    here = reverse("fundraising:gift", args=[shown.pk])
    form = forms.AllowUse(request.POST or None)

    def act() -> str:
        actions.allow_gift_use(by=request.actor, on=request.today, gift=shown, **form.cleaned_data)
        return here

    note = "捐赠人指定了用途的捐赠，变更用途须有捐赠人的书面同意（慈善法 §56）。"
    words = {"title": "变更捐赠用途", "submit": "保存", "back": here, "back_title": shown.receipt.number, "note": note}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "已增加用途。")


@page("fundraising.see")
@require_safe
def receipt(request: HttpRequest, gift_id: int) -> HttpResponse:
    """The receipt on A4. Whoever prints it gives the donor the check word; the look is in the trail."""
    shown = queries.gift_of(gift_id)
    record_seen(by=request.actor, verb="fundraising.receipt", kind="fundraising.gift", subject=shown.pk, area=shown.area)
    words = {"gift": shown, "receipt": shown.receipt, "who": who(shown), "words": in_words(shown.amount),
             "reversed": hasattr(shown, "reversal")}  # fmt: skip
    return render(request, "fundraising/receipt.html", words)


@page("fundraising.see")
def donors(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="捐赠人", rows=lambda words: queries.donors(**words), columns=DONOR_COLUMNS, filters=forms.DonorSearch,
        order="-given", noun="位", name_of=lambda one: one.name, export=exporting(request, "fundraising.donor"),
        empty="没有符合条件的捐赠人。",
    )  # fmt: skip
    return listing.response("fundraising/donors.html")


@page("fundraising.see")
def donor(request: HttpRequest, donor_id: int) -> HttpResponse:
    """A donor with everything that they gave."""
    shown = queries.donor_of(donor_id)
    record_seen(by=request.actor, verb="fundraising.donor", kind="fundraising.donor", subject=shown.pk, area=shown.area)
    facts = [
        Fact("类别", DonorKind(shown.kind).zh), Fact("所在单位", shown.unit), Fact("登记单位", shown.area, "area"),
        Fact("累计捐款", shown.given, "money"), Fact("捐赠次数", shown.times, "count"),
        Fact("公布姓名或名称", f"同意（{shown.consented_on}）" if shown.consents else "未同意，公布时列为爱心人士"),
    ]  # fmt: skip
    listing = Listing(
        request, title=f"{shown.name}捐赠", rows=queries.gifts(donor=shown.pk), columns=GIFT_COLUMNS, order="-day", noun="笔",
        name_of=lambda gift: gift.receipt.number, export=exporting(request, "fundraising.gift"),
    )  # fmt: skip
    return listing.response("fundraising/donor.html", {"donor": shown, "facts": facts})


@page("fundraising.give")
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, donor_id: int) -> HttpResponse:
    shown = queries.donor_of(donor_id)
    here = reverse("fundraising:donor", args=[shown.pk])
    wanted = not shown.consents
    form = forms.Consent(request.POST or None, initial={"consents": "yes" if wanted else "no"})

    def act() -> str:
        consents = form.cleaned_data["consents"] == "yes"
        actions.set_consent(by=request.actor, on=request.today, donor=shown, consents=consents)
        return here

    title = "登记同意公布" if wanted else "撤回同意公布"
    note = "捐赠人同意在公布捐赠情况时列出姓名或名称。" if wanted else "以后公布时列为“爱心人士”；正在公布的名单请另行撤回。"
    words = {"title": title, "submit": title, "back": here, "back_title": shown.name, "note": note}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "已保存。")
