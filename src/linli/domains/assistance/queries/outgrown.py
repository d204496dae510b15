"""People who are helped and look entitled no more: one statement each, over everybody of the present scope."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from django.db.models import Case, CharField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from linli.domains.assistance.books import INSPECTED, MATCHED
from linli.domains.assistance.models import Application, MeasuredFacts, Member
from linli.domains.assistance.models.applications import BOUND
from linli.domains.assistance.queries.compared import joined, key, rows, value
from linli.domains.assistance.queries.reckoning import dibao_month, tekun_month
from linli.domains.assistance.rules.programmes import DIBAO, TEKUN
from linli.domains.assistance.rules.registers import Matched, Result
from linli.domains.assistance.rules.searches import CARRIED, HELD
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements.rules import Asked
from linli.kernel.findings.rules import Found, Rows, nothing
from linli.kernel.records.queries import standing, survivor_id
from linli.kernel.registry.queries import at_home, belonging, recognised
from linli.kernel.registry.rules import STATUS_KINDS

STILL = {**BOUND, "application__state": "granted"}


def _members() -> QuerySet[Any]:
    """Who counts in a family that is helped."""
    return Member.objects.filter(**STILL).annotate(whose=F("person_id"))


def died(on: date) -> Rows:
    """Helped people of whom the registry knows the death."""
    law = value("discovery.duty", on)
    if law is None:
        return nothing()
    found = _members().filter(person__died_on__lte=on)
    detail = joined("登记于", F("person__died_on"), "死亡，仍在救助名册中")
    return rows(found.annotate(fact=key("died", F("person_id")), detail=detail), law)


def left(on: date) -> Rows:
    """Helped people who live elsewhere now, or belong to the household no more."""
    law = value("article.family", on)
    if law is None:
        return nothing()
    here = belonging(on).filter(whose=OuterRef("person_id"), household=OuterRef("application__household_id"))
    alive = _members().filter(person__died_on=None, person__merged_into=None, application__household__isnull=False)
    found = alive.annotate(inside=Exists(here)).filter(Q(inside=False) | ~Q(person__area=F("application__area")))
    detail = Case(
        When(inside=False, then=Value("居民登记中已不在这一户，仍按共同生活的成员享受救助")),
        default=Value("已迁到别的村（社区），救助登记仍在原居住地"), output_field=CharField(),
    )  # fmt: skip
    moved = Case(When(inside=False, then=Value("left")), default=F("person__area"), output_field=CharField())
    return rows(found.annotate(fact=key("left", F("application_id"), moved), detail=detail), law)


def merged(on: date) -> Rows:
    """Helped people whose row was merged into another, who may be helped as well."""
    law = value("discovery.duty", on)
    if law is None:
        return nothing()
    found = Member.objects.filter(**STILL, person__merged_into__isnull=False).annotate(whose=F("person__merged_into_id"))
    twice = Member.objects.filter(**STILL, person=OuterRef("person__merged_into_id"))
    detail = Case(
        When(Exists(twice), then=Value("两条登记合并为一人，两户中都在享受救助")),
        default=Value("登记已并入另一条，救助名册仍用原登记"), output_field=CharField(),
    )  # fmt: skip
    return rows(found.annotate(fact=key("merged", F("person_id")), detail=detail), law)


def over_term(on: date) -> Rows:
    """Families past their day of verification, and those of the old ledger who were never gone through."""
    term = value("recheck.class_a.months", on)
    if term is None:
        return nothing()
    known = Application.objects.filter(state="granted", verify_by__lt=on).annotate(whose=F("person_id"))
    known = known.annotate(fact=key("term", F("id")), detail=joined("应于", F("verify_by"), "前复核"))
    standing = Member.objects.filter(**BOUND).values("person_id")
    months = term.term.n
    since = date(on.year - months // 12, on.month, min(on.day, 28))
    old = at_home(recognised(HELD, on).filter(since__lte=since).exclude(whose__in=standing), on)
    homes = old.values("home").annotate(first=Min("whose"))
    detail = joined(f"原有台账转来，{months}个月内没有复核记录")
    homes = homes.annotate(fact=key("ledger", F("home")), detail=detail)
    told = known.order_by().values_list("whose", "fact", "detail")
    return Rows(told.union(homes.order_by().values_list("first", "fact", "detail"), all=True), term.source)


def ground_ended(on: date) -> Rows:
    """Helped people for whom a status ended after the decision, and none of the kind runs."""
    law = value("discovery.duty", on)
    if law is None:
        return nothing()
    status = "person__statuses__"
    ended = _members().filter(
        person__died_on=None, person__statuses__kind__in=CARRIED, person__statuses__until__lte=on,
        person__statuses__until__gt=F("application__decided_on"),
    )  # fmt: skip
    ended = ended.annotate(kind=F(f"{status}kind"))
    again = recognised(CARRIED, on).filter(person=OuterRef("person_id"), kind=OuterRef("kind"))
    names = [When(kind=kind, then=Value(STATUS_KINDS[kind].zh)) for kind in CARRIED]
    detail = joined("“", Case(*names, output_field=CharField()), "”登记已于", F(f"{status}until"), "终止")
    found = ended.exclude(Exists(again)).annotate(fact=key("ended", F(f"{status}id")), detail=detail)
    return rows(found, law)


def inspection_doubts(on: date) -> Rows:
    """Families of which the inspection team said that the help should be changed or stopped, and not verified since."""
    law = value("discovery.duty", on)
    if law is None:
        return nothing()
    wanted = [one.value for one in Result if one.doubtful]
    inspected: QuerySet[Any] = standing(INSPECTED)
    doubtful = inspected.filter(f_result__in=wanted, day__lte=on)
    families = Application.objects.filter(state="granted", decided_on__lte=OuterRef("day"), household=OuterRef("household"))
    found = doubtful.annotate(whose=Subquery(families.values("person_id")[:1])).filter(whose__isnull=False)
    names = [When(f_result=one.value, then=Value(one.zh)) for one in Result if one.doubtful]
    detail = joined("核查组", F("day"), "入户：", Case(*names, output_field=CharField()))
    return rows(found.annotate(fact=key("inspected", F("id")), detail=detail), law)


def matched(on: date) -> Rows:
    """Helped people of whom the register of another office says something that happened after the decision."""
    law = value("discovery.duty", on)
    if law is None:
        return nothing()
    told: QuerySet[Any] = standing(MATCHED).filter(day__lte=on, person__isnull=False)
    whose = told.annotate(whose=survivor_id())
    helped = Member.objects.filter(**STILL, application__decided_on__lt=OuterRef("day"), person_id=OuterRef("whose"))
    names = [When(f_kind=one.value, then=Value(one.zh)) for one in Matched]
    detail = joined(F("f_source"), "：", Case(*names, output_field=CharField()), "，", F("day"))
    found = whose.filter(Exists(helped)).annotate(fact=key("matched", F("id")), detail=detail)
    return rows(found, law)


def comes_to_nothing(on: date) -> Rows:
    """Families whose facts, as decided upon, give nothing by the law of this month; all in columns, as the monthly run does."""
    month, found = on.replace(day=1), []
    for programme, judge in ((DIBAO, dibao_month), (TEKUN, tekun_month)):
        kept = MeasuredFacts.objects.filter(programme=programme.key, application__state="granted").order_by("person_id")
        if programme is DIBAO:  # 边缘 and 刚性支出 keep their facts for trials, and were granted no money
            kept = kept.exclude(application__group="")
        people = list(kept.values_list("person_id", "application_id", "application__pay_from"))
        ids = np.array([row[0] for row in people], "i8")
        asked = Asked(programme.key, month, ids, np.zeros(len(ids), "i8"), ids)
        try:
            reckoned = judge(asked)
        except Refused:  # a standard of the month is missing: the run says so to those who enter it
            continue
        nothing_left = np.asarray(sum(reckoned.amounts.values()) == 0)
        nothing_left &= np.True_ if reckoned.known is None else reckoned.known
        found += [
            Found(person, f"nothing:{one}:{int(mask)}", f"按{month:%Y年%-m月}执行的标准计算，{programme.zh}为0元")
            for (person, one, since), none, mask in zip(people, nothing_left, reckoned.reasons, strict=True)
            if none and since and since <= month
        ]  # fmt: skip
    law = value("article.income", on)
    return Rows(found, law.source if law else "")
