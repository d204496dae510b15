"""Surveys with their sample, as the reader may see it: row security leaves the people of the own area."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.domains.hotline.models import Mend, Sampled, Survey
from linli.domains.hotline.rules import GROWN, SPOKE, Awareness, SurveyAnswer
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.figures.rules import Period
from linli.kernel.registry.queries import people_list


def frame(place: str, on: date) -> list[int]:
    """Everybody of age who lives there, as the registry stands now."""
    return list(people_list(on=on, area=place, age_from=GROWN).order_by("pk").values_list("pk", flat=True))


def surveys() -> QuerySet[Survey]:
    """All surveys, the newest first."""
    return Survey.objects.select_related("drawn_by", "closed_by").order_by("-pk")


def survey_by_id(survey_id: int) -> Survey:
    """The survey. :raises Forbidden: there is none."""
    found = surveys().filter(pk=survey_id).first()
    if found is None:
        raise Forbidden("没有这次调查。")
    return found


def sample_of(survey: Survey, *, answer: str = "", area: str = "") -> QuerySet[Sampled]:
    """Who was drawn, in the order of the lot; ``answer``: an answer, or "open" for those who have not said anything."""
    found = Sampled.objects.filter(survey=survey).select_related("person", "answered_by").order_by("rank")
    if answer:
        found = found.filter(answer="" if answer == "open" else answer)
    return found.filter(area=area) if area else found


def sampled_by_id(sampled_id: int) -> Sampled:
    """One who was drawn, with the survey. :raises Forbidden: there is none in the own area."""
    found = Sampled.objects.select_related("survey", "person", "answered_by").filter(pk=sampled_id).first()
    if found is None:
        raise Forbidden("没有这个调查对象，或不在本辖区内。")
    return found


def mends_of(sampled: Sampled) -> QuerySet[Mend]:
    """What was mended in an answer, the newest first."""
    return Mend.objects.filter(sampled=sampled).select_related("was_by", "asked_by", "decided_by").order_by("-pk")


def mend_by_id(mend_id: int) -> Mend:
    """The mend with its answer. :raises Forbidden: there is none in the own area."""
    found = Mend.objects.select_related("sampled__survey", "sampled__person", "was_by", "asked_by").filter(pk=mend_id).first()
    if found is None:
        raise Forbidden("没有这项更正，或不在本辖区内。")
    return found


def mends_to_decide(actor: Actor) -> QuerySet[Mend]:
    """Mends of finished surveys that wait for this person, the oldest first."""
    if not actor.may("hotline.agree_mend"):
        return Mend.objects.none()
    waiting = Mend.objects.filter(decided_on=None).exclude(asked_by=actor.staff_id).exclude(was_by=actor.staff_id)
    return waiting.select_related("sampled__survey", "asked_by").order_by("pk")


def counted(survey: Survey) -> Awareness:
    """What the survey has found, of the people whom the reader sees."""
    return awareness_of([survey.pk]).get(survey.pk, Awareness(survey.size, 0, 0, 0))


def awareness_of(ids: list[int]) -> dict[int, Awareness]:
    """The same of several surveys, in one query."""
    rows = Sampled.objects.filter(survey__in=ids).order_by().values("survey").annotate(
        drawn=Count("pk"), answered=Count("pk", filter=Q(answer__in=SPOKE)),
        knows=Count("pk", filter=Q(answer=SurveyAnswer.KNOWS)), refused=Count("pk", filter=Q(answer=SurveyAnswer.REFUSED)),
    )  # fmt: skip
    return {row["survey"]: Awareness(row["drawn"], row["answered"], row["knows"], row["refused"]) for row in rows}


def to_ask(actor: Actor) -> list[tuple[Survey, int]]:
    """Open surveys with how many of the own area are still to be asked, for communities and for operators of the centre."""
    if not actor.may("hotline.ask") or not (actor.near or actor.may("orders.call_back")):
        return []
    rows = Sampled.objects.filter(survey__closed_on=None, answer="").order_by().values("survey").annotate(left=Count("pk"))
    left = {row["survey"]: row["left"] for row in rows}
    return [(one, left[one.pk]) for one in surveys().filter(pk__in=left)]


def asked(*answers: SurveyAnswer) -> Any:
    """People who answered so, by the day of their answer."""
    def rows(period: Period) -> QuerySet[Sampled]:
        return Sampled.objects.filter(answer__in=answers, **period.within("answered_on")).select_related("person", "survey")

    return rows


def drawn(period: Period) -> QuerySet[Sampled]:
    """People who were drawn, by the day of the draw."""
    return Sampled.objects.filter(**period.within("survey__drawn_on")).select_related("person", "survey")
