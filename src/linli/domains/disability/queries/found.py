"""Disabled persons who have a right to a subsidy and do not draw it, and who draw one without a right: over the present scope."""

from __future__ import annotations

from datetime import date

from linli.base.dated import NoValue, Value
from linli.domains.disability.models import Claim
from linli.domains.disability.queries.judging import facts_in
from linli.domains.disability.queries.law import law_now
from linli.domains.disability.queries.reckoning import judged_in
from linli.domains.disability.rules import CARE, LIVING
from linli.kernel.access.queries import current_scope
from linli.kernel.entitlements.queries import entitlements_of
from linli.kernel.findings.rules import Found, Rows, nothing
from linli.kernel.registry.queries import people_by_ids


def _law(on: date) -> Value | None:
    scope = current_scope()
    try:
        return law_now().on("article.disabled.living", on, scope.lo if scope else "")
    except NoValue:
        return None


def undrawn(on: date) -> Rows:
    """Disabled persons to whom the law of the month gives a subsidy that they do not draw, and who do not ask for it."""
    law, month = _law(on), on.replace(day=1)
    if law is None:
        return nothing()
    facts = facts_in(month)
    asking = set(Claim.objects.filter(state="open").values_list("person_id", flat=True))
    people = {pk: one for pk, one in people_by_ids(facts.keys() - asking).items() if not one.died_on}
    try:
        judged = judged_in(month, {pk: one.area for pk, one in people.items()})
    except NoValue:  # an amount of the month is missing: the run says so to those who enter it
        return nothing()
    running = entitlements_of(judged, month=month).filter(programme__in=[LIVING.key, CARE.key])
    drawn = set(running.values_list("person_id", "programme"))
    found = []
    for person, due in judged.items():
        wanted = [one for one, fen in ((LIVING, due.living), (CARE, due.care)) if fen and (person, one.key) not in drawn]
        if wanted:
            one = facts[person]
            mark = ":".join((*(each.key for each in wanted), str(int(one.recognised)), f"{int(one.disability)}{one.level}"))
            names = "、".join(each.zh for each in wanted)
            found.append(Found(person, f"undrawn:{mark}", f"按登记的残疾等级和家庭身份可以享受{names}，没有申请"))
    return Rows(found, law.source)


def dead(on: date) -> Rows:
    """Who draws a subsidy and has died."""
    law = _law(on)
    if law is None:
        return nothing()
    rows = Claim.objects.filter(state="granted", person__died_on__lte=on).select_related("person")
    return Rows([Found(one.person_id, f"dead:{one.pk}", f"登记于{one.person.died_on}死亡") for one in rows], law.source)


def nothing_left(on: date) -> Rows:
    """Whose two subsidies both come to nothing by the law and the registry of the month."""
    law, month = _law(on), on.replace(day=1)
    if law is None:
        return nothing()
    claims = {one.person_id: one for one in Claim.objects.filter(state="granted", person__died_on=None)}
    try:
        judged = judged_in(month, {person: one.area for person, one in claims.items()})
    except NoValue:
        return nothing()
    words = f"按{month:%Y年%-m月}的登记情况和规定计算，两项补贴均为0元"
    found = [Found(one, f"nothing:{claims[one].pk}:{due.reasons}", words) for one, due in judged.items() if not due.amount]
    return Rows(found, law.source)
