"""What aid in kind counts: sets and rooms, cards and what was bought with them, goods by kind."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from linli.domains.provision.models import Scheme
from linli.domains.provision.rules import CARDS
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Unit
from linli.kernel.ledgers import queries as books
from linli.kernel.ledgers.rules import FundKind, SlipKind
from linli.kernel.registry.queries import rooms

OFFICE = "区慈善总会"


def _goods() -> list[str]:
    return list(Scheme.objects.order_by("pk").values_list("goods", flat=True))


def _bought(period: Period) -> QuerySet[Any]:
    found = books.received(since=period.first, until=period.last, kind=SlipKind.PURCHASE.value)
    return found.filter(goods__in=_goods())


def _sets(period: Period) -> QuerySet[Any]:
    return books.handed_out(since=period.first, until=period.last).filter(goods__in=_goods(), room__isnull=False)


def _rooms(period: Period) -> QuerySet[Any]:
    return rooms(period.last, kind="home")


def _having(period: Period) -> set[int]:
    return {room for goods in _goods() for room in books.furnished(goods, until=period.last)}


def _covered(period: Period) -> QuerySet[Any]:
    return _rooms(period).filter(pk__in=_having(period))


def _without(period: Period) -> QuerySet[Any]:
    return _rooms(period).exclude(pk__in=_having(period))


def _cards(period: Period) -> QuerySet[Any]:
    found = books.cards(purpose=CARDS).filter(replaces=None, **period.within("issued_on"))
    return found.annotate(family=Coalesce("order__household", Value(0) - F("order__person")))


def _uses(period: Period) -> QuerySet[Any]:
    found = books.living_uses().filter(card__order__purpose=CARDS, **period.within("day"))
    return found.select_related("card", "shop")


def _came(period: Period) -> QuerySet[Any]:
    return books.received(since=period.first, until=period.last)


def _went(period: Period) -> QuerySet[Any]:
    return books.handed_out(since=period.first, until=period.last)


def _slip(one: Any) -> tuple[str, str]:
    what = f"{one.goods.name} {one.pieces:,}{one.goods.measure}"
    words = (one.number, str(one.day), one.get_kind_display(), what, one.receiver)
    return "　".join(words).rstrip(), reverse("ledgers:slip", args=[one.pk])


def _room(one: Any) -> tuple[str, str]:
    return f"{one.place.name}　{one.name}", reverse("registry:place", args=[one.place_id])


def _card(one: Any) -> tuple[str, str]:
    return f"{one.number}　{one.issued_on}", reverse("provision:card", args=[one.pk])


def _use(one: Any) -> tuple[str, str]:
    return f"{one.card.number}　{one.day}　{one.shop.name}　小票{one.receipt}", reverse("provision:card", args=[one.card_id])


def _figure(key: str, zh: str, words: str, unit: Unit, rows: Any, describe: Any, measure: str = "count", **more: Any) -> Figure:
    return Figure(
        f"provision.{key}", zh, words, unit, more.pop("kind", Kind.FLOW), rows, measure, describe=describe, owner=OFFICE, **more
    )


BY_GOODS = Breakdown("goods", "物资", "goods")
BY_KIND = Breakdown("kind", "类别", "kind", {one.value: one.zh for one in SlipKind})
BY_SOURCE = Breakdown("source", "来源", "fund__kind", {one.value: one.zh for one in FundKind})
BY_HOME = Breakdown("home", "敬老院", "place__name")
BY_SHOP = Breakdown("shop", "慈善超市", "shop__name")

FIGURES = (
    _figure("sets_bought", "购入到房物资", "统计期内为敬老院房间购入、入库的件数", Unit.PIECE, _bought, _slip, "sum:pieces",
            breakdowns=(BY_GOODS,)),
    _figure("sets_cost", "到房物资购置资金", "统计期内为敬老院房间购入物资的价款", Unit.FEN, _bought, _slip, "sum:cost",
            breakdowns=(BY_GOODS,)),
    _figure("sets", "发放到房物资", "统计期内发放到敬老院房间的件数，退回的已减去", Unit.PIECE, _sets, _slip, "sum:net",
            breakdowns=(BY_GOODS, Breakdown("home", "敬老院", "place__name")), dashboard=40),
    _figure("rooms", "敬老院房间", "统计期末在用的敬老院房间数", Unit.PIECE, _rooms, _room, kind=Kind.STOCK,
            breakdowns=(BY_HOME,)),
    _figure("rooms_covered", "已配备房间", "统计期末至少有一件到房物资的敬老院房间数", Unit.PIECE, _covered, _room,
            kind=Kind.STOCK, breakdowns=(BY_HOME,)),
    _figure("rooms_without", "待配备房间", "统计期末没有到房物资的敬老院房间数", Unit.PIECE, _without, _room, kind=Kind.STOCK,
            breakdowns=(BY_HOME,)),
    _figure("cards", "发放救助卡", "统计期内发放的慈善超市救助卡张数，补发的不计", Unit.PIECE, _cards, _card),
    _figure("card_families", "领卡家庭", "统计期内领取慈善超市救助卡的家庭数，一户只计一次", Unit.HOUSEHOLD, _cards, _card,
            "distinct:family", persons=True),
    _figure("card_money", "救助卡发放金额", "统计期内发放的慈善超市救助卡面值，补发的不计", Unit.FEN, _cards, _card, "sum:value"),
    _figure("card_used", "救助卡消费金额", "统计期内持卡消费的金额，冲正的不计", Unit.FEN, _uses, _use, "sum:amount",
            breakdowns=(BY_SHOP,)),
    _figure("received", "物资入库", "统计期内受赠和购入、入库的件数，按各自的单位", Unit.PIECE, _came, _slip, "sum:pieces",
            breakdowns=(BY_GOODS, BY_KIND, BY_SOURCE)),
    _figure("given", "物资发放", "统计期内发放的件数，退回的已减去，按各自的单位", Unit.PIECE, _went, _slip, "sum:net",
            breakdowns=(BY_GOODS, BY_SOURCE)),
)  # fmt: skip

RELATIONS = (
    Relation(
        "provision.rooms.parts", "已配备与待配备房间之和等于敬老院房间", ("provision.rooms",), "=",
        ("provision.rooms_covered", "provision.rooms_without"),
    ),
    Relation("provision.cards.families", "领卡家庭不多于发卡张数", ("provision.card_families",), "<=", ("provision.cards",)),
)  # fmt: skip
