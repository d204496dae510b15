"""From the counter to the result: on the spot, up and down the levels, with missing papers, by an agent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.journeys.walker import Walker

from linli.base.days import official_calendar
from linli.domains.hall import actions, queries
from linli.domains.hall.models import Custody, Handling, Mandate
from linli.domains.hall.rules import Act, Told
from linli.domains.hall.samples import COMMUNITY, DAY, PHONE, decide, make_handling, make_resident, mandating
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import return_case
from linli.kernel.cases.queries import case_by_id, clock_of, my_tasks
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import month_period
from linli.kernel.registry.actions import record_death

PAPERS = ["identity", "photo", "form", "diagnosis"]


def again(one, by):
    with scoped(by):
        return queries.handling(one.pk)


def only(by):
    with scoped(by):
        return queries.handling(Handling.objects.get().pk)


def test_a_clerk_takes_an_item_in_three_steps_and_ends_it_on_the_spot(halls):
    """HALL-03, HALL-05: find the person, choose the item, tick the papers; the receipt says that it is done."""
    make_resident(halls.worker)
    at = Walker("ma").open("/hall/counter/").send("查找申请人", words="陈大妈")
    assert "陈大妈要办什么" in at.text and "残疾人证申领" in at.text
    at.open(at.address + "?words=lnryd")
    assert "老年人优待证办理：陈大妈" in at.text and "当场办结" in at.text
    at.send("受理并出具收件单", papers=["identity", "photo"], ended="on")
    assert "收件单" in at.text and "已当场办结" in at.text and "138****0001" in at.text
    with scoped(halls.town_clerk):
        one = Handling.objects.get()
        assert (one.spot, one.result_to, one.case.outcome, one.hall) == (True, "陈大妈", "done", halls.town_clerk.area)
        assert [(paper.key, paper.kept) for paper in queries.papers_of(one)] == [("photo", "filed")]
        assert not queries.to_be_told(halls.town_clerk).exists()


def test_an_item_passes_up_the_three_levels_and_its_result_comes_down_again(halls):
    """HALL-10: taken in the community, reviewed in the town, decided in the district, handed out in the community."""
    person = make_resident(halls.worker)
    at = Walker("li").open(f"/hall/counter/{person.pk}/FL01/").send("受理并出具收件单", papers=PAPERS)
    assert "收件单" in at.text and "2011-01-11前（法定30个工作日）" in at.text
    one = only(halls.worker)
    assert one.case.step == "review" and one.promised_on == date(2011, 1, 11)
    steps = Walker("li").open(f"/cases/{one.case_id}/").page.xpath("//ol[@class='steps']")[0].text_content()
    assert "镇街窗口受理不经过" in steps and "区决定未到" in steps, "it never comes to the counter of the street"
    with scoped(halls.reviewer):
        assert [task.case_id for task in my_tasks(halls.reviewer)] == [one.case_id]
        clock = clock_of(case_by_id(one.case_id), on=DAY)
        assert (clock.case.term.n, clock.step.term.n) == (30, 7)
    one = decide(halls.reviewer, one)
    with scoped(halls.approver):
        return_case(by=halls.approver, on=DAY, case=case_by_id(one.case_id), to="review", reason="unclear", opinion="鉴定页不清")
    one = decide(halls.approver, decide(halls.reviewer, again(one, halls.worker)))
    assert one.case.outcome == "done"
    desk = Walker("li").open("/")
    assert "1件结果等待领取" in desk.text and "1件须告知申请人" in desk.text
    desk.open(f"/hall/handlings/{one.pk}/").follow("告知").send("已告知", how="phone")
    desk.follow("送达结果").send("已签收", to="陈大妈")
    desk.follow("退还原件").send("已签收")
    one = again(one, halls.worker)
    assert one.result_to == "陈大妈"
    with scoped(halls.worker):
        assert queries.held(one) == []


def test_what_is_missing_is_told_once_and_completely_and_the_clock_waits(halls):
    person = make_resident(halls.worker)
    at = Walker("li").open(f"/hall/counter/{person.pk}/FL01/").send("受理并出具收件单", papers=["identity", "form"])
    assert "一次性告知书" in at.text and "□ 近期免冠照片" in at.text and "□ 诊断证明" in at.text
    with scoped(halls.worker):
        one = Handling.objects.get()
        assert one.case.stop == "papers" and one.case.step == "counter_community"
        telling = queries.tellings_of(one)[0]
        assert telling.wanted and telling.how == "paper"
        with pytest.raises(Refused, match="还缺必需的材料"):
            decide(halls.worker, one)
    at.open(f"/hall/handlings/{one.pk}/").follow("收补正材料").send("收下", papers=["photo"])
    assert again(one, halls.worker).case.step == "counter_community"
    at.follow("收补正材料").send("收下", papers=["diagnosis"])
    one = again(one, halls.worker)
    assert (one.case.step, one.case.stop) == ("review", "")


def test_an_item_passed_down_is_taken_in_the_community_and_never_above(halls):
    """HALL-12: 残疾证, 计生证 and 新农合报账 are taken and carried by the community."""
    person = make_resident(halls.worker)
    passed = {item.code: item for item in queries.items(on=DAY, passed_down=True)}
    assert passed.keys() >= {"FL01", "JS01", "BZ01"} and passed["BZ01"].zh == "新型农村合作医疗报账"
    at = Walker("li")
    for code in ("FL01", "JS01", "BZ01"):
        papers = [paper.key for paper in passed[code].asked]
        at.open(f"/hall/counter/{person.pk}/{code}/").send("受理并出具收件单", papers=papers)
        assert "收件单" in at.text, code
    with scoped(halls.worker):
        assert Handling.objects.count() == 3
    with pytest.raises(Refused, match="由村居大厅、镇街大厅受理"):
        make_handling(halls.clerk, person, "BZ01")


def test_an_agent_carries_the_item_through_every_step_with_own_tasks_and_days(halls):
    """HALL-04, HALL-05: mandate with scope and end; each step gives the agent a task, and the applicant hears of it."""
    person = make_resident(halls.worker)
    at = Walker("li").open(f"/hall/counter/{person.pk}/FL01/")
    until = DAY + timedelta(days=60)
    sent = {"papers": PAPERS[:3], "agent": str(halls.worker.staff_id), "until": until.isoformat(), "proof": "本人签字"}
    at.send("受理并出具收件单", **sent)
    assert "代办人" in at.text and "李社工" in at.text
    with scoped(halls.worker):
        one = Handling.objects.get()
        tasks = list(queries.errands_for(halls.worker.staff_id, DAY))
        assert [task.act for task in tasks] == ["submit"] and tasks[0].due_on == date(2010, 12, 22)
        assert "诊断证明" in tasks[0].words, "the first one, to hand the papers in, is done with"
    actions.bring_papers(by=halls.worker, on=DAY, handling=one, papers=["diagnosis"])
    one = decide(halls.approver, decide(halls.reviewer, again(one, halls.worker)))
    with scoped(halls.worker):
        tasks = list(queries.errands_for(halls.worker.staff_id, DAY))
        assert [task.act for task in tasks] == ["result"], "a step that the case has left gives no task any more"
        assert [told.wanted for told in queries.tellings_of(one)] == [True, False, False, True]
    desk = Walker("li").open("/").follow("代办：陈大妈的残疾人证申领")
    assert PHONE in desk.text
    desk.send("已办理", note="材料已送窗口。")
    with scoped(halls.worker):
        assert queries.errands_for(halls.worker.staff_id, DAY).count() == 0


def test_who_has_the_result_need_not_be_told_of_it_nor_fetch_it_any_more(halls):
    """HALL-04, HALL-05: handing the result out ends what was still to be told and the agent's last task."""
    agent = mandating(halls.worker, DAY + timedelta(days=60))
    one = decide(halls.reviewer, make_handling(halls.worker, make_resident(halls.worker), "FL02", agent=agent))
    with scoped(halls.worker):
        assert [told.wanted for told in queries.tellings_of(one) if told.told_on is None][-1] is True
        assert [task.act for task in queries.errands_for(halls.worker.staff_id, DAY)] == ["result"]
    Walker("li").open(f"/hall/handlings/{one.pk}/result/").send("已签收", to="陈大妈")
    with scoped(halls.worker):
        assert not [told for told in queries.tellings_of(one) if told.wanted and told.told_on is None]
        assert not queries.errands_for(halls.worker.staff_id, DAY).exists()
        assert "陈大妈签收" in queries.mandates_of(one)[0].errands.order_by("id").last().note


