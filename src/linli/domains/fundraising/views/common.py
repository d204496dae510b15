"""What the pages of fundraising share: how a gift is listed, and how an act is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.domains.fundraising.rules import KIND_HEART, CampaignKind
from linli.kernel.access.actions import handle, recording
from linli.kernel.ui.rules import Badge, Column, Tone


def who(gift: Any) -> str:
    """The donor as the office lists them."""
    if gift.donor is None:
        return KIND_HEART
    return f"{gift.donor.name}（匿名）" if gift.anonymous else gift.donor.name


def state(gift: Any) -> Badge:
    return Badge("已冲正", Tone.BAD) if hasattr(gift, "reversal") else Badge("有效", Tone.GOOD)


def kind_zh(one: Any) -> str:
    return CampaignKind(one.kind).zh


GIFT_COLUMNS = (
    Column(
        "number", "票据编号", kind="code", value="receipt.number", link=lambda gift: reverse("fundraising:gift", args=[gift.pk])
    ),
    Column("day", "捐赠日期", kind="day", sort=True),
    Column("donor", "捐赠人", value=who),
    Column("unit", "所在单位", value=lambda gift: gift.donor.unit if gift.donor else "", minor=True),
    Column("campaign", "活动或基金", value="campaign.title", minor=True),
    Column("what", "捐赠款物", value=lambda gift: gift.what if gift.form == "goods" else "货币"),
    Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("area", "接受单位", kind="area", minor=True),
    Column("state", "状态", kind="state", value=state),
)


def exporting(request: HttpRequest, kind: str) -> Callable[[str, int], None] | None:
    """The hook that lets a list be exported; None for posts that may not."""
    if not request.actor.may("fundraising.export"):
        return None
    return recording(by=request.actor, verb="fundraising.export", kind=kind)


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], template: str, context: dict[str, Any], said: str = ""
) -> HttpResponse:
    """Do the act when the form was sent and is whole; else show the page with the form."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    return render(request, template, {"form": form} | context, status=422 if form.is_bound else 200)
