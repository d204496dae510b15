"""What a case refuses in each of its states, in the words that the office reads."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.base.reasons import Outcome
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.cases import actions
from linli.kernel.cases.rules import Ground, Subject
from linli.kernel.cases.samples import SAMPLE_FLOW, make_case, make_outcome, sample_flows
from linli.kernel.cases.tests.conftest import DAY, TOWN
from linli.kernel.cases.tests.test_moves import BOTH, NEXT, at_decision, at_review, granted, opened


@contextmanager
def told(words: str, kind: type[Refused] = Refused, field: str | None = None):
    with pytest.raises(kind, match=words) as caught:
        yield
    assert field is None or caught.value.field == field


def test_who_may_not_open_a_case_and_what_it_has_to_be_about(office):
    words = {"on": DAY, "flow": "sample.request", "title": "无"}
    with sample_flows(replace(SAMPLE_FLOW, permission="cases.reopen")), told("岗位不能受理“示例申请”", Forbidden):
        actions.open_case(by=office.worker, area=office.worker.area, person_id=office.person, **words)
    with told("受理“.+”须先选定对象本人", field="person"):
        actions.open_case(by=office.worker, area=office.worker.area, **words)
    with told("”不能从“审核”环节开始受理", field="step"):
        opened(office, step="review")
    with sample_flows(replace(SAMPLE_FLOW, subjects=frozenset({Subject.HOUSEHOLD}))), told("须先选定对象家庭", field="household"):
        make_case(by=office.worker, person_id=office.person, papers=BOTH)


def test_a_step_is_done_by_its_post_at_its_level(office):
    case = opened(office)
    with told("“初核”环节由.+一级办理", Forbidden):
        actions.pass_step(by=office.reviewer, on=NEXT, case=case, opinion="属实。")
    check, *others = SAMPLE_FLOW.steps
    with sample_flows(replace(SAMPLE_FLOW, steps=(replace(check, permission="cases.reopen"), *others))):
        with told("“初核”环节不由.+岗位办理", Forbidden):
            actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="属实。")
    case = at_decision(office)
    with told("此件已到“审批”环节，由.+一级办理", Forbidden):
        actions.assign_task(by=office.reviewer, on=NEXT, case=case, to=office.approver.staff_id)


def test_a_taken_task_is_its_holders(office):
    case = opened(office)
    actions.take_task(by=office.worker, on=NEXT, case=case)
    with told("此件已由李社工领办。如需代办，请先改派"):
        actions.pass_step(by=office.second_worker, on=NEXT, case=case, opinion="属实。")


MOVES = [
    ("pass_step", {"opinion": " "}, "请填写“审核”意见", "opinion"),
    ("pass_step", {"opinion": "好", "to": "check"}, "“审核”环节不能通过到所选环节，可选：decision", "to"),
    ("return_case", {"to": "check", "reason": "other"}, "请选择退回的理由", "reason"),
    ("refuse", {"reason": "other"}, "请选择.+的理由", "reason"),
    ("withdraw", {"opinion": " "}, "请写明申请人撤回的情况", "opinion"),
    ("close", {"outcome": "granted", "opinion": "误立"}, "不能直接以“同意”办结，请按流程办理", "outcome"),
    ("close", {"outcome": "lapsed", "opinion": " "}, "请写明终止办理的原因", "opinion"),
    ("stop_clock", {"ground": Ground.HEARING, "opinion": " "}, "请写明停止计时的事由", "opinion"),
    ("resume_clock", {"ground": Ground.HEARING}, "计时没有因.+停止，无需恢复", None),
    ("extend", {"opinion": " "}, "请写明延长期限的理由", "opinion"),
    ("record_objection", {"opinion": " "}, "请写明异议的内容", "opinion"),
    ("note", {"opinion": " "}, "请填写备注", "opinion"),
]


@pytest.mark.parametrize(("act", "words", "said", "field"), MOVES, ids=[f"{row[0]}: {row[2][:8]}" for row in MOVES])
def test_what_an_open_case_refuses(office, act, words, said, field):
    """At the town's step: every one of these leaves the case as it was."""
    case = at_review(office)
    by = office.approver if act == "extend" else office.reviewer
    before = (case.step, case.state, case.events)
    with told(said, field=field):
        getattr(actions, act)(by=by, on=NEXT, case=case, **words)
    with scoped(office.approver):
        case.refresh_from_db()
    assert (case.step, case.state, case.events) == before


def test_a_step_without_such_a_move_refuses_it(office):
    with told("“初核”环节不能退回"):
        actions.return_case(by=office.worker, on=NEXT, case=opened(office), to="check", reason="incomplete")