def test_a_mandate_ends_on_its_day_and_allows_only_what_it_says(halls):
    person = make_resident(halls.worker)
    one = make_handling(halls.worker, person, agent=mandating(halls.worker, DAY, (Act.FOLLOW,)))
    one = decide(halls.reviewer, one)
    with scoped(halls.worker):
        assert not queries.errands_for(halls.worker.staff_id, DAY + timedelta(days=1)).exists()
        (task,) = queries.errands_for(halls.worker.staff_id, DAY)
        assert "区" in task.words, "of the step where the case is now"
        with pytest.raises(Refused, match="已经到期"):
            actions.do_errand(by=halls.worker, on=DAY + timedelta(days=1), errand=task, note="去了")
        with pytest.raises(Refused, match="已有代办人"):
            words = {"acts": [Act.RESULT], "until": DAY, "proof": "签字"}
            actions.give_mandate(by=halls.worker, on=DAY, handling=one, agent_id=halls.worker.staff_id, **words)
        standing = queries.mandate_of(one)
        actions.end_mandate(by=halls.worker, on=DAY, mandate=standing, why="本人改为自己办理")
        with pytest.raises(Stale):
            actions.end_mandate(by=halls.worker, on=DAY, mandate=standing, why="再次")
        with pytest.raises(Refused, match="到期或终止"):
            actions.do_errand(by=halls.worker, on=DAY, errand=task, note="去了")


