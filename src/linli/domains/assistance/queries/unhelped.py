"""People who look entitled and are not helped: one statement each, over everybody of the present scope."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, Value, When

from linli.domains.assistance.models import Application, Member
from linli.domains.assistance.models.applications import BOUND
from linli.domains.assistance.queries.compared import applying, helped, joined, key, one_each, rows, unhelped, value
from linli.domains.assistance.rules.searches import HARDER, HELD, MENTAL, POOR, SEVERE
from linli.kernel.cases.queries import decided_on_fact
from linli.kernel.findings.rules import Rows, nothing
from linli.kernel.registry.queries import at_home, recognised
from linli.kernel.registry.rules import STATUS_KINDS

YEAR, TWO_YEARS = timedelta(days=365), timedelta(days=730)
ADULT = 18


def severe_alone(on: date) -> Rows:
    """Severely disabled adults: a family of one, where the law of the day and place knows it (DIBAO-08; 57号 §8)."""
    known = value("alone.exists", on)
    severe, mental = value("disabled.severe_level", on), value("disabled.severe_mental_level", on)
    if known is None or not known.flag or severe is None or mental is None:
        return nothing()
    grades = [kind + str(level) for kind in SEVERE for level in range(1, severe.count + 1)]
    grades += [kind + str(level) for kind in MENTAL for level in range(1, mental.count + 1)]
    found = recognised(["disabled"], on, grades).filter(person__birth__lte=born(on, ADULT))
    detail = joined("残疾等级：", _named("disabled", grades), "，认定于", F("since"), "，没有享受低保")
    return rows(unhelped(found, on).annotate(fact=key("status", F("id")), detail=detail), known, severe)


def orphan_unhelped(on: date) -> Rows:
    """Orphans, and children whom nobody supports in fact, below the age of those without labour."""
    duty, age = value("discovery.duty", on), value("tekun.child_age", on)
    if duty is None or age is None:
        return nothing()
    found = recognised(["orphan", "unsupported_child"], on).filter(person__birth__gt=born(on, age.count))
    text = f"登记为孤儿或事实无人抚养儿童，未满{age.count}周岁，没有享受低保、特困"
    return rows(one_each(unhelped(found, on), "orphan", text), age, duty)


def elder_unhelped(on: date) -> Rows:
    """Old people who live alone or have nobody."""
    duty, age = value("discovery.duty", on), value("tekun.elder_age", on)
    if duty is None or age is None:
        return nothing()
    found = recognised(["elder_alone", "lonely"], on).filter(person__birth__lte=born(on, age.count))
    text = f"登记为独居或鳏寡孤独，满{age.count}周岁，没有享受低保、特困"
    return rows(one_each(unhelped(found, on), "elder", text), age, duty)


def poor_unhelped(on: date) -> Rows:
    """Who was recognised as poor by illness or disaster."""
    duty = value("discovery.duty", on)
    if duty is None:
        return nothing()
    found = unhelped(recognised(POOR, on), on)
    detail = joined("登记为", _kinds(POOR), "，自", F("since"), "，没有享受低保、特困")
    return rows(found.annotate(fact=key("status", F("id")), detail=detail), duty)


def several_disabled(on: date) -> Rows:
    """Homes of several disabled people of whom nobody is helped; one finding for the home, and again when there are more."""
    least, duty = value("discovery.disabled_in_home", on), value("discovery.duty", on)
    if least is None or duty is None:
        return nothing()
    disabled, cared = at_home(recognised(["disabled"], on), on), at_home(recognised(HELD, on), on)
    asking = at_home(Member.objects.filter(**BOUND), on)
    grouped = disabled.exclude(home__in=cared.values("home")).exclude(home__in=asking.values("home")).values("home").annotate(
        number=Count("whose", distinct=True), first=Min("whose")
    )  # fmt: skip
    found = grouped.filter(number__gte=least.count).annotate(
        whose=F("first"), fact=key("home", F("home"), F("number")),
        detail=joined("一户有", F("number"), "名残疾人，全户没有享受低保、特困"),
    )  # fmt: skip
    return rows(found, least, duty)


def own_cost(on: date) -> Rows:
    """Whom a case of aid showed to have paid much for treatment during the last twelve months."""
    least, duty = value("discovery.own_cost", on), value("discovery.duty", on)
    if least is None or duty is None:
        return nothing()
    paid = decided_on_fact("own_cost", least.fen, first=on - YEAR, last=on).annotate(whose=F("case__person_id"))
    grouped = unhelped(paid, on).values("whose").annotate(most=Max("value"), row=Max("id"))
    yuan = F("most") / 100
    detail = joined("救助案件核定自付医疗费用", yuan, "元，没有享受低保、特困")
    return rows(grouped.annotate(fact=key("decision", F("row")), detail=detail), least, duty)


def edge_changed(on: date) -> Rows:
    """Members of edge families and of families with rigid spending for whom something harder was recognised since."""
    families = Application.objects.filter(state="granted", result__in=["edge", "rigid"])
    members = Member.objects.filter(**BOUND, application__in=families)
    return _changed(on, members, "认定后新登记为", helped(on))


def refused_changed(on: date) -> Rows:
    """Members of families that were refused in the last two years, and for whom something harder was recognised since."""
    families = Application.objects.filter(state="refused", decided_on__gte=on - TWO_YEARS, former=None)
    rows_of = Member.objects.filter(replaced_on=None, application__in=families)
    return _changed(on, rows_of, "未确认后新登记为", helped(on), applying())


def _changed(on: date, members: QuerySet[Any], words: str, *without: QuerySet[Any]) -> Rows:
    """By plain joins from the few members to their statuses: from all statuses it would compare everybody with everybody."""
    duty = value("discovery.duty", on)
    if duty is None:
        return nothing()
    runs = Q(person__statuses__until=None) | Q(person__statuses__until__gt=on)
    found = members.filter(
        runs, person__statuses__kind__in=HARDER, person__statuses__since__lte=on,
        person__statuses__since__gt=F("application__decided_on"),
    )  # fmt: skip
    for people in without:
        found = found.exclude(person__in=people)
    status = "person__statuses__"
    detail = joined(words, _kinds(HARDER, f"{status}kind"), "，自", F(f"{status}since"))
    return rows(found.annotate(whose=F("person_id"), fact=key("status", F(f"{status}id")), detail=detail), duty)


def born(on: date, age: int) -> date:
    """Who was born on this day or earlier has reached the age."""
    day = min(on.day, 28) if on.month == 2 else on.day
    return date(on.year - age, on.month, day)


def _kinds(kinds: tuple[str, ...], column: str = "kind") -> Case:
    names = [When(**{column: kind}, then=Value(STATUS_KINDS[kind].zh)) for kind in kinds]
    return Case(*names, default=Value(""), output_field=CharField())


def _named(kind: str, grades: list[str]) -> Case:
    names = [When(grade=grade, then=Value(STATUS_KINDS[kind].grade_zh(grade))) for grade in grades]
    return Case(*names, default=Value(""), output_field=CharField())
