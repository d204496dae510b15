"""What charity medical cards count: hospitals, cards, holders' visits and what they were spared (RELIEF-16)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.concession.models import Agreement, Card, Line, Visit
from linli.domains.concession.queries import NAMES, holding
from linli.domains.concession.rules import Item
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Unit

OWNER, BASIS = "区慈善总会", "慈善医疗优惠卡使用办法（示范）"
GROUNDS = (Breakdown("ground", "发卡依据", "ground", dict(NAMES)),)
PLACES = (Breakdown("hospital", "优惠医院", "agreement__name"),)
PARTS = (Breakdown("item", "项目", "item", dict(Item.choices())), Breakdown("hospital", "优惠医院", "visit__agreement__name"))


def _hospitals(period: Period) -> Any:
    return Agreement.objects.filter(Q(until=None) | Q(until__gte=period.last), since__lte=period.last)


def _cards(period: Period) -> Any:
    return Card.objects.filter(holding(period.last))


def _issued(period: Period) -> Any:
    return Card.objects.filter(**period.within("issued_on"), replaces=None)


def _visits(period: Period) -> Any:
    return Visit.objects.filter(**period.within("day"), state="entered").select_related("agreement", "card")


def _lines(period: Period) -> Any:
    found = Line.objects.filter(**period.within("visit__day"), visit__state="entered")
    return found.select_related("visit__agreement", "visit__card")


def _agreement(one: Agreement) -> tuple[str, str]:
    return f"{one.name}　{one.paper}", reverse("concession:hospitals")


def _card(one: Card) -> tuple[str, str]:
    return f"{one.number}　{one.issued_on}　{NAMES.get(one.ground, one.ground)}", reverse("concession:card", args=[one.pk])


def _visit(one: Visit) -> tuple[str, str]:
    words = f"{one.day}　{one.agreement.name}　{one.receipt}　减免{show_yuan(one.reduced)}元"
    return words, reverse("concession:visit", args=[one.pk])


def _line(one: Any) -> tuple[str, str]:
    words = f"{one.visit.day}　{one.visit.agreement.name}　{one.get_item_display()}　减免{show_yuan(one.reduced)}元"
    return words, reverse("concession:visit", args=[one.visit_id])


def _figure(key: str, zh: str, words: str, unit: Unit, rows: Any, describe: Any, **more: Any) -> Figure:
    kind = more.pop("kind", Kind.FLOW)
    return Figure(f"concession.{key}", zh, words, unit, kind, rows, describe=describe, owner=OWNER, basis=BASIS, **more)


FIGURES = (
    _figure("hospitals", "优惠医院", "统计期末有优惠协议的医院数", Unit.EACH, _hospitals, _agreement, kind=Kind.STOCK),
    _figure("cards", "持有优惠卡", "统计期末可以使用的慈善医疗优惠卡张数，一人一张", Unit.PERSON, _cards, _card, kind=Kind.STOCK,
            breakdowns=GROUNDS, persons=True, dashboard=42),
    _figure("issued", "发放优惠卡", "统计期内发放的慈善医疗优惠卡张数，补发的不计", Unit.PIECE, _issued, _card,
            breakdowns=GROUNDS),
    _figure("visits", "持卡就医", "统计期内持卡就医的人次，撤销的不计", Unit.TIMES, _visits, _visit, breakdowns=PLACES,
            persons=True),
    _figure("price", "持卡就医原价", "统计期内持卡就医、列入优惠的费用原价", Unit.FEN, _lines, _line, measure="sum:price",
            breakdowns=PARTS),
    _figure("reduced", "优惠卡减免金额", "统计期内医院按协议减免的金额，撤销的不计", Unit.FEN, _lines, _line,
            measure="sum:reduced", breakdowns=PARTS, dashboard=43),
)  # fmt: skip
RELATIONS = (
    Relation("concession.reduced.most", "减免不多于原价", ("concession.reduced",), "<=", ("concession.price",)),
)  # fmt: skip
