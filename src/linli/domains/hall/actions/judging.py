"""Judgements come in at the counter or from the public page; poor ones are answered by somebody who did not take the item."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.hall.models import Handling, Rating
from linli.domains.hall.rules import POOR, Grade, Stage
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.publicity.queries import ask_public, phone_digests


@action("hall.take")
def grade_here(*, by: Actor, on: date, handling: Handling, stage: Stage, grade: Grade, words: str = "") -> Rating:
    """The resident judged at the counter, on the screen that is turned to them.

    :raises Refused: this stage was judged already, or has not come.
    """
    if stage is Stage.CLOSED and handling.case.state != "closed":
        raise Refused("还没有办结，现在只能评价受理环节。", field="stage")
    try:
        with transaction.atomic():
            made = Rating.objects.create(
                handling=handling, stage=stage, grade=grade, words=tidy(words)[:300], since=on, area=handling.area
            )
    except IntegrityError as fault:
        raise Refused("这一环节已经评价过，每个环节评价一次。", field="stage") from fault
    about("hall.rating", made.pk, area=handling.area, grade=grade.value)
    return made


def grade_from_web(*, on: date, number: str, phone: str, stage: Stage, grade: Grade, words: str = "") -> None:
    """The resident judged on the public page, with receipt and telephone.

    :raises Refused: they do not fit, or this stage was judged already.
    """
    given = (number, phone_digests(phone), stage.value, grade.value, tidy(words)[:300], on)
    if not ask_public("hall_grade", *given):
        raise Refused("这一环节已经评价过，或者收件编号和电话不相符。")


@action("hall.supervise")
def answer_rating(*, by: Actor, on: date, rating: Rating, answer: str) -> Rating:
    """A poor judgement was followed up: the resident was called, and what was mended is written down.

    :raises Forbidden: by the hand that took the item.
    """
    if Grade(rating.grade) not in POOR:
        raise Refused("这条评价不需要回访。")
    if rating.handling.taken_by_id == by.own_hand:
        raise Forbidden("不满意的评价须由未经办的人回访。")
    if not tidy(answer):
        raise Refused("请填写回访和整改的情况。", field="answer")
    words = {"answered_on": on, "answer": tidy(answer)[:500], "answered_by_id": by.own_hand}
    if not Rating.objects.filter(pk=rating.pk, answered_on=None).update(**words):
        raise Stale
    about("hall.rating", rating.pk, area=rating.area)
    rating.refresh_from_db()
    return rating
