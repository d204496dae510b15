"""The public answer: written by one person, judged by another, taken down with a reason (HOTLINE-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.days import SHANGHAI
from linli.base.text import tidy
from linli.domains.complaints.models import Answer, PublicAnswer
from linli.domains.complaints.queries import draft_blots
from linli.domains.complaints.rules import AnswerState, is_ours, shown_public
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.orders.queries import is_reader
from linli.kernel.orders.rules import Stage, category

KIND = "complaints.answer"
REPLIED = (Stage.HANDLED, Stage.CLOSED)


@action("complaints.write")
def write_answer(
    *, by: Actor, on: date, order: Any, title: str, question: str, text: str, draft: Answer | None = None
) -> Answer:
    """The text for everybody. What belongs to somebody must not stand in it: it is refused with what was found and where.

    ``draft``: the one that is written anew before it was judged, by its writer.
    """
    if not is_ours(order.category) or order.stage not in REPLIED or order.handled_at is None:
        raise Refused("办理答复以后才能写公开反馈。")
    if not is_reader(by, order):
        raise Forbidden("这是保密工单，由知情人写公开反馈。")
    words = {"title": tidy(title), "question": question.strip(), "text": text.strip()}
    _check(by, order, words)
    unit = order.desk.name if order.desk else "区市民服务中心"
    kept: dict[str, Any] = words | {"unit": unit, "written_by_id": by.own_hand, "written_on": on}
    if draft is not None:
        if not Answer.objects.filter(pk=draft.pk, state=AnswerState.DRAFT).update(**kept):
            raise Stale("这篇反馈刚才已审核，请刷新后再看。")
        draft.refresh_from_db()
        made = draft
    else:
        made = _made(order, kept)
    about(KIND, made.pk, area=order.area, order=order.pk)
    return made


def _check(by: Actor, order: Any, words: dict[str, str]) -> None:
    for field, zh in (("title", "标题"), ("question", "反映的问题"), ("text", "办理结果")):
        if len(words[field]) < 4:
            raise Refused(f"请填写{zh}。", field=field)
        if blots := draft_blots(by, order, words[field]):
            raise Refused(f"{zh}中有不能公开的内容：{shown_public(blots)}。请删去或改写，例如“某社区居民”。", field=field)


def _made(order: Any, kept: dict[str, Any]) -> Answer:
    try:
        with transaction.atomic():
            return Answer.objects.create(order=order, state=AnswerState.DRAFT.value, area=order.area, **kept)
    except IntegrityError as fault:
        raise Refused("这件投诉已有公开反馈或待审核的稿子，请在原稿上修改，或先撤下。") from fault


@action("complaints.judge")
def judge_answer(*, by: Actor, on: date, answer: Answer, agreed: bool, why: str = "") -> Answer:
    """Another person lets it out, or gives it back with a reason; never the one who is complained of."""
    by.apart_from(answer.written_by_id, said="不能审核自己写的反馈，请由其他人审核。")
    if answer.order.about_staff_id == by.staff_id:
        raise Forbidden("投诉对象是本人，应当回避，不能审核。")
    said = tidy(why)[:200]
    if not agreed and len(said) < 2:
        raise Refused("请填写退回的理由。", field="why")
    state = AnswerState.UP if agreed else AnswerState.REFUSED
    words = {"state": state.value, "judged_by_id": by.own_hand, "judged_on": on, "why": "" if agreed else said}
    if not Answer.objects.filter(pk=answer.pk, state=AnswerState.DRAFT, text=answer.text).update(**words):
        raise Stale("这篇反馈刚才已改动或已审核，请刷新后再看。")
    answer.refresh_from_db()
    if agreed:
        _put_up(answer, on)
    about(KIND, answer.pk, area=answer.area, agreed=agreed)
    return answer


def _put_up(answer: Answer, on: date) -> None:
    order, known = answer.order, category(answer.order.category)
    assert order.handled_at is not None, "an answer is written when the order was settled"
    PublicAnswer.objects.create(
        id=answer.pk, title=answer.title, unit=answer.unit, matter=known.zh if known else "", question=answer.question,
        text=answer.text, received_on=order.day, replied_on=order.handled_at.astimezone(SHANGHAI).date(), published_on=on,
    )  # fmt: skip


@action("complaints.judge")
def take_down(*, by: Actor, on: date, answer: Answer, why: str) -> Answer:
    """Nobody reads it any more, from this moment on; that it stood there, and why it went, stays with the office."""
    said = tidy(why)
    if len(said) < 2:
        raise Refused("请填写撤下的理由。", field="why")
    words = {"state": AnswerState.DOWN.value, "down_by_id": by.own_hand, "down_on": on, "why": said[:200]}
    if not Answer.objects.filter(pk=answer.pk, state=AnswerState.UP).update(**words):
        raise Stale("这篇反馈不在公开中，请刷新后再看。")
    PublicAnswer.objects.filter(pk=answer.pk).delete()
    answer.refresh_from_db()
    about(KIND, answer.pk, area=answer.area, down=True)
    return answer
