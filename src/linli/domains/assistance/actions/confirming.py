"""What the town may decide for the district: whose a case is, four eyes, how the decision says it, the lot afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from linli.base.dated import NoValue
from linli.base.days import official_calendar
from linli.base.reasons import Outcome
from linli.domains.assistance.models import Application, Sample
from linli.domains.assistance.queries.delegations import said_by, why_district
from linli.domains.assistance.queries.judging import answer
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.rules.delegations import ConfirmedBy, drawn, said_in
from linli.domains.assistance.rules.flow import CONFIRM
from linli.kernel.access.rules import Refused


def must_go_to(one: Application, on: date, to: str, *, refused: bool) -> None:
    """What is the district's does not go to the town's second person. What is the town's may go to either: the district
    gave its power, and did not give it away; a town with one reviewer alone has nobody else.
    """
    if to != CONFIRM:
        return
    if why := why_district(one, None if refused else answer(one.pk, on).judgement):
        raise Refused(f"{why}，由区民政局审核确认，请选择“区级审核确认”。", field="to")


def by_delegation(one: Application, on: date, outcome: Outcome) -> Outcome:
    """The outcome as the town gives it: with who confirmed for whom, by which document."""
    if one.case.step != CONFIRM:
        return outcome
    step, value = said_in(*said_by(one, on))
    return replace(outcome, steps=(step, *outcome.steps), values=(*outcome.values, value))


def confirmed_by_town(on: date, one: Application) -> None:
    """It is noted who decided, and the lot is drawn for the district to look at it again."""
    Application.objects.filter(pk=one.pk).update(confirmed_by=ConfirmedBy.TOWN.value)
    one.confirmed_by = ConfirmedBy.TOWN.value
    try:
        share = law_now().on("procedure.sample_share", on, one.area).ratio
        within = law_now().on("procedure.sample_within", on, one.area).term
    except NoValue:
        return
    if drawn(one.case.number, float(share)):
        due = within.due(on, official_calendar()).day
        Sample.objects.get_or_create(application=one, defaults={"drawn_on": on, "due_on": due, "area": one.area})
