"""What has to be begun within days of its own: the visit of the family, and the economic check (57号 §15, §17)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from linli.base.dated import NoValue
from linli.base.days import Term, official_calendar
from linli.domains.assistance.models import Application, Consent, Inquiry, Visit
from linli.domains.assistance.queries.applications import applications
from linli.domains.assistance.queries.consents import revoked_in
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.queries.needs import lacks_consent
from linli.domains.assistance.rules import VERIFY, VisitKind

VISIT, CHECK = "入户调查待开展", "核对待提请"
TERMS = {VISIT: "procedure.dibao.survey", CHECK: "procedure.check.start"}


def to_begin(on: date, *, checks: bool = True) -> list[tuple[str, Application, date]]:
    """What of the first applications was not begun, with the last day: the visit since the application was taken and, with
    ``checks``, the check since the last adult consented. Nothing where the law of the day names no days.
    """
    homes = Visit.objects.filter(application=OuterRef("pk"), kind=VisitKind.HOME.value, struck_on=None)
    signed = Consent.objects.filter(application=OuterRef("pk"), withdrawn_on=None)
    rows = applications(state="open").exclude(case__flow=VERIFY.flow.key)
    asked = Inquiry.objects.filter(application=OuterRef("pk"))
    rows = rows.annotate(visited=Exists(homes), asked=Exists(asked), signing=Exists(signed))
    terms: dict[tuple[str, date, str], Term | None] = {}

    def due(what: str, since: date, one: Any) -> date | None:
        place = (what, since, one.area[:6])
        if place not in terms:
            terms[place] = _term(TERMS[what], since, one.area)
        term = terms[place]
        return term.due(since, official_calendar()).day if term else None

    found = []
    open_ones = Q(visited=False) | Q(asked=False, signing=True) if checks else Q(visited=False)
    for one in rows.filter(open_ones).order_by("applied_on", "id"):
        if not one.visited and (day := due(VISIT, one.applied_on, one)):
            found.append((VISIT, one, day))
        if checks and not one.asked and one.signing and (since := _consented(one, on)) and (day := due(CHECK, since, one)):
            found.append((CHECK, one, day))
    return sorted(found, key=lambda row: (row[2], row[1].pk))


def _consented(one: Application, on: date) -> date | None:
    """The day on which the last adult signed; None while somebody has not, or has taken the consent back."""
    if lacks_consent(one, on) or revoked_in(one):
        return None
    last: date | None = Consent.objects.filter(application=one, withdrawn_on=None).aggregate(last=Max("signed_on"))["last"]
    return last


def _term(key: str, on: date, area: str) -> Term | None:
    try:
        return law_now().on(key, on, area).term
    except NoValue:
        return None
