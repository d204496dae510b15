"""Public answers: drafts with what must not stand in them, and the copies that everybody reads by the public's connection."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from linli.base.days import month_range
from linli.domains.complaints.models import Answer, Petition, PublicAnswer
from linli.domains.complaints.rules import AnswerState, Blot, blots_in
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.orders.queries import content_of
from linli.kernel.registry.queries import household_of, members_of

PUBLIC = "public"


def answers(*, state: str = "", words: str = "") -> QuerySet[Answer]:
    """Answers of the present scope, the newest first."""
    found = Answer.objects.select_related("order", "written_by", "judged_by").order_by("-id")
    if state:
        found = found.filter(state=state)
    return found.filter(Q(title__contains=words) | Q(unit__contains=words)) if words else found


def returned() -> QuerySet[Answer]:
    """Answers that were given back and that nobody has written again, the oldest first."""
    later = Answer.objects.filter(order=OuterRef("order"), pk__gt=OuterRef("pk"))
    return answers(state=AnswerState.REFUSED).filter(~Exists(later)).select_related("order__desk").order_by("id")


def answer_by_id(answer_id: int) -> Answer:
    """One answer. :raises Forbidden: there is none for this post."""
    joined = ("order__desk", "order__about_staff", "order__person", "written_by", "judged_by", "down_by")
    found = Answer.objects.select_related(*joined).filter(pk=answer_id).first()
    if found is None:
        raise Forbidden("没有这篇反馈，或它不由本岗位办理。")
    return found


def draft_blots(by: Actor, order: Any, *texts: str) -> list[Blot]:
    """What must not stand in these texts: numbers and doors, and the names and address of those in the matter."""
    content = content_of(by, order)
    names = {content.caller, order.about_staff.name if order.about_staff else ""}
    places = {content.address}
    if order.person is not None:
        names.add(order.person.name)
        places.add(order.person.address)
        home = household_of(order.person, order.day)
        names |= {one.name for one in members_of(home, order.day)} if home else set()
    return [blot for text in texts for blot in blots_in(text, names=filter(None, names), places=filter(None, places))]


def said_of(by: Actor, order: Any) -> tuple[str, str]:
    """What was asked and what was answered, as it stands in the order; for the one who writes the public text."""
    petition = Petition.objects.filter(order=order).first()
    return content_of(by, order).text, (petition.text if petition else "") or order.result


def public_answers(*, words: str = "", month: date | None = None, unit: str = "") -> QuerySet[PublicAnswer]:
    """What is public, the newest first."""
    found = PublicAnswer.objects.using(PUBLIC).order_by("-published_on", "-id")
    if words.isdecimal() and len(words) <= 9:
        found = found.filter(pk=int(words))
    elif words:
        found = found.filter(Q(title__contains=words) | Q(question__contains=words) | Q(text__contains=words))
    if month:
        first, after = month_range(month.year, month.month)
        found = found.filter(published_on__gte=first, published_on__lt=after)
    return found.filter(unit=unit) if unit else found


def public_answer(answer_id: int) -> PublicAnswer | None:
    """The public answer with this number."""
    return PublicAnswer.objects.using(PUBLIC).filter(pk=answer_id).first()


def months_public() -> list[date]:
    """The months in which answers were made public, the newest first."""
    rows = PublicAnswer.objects.using(PUBLIC).annotate(month=TruncMonth("published_on"))
    return list(rows.order_by("-month").values_list("month", flat=True).distinct())