def test_only_the_agent_enters_what_the_agent_did(halls):
    person = make_resident(halls.worker)
    one = make_handling(halls.worker, person, agent=mandating(halls.worker, DAY))
    other = make_staff("li3", "陈协管", Role.COMMUNITY_WORKER, COMMUNITY, on=FIRST_DAY, founders=make_founders())
    with scoped(other):
        task = queries.mandates_of(one)[0].errands.first()
        with pytest.raises(Forbidden, match="本人登记"):
            actions.do_errand(by=other, on=DAY, errand=task, note="代填")


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        ("SP01", {}, "由区大厅受理"), ("XX99", {"papers": []}, "没有这个事项"), ("FL01", {"phone": ""}, "请填写联系电话"),
        ("FL04", {"papers": []}, "没有这个事项"),
    ],
)  # fmt: skip
def test_what_a_counter_cannot_take_is_refused_with_the_way_to_go(halls, code, words, said):
    person = make_resident(halls.worker)
    usual = {"person_id": person.pk, "code": code, "phone": PHONE, "papers": PAPERS if code == "FL01" else []}
    with pytest.raises(Refused, match=said):
        actions.take(by=halls.worker, on=DAY, **(usual | words))


def test_the_same_item_is_not_taken_twice_and_not_for_the_dead(halls):
    person = make_resident(halls.worker)
    make_handling(halls.worker, person)
    with pytest.raises(Refused, match="正在办理"):
        make_handling(halls.town_clerk, person)
    record_death(by=halls.worker, on=DAY, person_id=person.pk, day=DAY)
    with pytest.raises(Refused, match="已登记死亡"):
        make_handling(halls.worker, person, "FL02")


def test_whoever_took_a_request_does_not_decide_it(halls):
    one = make_handling(halls.town_clerk, make_resident(halls.worker), "FL02")
    with scoped(halls.town_clerk), pytest.raises(Refused, match="不由窗口人员岗位办理"):
        decide(halls.town_clerk, one)
    assert decide(halls.reviewer, one).case.outcome == "done"


