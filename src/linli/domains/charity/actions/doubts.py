"""Looking for double aid and for the missed, and answering what was found."""

from __future__ import annotations

from datetime import date

from linli.domains.charity.models import Doubt
from linli.domains.charity.queries.doubts import to_find
from linli.domains.charity.rules import ANSWERS, FITTING
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale


@action("charity.find")
def look_for_doubts(*, by: Actor, on: date, year: int) -> int:
    """Search the actor's area for possible double aid and for the missed; how many are new.

    What was found and answered before is not found again.
    """
    before = Doubt.objects.count()
    Doubt.objects.bulk_create(to_find(year, on), ignore_conflicts=True, batch_size=1000)
    new = Doubt.objects.count() - before
    about("charity.doubts", by.area, area=by.area, year=year, new=new)
    return new


@action("charity.answer_doubt")
def answer_doubt(*, by: Actor, on: date, doubt: Doubt, answer: str, note: str) -> Doubt:
    """Say what the check showed. An answer stands; who answered first is told to nobody else twice."""
    if answer not in FITTING[doubt.kind]:
        fitting = "、".join(ANSWERS[key] for key in FITTING[doubt.kind])
        raise Refused(f"请从以下结果中选择：{fitting}。", field="answer")
    words = {"answer": answer, "note": note.strip(), "answered_by_id": by.own_hand, "answered_on": on}
    if not Doubt.objects.filter(pk=doubt.pk, answer="").update(**words):
        raise Stale("这个疑点刚才已有其他人核查，请刷新后再看。")
    doubt.refresh_from_db()
    about("charity.doubt", doubt.pk, area=doubt.area, answer=answer)
    return doubt
