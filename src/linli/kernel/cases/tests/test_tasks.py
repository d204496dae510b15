"""Whose work it is: the queue, taking and assigning, transfer, batches, counts."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role, Stale
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.cases import actions, queries
from linli.kernel.cases.models import Case, Decision, Event, Paper, Task
from linli.kernel.cases.rules import Panel
from linli.kernel.cases.samples import sample_flows
from linli.kernel.cases.tests.conftest import COMMUNITY, DAY, OTHER_COMMUNITY
from linli.kernel.cases.tests.test_moves import NEXT, at_decision, at_review, opened


def queue(by, **words) -> list[int]:
    with scoped(by):
        return [task.case_id for task in queries.my_tasks(by, **words)]


def test_the_oldest_last_day_stands_first_and_stopped_ones_last(office):
    late, early = opened(office, on=date(2010, 12, 6)), opened(office, on=date(2010, 12, 6))
    stopped = opened(office, on=DAY, papers=())
    actions.ask_papers(by=office.worker, on=date(2010, 12, 6), case=stopped, papers=["form"])
    first = opened(office, on=date(2010, 12, 2))
    assert queue(office.worker) == [first.pk, late.pk, early.pk, stopped.pk]
    assert queue(office.worker, overdue_on=date(2010, 12, 10)) == [first.pk]
    assert queue(office.worker, flow="sample.other") == [] and queue(office.worker, step="check") == queue(office.worker)


def test_the_reader_walks_the_queue_forth_and_back_also_past_a_task_that_was_done(office):
    cases = [opened(office, on=date(2010, 12, day)) for day in (1, 2, 3)]
    stopped = opened(office, papers=())
    actions.ask_papers(by=office.worker, on=NEXT, case=stopped, papers=["form"])
    with scoped(office.worker):
        tasks = {task.case_id: task for task in queries.my_tasks(office.worker)}
    order = [*(case.pk for case in cases), stopped.pk]
    actions.pass_step(by=office.worker, on=date(2010, 12, 3), case=cases[1], opinion="属实。")
    with scoped(office.worker):
        mine = queries.my_tasks(office.worker)
        ahead = [queries.next_task(mine, tasks[key]) for key in order]
        back = [queries.previous_task(mine, tasks[key]) for key in order]
    assert [task and task.case_id for task in ahead] == [order[2], order[2], order[3], None]
    assert [task and task.case_id for task in back] == [None, order[0], order[0], order[2]]


def test_a_list_shows_working_days_left(office, django_assert_num_queries):
    opened(office)
    opened(office)
    with scoped(office.worker), django_assert_num_queries(2):
        lines = queries.task_lines(list(queries.my_tasks(office.worker)), on=date(2010, 12, 6))
    assert [(line.flow, line.step, str(line.days_left)) for line in lines] == [("示例申请", "初核", "剩2个工作日")] * 2
    with scoped(office.worker):
        task = queries.my_tasks(office.worker).first()
    said = {2: "剩4个工作日", 8: "今天到期", 10: "逾期2个工作日"}
    assert {day: str(queries.task_lines([task], on=date(2010, 12, day))[0].days_left) for day in said} == said


def test_the_weekend_after_the_last_day_is_late(office):
    case = opened(office, on=date(2010, 12, 3))  # five working days: Friday the 10th
    with scoped(office.worker):
        line = queries.task_lines([queries.open_task(case)], on=date(2010, 12, 11))[0]
        assert (line.task.due_on, str(line.days_left)) == (date(2010, 12, 10), "逾期1个工作日")
        assert [one.pk for one in queries.cases(late_on=date(2010, 12, 11))] == [case.pk]


def test_while_the_clock_stands_still_no_day_runs_and_what_was_late_stays_late(office):
    shown, waiting, late = at_review(office), opened(office, papers=()), opened(office, papers=())
    actions.mark_published(by=office.reviewer, on=date(2010, 12, 3), case=shown, notice="N1", until=date(2010, 12, 10))
    actions.ask_papers(by=office.worker, on=NEXT, case=waiting, papers=["form"])
    actions.ask_papers(by=office.worker, on=date(2010, 12, 20), case=late, papers=["form"])

    def said(by, case, day: int) -> str:
        with scoped(by):
            return str(queries.task_lines([queries.open_task(case)], on=date(2010, 12, day))[0].days_left)

    assert said(office.reviewer, shown, 10) == "公示，停止计时"
    assert said(office.reviewer, shown, 13).startswith("剩")
    assert said(office.worker, waiting, 31) == "补正材料，停止计时"
    assert said(office.worker, late, 31) == "逾期后停止计时"
    with scoped(office.worker):
        assert [one.pk for one in queries.cases(late_on=date(2010, 12, 21))] == [late.pk]


def test_a_task_that_somebody_took_is_nobody_elses(office):
    case = opened(office)
    actions.take_task(by=office.worker, on=NEXT, case=case)
    actions.take_task(by=office.worker, on=NEXT, case=case)
    assert queue(office.second_worker) == [] and queue(office.worker) == [case.pk]
    with pytest.raises(Refused, match="已由李社工领办"):
        actions.pass_step(by=office.second_worker, on=NEXT, case=case, opinion="属实。")
    with pytest.raises(Stale):
        actions.give_back_task(by=office.second_worker, on=NEXT, case=case)
    actions.give_back_task(by=office.worker, on=NEXT, case=case)
    assert queue(office.second_worker) == [case.pk]


def test_a_task_is_assigned_only_to_a_fitting_post(office):
    case = at_review(office)
    other = make_staff("qian", "钱审核", Role.TOWN_REVIEWER, "370404001000", founders=make_founders())
    for misfit in (office.elsewhere, office.approver, office.auditor):
        with pytest.raises(Refused, match="没有办理这一环节的岗位"):
            actions.assign_task(by=office.reviewer, on=NEXT, case=case, to=misfit.staff_id)
    with pytest.raises(Refused, match="没有办理这一环节的岗位"):
        actions.assign_task(by=office.reviewer, on=NEXT, case=case, to=999_999)
    actions.assign_task(by=office.reviewer, on=NEXT, case=case, to=other.staff_id, opinion="请今日办结。")
    assert queue(office.reviewer) == [] and queue(other) == [case.pk]


def test_a_barred_person_is_not_assigned(office):
    case = at_decision(office)
    actions.return_case(by=office.second_approver, on=NEXT, case=case, to="review", reason="incomplete")
    with scoped(office.reviewer):
        task = queries.open_task(case)
    assert set(task.barred) == {office.worker.staff_id, office.second_worker.staff_id}


def test_a_transferred_case_goes_with_all_its_rows_and_is_seen_there_only(office):
    case = opened(office)
    actions.note(by=office.worker, on=NEXT, case=case, opinion="已迁往安泰社区。")
    with pytest.raises(Refused, match="没有代码为"):
        actions.transfer(by=office.worker, on=NEXT, case=case, to="370404001999", opinion="已迁居。")
    for wrong in ("370404001000", COMMUNITY, "3704"):
        with pytest.raises(Refused):
            actions.transfer(by=office.worker, on=NEXT, case=case, to=wrong, opinion="已迁居。")
    with pytest.raises(Refused, match="只能在本区范围内"):
        actions.transfer(by=office.worker, on=NEXT, case=case, to="370403001001", opinion="已迁居。")
    with pytest.raises(Refused, match="请写明转办的原因"):
        actions.transfer(by=office.worker, on=NEXT, case=case, to=OTHER_COMMUNITY, opinion="")
    actions.transfer(by=office.worker, on=NEXT, case=case, to=OTHER_COMMUNITY, opinion="已迁居。")
    with scoped(office.worker):
        assert queries.case_by_id(case.pk) is None
        assert not any(model.objects.filter(case=case.pk).exists() for model in (Event, Paper, Task))
    with scoped(office.elsewhere):
        found = queries.case_by_id(case.pk)
        assert (found.area, found.area_then, found.number) == (OTHER_COMMUNITY, COMMUNITY, case.number)
        assert Event.objects.filter(case=case.pk).count() == 3 and Paper.objects.filter(case=case.pk).count() == 3
    assert queue(office.elsewhere) == [case.pk]
    actions.pass_step(by=office.elsewhere, on=NEXT, case=found, opinion="属实。")


def test_a_deputy_works_in_the_name_of_who_is_on_leave_once_a_second_person_granted_it(office):
    from linli.kernel.access.actions import grant_post
    from linli.kernel.access.models import Staff
    from linli.kernel.access.queries import actor_for

    case, (_, security) = at_review(office), make_founders()
    words = {"by": office.reviewer, "on": NEXT, "since": NEXT, "until": date(2010, 12, 20)}
    for misfit, fault in ((office.reviewer, "不能委托本人"), (office.auditor, "不能由同一人担任")):
        with pytest.raises(Refused, match=fault):
            actions.delegate(**words, to=misfit.staff_id)
    with pytest.raises(Refused, match="委托期限"):
        actions.delegate(**words | {"until": NEXT}, to=office.elsewhere.staff_id)
    post = actions.delegate(**words, to=office.elsewhere.staff_id)
    with pytest.raises(Refused, match="已经委托外区小周"):
        actions.delegate(**words, to=office.elsewhere.staff_id)
    deputy = Staff.objects.get(pk=office.elsewhere.staff_id)
    assert actor_for(deputy, on=NEXT, post_id=post.pk).post_id != post.pk  # not granted yet
    grant_post(by=security, on=NEXT, post=post)
    acting = actor_for(deputy, on=NEXT, post_id=post.pk)
    assert queue(acting) == [case.pk]
    actions.pass_step(by=acting, on=NEXT, case=case, opinion="同意上报。")
    with scoped(office.approver):
        last = queries.timeline(case)[-1].event
    assert (last.by.name, last.post.delegated_from.staff.name) == ("外区小周", "孙审核")
    assert actor_for(deputy, on=date(2010, 12, 20), post_id=post.pk).post_id != post.pk
    with pytest.raises(Refused, match="不能再委托"):
        actions.delegate(**words | {"by": acting}, to=office.approver.staff_id)


def warn_of_the_first(*, cases, by, on):
    return {cases[0].pk: ["与在保家庭同住，请核对。"]}


def test_a_batch_passes_what_it_can_and_says_what_it_left(office):
    warned, good, missing = opened(office), opened(office), opened(office, papers=())
    panel = Panel("sample.request", warnings="linli.kernel.cases.tests.test_tasks.warn_of_the_first")
    with sample_flows(case_panels=(panel,)):
        lines = actions.batch_pass(by=office.worker, on=NEXT, cases=[warned, good, missing], opinion="属实。")
    assert [(line.number, line.done) for line in lines] == [
        (warned.number, False), (good.number, True), (missing.number, False)
    ]  # fmt: skip
    assert "与在保家庭同住" in lines[0].message and "还缺必需的材料" in lines[2].message
    with scoped(office.worker):
        assert set(Case.objects.filter(step="check").values_list("pk", flat=True)) == {warned.pk, missing.pk}


def test_cases_are_counted_by_step_and_outcome(office):
    at_review(office)
    at_decision(office)
    actions.withdraw(by=office.worker, on=NEXT, case=opened(office), opinion="撤回")
    with scoped(office.approver):
        table = queries.cases_by_step("sample.request", opened_from=DAY, opened_until=DAY)
        assert table == {
            "check": 0, "review": 1, "decision": 1, "granted": 0, "refused": 0, "withdrawn": 1, "lapsed": 0,
        }  # fmt: skip
        assert sum(table.values()) == queries.cases(flow="sample.request").count() == 3
        assert queries.cases(state="open", late_on=date(2011, 1, 4)).count() == 2
        assert queries.cases(area=OTHER_COMMUNITY).count() == 0
    with scoped(office.elsewhere):
        assert sum(queries.cases_by_step("sample.request").values()) == 0


def test_the_timeline_of_a_person_shows_when_cases_were_opened_and_how_they_ended(office):
    from linli.kernel.registry.models import Person
    from linli.kernel.registry.queries import timeline_of

    case = opened(office)
    actions.withdraw(by=office.worker, on=NEXT, case=case, opinion="撤回")
    with scoped(office.worker):
        found = timeline_of(Person.objects.get(pk=office.person), NEXT, office.worker)
        lines = [entry for entry in found if entry.kind == "case"]
    assert [(line.day, line.zh) for line in lines] == [
        (NEXT, f"示例申请办结：申请人撤回（{case.number}）"), (DAY, f"受理示例申请（{case.number}）"),
    ]  # fmt: skip
    assert {line.href for line in lines} == {f"/cases/{case.pk}/"}


def test_decisions_take_their_area_from_the_case(office):
    from linli.kernel.cases.samples import make_outcome

    case = at_decision(office)
    actions.decide(by=office.approver, on=NEXT, case=case, outcome=make_outcome(), rule="r", facts={})
    with scoped(office.worker):
        assert Decision.objects.get(case=case).area == COMMUNITY
