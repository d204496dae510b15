"""What community funds count: funds, balance, what residents gave, decisions, and payments by need (RELIEF-15)."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.mutual.models import AidFund, Gift, Request, Resolution
from linli.domains.mutual.queries import LIVING, PAID
from linli.domains.mutual.rules import Need
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Unit
from linli.kernel.ledgers.queries import line_shown, money_lines
from linli.kernel.ledgers.rules import AccountKind

OWNER, BASIS = "区民政局基层政权科", "社区建设工作情况"
FUNDS = (Breakdown("fund", "基金", "aidfund__name"),)
NEEDS = (Breakdown("need", "用途", "need", dict(Need.choices())), *FUNDS)


def _funds(period: Period) -> Any:
    return AidFund.objects.filter(since__lte=period.last)


def _balance(period: Period) -> Any:
    """What lies in the bank less what is promised, line by line, from the first day on."""
    lines = money_lines(AccountKind.CASH, AccountKind.PAYABLE, until=period.last)
    return lines.filter(fund__in=AidFund.objects.values("fund"))


def _gifts(period: Period) -> Any:
    return Gift.objects.filter(LIVING, **period.within("banked_on")).select_related("aidfund")


def _used(period: Period) -> Any:
    found = Request.objects.filter(PAID, **period.within("ordered_on")).select_related("aidfund")
    return found.annotate(amount=F("order__amount"))


def _decisions(period: Period) -> Any:
    found = Resolution.objects.filter(**period.within("meeting__held_on"), voided_on=None)
    return found.select_related("meeting", "request__aidfund")


def _fund(one: AidFund) -> tuple[str, str]:
    return f"{one.name}　{one.since}设立", reverse("mutual:fund", args=[one.pk])


def _gift(one: Gift) -> tuple[str, str]:
    return f"{one.aidfund.name}　{one.day}　{show_yuan(one.amount)}元", reverse("mutual:gifts", args=[one.aidfund_id])


def _request(one: Any) -> tuple[str, str]:
    words = f"{one.aidfund.name}　{one.get_need_display()}　{show_yuan(one.amount)}元"
    return words, reverse("mutual:request", args=[one.pk])


def _decision(one: Any) -> tuple[str, str]:
    told = "通过" if one.carried else "未通过"
    return f"{one.request.aidfund.name}　{one.meeting.held_on}　{told}", reverse("mutual:meeting", args=[one.meeting_id])


def _figure(key: str, zh: str, words: str, unit: Unit, rows: Any, describe: Any, **more: Any) -> Figure:
    kind = more.pop("kind", Kind.FLOW)
    return Figure(f"mutual.{key}", zh, words, unit, kind, rows, describe=describe, owner=OWNER, basis=BASIS, **more)


FIGURES = (
    _figure("funds", "社区帮困基金", "统计期末已设立的社区帮困基金数", Unit.EACH, _funds, _fund, kind=Kind.STOCK),
    _figure("balance", "社区帮困基金结余", "统计期末社区帮困基金的存款减去已开付款单而未付的款", Unit.FEN, _balance, line_shown,
            kind=Kind.STOCK, measure="sum:amount", breakdowns=(Breakdown("fund", "基金", "fund__name"),)),
    _figure("gifts", "帮困捐款笔数", "统计期内到账的居民捐款笔数，冲正的不计", Unit.TIME, _gifts, _gift, breakdowns=FUNDS),
    _figure("given", "帮困捐款金额", "统计期内到账的居民捐款金额，冲正的不计", Unit.FEN, _gifts, _gift, measure="sum:amount",
            breakdowns=FUNDS),
    _figure("decisions", "帮困议事决议", "统计期内议事会表决的用款申请数，更正作废的表决不计", Unit.CASE, _decisions, _decision,
            breakdowns=(Breakdown("carried", "结果", "carried", {"True": "通过", "False": "未通过"}),)),
    _figure("helped", "帮困基金帮扶人次", "统计期内按决议开出付款单的人次，取消的不计", Unit.TIMES, _used, _request,
            breakdowns=NEEDS, persons=True),
    _figure("used", "帮困基金支出", "统计期内按决议开出付款单的金额，取消的不计", Unit.FEN, _used, _request,
            measure="sum:amount", breakdowns=NEEDS),
)  # fmt: skip
