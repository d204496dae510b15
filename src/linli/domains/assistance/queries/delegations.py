"""Which town confirms for the district, by which document; whose a case is to decide; what the lot took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from linli.base.areas import Level, level_of
from linli.base.dated import Value
from linli.domains.assistance.models import Application, Delegation, Sample
from linli.domains.assistance.queries.applications import in_area, members_of, objected_or_kin, scheme_of, visits_of
from linli.domains.assistance.queries.judging import answer
from linli.domains.assistance.rules.delegations import KEY, ConfirmedBy, above, party, wanted
from linli.domains.assistance.rules.flow import CONFIRM
from linli.kernel.access.queries import staff_at
from linli.kernel.access.queries.proposing import for_another
from linli.kernel.access.rules import Actor, ProposalState, Refused, Role
from linli.kernel.registry.queries import area_name, area_office
from linli.kernel.ui.rules import DaysLeft, Task
from linli.law import Judgement

MOST, PAIR = 100, 2
SHOWN = timedelta(days=90)
"""How long a wrong confirmation that nobody verifies is asked after on the desk."""


def delegations(*, area: str, state: str = "", words: str = "", town: str = "") -> QuerySet[Delegation]:
    """All documents by which the district of an area gave power to a town or took it back, the newest first."""
    rows = Delegation.objects.filter(area=f"{area[:6]}000000").select_related("proposed_by", "decided_by")
    exact = {"state": state, "town": town}
    rows = rows.filter(**{key: word for key, word in exact.items() if word})
    return (rows.filter(document__icontains=words) if words else rows).order_by("-id")


def delegation_of(delegation_id: int, area: str) -> Delegation:
    """One of them; Refused when it is not of this district."""
    found = delegations(area=area).filter(pk=delegation_id).first()
    if found is None:
        raise Refused("没有这份委托确认，或它不属于本区。")
    return found


def delegated_on(on: date, area: str) -> Delegation | None:
    """By what the town of a place confirms for the district on a day; None where it does not."""
    if level_of(area) < Level.TOWN:
        return None
    agreed = Delegation.objects.filter(town=f"{area[:9]}000", state=ProposalState.AGREED.value, since__lte=on)
    found = agreed.order_by("-since").first()
    return None if found is None or found.ends else found


def too_few(one: Delegation, on: date) -> str:
    """What the district should know before a town decides: with one reviewer alone nobody there may confirm (four eyes)."""
    if one.ends or (found := staff_at(one.town, on=on, role=Role.TOWN_REVIEWER).count()) >= PAIR:
        return ""
    town = area_name(one.town, on)
    held = f"只有{found}名街道审核员" if found else "还没有街道审核员"
    return f"{town}{held}。调查和确认须由两人分别办理，人员不足的，案件仍会上报区级审核确认；请先为{town}增设岗位。"


def next_after(one: Delegation) -> Delegation | None:
    """What ended it: the next agreed document of the town."""
    later = Delegation.objects.filter(town=one.town, state=ProposalState.AGREED.value, since__gt=one.since)
    return later.order_by("since").first()


def why_district(one: Application, judgement: Judgement | None) -> str:
    """Why the district and not the town decides this application of a delegated flow; empty when the town does."""
    held = one.delegation
    assert held is not None
    asks = any(row.asks for row in members_of(one))
    lacking = wanted(judgement.result if judgement else "nothing", asks) - set(held.programmes)
    return above(objected_or_kin(one), held.town, one.area, lacking, held.document)


def not_theirs(one: Application, by: Actor, judgement: Judgement | None) -> str:
    """Why this person of the town does not decide it: it is the district's, or they were in the home. Empty at other steps.
    ``judgement``: None for a refusal.
    """
    if one.case.step != CONFIRM:
        return ""
    if why := why_district(one, judgement):
        return f"{why}，由区民政局审核确认。请退回，再由镇街报区级。"
    if visits_of(one).filter(entered_by=by.staff_id).exists():
        return "本人登记了这户的入户调查，应由没有参加调查审核的另一人确认。"
    return ""


def decided_at(one: Application, on: date) -> str:
    """At which step an application is decided after it was posted."""
    if not scheme_of(one).delegated:
        return scheme_of(one).decides[0]
    return "approval" if why_district(one, answer(one.pk, on).judgement) else CONFIRM


def said_by(one: Application, on: date) -> tuple[str, str, Value]:
    """Who confirms for whom by which document: the office of the town, the bureau of the district, the value of the law."""
    held = one.delegation
    assert held is not None
    office, bureau = area_office(held.town, on), area_office(held.area, on, "民政局")
    value = Value(KEY, held.since, None, held.town[:9], True, "flag", held.document, held.article, "S")
    return office, bureau, value


@dataclass(frozen=True)
class Confirmer:
    """Who confirms an application by delegation: the office of the town for the bureau of the district, by which document."""

    office: str
    bureau: str
    document: str
    since: date
    decided: bool

    @property
    def party(self) -> str:
        """Against whom the family goes on."""
        return party(self.office, self.bureau)


def confirmer(one: Application, on: date) -> Confirmer | None:
    """None where the district itself decides, or decided. ``decided``: it has confirmed it."""
    town = one.confirmed_by == ConfirmedBy.TOWN
    if one.delegation is None or (not town and (one.case.step == "approval" or one.decided_on is not None)):
        return None
    office, bureau, value = said_by(one, one.decided_on or on)
    return Confirmer(office, bureau, value.document, value.since, town)


def samples(*, state: str = "", area: str = "", words: str = "", on: date = date.max) -> QuerySet[Sample]:
    """Confirmations on which the lot fell: those to be looked at first, the earliest day before. ``state``: open, late (on that
    day), or a result.
    """
    rows = Sample.objects.select_related("application__case", "application__person", "application__delegation", "entered_by")
    if state:
        rows = rows.filter(result={"open": "", "late": ""}.get(state, state))
    if state == "late":
        rows = rows.filter(due_on__lt=on)
    if words:
        rows = rows.filter(Q(application__case__number=words) | Q(application__person__name__startswith=words))
    return rows.filter(**in_area(area)).order_by("result", "due_on", "id")


def sample_of(sample_id: int) -> Sample:
    found = samples().filter(pk=sample_id).first()
    if found is None:
        raise Refused("没有这件抽查，或它不在本辖区内。")
    return found


def unmended(on: date) -> QuerySet[Sample]:
    """Families that are helped by a confirmation found wrong, and whose verification is not begun."""
    begun = Application.objects.filter(former=OuterRef("application"))
    rows = samples(state="wrong").filter(application__state="granted", checked_on__gt=on - SHOWN)
    return rows.exclude(Exists(begun))


def delegation_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """For the district: what is to be agreed, and what the lot took; for the town: what was found wrong."""
    found: list[Task] = []
    if which == "done":
        return found
    if actor.may("assistance.agree_delegation"):
        rows = for_another(delegations(area=actor.area), actor)
        found += [
            Task(
                one.document, "委托确认·待审定", reverse("assistance:delegation", args=[one.pk]), area=one.town,
                since=one.proposed_on,
            )
            for one in rows[:MOST]
        ]  # fmt: skip
    if actor.may("assistance.sample"):
        found += [_sample(one, on, "委托确认抽查", one.due_on) for one in samples(state="open")[:MOST]]
    if actor.may("assistance.review"):
        found += [_sample(one, on, "抽查有误·待复核", one.checked_on) for one in unmended(on)[:MOST]]
    return found


def _sample(one: Sample, on: date, kind: str, due: date | None) -> Task:
    return Task(
        title=f"{one.application.person.name}·{kind}", kind=kind, href=reverse("assistance:sample", args=[one.pk]),
        who=one.application.case.number, area=one.area, due=due, days_left=DaysLeft((due - on).days) if due else None,
        since=one.drawn_on,
    )  # fmt: skip
