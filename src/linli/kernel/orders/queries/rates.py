"""Rates of frozen cohorts, recomputed from their members; what was left out is shown beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet

from linli.base.areas import Level
from linli.kernel.access.rules import Forbidden
from linli.kernel.orders.models import Cohort, CohortMember, Omission
from linli.kernel.orders.rules import Mark, Rates, rates_of


def cohorts() -> QuerySet[Cohort]:
    """Frozen cohorts of the present scope, the newest first."""
    return Cohort.objects.select_related("frozen_by").order_by("-last", "-first", "-id")


def cohort_by_id(cohort_id: int) -> Cohort:
    """The cohort. :raises Forbidden: there is none for this post."""
    found = cohorts().filter(pk=cohort_id).first()
    if found is None:
        raise Forbidden("没有这个考核批次，或它不在本辖区内。")
    return found


def member_by_id(member_id: int) -> CohortMember:
    """One order of a cohort. :raises Forbidden: there is none for this post."""
    found = CohortMember.objects.select_related("cohort", "desk").filter(pk=member_id).first()
    if found is None:
        raise Forbidden("没有这件考核工单，或它不在本辖区内。")
    return found


def _out() -> Exists:
    return Exists(Omission.objects.filter(member=OuterRef("pk"), agreed=True))


def members(cohort: Cohort, *, desk: int | None = None, place: str = "", kept: str = "") -> QuerySet[CohortMember]:
    """The orders of a cohort. ``kept``: "yes" those that count, "no" those that were left out."""
    found = CohortMember.objects.filter(cohort=cohort).select_related("desk").annotate(out=_out()).order_by("number")
    if desk:
        found = found.filter(desk=desk)
    if place:
        found = found.filter(place__startswith=place)
    return found.filter(out=kept == "no") if kept else found


def with_asked(found: QuerySet[CohortMember]) -> QuerySet[CohortMember]:
    """Whether each waits for a ruling on being left out."""
    return found.annotate(asked=Exists(Omission.objects.filter(member=OuterRef("pk"), agreed=None)))


def _marks(rows: Iterable[CohortMember]) -> list[Mark]:
    return [Mark(one.answered, one.in_time, one.solved, one.grade) for one in rows]


def rates(cohort: Cohort) -> Rates:
    """The rates of a whole cohort."""
    return rates_of(_marks(members(cohort, kept="yes")))


def left_out(cohort: Cohort) -> int:
    """How many orders two persons left out."""
    return members(cohort, kept="no").count()


@dataclass(frozen=True)
class Rank:
    """The rates of one street, community or desk; ``key`` is its code or id."""

    key: str
    zh: str
    rates: Rates


def ranking(cohort: Cohort, by: str) -> list[Rank]:
    """Streets ("town"), communities ("community") or desks ("desk") by 解决率, then 满意率, then 响应率.

    Who has no such rate, because nobody was reached, stands after who has one.
    """
    groups: dict[tuple[str, str], list[CohortMember]] = {}
    for one in members(cohort, kept="yes"):
        groups.setdefault(_group(one, by), []).append(one)
    ranks = [Rank(key, zh, rates_of(_marks(rows))) for (key, zh), rows in groups.items()]
    return sorted(ranks, key=lambda one: (_worst(one.rates), one.key))


def _worst(rates: Rates) -> tuple[Fraction, ...]:
    order = (rates.solution, rates.satisfaction, rates.response)
    return tuple(-rate if rate is not None else Fraction(1) for rate in order)


def _group(one: CohortMember, by: str) -> tuple[str, str]:
    if by == "desk":
        return str(one.desk_id), one.desk.name
    digits = Level.TOWN.digits if by == "town" else Level.COMMUNITY.digits
    return one.place[:digits].ljust(12, "0"), ""


def omission_by_id(omission_id: int) -> Omission:
    """One proposal to leave an order out. :raises Forbidden: there is none for this post."""
    found = omissions().filter(pk=omission_id).first()
    if found is None:
        raise Forbidden("没有这项剔除，或它不在本辖区内。")
    return found


def omissions(cohort: Cohort | None = None, *, waiting: bool = False) -> QuerySet[Omission]:
    """What somebody wants to leave out, and what was ruled."""
    found = Omission.objects.select_related("member__cohort", "member__desk", "asked_by", "ruled_by").order_by("-id")
    if cohort is not None:
        found = found.filter(member__cohort=cohort)
    return found.filter(agreed=None) if waiting else found
