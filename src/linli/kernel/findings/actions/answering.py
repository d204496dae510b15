"""What the visit showed; and what a package's own acts say of a finding without anybody typing it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.findings.models import Finding
from linli.kernel.findings.queries import searches
from linli.kernel.findings.rules import FITTING, FOLLOWED, Answer, Side


@action("findings.answer")
def answer_finding(
    *, by: Actor, on: date, finding: Finding, answer: Answer, visited_on: date, note: str
) -> Finding:
    """Say what the visit showed. An answer stands; the same fact does not come back.

    :raises Refused: the answer does not fit, no reason is given, or the day of the visit cannot be.
    :raises Stale: somebody else was quicker.
    """
    search = searches()[finding.search]
    if not by.may(search.answer):
        raise Forbidden("核查这条线索不在本岗位的职责内。")
    fitting = FITTING[search.side]
    if answer not in fitting:
        raise Refused(f"请从以下结果中选择：{'、'.join(one.zh for one in fitting)}。", field="answer")
    if not note.strip():
        raise Refused("请写明走访看到的情况和理由。", field="note")
    if not finding.found_on <= visited_on <= on:
        raise Refused("走访日期应在发现之日至今天之间，请核对。", field="visited_on")
    if answer is FOLLOWED[search.side]:
        raise Refused("请直接办理：受理申请（或开始复核、登记终止）后，这条线索自动记为已办。", field="answer")
    words = {"answer": answer.value, "note": note.strip()[:300], "visited_on": visited_on}
    changed = Finding.objects.filter(pk=finding.pk, answer="", gone_on=None).update(
        **words, answered_on=on, answered_by_id=by.own_hand
    )
    if not changed:
        raise Stale("这条线索刚才已有其他人核查，或情况已变，请刷新后再看。")
    finding.refresh_from_db()
    about("findings.finding", finding.pk, area=finding.area, answer=answer.value)
    return finding


@action("findings.follow")
def take_up(*, by: Actor, on: date, group: str, side: Side, people: Iterable[int], note: str) -> int:
    """A package took an application (or began a verification) for these people: their open findings are answered by it."""
    words = {"answer": FOLLOWED[side].value, "note": note[:300], "visited_on": on, "answered_on": on}
    changed = _of(group, side, people).filter(answer="", gone_on=None).update(**words, answered_by_id=by.staff_id)
    if changed:
        about("findings", by.area, area=by.area, group=group, taken_up=changed)
    return changed


@action("findings.follow")
def follow(*, by: Actor, on: date, group: str, side: Side, people: Iterable[int]) -> int:
    """What was supposed came true: these people are helped now, or their help was changed or ended."""
    answered = _of(group, side, people).filter(answer=FOLLOWED[side].value, followed_on=None)
    changed = answered.update(followed_on=on)
    if changed:
        about("findings", by.area, area=by.area, group=group, followed=changed)
    return changed


def _of(group: str, side: Side, people: Iterable[int]) -> QuerySet[Finding]:
    keys = [key for key, one in searches().items() if one.group == group and one.side is side]
    return Finding.objects.filter(search__in=keys, person__in=list(people))
