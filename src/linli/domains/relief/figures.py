"""What relief counts: persons-times, requests, money, goods (RELIEF-07). Rows name the case, which opens for its readers."""

from __future__ import annotations

from typing import Any

from linli.domains.relief.models import Consignment, Helped, Parcel, Request
from linli.domains.relief.rules import EVENTS
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Unit
from linli.law import Cause, Decider, Zone

OWNER, BASIS = "区民政局社会救助科", "民政事业统计：临时救助"
BY_EVENT = Breakdown("event", "困难情形", "event", EVENTS)
BY_CAUSE = Breakdown("cause", "救助类型", "cause", dict(Cause.choices()))
BY_ZONE = Breakdown("zone", "城乡", "zone", {str(int(one)): one.zh for one in Zone})
BY_DECIDER = Breakdown("decider", "决定机关", "decider", dict(Decider.choices()))
BY_GOODS = Breakdown("goods", "物资", "goods")
REQUEST_PARTS = (BY_CAUSE, BY_EVENT, BY_ZONE, BY_DECIDER)
PERSON_PARTS = (
    Breakdown("cause", "救助类型", "request__cause", dict(Cause.choices())), BY_EVENT,
    Breakdown("zone", "城乡", "request__zone", {str(int(one)): one.zh for one in Zone}),
)  # fmt: skip


def _request(one: Request) -> tuple[str, str]:
    from django.urls import reverse

    return f"{one.case.number}　{one.get_cause_display()}", reverse("relief:request", args=[one.pk])


def _person(one: Helped) -> tuple[str, str]:
    return _request(one.request)


def _parcel(one: Parcel) -> tuple[str, str]:
    return f"{_request(one.request)[0]}　{one.goods} {one.pieces}", _request(one.request)[1]


def _consignment(one: Consignment) -> tuple[str, str]:
    return f"{one.title}　{one.goods} {one.pieces}（依据 {one.people} 人）", ""


def _helped(**words: Any) -> Any:
    def rows(period: Period) -> Any:
        return Helped.objects.filter(**period.within("helped_on"), cancelled_on=None, **words).select_related("request__case")

    return rows


def _granted(**words: Any) -> Any:
    def rows(period: Period) -> Any:
        return Request.objects.filter(**period.within("decided_on"), state="granted", **words).select_related("case")

    return rows


def _of(model: Any, day: str, *with_rows: str) -> Any:
    return lambda period: model.objects.filter(**period.within(day)).select_related(*with_rows)


def _figure(
    key: str, zh: str, words: str, rows: Any, unit: Unit, parts: tuple[Breakdown, ...], describe: Any, **more: Any
) -> Figure:
    return Figure(
        f"relief.{key}", zh, words, unit, Kind.FLOW, rows, breakdowns=parts, describe=describe, owner=OWNER, basis=BASIS,
        persons=unit in (Unit.HOUSEHOLD, Unit.TIMES), **more,
    )  # fmt: skip


FIGURES = (
    _figure("people", "临时救助人次", "统计期内决定救助的人次，一人每次计一次；先行救助后的补充救助不另计", _helped(), Unit.TIMES,
            PERSON_PARTS, _person, dashboard=14),
    _figure("people.local", "临时救助人次：本地户籍", "统计期内决定救助的本区户籍申请的人次", _helped(request__local=True),
            Unit.TIMES, PERSON_PARTS, _person),
    _figure("people.others", "临时救助人次：非本地户籍", "统计期内决定救助的外地户籍申请的人次", _helped(request__local=False),
            Unit.TIMES, PERSON_PARTS, _person),
    _figure("requests", "临时救助户次", "统计期内决定救助的申请件数，含先行救助后的补充救助", _granted(), Unit.HOUSEHOLD,
            REQUEST_PARTS, _request),
    _figure("fast", "急难先行救助", "统计期内先行救助的申请件数", _granted(fast=True), Unit.HOUSEHOLD, REQUEST_PARTS, _request),
    _figure("money", "临时救助资金", "统计期内决定的救助金额", _granted(), Unit.FEN, REQUEST_PARTS, _request,
            measure="sum:amount", dashboard=15),
    _figure("goods", "临时救助物资（发到户）", "统计期内发到受助家庭的物资件数",
            _of(Parcel, "given_on", "request__case"), Unit.PIECE, (BY_GOODS,), _parcel, measure="sum:pieces"),
    _figure("consigned", "救助物资（分配到镇街）", "统计期内按五保、农村低保人数分配到镇街的物资件数",
            _of(Consignment, "sent_on"), Unit.PIECE, (BY_GOODS,), _consignment, measure="sum:pieces"),
)  # fmt: skip

RELATIONS = (
    Relation(
        "relief.people.local", "本地与非本地户籍人次之和等于临时救助人次", ("relief.people",), "=",
        ("relief.people.local", "relief.people.others"),
    ),
    Relation("relief.fast.most", "先行救助件数不多于临时救助户次", ("relief.fast",), "<=", ("relief.requests",)),
)  # fmt: skip
