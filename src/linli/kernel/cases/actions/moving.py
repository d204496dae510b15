"""Moves along the flow: pass, refuse, return to an exact step, withdraw, close, reopen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions.record import Entry, ask_before, check_actor, check_fresh, check_senior, record, tell
from linli.kernel.cases.models import Case, Event
from linli.kernel.cases.models.cases import CLOSED, OPEN
from linli.kernel.cases.queries.clocks import happenings, warnings_of
from linli.kernel.cases.queries.flows import flow_of
from linli.kernel.cases.queries.reading import decision, missing_papers, ways_back
from linli.kernel.cases.rules import BatchLine, FlowStep, Happening, Kind, Move, Verb, decided_here

KINDS = {Verb.PASS: Kind.PASSED, Verb.REFUSE: Kind.REFUSED, Verb.RETURN: Kind.RETURNED, Verb.WITHDRAW: Kind.WITHDRAWN}


@action("cases.work")
def pass_step(
    *, by: Actor, on: date, case: Case, opinion: str = "", to: str = "", outcome: str = "", seen: int | None = None
) -> Event:
    """Pass the present step: on to the next one, or to a good ending. ``to``/``outcome`` choose where there are several."""
    check_fresh(case, seen)
    step = check_actor(case, by)
    move = _chosen(step, Verb.PASS, to, outcome, "")
    if missing := [paper.name for paper in missing_papers(case, step.key)]:
        raise Refused(f"还缺必需的材料：{'、'.join(missing)}。请先收齐，或告知补正，或注明免交理由。", field="papers")
    if step.signs and not opinion.strip():
        raise Refused(f"请填写“{step.zh}”意见。", field="opinion")
    return _move(case, by, on, step, move, opinion)


@action("cases.work")
def refuse(
    *, by: Actor, on: date, case: Case, reason: str, opinion: str = "", outcome: str = "", seen: int | None = None
) -> Event:
    """Refuse the case for one of the step's reasons (its code)."""
    check_fresh(case, seen)
    step = check_actor(case, by)
    return _move(case, by, on, step, _chosen(step, Verb.REFUSE, "", outcome, reason), opinion, reason)


@action("cases.work")
def return_case(
    *, by: Actor, on: date, case: Case, to: str, reason: str, opinion: str = "", seen: int | None = None
) -> Event:
    """Send the case back to exactly this step, for one of the reasons. Papers, opinions and days spent stay as they are."""
    check_fresh(case, seen)
    step = check_actor(case, by)
    move = _chosen(step, Verb.RETURN, to, "", reason)
    if move not in ways_back(case):
        raise Refused(f"这一件没有经过“{flow_of(case).step(move.to).zh}”，请退回到办过的环节。", field="to")
    return _move(case, by, on, step, move, opinion, reason)


@action("cases.work")
def withdraw(*, by: Actor, on: date, case: Case, opinion: str, seen: int | None = None) -> Event:
    """The subject takes the application back; recorded by whoever may act at the step or may open such cases."""
    check_fresh(case, seen)
    step = flow_of(case).step(case.step)
    if not by.may(flow_of(case).permission):
        step = check_actor(case, by)
    if not opinion.strip():
        raise Refused("请写明申请人撤回的情况。", field="opinion")
    return _move(case, by, on, step, _chosen(step, Verb.WITHDRAW, "", "", ""), opinion)


@action("cases.close")
def close(*, by: Actor, on: date, case: Case, outcome: str, opinion: str, seen: int | None = None) -> Event:
    """End the case without a move, with an outcome that the flow allows for that, saying why; not past a higher office."""
    check_fresh(case, seen)
    check_senior(case, by)
    ending = flow_of(case).ending(outcome)
    if not ending.direct:
        raise Refused(f"不能直接以“{ending.zh}”办结，请按流程办理。", field="outcome")
    if not opinion.strip():
        raise Refused("请写明终止办理的原因。", field="opinion")
    closed = Entry(Happening(Kind.CLOSED, on, case.step, staff=by.staff_id), opinion, facts={"outcome": outcome})
    events = record(case, by=by, on=on, entries=[closed], **_ended(outcome, on))
    tell(case, by=by, on=on, events=events)
    return events[-1]


