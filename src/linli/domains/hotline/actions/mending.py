"""An answer that was typed wrongly is mended with its reason; of a finished survey by two people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.hotline.models import Mend, Sampled
from linli.domains.hotline.rules import SurveyAnswer, SurveyWay
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale

KIND = "hotline.survey"


@action("hotline.ask")
def mend_answer(
    *, by: Actor, on: date, sampled: Sampled, way: SurveyWay, answer: SurveyAnswer | None, why: str
) -> Mend:
    """Put another answer in the place of one that was typed wrongly; None: this resident was not spoken to at all.

    While the survey runs it stands at once, and only whoever entered the answer or draws surveys may do it. Once the survey is
    finished its rate has been told: the mend waits for another person.

    :raises Refused: there is no answer, the same stands there, no reason, or a mend waits already.
    """
    if not sampled.answer or sampled.answered_on is None:
        raise Refused("这位居民还没有登记回答，请直接登记。")
    if by.own_hand != sampled.answered_by_id and not by.may("hotline.survey"):
        raise Forbidden("回答由登记人本人或服务中心更正。")
    said = tidy(why)
    if len(said) < 4:
        raise Refused("请写明怎么登记错的，至少4个字。", field="why")
    new = (answer.value, way.value) if answer else ("", "")
    if new == (sampled.answer, sampled.way):
        raise Refused("和原来登记的一样，不需要更正。", field="answer")
    waits = sampled.survey.closed_on is not None
    if waits and answer is None:
        raise Refused("调查已经结束，不能改为没有问到；请改为“不愿回答”，或不更正。", field="answer")
    old = {"was_answer": sampled.answer, "was_way": sampled.way, "was_on": sampled.answered_on,
           "was_by_id": sampled.answered_by_id}  # fmt: skip
    state = {} if waits else {"agreed": True, "decided_on": on}
    try:
        with transaction.atomic():
            made = Mend.objects.create(
                sampled=sampled, answer=new[0], way=new[1], why=said[:200], asked_on=on, asked_by_id=by.own_hand,
                area=sampled.area, **old, **state,
            )  # fmt: skip
            if not waits:
                _stand(made, finished=False)
    except IntegrityError as fault:
        raise Refused("这个回答已有更正等待审定，请先审定。") from fault
    about(KIND, sampled.survey_id, area=sampled.area, sampled=sampled.pk, mended=made.pk)
    return made


@action("hotline.agree_mend")
def decide_mend(*, by: Actor, on: date, mend: Mend, agreed: bool) -> Mend:
    """Another person looks at a mend of a finished survey: it stands, or the old answer stays."""
    by.apart_from(mend.asked_by_id, mend.was_by_id, said="不能审定自己提出的更正或自己登记的回答，请由其他人办理。")
    words = {"agreed": agreed, "decided_on": on, "decided_by_id": by.own_hand}
    if not Mend.objects.filter(pk=mend.pk, decided_on=None).update(**words):
        raise Stale("这项更正刚才已有人审定。")
    if agreed:
        _stand(mend, finished=True)
    mend.refresh_from_db()
    about(KIND, mend.sampled.survey_id, area=mend.area, mended=mend.pk, agreed=agreed)
    return mend


def _stand(mend: Mend, *, finished: bool) -> None:
    """The new answer takes the place of the very one that was mended; the day of the answer stays, so that its period does."""
    values: dict[str, Any] = {"answer": mend.answer, "way": mend.way}
    if not mend.answer:
        values |= {"answered_on": None, "answered_by": None}
    same = Sampled.objects.filter(pk=mend.sampled_id, answer=mend.was_answer, way=mend.was_way, answered_on=mend.was_on)
    if not same.filter(survey__closed_on__isnull=not finished).update(**values):
        raise Stale("这个回答或这次调查刚才有变化，请刷新后再看。")
    mend.sampled.refresh_from_db()
