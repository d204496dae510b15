"""Papers and the clock, through the real actions; what is kept for sorting equals the replay."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.cases import actions, queries
from linli.kernel.cases.models import Case, Paper, Task
from linli.kernel.cases.queries.clocks import marks
from linli.kernel.cases.rules import Ground, Received
from linli.kernel.cases.tests.conftest import DAY, DISTRICT
from linli.kernel.cases.tests.test_moves import NEXT, at_decision, at_review, opened


def check_kept(case: Case, by) -> None:
    """The fields kept for sorting are exactly those that the events give."""
    with scoped(by):
        of_case, of_task = marks(queries.happenings(case.pk), queries.flow_of(case), on=date(2011, 6, 1))
        row = Case.objects.filter(pk=case.pk).values(*of_case).get()
        assert row == of_case
        for task in Task.objects.filter(case=case, state="open").values(*of_task):
            assert task == of_task


def test_a_step_cannot_be_passed_while_a_required_paper_is_missing(office):
    case = opened(office, papers=(Received("form"),))
    with pytest.raises(Refused, match="还缺必需的材料：证明材料"):
        actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="属实。")
    actions.receive_papers(by=office.worker, on=NEXT, case=case, papers=[Received("proof", original=True, file="f1")])
    actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="属实。")
    with scoped(office.worker):
        paper = Paper.objects.get(case=case, key="proof")
        assert (paper.received_on, paper.original, paper.file) == (NEXT, True, "f1")
        assert queries.timeline(case)[1].event.facts == {"papers": ["proof"], "files": {"proof": "f1"}}


def test_a_paper_may_be_waived_with_a_reason(office):
    case = opened(office, papers=(Received("form"),))
    with pytest.raises(Refused, match="请写明免交的理由"):
        actions.waive_paper(by=office.worker, on=NEXT, case=case, paper="proof", reason="")
    actions.waive_paper(by=office.worker, on=NEXT, case=case, paper="proof", reason="系统内已有，免予提交。")
    with pytest.raises(Refused, match="已经收到"):
        actions.waive_paper(by=office.worker, on=NEXT, case=case, paper="form", reason="免")
    actions.pass_step(by=office.worker, on=NEXT, case=case, opinion="属实。")


def test_missing_papers_are_asked_for_once_and_the_clock_stops(office):
    case = opened(office, papers=(Received("form"),))
    event = actions.ask_papers(by=office.worker, on=NEXT, case=case, papers=["proof"], others=["收入说明"])
    assert event.facts["answer_by"] == "2010-12-17" and len(event.facts["papers"]) == 2
    assert (case.stop, case.due_on) == ("papers", None)
    check_kept(case, office.worker)
    with pytest.raises(Refused, match="已经一次性告知过"):
        actions.ask_papers(by=office.worker, on=NEXT, case=case, papers=["more"])
    actions.ask_papers(by=office.worker, on=NEXT, case=case, papers=["more"], new_facts="新发现另有住房。")
    check_kept(case, office.worker)


def test_when_the_last_missing_paper_comes_the_clock_goes_on(office):
    case = opened(office, papers=())
    actions.ask_papers(by=office.worker, on=NEXT, case=case, papers=["form", "proof"])
    actions.receive_papers(by=office.worker, on=date(2010, 12, 6), case=case, papers=[Received("form")])
    assert case.stop == "papers"
    with pytest.raises(Refused, match="还缺必需的材料：证明材料"):
        actions.pass_step(by=office.worker, on=date(2010, 12, 6), case=case, opinion="属实。")
    actions.receive_papers(by=office.worker, on=date(2010, 12, 9), case=case, papers=[Received("proof")])
    assert (case.stop, case.due_on) == ("", date(2011, 1, 6))  # five working days from 3 to 9 December did not count
    check_kept(case, office.worker)
    actions.pass_step(by=office.worker, on=date(2010, 12, 9), case=case, opinion="属实。")


def test_asking_for_a_paper_that_is_here_is_refused_and_leaves_nothing_behind(office):
    case = opened(office)
    before = case.events
    for words in ({"papers": ["form"]}, {"papers": ["form"], "others": ["收入说明"]}, {"papers": []}):
        with pytest.raises(Refused):
            actions.ask_papers(by=office.worker, on=NEXT, case=case, **words)
    with scoped(office.worker):
        assert Paper.objects.filter(case=case).count() == 3 and case.events == before


def test_papers_can_be_received_at_whichever_counter(office):
    case = opened(office, papers=())
    actions.receive_papers(by=office.approver, on=NEXT, case=case, papers=[Received("form")])
    with pytest.raises(Refused, match="不在清单中"):
        actions.receive_papers(by=office.approver, on=NEXT, case=case, papers=[Received("nothing")])


def test_a_public_notice_stops_the_clock_by_itself_until_its_last_day(office):
    case = at_review(office)
    actions.mark_published(by=office.reviewer, on=date(2010, 12, 3), case=case, notice="N1", until=date(2010, 12, 10))
    assert (case.stop, case.stop_until, case.due_on) == ("notice", date(2010, 12, 10), date(2011, 1, 6))
    check_kept(case, office.reviewer)
    for day in (date(2010, 12, 6), date(2010, 12, 10)):
        with pytest.raises(Refused, match="正在公示，至2010-12-10止"):
            actions.pass_step(by=office.reviewer, on=day, case=case, opinion="同意。")
    with pytest.raises(Refused, match="已因公示停止"):
        actions.mark_published(by=office.reviewer, on=date(2010, 12, 6), case=case, notice="N2", until=date(2010, 12, 20))
    actions.pass_step(by=office.reviewer, on=date(2010, 12, 13), case=case, opinion="公示无异议。")
    check_kept(case, office.approver)


def test_a_job_may_mark_a_notice_but_not_judge(office):
    case = at_review(office)
    job = machine_actor("notice", DISTRICT)
    actions.mark_published(by=job, on=date(2010, 12, 3), case=case, notice="N1", until=date(2010, 12, 10))
    with pytest.raises(Forbidden):
        actions.pass_step(by=job, on=date(2010, 12, 13), case=case, opinion="同意。")


def test_the_clock_stops_only_on_lawful_grounds_and_goes_on_once(office):
    case = at_review(office)
    words = {"by": office.reviewer, "on": NEXT, "case": case, "ground": Ground.HEARING}
    with pytest.raises(Refused, match="没有因听证停止"):
        actions.resume_clock(**words)
    with pytest.raises(Refused, match="请写明停止计时的事由"):
        actions.stop_clock(**words, opinion="")
    with pytest.raises(Refused, match="不能早于停止之日"):
        actions.stop_clock(**words, opinion="依申请听证", until=DAY)
    actions.stop_clock(**words, opinion="依申请听证")
    with pytest.raises(Refused, match="不能重复办理"):
        actions.stop_clock(**words, opinion="依申请听证")
    actions.resume_clock(**words | {"on": date(2010, 12, 6)})
    check_kept(case, office.reviewer)


def test_the_extension_is_granted_once_by_whoever_may(office):
    case = at_review(office)
    with pytest.raises(Forbidden, match="不能批准延长"):
        actions.extend(by=office.reviewer, on=NEXT, case=case, opinion="情况复杂")
    before = case.due_on
    actions.extend(by=office.approver, on=NEXT, case=case, opinion="情况复杂", document="峄民〔2010〕9号")
    assert before == date(2010, 12, 29) and case.due_on == date(2011, 1, 13)
    check_kept(case, office.reviewer)
    with pytest.raises(Refused, match="期限已经届满"):
        actions.extend(by=office.approver, on=date(2011, 1, 14), case=case, opinion="再延")
    with pytest.raises(Refused, match="已延长1次"):
        actions.extend(by=office.approver, on=NEXT, case=case, opinion="再延")


def test_a_decision_can_be_explained_at_any_time(office):
    from linli.kernel.cases.samples import make_outcome

    case = at_decision(office)
    words = {"by": office.approver, "on": NEXT, "case": case, "rule": "sample.rule"}
    made = actions.decide(**words, outcome=make_outcome(), facts={"income": 62_000})
    assert made.outcome["reasons"][0]["code"] == "fit" and made.facts == {"income": 62_000}
    with scoped(office.approver):
        text = "\n".join(queries.explain(case.number, on=NEXT))
        with pytest.raises(LookupError, match="没有找到编号"):
            queries.explain("示〔2010〕999999", on=NEXT)
    for part in (case.number, "同意，500.00元", "符合条件（《示例办法》第四条）", "核定金额：500.00元", "内容相符", "截止日"):
        assert part in text
    with scoped(office.elsewhere), pytest.raises(LookupError):
        queries.explain(case.number, on=NEXT)


def test_a_decision_that_was_tampered_with_is_shown_as_such(office):
    from linli.kernel.cases.samples import make_outcome

    case = at_decision(office)
    made = actions.decide(by=office.approver, on=NEXT, case=case, outcome=make_outcome(), rule="r", facts={"income": 1})
    made.facts = {"income": 2}
    assert "内容已被改动" in "\n".join(queries.explain_decision(made))