@action("cases.reopen")
def reopen(*, by: Actor, on: date, case: Case, to: str, opinion: str, seen: int | None = None) -> Event:
    """Take up a closed case again at a step that the flow names, e.g. after an objection. The old decision stays on record."""
    check_fresh(case, seen, closed=True)
    flow = flow_of(case)
    if case.state != CLOSED:
        raise Refused(f"{case.number} 仍在办理，无需重新办理。")
    if to not in flow.reopens_at:
        raise Refused(f"“{flow.zh}”办结后不能从这一环节重新办理。", field="to")
    if not opinion.strip():
        raise Refused("请写明重新办理的原因。", field="opinion")
    again = Entry(Happening(Kind.REOPENED, on, to=to, staff=by.staff_id), opinion, facts={"outcome": case.outcome})
    events = record(case, by=by, on=on, entries=[again], state=OPEN, step=to, outcome="", closed_on=None)
    tell(case, by=by, on=on, events=events)
    return events[-1]


@action("cases.work")
def batch_pass(*, by: Actor, on: date, cases: Sequence[Case], opinion: str, to: str = "") -> list[BatchLine]:
    """Pass many cases at once; each stands or falls alone. A case with a warning is left for a person to look at.

    ``to``: which step, where theirs leads to several.
    """
    warned = warnings_of(cases, by=by, on=on)
    lines = []
    for case in cases:
        try:
            if case.pk in warned:
                raise Refused("有提示需要查看，请打开后单独办理：" + "；".join(warned[case.pk]))
            with transaction.atomic():
                pass_step(by=by, on=on, case=case, opinion=opinion, to=to)
            lines.append(BatchLine(case.pk, case.number, True))
        except Refused as fault:
            lines.append(BatchLine(case.pk, case.number, False, fault.message))
    about("cases.batch", len(lines), passed=sum(line.done for line in lines))
    return lines


def _chosen(step: FlowStep, verb: Verb, to: str, outcome: str, reason: str) -> Move:
    moves = step.moves_of(verb)
    if not moves:
        raise Refused(f"“{step.zh}”环节不能{verb.zh}。")
    fitting = [move for move in moves if to in {"", move.to} and outcome in {"", move.outcome}]
    if len(fitting) != 1:
        names = "、".join(move.to or move.outcome for move in moves)
        raise Refused(f"“{step.zh}”环节不能{verb.zh}到所选环节，可选：{names}。", field="to")
    move = fitting[0]
    if move.reasons and reason not in {known.code for known in move.reasons}:
        raise Refused(f"请选择{verb.zh}的理由。", field="reason")
    return move


def _move(case: Case, by: Actor, on: date, step: FlowStep, move: Move, opinion: str, reason: str = "") -> Event:
    kind = KINDS[move.verb]
    ask_before(case, by=by, on=on, kind=kind)
    if step.decides and move.verb in {Verb.PASS, Verb.REFUSE}:
        _check_decided(case, step, move)
    if move.verb is Verb.PASS:
        _check_running(case, on)
    facts = {"outcome": move.outcome} if move.outcome else {}
    moved = Entry(Happening(kind, on, step.key, move.to, by.staff_id), opinion, reason, facts)
    entries: list[Entry] = [moved]
    changes: dict[str, object] = {"step": move.to}
    if move.outcome:
        closed = Happening(Kind.CLOSED, on, step.key, staff=by.staff_id)
        entries, changes = [moved, Entry(closed, facts={"outcome": move.outcome})], _ended(move.outcome, on)
    events = record(case, by=by, on=on, entries=entries, **changes)
    tell(case, by=by, on=on, events=events)
    return events[0]


def _check_decided(case: Case, step: FlowStep, move: Move) -> None:
    """A decision was stored since the case came here, and it says what the move does."""
    if not decided_here(happenings(case.pk)):
        raise Refused(f"“{step.zh}”环节须先作出决定并说明依据。")
    last = decision(case)
    if last is not None and last.granted != (move.verb is Verb.PASS):
        said = "同意" if last.granted else "不同意"
        why = "；".join(reason["zh"] for reason in last.outcome["reasons"])
        raise Refused(f"认定结果为{said}（{why}），不能{move.verb.zh}。情况有变的，请更正后重新认定。")


def _check_running(case: Case, on: date) -> None:
    """Nothing is passed while papers are awaited or a notice hangs out."""
    if not case.stop or (case.stop_until and case.stop_until < on):
        return
    until = f"，至{case.stop_until.isoformat()}止" if case.stop_until else ""
    raise Refused(f"正在{case.get_stop_display()}{until}，计时停止，期间不能通过。请期满或恢复计时后再办理。")


def _ended(outcome: str, on: date) -> dict[str, object]:
    return {"state": CLOSED, "outcome": outcome, "closed_on": on}


