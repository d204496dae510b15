"""What the hotline counts: calls by kind, way and matter; how they were settled (HOTLINE-01, HOTLINE-06)."""

from __future__ import annotations

from typing import Any

from linli.domains.hotline.queries import closed_orders, received_orders
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Unit
from linli.kernel.orders.rules import Channel, Lane, OrderKind, Satisfaction, categories

OWNER, BASIS = "区市民服务中心", "市民服务热线工作统计"


def _groups() -> dict[str, str]:
    return {code: one.zh for code, one in categories().items() if len(code) == 2}


PARTS = (
    Breakdown("kind", "诉求类型", "kind", dict(OrderKind.choices())),
    Breakdown("channel", "来源", "channel", dict(Channel.choices())),
    Breakdown("group", "事项大类", "group", _groups), Breakdown("lane", "缓急", "lane", dict(Lane.choices())),
)  # fmt: skip


def _order(one: Any) -> tuple[str, str]:
    from django.urls import reverse

    known = categories().get(one.category)
    return f"{one.number}　{known.zh if known else one.category}", reverse("hotline:order", args=[one.pk])


def _figure(key: str, zh: str, words: str, rows: Any, parts: tuple[Breakdown, ...] = PARTS, **more: Any) -> Figure:
    return Figure(
        f"hotline.{key}", zh, words, Unit.PIECE, Kind.FLOW, rows, breakdowns=parts, describe=_order,
        owner=OWNER, basis=BASIS, **more,
    )  # fmt: skip


FIGURES = (
    _figure("received", "热线受理", "统计期内受理的工单件数，按主办单位驻地统计", received_orders(), dashboard=30),
    _figure("at_once", "当场答复", "统计期内受理并由坐席当场答复办结的工单件数", received_orders(desk=None, stage="closed")),
    _figure("urgent", "紧急和特急工单", "统计期内受理的紧急、特急工单件数", received_orders(lane__in=["urgent", "emergency"])),
    _figure("closed", "热线办结", "统计期内办结的工单件数，含当场答复", closed_orders()),
    _figure(
        "graded", "回访评价", "统计期内办结、来电人作出评价的工单件数", closed_orders(grade__gt=""),
        (*PARTS, Breakdown("grade", "评价", "grade", dict(Satisfaction.choices()))), dashboard=31,
    ),
    _figure("content", "回访满意", "统计期内办结、评价为基本满意以上的工单件数", closed_orders(grade__gte="3")),
)  # fmt: skip
