"""What one-off subsidies count: people and money of ordered rounds, by register (RELIEF-06)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from linli.domains.oneoff.models import Payee
from linli.domains.oneoff.rules import Register
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Unit

OWNER, BASIS = "区民政局社会救助科", "春节一次性生活补贴发放情况"
PARTS = (Breakdown("register", "对象类别", "register", dict(Register.choices())),)


def _rows(period: Period) -> Any:
    return Payee.objects.filter(**period.within("round__ordered_on"), round__state="ordered", living=True).select_related("round")


def _payee(one: Payee) -> tuple[str, str]:
    return f"{one.round.title}　{one.get_register_display()}", reverse("oneoff:round", args=[one.round_id])


FIGURES = (
    Figure(
        "oneoff.people", "一次性生活补贴人次", "统计期内开出付款单的人次，同一批次一人只计一次", Unit.TIMES, Kind.FLOW, _rows,
        breakdowns=PARTS, describe=_payee, owner=OWNER, basis=BASIS, persons=True,
    ),
    Figure(
        "oneoff.money", "一次性生活补贴资金", "统计期内开出付款单的金额", Unit.FEN, Kind.FLOW, _rows, "sum:amount",
        breakdowns=PARTS, describe=_payee, owner=OWNER, basis=BASIS,
    ),
)  # fmt: skip