def test_a_decision_gives_its_reason_and_is_followed(office):
    case = at_decision(office)
    words = {"by": office.approver, "on": NEXT, "case": case}
    with told("“审批”环节须先作出决定并说明依据"):
        actions.pass_step(opinion="同意。", **words)
    with told("决定须写明理由"):
        actions.decide(outcome=Outcome(True, 1, (), ()), rule="sample.rule", facts={}, **words)
    actions.decide(outcome=make_outcome(granted=False), rule="sample.rule", facts={}, **words)
    with told("认定结果为不同意（.+），不能通过。情况有变的，请更正后重新认定"):
        actions.pass_step(opinion="同意。", **words)


def test_nothing_is_passed_while_a_hearing_runs_and_a_stop_stands_once(office):
    case = at_review(office)
    words = {"by": office.reviewer, "on": NEXT, "case": case}
    with told("预计恢复日不能早于停止之日", field="until"):
        actions.stop_clock(ground=Ground.HEARING, opinion="听证", until=NEXT - timedelta(days=1), **words)
    with sample_flows(replace(SAMPLE_FLOW, stops=frozenset({Ground.PAPERS}))), told("“示例申请”不能因.+停止计时", field="ground"):
        actions.stop_clock(ground=Ground.HEARING, opinion="停", **words)
    actions.stop_clock(ground=Ground.HEARING, opinion="听证", until=date(2010, 12, 10), **words)
    with told("正在.+，至2010-12-10止，计时停止，期间不能通过"):
        actions.pass_step(opinion="同意上报。", **words)
    with told("计时已因.+停止，不能重复办理", field="ground"):
        actions.stop_clock(ground=Ground.HEARING, opinion="听证", **words)


def test_an_extension_is_granted_as_often_as_the_law_says_by_who_may(office):
    case = at_review(office)
    words = {"on": NEXT, "opinion": "情况复杂"}
    with sample_flows(replace(SAMPLE_FLOW, extension=None)), told("”的期限不能延长"):
        actions.extend(by=office.approver, case=case, **words)
    with told("岗位不能批准延长“", Forbidden):
        actions.extend(by=office.reviewer, case=case, **words)
    for _ in range(SAMPLE_FLOW.extensions):
        actions.extend(by=office.approver, case=case, **words)
    with told(f"期限已延长{SAMPLE_FLOW.extensions}次，不能再延长"):
        actions.extend(by=office.approver, case=case, **words)
    late = at_review(office)
    with told("届满后不能再延长"):
        actions.extend(by=office.approver, case=late, opinion="情况复杂", on=late.due_on + timedelta(days=1))


def test_a_closed_case_is_taken_up_only_where_its_flow_says_and_an_open_one_not_at_all(office):
    case = at_review(office)
    words = {"by": office.approver, "on": NEXT, "opinion": "有异议"}
    with told("仍在办理，无需重新办理"):
        actions.reopen(case=case, to="decision", **words)
    case = granted(office)
    with told("办结后不能从这一环节重新办理", field="to"):
        actions.reopen(case=case, to="check", **words)
    with told("请写明重新办理的原因", field="opinion"):
        actions.reopen(case=case, to="decision", **words | {"opinion": " "})
    with told("已经办结，不能再办理"):
        actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="再来")


TRANSFERS = [
    ("37040400100", "请", Refused), ("370404001001", "请选择另一个", Refused), (TOWN, "请选择另一个", Refused),
    ("370405001001", "只能在本区范围内转办", Refused), ("370404009009", "没有代码为“370404009009”的区划", Refused),
]


@pytest.mark.parametrize(("to", "said", "kind"), TRANSFERS)
def test_where_a_case_is_not_transferred_to(office, to, said, kind):
    with told(said, kind, field="to"):
        actions.transfer(by=office.worker, on=NEXT, case=opened(office), to=to, opinion="已搬走")


def test_a_transfer_says_why_and_who_comes_too_late_is_told(office):
    case = opened(office)
    with told("请写明转办的原因", field="opinion"):
        actions.transfer(by=office.worker, on=NEXT, case=case, to="370404002001", opinion=" ")
    with pytest.raises(Stale):
        actions.transfer(by=office.worker, on=NEXT, case=case, to="370404002001", opinion="已搬走", seen=case.events - 1)


def test_a_post_is_lent_once_to_somebody_else_with_an_end(office):
    words = {"by": office.approver, "on": DAY, "since": DAY, "until": DAY + timedelta(days=7)}
    with told("没有这名在岗人员", field="to"):
        actions.delegate(to=999_999, **words)
    with told("不能委托本人", field="to"):
        actions.delegate(to=office.approver.staff_id, **words)
    with told("委托期限应自今日或以后开始", field="until"):
        actions.delegate(to=office.second_approver.staff_id, **words | {"until": DAY})
    with told("不能由同一人担任", field="to"):
        actions.delegate(to=office.auditor.staff_id, **words)
    actions.delegate(to=office.second_approver.staff_id, **words)
    with told("这段时间已经委托赵科长，无需重复办理", field="since"):
        actions.delegate(to=office.second_approver.staff_id, **words)