def test_an_original_is_handed_back_once_and_only_originals(halls):
    """HALL-04: what goes into the file (an application form, photographs) is not promised back."""
    one = make_handling(halls.worker, make_resident(halls.worker), "JY04")
    slip = Walker("li").open(f"/hall/handlings/{one.pk}/receipt/").text
    assert "申请表 收下存档1份（存入案卷，不退还）" in slip and "收入证明 收原件1份（办结后凭本单退还）" in slip
    with scoped(halls.worker):
        held = queries.held(one)
        assert {paper.name for paper in held} == {"经营项目说明", "收入证明"}
        copy = Custody.objects.get(handling=one, kept="copy")
        with pytest.raises(Refused, match="请勾选"):
            actions.return_papers(by=halls.worker, on=DAY, handling=one, papers=[copy.pk], to="陈大妈")
        actions.return_papers(by=halls.worker, on=DAY, handling=one, papers=[held[0].pk], to="陈大妈")
        with pytest.raises(Stale):
            actions.return_papers(by=halls.worker, on=DAY, handling=one, papers=[paper.pk for paper in held], to="陈大妈")
        with pytest.raises(DatabaseError), transaction.atomic():
            Custody.objects.filter(pk=copy.pk).update(returned_on=DAY, returned_to="某人", returned_by=halls.worker.staff_id)


def test_what_a_lower_counter_passed_up_is_ended_at_the_upper_one(halls):
    one = again(make_handling(halls.worker, make_resident(halls.worker), "FL03"), halls.worker)
    assert one.case.step == "counter_town" and not one.spot
    with scoped(halls.worker), pytest.raises(Refused, match="不在本窗口办结"):
        actions.finish(by=halls.worker, on=DAY, handling=one)
    at = Walker("ma").open(f"/hall/handlings/{one.pk}/").send("当场办结")
    assert "结果待领取" in at.text


def test_one_form_asks_for_one_thing_of_life_and_each_item_has_its_own_receipt(halls):
    person = make_resident(halls.worker)
    at = Walker("li").open(f"/hall/counter/{person.pk}/")
    assert at.text.index("一件事一次办") < at.text.index("残疾人证申领"), "what is done at once stands above its single items"
    at.follow("残疾人办证和补助")
    at.send("一起受理", papers=[*PAPERS])
    assert "一起受理的事项" in at.text and "残疾人辅助器具申请" in at.text
    with scoped(halls.worker):
        first, second = Handling.objects.order_by("id")
        assert second.first_id == first.pk and {first.bundle, second.bundle} == {"disabled"}
        assert first.number != second.number and first.case.due_on != second.case.due_on
        with pytest.raises(Refused, match="至少选两个"):
            actions.take_bundle(
                by=halls.worker, on=DAY, person_id=person.pk, key="disabled", codes=["FL01"], papers=[], phone=PHONE
            )


def test_a_thing_of_life_is_taken_wholly_or_not_at_all(halls):
    person = make_resident(halls.worker)
    make_handling(halls.worker, person, "FL08")
    with pytest.raises(Refused, match="正在办理"):
        actions.take_bundle(
            by=halls.worker, on=DAY, person_id=person.pk, key="disabled", codes=["FL01", "FL08"], papers=PAPERS,
            phone=PHONE,
        )
    with scoped(halls.worker):
        assert Handling.objects.count() == 1


def test_the_figures_tell_what_was_ended_on_the_spot_and_by_agents(halls):
    person = make_resident(halls.worker)
    make_handling(halls.worker, person, "BZ04", ended=True)
    make_handling(halls.town_clerk, person, "FL03", ended=True)
    one = make_handling(halls.worker, person, "FL02", agent=mandating(halls.worker, DAY))
    later = DAY + timedelta(days=21)
    decide(halls.reviewer, one, later)
    make_handling(halls.worker, person, "FL01", papers=[])
    december, january = month_period(2010, 12), month_period(2011, 1)
    with scoped(halls.clerk):
        def count(key, period):
            return value(figure(f"hall.{key}"), period, "370404000000", {})

        assert [count(key, december) for key in ("taken", "ended", "spot", "agency", "passed_down")] == [4, 2, 2, 0, 4]
        assert [count(key, january) for key in ("ended", "spot", "agency", "late", "days")] == [1, 0, 1, 1, 21]
        assert {row.item for row in figure("hall.taken").rows(december)} == {"BZ04", "FL01", "FL02", "FL03"}


