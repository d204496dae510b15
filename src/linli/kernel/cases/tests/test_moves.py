"""Cases through the real actions: numbers, moves, second person, papers, decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.cases import actions, queries
from linli.kernel.cases.models import Case, Event, Series, Task
from linli.kernel.cases.rules import Kind, Listener, Received
from linli.kernel.cases.samples import SAMPLE_FLOW, make_case, make_outcome, sample_flows
from linli.kernel.cases.tests.conftest import DAY, DISTRICT

BOTH = (Received("form"), Received("proof", original=True))
NEXT = date(2010, 12, 2)


def opened(office, **words) -> Case:
    words.setdefault("papers", BOTH)
    return make_case(by=office.worker, person_id=office.person, **words)


def at_review(office) -> Case:
    case = opened(office)
    actions.pass_step(by=office.second_worker, on=NEXT, case=case, opinion="情况属实。")
    return case


def at_decision(office) -> Case:
    case = at_review(office)
    actions.pass_step(by=office.reviewer, on=NEXT, case=case, opinion="同意上报。")
    return case


def granted(office) -> Case:
    case = at_decision(office)
    actions.decide(by=office.approver, on=NEXT, case=case, outcome=make_outcome(), rule="sample.rule", facts={"income": 62_000})
    actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="同意。")
    return case


def test_numbers_of_a_year_run_without_gaps_even_when_an_opening_is_refused(office):
    first = opened(office)
    with pytest.raises(Refused):
        actions.open_case(
            by=office.worker, on=DAY, flow="sample.request", title="无", area=office.worker.area
        )
    with pytest.raises(LookupError):
        opened(office, papers=(Received("unknown"),))
    second = opened(office)
    assert (first.number, second.number) == ("示〔2010〕000001", "示〔2010〕000002")
    assert opened(office, on=date(2011, 1, 4)).number == "示〔2011〕000001"


def test_a_case_goes_from_step_to_step_to_its_end(office):
    case = granted(office)
    assert (case.state, case.outcome, case.closed_on) == ("closed", "granted", NEXT)
    with scoped(office.approver):
        kinds = [item.kind for item in queries.timeline(case)]
        assert kinds == [Kind.OPENED, Kind.PASSED, Kind.PASSED, Kind.DECIDED, Kind.PASSED, Kind.CLOSED]
        assert [event.number for event in Event.objects.filter(case=case).order_by("number")] == [1, 2, 3, 4, 5, 6]
        assert Task.objects.filter(case=case, state="open").count() == 0
        assert Task.objects.filter(case=case).count() == 3


def test_the_task_waits_at_the_level_of_the_step(office):
    case = at_review(office)
    with scoped(office.reviewer):
        assert [task.case_id for task in queries.my_tasks(office.reviewer)] == [case.pk]
    for other in (office.worker, office.approver):
        with scoped(other):
            assert not queries.my_tasks(other)
    with scoped(office.second_worker):
        assert [task.case_id for task in queries.done_by(office.second_worker)] == [case.pk]


def test_only_the_level_of_the_step_may_act(office):
    case = opened(office)
    with pytest.raises(Forbidden, match="由村居一级办理"):
        actions.pass_step(by=office.reviewer, on=NEXT, case=case, opinion="同意。")
    with pytest.raises(Forbidden, match="没有“办理案件”的权限"):
        actions.pass_step(by=office.auditor, on=NEXT, case=case, opinion="同意。")
    actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="情况属实。")


def test_a_case_of_another_area_cannot_be_changed(office):
    case = opened(office)
    with pytest.raises(Stale):
        actions.pass_step(by=office.elsewhere, on=NEXT, case=case, opinion="同意。")
    with scoped(office.elsewhere):
        assert queries.case_by_id(case.pk) is None


def test_nobody_opens_a_case_for_another_area(office):
    with pytest.raises(Forbidden, match="不在本辖区内"):
        make_case(by=office.elsewhere, person_id=office.person, area=office.worker.area)


def test_nobody_opens_a_case_about_somebody_of_another_area(office):
    for subject in (office.person, 987_654_321):
        with pytest.raises(Forbidden, match="没有这个人，或其不在本辖区内"):
            make_case(by=office.elsewhere, person_id=subject)
    with pytest.raises(Forbidden, match="没有这个家庭"):
        opened(office, household_id=987_654_321)


def test_a_case_keeps_where_the_person_lived(office):
    assert opened(office, places={"ward": "三楼"}).places == {"residence": office.worker.area, "registered": "", "ward": "三楼"}


def test_no_one_approves_own_work(office):
    """The approver who stood in for the reviewer may not decide; another one may."""
    check, review, decision = SAMPLE_FLOW.steps
    with sample_flows(replace(SAMPLE_FLOW, steps=(check, replace(review, level=decision.level), decision))):
        case = at_review(office)
        actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="同意。")
        with pytest.raises(Refused, match="须由另一人办理"):
            actions.decide(by=office.approver, on=NEXT, case=case, outcome=make_outcome(), rule="r", facts={})
        with scoped(office.approver):
            assert not queries.my_tasks(office.approver)
            assert "须由另一人办理" in queries.hindrance(case, SAMPLE_FLOW.step("decision"), office.approver)
        with scoped(office.second_approver):
            assert queries.my_tasks(office.second_approver).count() == 1
            assert not queries.hindrance(case, SAMPLE_FLOW.step("decision"), office.second_approver)
        actions.decide(by=office.second_approver, on=NEXT, case=case, outcome=make_outcome(), rule="r", facts={})


def test_a_return_goes_to_the_exact_step_and_nothing_starts_over(office):
    case = at_decision(office)
    with pytest.raises(Refused, match="请选择退回的理由"):
        actions.return_case(by=office.approver, on=NEXT, case=case, to="review", reason="other")
    actions.return_case(by=office.approver, on=NEXT, case=case, to="review", reason="incomplete", opinion="请补充调查记录。")
    assert (case.step, case.state) == ("review", "open")
    with scoped(office.approver):
        assert not queries.missing_papers(case)
        assert queries.timeline(case)[-1].reason == "材料不齐或不清"
    actions.pass_step(by=office.reviewer, on=NEXT, case=case, opinion="已补充。")
    assert case.step == "decision"


def test_a_return_to_a_step_that_the_flow_does_not_name_is_refused(office):
    case = at_review(office)
    with pytest.raises(Refused, match="可选：check"):
        actions.return_case(by=office.reviewer, on=NEXT, case=case, to="decision", reason="incomplete")
    with pytest.raises(Refused, match="不能退回"):
        actions.return_case(by=office.worker, on=NEXT, case=opened(office), to="review", reason="incomplete")


def test_a_refusal_needs_a_reason_and_at_the_deciding_step_a_decision(office):
    case = at_decision(office)
    with pytest.raises(Refused, match="请选择驳回的理由"):
        actions.refuse(by=office.approver, on=NEXT, case=case, reason="")
    with pytest.raises(Refused, match="须先作出决定"):
        actions.refuse(by=office.approver, on=NEXT, case=case, reason="unfit")
    with pytest.raises(Refused, match="须先作出决定"):
        actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="同意。")
    actions.decide(by=office.approver, on=NEXT, case=case, outcome=make_outcome(False), rule="r", facts={})
    with pytest.raises(Refused, match="认定结果为不同意（不符合条件），不能通过"):
        actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="同意。")
    actions.refuse(by=office.approver, on=NEXT, case=case, reason="unfit")
    assert (case.state, case.outcome) == ("closed", "refused")


def test_a_closed_case_stays_closed(office):
    case = granted(office)
    for act in (
        lambda: actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="再次同意。"),
        lambda: actions.refuse(by=office.approver, on=NEXT, case=case, reason="unfit"),
        lambda: actions.return_case(by=office.approver, on=NEXT, case=case, to="check", reason="incomplete"),
        lambda: actions.withdraw(by=office.worker, on=NEXT, case=case, opinion="撤回"),
        lambda: actions.close(by=office.worker, on=NEXT, case=case, outcome="lapsed", opinion="终止"),
        lambda: actions.extend(by=office.approver, on=NEXT, case=case, opinion="延长"),
    ):
        with pytest.raises(Refused, match="已经办结"):
            act()


def test_an_objection_can_reopen_a_case_where_the_flow_allows(office):
    case = granted(office)
    actions.record_objection(by=office.reviewer, on=date(2010, 12, 6), case=case, opinion="邻居反映其有商铺出租。")
    with pytest.raises(Refused, match="不能从这一环节重新办理"):
        actions.reopen(by=office.approver, on=date(2010, 12, 7), case=case, to="check", opinion="异议成立。")
    actions.reopen(by=office.approver, on=date(2010, 12, 7), case=case, to="decision", opinion="异议成立，重新审批。")
    assert (case.state, case.outcome, case.closed_on) == ("open", "", None)
    with scoped(office.approver):
        assert queries.decision(case).number == 1
        assert queries.my_tasks(office.second_approver).count() == 1
    with pytest.raises(Refused, match="须先作出决定"):
        actions.pass_step(by=office.approver, on=date(2010, 12, 8), case=case, opinion="同意。")
    actions.decide(by=office.approver, on=date(2010, 12, 8), case=case, outcome=make_outcome(False), rule="r", facts={})
    actions.refuse(by=office.approver, on=date(2010, 12, 8), case=case, reason="unfit")
    with scoped(office.approver):
        assert [item.number for item in queries.decisions(case)] == [2, 1]


def test_a_withdrawal_is_recorded_by_whoever_may_open_such_cases(office):
    case = at_review(office)
    with pytest.raises(Refused, match="请写明申请人撤回"):
        actions.withdraw(by=office.worker, on=NEXT, case=case, opinion=" ")
    actions.withdraw(by=office.worker, on=NEXT, case=case, opinion="本人书面撤回。")
    assert (case.state, case.outcome) == ("closed", "withdrawn")


def test_a_case_can_be_ended_directly_only_as_the_flow_says(office):
    case = opened(office)
    with pytest.raises(Refused, match="不能直接以“同意”办结"):
        actions.close(by=office.worker, on=NEXT, case=case, outcome="granted", opinion="同意")
    actions.close(by=office.worker, on=NEXT, case=case, outcome="lapsed", opinion="申请人已去世。")
    assert case.outcome == "lapsed"


def test_a_lower_office_cannot_end_what_lies_with_a_higher_one(office):
    case = at_review(office)
    with pytest.raises(Forbidden, match="由镇街一级办理"):
        actions.close(by=office.worker, on=NEXT, case=case, outcome="lapsed", opinion="申请人已去世。")
    with pytest.raises(Forbidden, match="由镇街一级办理"):
        actions.assign_task(by=office.worker, on=NEXT, case=case, to=office.reviewer.staff_id)
    actions.close(by=office.approver, on=NEXT, case=case, outcome="lapsed", opinion="申请人已去世。")


def test_an_opinion_too_long_for_the_record_is_refused(office):
    case = opened(office)
    with pytest.raises(Refused, match="不能超过500个字"):
        actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="同" * 501)


def test_two_flows_cannot_give_out_the_same_numbers():
    with sample_flows(SAMPLE_FLOW, replace(SAMPLE_FLOW, key="sample.other")):
        with pytest.raises(ValueError, match="those of another flow"):
            queries.flows()


def test_whoever_saw_an_older_page_is_told(office):
    case = opened(office)
    page = case.events
    actions.note(by=office.second_worker, on=NEXT, case=case, opinion="已电话联系。")
    with pytest.raises(Stale):
        actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="属实。", seen=page)
    older = Case(**{field.attname: getattr(case, field.attname) for field in Case._meta.fields} | {"events": page})
    with pytest.raises(Stale):
        actions.pass_step(by=office.worker, on=NEXT, case=older, opinion="属实。")
    actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="属实。", seen=case.events)


def test_days_do_not_run_backwards(office):
    case = at_review(office)
    with pytest.raises(Refused, match="不能早于上一次办理的日期（2010年12月2日）"):
        actions.pass_step(by=office.reviewer, on=DAY, case=case, opinion="同意。")


def test_the_opening_of_a_case_cannot_be_rewritten_even_by_hand(office):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    case = opened(office)
    changes = ({"number": "示〔2010〕000009"}, {"area_then": DISTRICT}, {"facts": {"x": 1}}, {"area": DISTRICT}, {"events": 0})
    for change in changes:
        with pytest.raises(ProgrammingError, match="never|re-homing"), transaction.atomic(), scoped(office.approver):
            Case.objects.filter(pk=case.pk).update(**change)
    with pytest.raises(ProgrammingError, match="one by one"), transaction.atomic():
        Series.objects.update(last=7)
    for table in ("cases_event", "cases_decision"):
        from django.db import connection

        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), scoped(office.approver):
            connection.cursor().execute(f"update {table} set area = area")


def test_a_done_task_is_never_changed(office):
    from django.db import transaction
    from django.db.utils import DatabaseError

    at_review(office)
    with pytest.raises(DatabaseError, match="is kept by the database"), transaction.atomic(), scoped(office.worker):
        Task.objects.filter(state="done").update(state="open", done_on=None)


heard: list[tuple[str, str]] = []


def hear(*, by, on, case, event):
    heard.append((case.number, event.kind if event else "before"))


def decide_before(*, by, on, case, event):
    if case.step == "decision":
        actions.decide(by=by, on=on, case=case, outcome=make_outcome(), rule="r", facts={})


def test_a_domain_joins_what_follows_and_what_comes_before(office):
    heard.clear()
    mine = "linli.kernel.cases.tests.test_moves."
    listeners = (
        Listener("sample.request", Kind.CLOSED, mine + "hear"),
        Listener("sample.request", Kind.PASSED, mine + "decide_before", before=True),
    )
    with sample_flows(case_listeners=listeners):
        case = at_decision(office)
        assert heard == []
        actions.pass_step(by=office.approver, on=NEXT, case=case, opinion="同意。")
    assert heard == [(case.number, "closed")]
    assert case.outcome == "granted"


def test_a_flow_with_a_fault_stops_the_program(office):
    with sample_flows(replace(SAMPLE_FLOW, permission="cases.nothing")):
        with pytest.raises(ValueError, match=r"the permission cases\.nothing \(opening\) is declared nowhere"):
            queries.flows()


def test_a_case_keeps_the_version_of_its_flow(office):
    case = opened(office)
    newer = replace(SAMPLE_FLOW, version=2, zh="示例申请（新）")
    with sample_flows(SAMPLE_FLOW, newer):
        assert queries.flow_named("sample.request").version == 2
        assert queries.flow_of(case).version == 1
        assert opened(office).number == "示〔2010〕000002"


def test_an_imported_case_may_begin_later_where_the_flow_allows(office):
    with pytest.raises(Refused, match="不能从“审核”环节开始受理"):
        opened(office, step="review")
    with sample_flows(replace(SAMPLE_FLOW, begins_at=("check", "review"))):
        case = opened(office, step="review")
    assert case.step == "review"
