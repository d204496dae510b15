"""A survey is drawn by lot, each answer is entered once, and it is closed."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from linli.base.areas import scope_of
from linli.base.lots import digest_of_list, draw_lot
from linli.base.text import tidy
from linli.domains.hotline.models import Sampled, Survey
from linli.domains.hotline.queries import frame
from linli.domains.hotline.rules import LEAST, MOST, SurveyAnswer, SurveyWay
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.registry.queries import clear_phone

KIND = "hotline.survey"


@action("hotline.survey")
def draw_survey(*, by: Actor, on: date, title: str, question: str, place: str, size: int) -> Survey:
    """Draw so many people of age who live there by lot. Seed and frame are kept: whoever doubts can draw again.

    A sample is drawn once; nobody draws until the sample pleases, because a survey can be neither drawn again nor struck.

    :raises Refused: a part is missing, fewer people live there, or a survey has this title.
    """
    if not tidy(title) or not tidy(question):
        raise Refused("请填写调查名称和问题。", field="question" if tidy(title) else "title")
    if not LEAST <= size <= MOST:
        raise Refused(f"样本量应为{LEAST}至{MOST}人，请修改。", field="size")
    if not by.scope.covers(scope_of(place)):
        raise Forbidden("只能在本辖区内抽样。")
    people = frame(place, on)
    if size > len(people):
        raise Refused(f"这个范围内登记的成年居民只有{len(people)}人，请减少样本量或扩大范围。", field="size")
    seed = secrets.token_hex(16)
    words = {"framed": len(people), "frame_digest": digest_of_list(people), "seed": seed, "size": size}
    try:
        with transaction.atomic():
            made = Survey.objects.create(
                title=tidy(title)[:60], question=tidy(question)[:200], place=place, drawn_on=on, drawn_by_id=by.own_hand,
                area=by.area, **words,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("已有同名的调查，请换一个名称，如加上月份。", field="title") from fault
    lot = draw_lot(seed, people, size)
    Sampled.objects.bulk_create(
        [Sampled(survey=made, rank=rank, person_id=person, area=place) for rank, person in enumerate(lot, 1)]
    )
    about(KIND, made.pk, area=made.area, drawn=size, framed=len(people))
    return made


@action("hotline.ask")
def enter_answer(*, by: Actor, on: date, sampled: Sampled, way: SurveyWay, answer: SurveyAnswer | None) -> Sampled:
    """What one who was drawn said; None: nobody was met, and it is tried again. An answer is entered once.

    :raises Refused: the survey is closed, or the day lies before the draw.
    """
    if sampled.survey.closed_on is not None:
        raise Refused("这次调查已经结束，不再登记回答。")
    rows = Sampled.objects.filter(pk=sampled.pk, answer="", survey__closed_on=None)
    if answer is None:
        changed = rows.update(tries=F("tries") + 1)
    else:
        changed = rows.update(answer=answer.value, way=way.value, answered_on=on, answered_by_id=by.own_hand)
    if not changed:
        raise Stale("这位居民的回答刚才已经登记，不能再改。")
    sampled.refresh_from_db()
    about(KIND, sampled.survey_id, area=sampled.area, sampled=sampled.pk, met=answer is not None)
    return sampled


@action("hotline.ask")
def reveal_sampled(*, by: Actor, on: date, sampled: Sampled) -> str:
    """The number of one who is still to be asked, in clear; the look is a line in the trail with the survey as its purpose."""
    if sampled.answer or sampled.survey.closed_on is not None:
        raise Refused("已经登记回答或调查已经结束，不再查看电话。")
    number = clear_phone(sampled.person)
    if not number:
        raise Refused("登记信息中没有这位居民的电话，请上门调查。")
    about(KIND, sampled.survey_id, area=sampled.area, sampled=sampled.pk, purpose=f"调查《{sampled.survey.title}》")
    return number


@action("hotline.survey")
def close_survey(*, by: Actor, on: date, survey: Survey) -> Survey:
    """No answer comes in any more; those who were not asked stay counted as drawn."""
    if not Survey.objects.filter(pk=survey.pk, closed_on=None).update(closed_on=on, closed_by_id=by.own_hand):
        raise Stale("这次调查已经结束。")
    survey.refresh_from_db()
    about(KIND, survey.pk, area=survey.area, closed=True)
    return survey
