"""Trying out a policy: ordered by one person, computed in the background, and nothing changes for any family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from linli.base.dated import NoValue, Parameters, Single
from linli.domains.assistance.models import Trial, TrialLine, TrialSum
from linli.domains.assistance.queries.judging import missing
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.queries.trials import Compared, Standing, compared, known_facts, levers_on
from linli.domains.assistance.rules.programmes import MONEY
from linli.domains.assistance.rules.trials import LEVERS, TrialState, with_changes
from linli.kernel.access.actions import Tell, about, action, defer, telling
from linli.kernel.access.rules import Actor, Refused

PROGRESS = "update assistance_trial set step = %s, judged = %s, total = %s where id = %s"
PIECE = 2_000
"""Lines that are written at a time."""


@action("assistance.trial")
def order_trial(*, by: Actor, on: date, title: str, month: date, changes: Mapping[str, str]) -> Trial:
    """Try out these changes of the law of a month; ``changes``: what was typed, by the key of the lever.

    :raises Refused: nothing is changed, or a value is none.
    """
    standing = {one.lever.key: one for _, group in levers_on(month, by.area) for one in group}
    said = [_change(key, text, standing) for key, text in changes.items()]
    said = [one for one in said if one["before"] != one["after"]]
    if not said:
        raise Refused("没有改变任何一项规定。请至少填写一项与现行不同的数值。")
    trial = Trial.objects.create(title=title, month=month, changes=said, by_id=by.staff_id, on=on, area=by.area)
    defer("assistance.trial", by=by, on=on, lock=f"trial {trial.pk}", trial_id=trial.pk)
    about("assistance.trial", trial.pk, area=trial.area, changes=[one["key"] for one in said])
    return trial


def _change(key: str, text: str, standing: Mapping[str, Standing]) -> dict[str, str]:
    now = standing.get(key)
    if now is None:
        raise Refused("这个月的规定中没有这一项，不能测算。", field=key)
    try:
        value = LEVERS[key].read(text)
    except ValueError as fault:
        raise Refused(str(fault), field=key) from None
    lever = LEVERS[key]
    return {"key": key, "zh": lever.zh, "before": now.now, "after": lever.show(value), "value": str(value)}


@action("assistance.compute_trial")
def compute_trial(*, by: Actor, on: date, trial_id: int) -> None:
    """Judge everybody twice and keep what differs, in one transaction: a worker that dies leaves nothing behind.

    :raises Refused: the law of the month is missing for a place.
    """
    trial = Trial.objects.get(pk=trial_id)
    if trial.state != TrialState.WAITING:
        return
    changed = with_changes(law_now(), {one["key"]: _content(one) for one in trial.changes})
    with telling(PROGRESS, trial.pk, trial.area) as tell:
        try:
            differing = _judge(trial, changed, tell)
        except NoValue as fault:
            raise Refused(missing(fault)) from fault
    Trial.objects.filter(pk=trial.pk).update(state=TrialState.DONE)
    about("assistance.trial", trial.pk, area=trial.area, differing=differing)


def _content(change: Mapping[str, str]) -> Single:
    lever = LEVERS[change["key"]]
    return lever.read(change["value"]) if lever.unit == "ratio" else int(change["value"])


def _judge(trial: Trial, changed: Parameters, tell: Tell) -> int:
    total = sum(known_facts(one.key, trial.month).count() for one in MONEY)
    sums: dict[tuple[str, str], list[int]] = {}
    lines: list[TrialLine] = []
    done = differing = 0
    for programme in MONEY:
        for one in compared(programme.key, trial.month, law_now(), changed):
            _add(sums.setdefault((one.area, programme.key), [0] * 7), one)
            if one.was.fen != one.becomes.fen or one.was.result != one.becomes.result:
                lines.append(_line(trial, programme.key, one))
            done += 1
            if len(lines) >= PIECE:
                differing += _write(lines)
            tell(f"测算{programme.zh}", done, total)
    differing += _write(lines)
    TrialSum.objects.bulk_create(_sums(trial, sums))
    return differing


def _add(cell: list[int], one: Compared) -> None:
    was, becomes = one.was, one.becomes
    numbers = (
        1, bool(was.fen), bool(becomes.fen), was.people if was.fen else 0, becomes.people if becomes.fen else 0, was.fen,
        becomes.fen,
    )  # fmt: skip
    for i, number in enumerate(numbers):
        cell[i] += number


def _sums(trial: Trial, sums: Mapping[tuple[str, str], list[int]]) -> Iterable[TrialSum]:
    names = ("known", "families", "families_after", "people", "people_after", "before", "after")
    for (area, programme), numbers in sums.items():
        yield TrialSum(trial=trial, area=area, programme=programme, **dict(zip(names, numbers, strict=True)))


def _line(trial: Trial, programme: str, one: Compared) -> TrialLine:
    return TrialLine(
        trial=trial, application_id=one.application, person_id=one.person, programme=programme, area=one.area,
        people=max(one.was.people, one.becomes.people), was=one.was.result, becomes=one.becomes.result,
        difference=one.difference.value, before=one.was.fen, after=one.becomes.fen,
    )  # fmt: skip


def _write(lines: list[TrialLine]) -> int:
    count = len(lines)
    TrialLine.objects.bulk_create(lines)
    lines.clear()
    return count


@action("assistance.compute_trial")
def fail_trial(*, by: Actor, on: date, trial_id: int, why: str) -> None:
    """It did not succeed: keep the reason for the user."""
    Trial.objects.filter(pk=trial_id, state=TrialState.WAITING).update(state=TrialState.FAILED, message=why[:400])
    about("assistance.trial", trial_id)