def test_lists_show_what_is_late_and_what_waits(halls):
    person = make_resident(halls.worker)
    one = make_handling(halls.worker, person)
    make_handling(halls.worker, person, "FL02", papers=[])
    with scoped(halls.reviewer):
        assert queries.handlings(state="papers").get().item == "FL02"
        assert queries.handlings(late_on=DAY).count() == 0
        assert {row.item for row in queries.handlings(late_on=date(2011, 3, 1))} == {"FL01"}, "what waits for papers is not late"
        assert queries.handlings(words=one.number).get().pk == one.pk
        assert queries.handlings(state="open", window="welfare", area=COMMUNITY).count() == 2
    listed = Walker("zhao").open("/hall/handlings/?state=papers")
    assert "等待补正" in listed.text and "高龄津贴" in listed.text


def test_a_handling_of_another_town_does_not_exist(halls):
    one = make_handling(halls.worker, make_resident(halls.worker))
    make_staff("far", "郑审核", Role.TOWN_REVIEWER, "370404100000", on=FIRST_DAY, founders=make_founders())
    far = Walker("far")
    assert far.client.get(f"/hall/handlings/{one.pk}/").status_code == 404


def test_a_mandate_without_scope_or_paper_cannot_be_given(halls):
    person = make_resident(halls.worker)
    past = {"until": DAY - timedelta(days=1)}
    for change, said in (({"acts": ()}, "代办权限"), ({"proof": " "}, "委托书"), (past, "不能早于")):
        usual = {"agent_id": halls.worker.own_hand, "acts": (Act.FOLLOW,), "until": DAY, "proof": "签字"} | change
        with pytest.raises(Refused, match=said):
            make_handling(halls.worker, person, agent=actions.Mandating(**usual))
    with scoped(halls.worker):
        assert not Handling.objects.exists() and not Mandate.objects.exists()


def test_a_telling_is_done_once(halls):
    one = make_handling(halls.worker, make_resident(halls.worker))
    one = decide(halls.approver, decide(halls.reviewer, one))
    with scoped(halls.worker):
        telling = queries.to_be_told(halls.worker).get()
        actions.tell(by=halls.worker, on=DAY, telling=telling, how=Told.PHONE)
        with pytest.raises(Stale):
            actions.tell(by=halls.worker, on=DAY, telling=telling, how=Told.PHONE)


def test_what_runs_past_its_promise_says_so_and_is_on_the_desk_that_can_act(halls, settings):
    """HALL-05, HALL-10: who took it sees that it is late, with no task where the town decides; what waits for papers is not."""
    person = make_resident(halls.worker)
    late, short = make_handling(halls.worker, person, "FL02"), make_handling(halls.worker, person, "FL08", papers=[])
    settings.BUSINESS_DAY = date(2011, 3, 1).isoformat()
    with scoped(halls.worker):
        waits = queries.handling(late.pk).case.number
    assert waits not in Walker("li").open("/").text and waits in Walker("zhao").open("/").text
    desk = Walker("li").open("/hall/handlings/?state=open&late=on")
    assert late.number in desk.text and short.number not in desk.text
    whole = desk.open("/hall/handlings/").text
    assert "超过承诺" in whole and "等待补正" in whole and whole.count("超过承诺") == 2, "the filter and the one that is late"


def test_the_promise_stands_still_while_papers_are_awaited(halls):
    """HALL-08: the guide and the page of progress say that the time stops; so the promised day moves with it."""
    one = make_handling(halls.worker, make_resident(halls.worker), "FL02", papers=["identity"])
    first = one.promised_on
    with scoped(halls.worker):
        part = actions.bring_papers(by=halls.worker, on=date(2010, 12, 23), handling=queries.handling(one.pk), papers=["bank"])
        assert part.promised_on == first, "something is missing still"
    pages = [f"/hall/handlings/{one.pk}/", "/hall/handlings/", f"/hall/handlings/{one.pk}/receipt/", f"/cases/{part.case_id}/"]
    li, told = Walker("li"), f"{first:%Y-%m-%d}"
    assert not [page for page in pages if told in li.open(page).text], "a day that moves is not promised"
    assert "补齐材料后" in li.open(pages[2]).text
    with scoped(halls.worker):
        whole = actions.bring_papers(by=halls.worker, on=date(2010, 12, 27), handling=queries.handling(one.pk), papers=["photo"])
    calendar = official_calendar()
    assert whole.promised_on == calendar.add_working_days(first, 5).day > first
