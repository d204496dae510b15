"""Nothing that a counter took falls between two chairs: each step and each task lies with somebody who can do it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.journeys.walker import Walker

from linli.domains.hall import actions
from linli.domains.hall.models import Errand, Mandate, Telling
from linli.domains.hall.queries import catalogue, item_on
from linli.domains.hall.rules import Act, Told, promise_at
from linli.domains.hall.rules.network import DISTRICT_WATCH
from linli.domains.hall.samples import DAY, decide, make_handling, make_resident, mandating
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import refuse, return_case
from linli.kernel.cases.queries import case_by_id, my_tasks
from linli.kernel.duties.actions import set_roster
from linli.kernel.figures.queries import figure
from linli.kernel.figures.rules import month_period


def test_a_town_without_a_clerk_ends_what_its_villages_passed_up(halls):
    """HALL-10, HALL-12: a pass for the old is taken in the village and ended by the town, whoever sits there."""
    one = make_handling(halls.worker, make_resident(halls.worker), "FL03")
    with scoped(halls.reviewer):
        assert [task.case_id for task in my_tasks(halls.reviewer)] == [one.case_id]
    office = Walker("zhao").open(f"/cases/{one.case_id}/").send("通过", opinion="材料齐全，当场办结。")
    assert "已办结" in office.text
    assert "送达结果" in Walker("li").open(f"/hall/handlings/{one.pk}/").text


def test_only_who_can_enter_what_an_agent_did_is_made_an_agent(halls):
    """HALL-04: the district's counter offers its clerk and the applicant's community, not the auditor who sits next door."""
    person, founders = make_resident(halls.worker), make_founders()
    auditor = make_staff("feng", "冯审计", Role.AUDITOR, DISTRICT, on=FIRST_DAY, founders=founders)
    counter = Walker("sun").open(f"/hall/counter/{person.pk}/BZ07/")
    (offered,) = [field for field in counter.page.iter("select") if field.get("name") == "agent"]
    names = offered.text_content()
    assert "孙窗口" in names and "李社工" in names
    assert "冯审计" not in names and "王科长" not in names
    given = {"acts": tuple(Act), "until": DAY + timedelta(days=30), "proof": "签字"}
    with pytest.raises(Refused, match="代办人"):
        make_handling(halls.clerk, person, "BZ07", agent=actions.Mandating(auditor.own_hand, **given))
    with scoped(halls.clerk):
        assert not Mandate.objects.exists()
    one = make_handling(halls.clerk, person, "BZ07", papers=[])
    late = Walker("sun").open(f"/hall/handlings/{one.pk}/mandate/")
    assert "冯审计" not in late.text and "李社工" in late.text


def test_a_village_promises_what_it_can_keep(halls):
    """HALL-05, HALL-12: what the town ends while one waits takes two counters from the village, and paper and clock say so."""
    person = make_resident(halls.worker)
    village, town = Walker("li").open(f"/hall/counter/{person.pk}/FL03/"), Walker("ma").open(f"/hall/counter/{person.pk}/FL03/")
    assert "3个工作日（法定5个工作日）" in village.text and "当场办结（法定5个工作日）" in town.text
    one = make_handling(halls.worker, person, "FL03")
    assert one.promised_on == date(2010, 12, 23)
    assert "2010-12-23前（法定5个工作日）" in Walker("li").open(f"/hall/handlings/{one.pk}/receipt/").text
    guide = Client(HTTP_HOST="127.0.0.1").get("/guide/FL03/").content.decode()
    assert "镇街当场办结，村居受理的3个工作日" in guide


def test_a_promise_of_two_counters_never_outlasts_the_law():
    for item in catalogue().items:
        for level in item.taken:
            term = promise_at(item, level)
            assert term.kind != item.legal.kind or term.n <= item.legal.n, f"{item.code}.{item.version} {level}"


def test_a_guide_names_the_office_that_decides():
    day = date(2010, 12, 20)
    deciders = {code: item_on(code, day).decider for code in ("FL01", "FL05", "ZA02")}
    assert deciders == {"FL01": "区残疾人联合会", "FL05": "镇（街道）", "ZA02": "村（社区）"}
    assert ("决定", "镇（街道）") in item_on("FL05", day).steps


def test_a_line_of_the_workbench_leads_to_just_what_it_counts(halls):
    """HALL-05: whom to tell and whose result lies ready, of the own hall; the list had everything of the area."""
    mine = decide(halls.reviewer, make_handling(halls.worker, make_resident(halls.worker, "陈二妈"), "FL02"))
    theirs = decide(halls.reviewer, make_handling(halls.town_clerk, make_resident(halls.worker, "陈三妈"), "FL02"))
    open_ = make_handling(halls.worker, make_resident(halls.worker), "FL02", papers=[])
    for line in ("1件须告知", "1件结果等待领取"):
        listed = Walker("li").open("/").follow(line)
        assert mine.number in listed.text
        assert theirs.number not in listed.text and open_.number not in listed.text


def test_an_old_link_to_what_is_done_leads_on(halls):
    """HALL-04: the receiver of a task that went on by itself is not asked for it by a form that can only refuse."""
    agent = mandating(halls.worker, DAY + timedelta(days=30))
    one = decide(halls.reviewer, make_handling(halls.worker, make_resident(halls.worker), "FL02", agent=agent))
    with scoped(halls.worker):
        over = Errand.objects.exclude(done_on=None).first()
        telling = Telling.objects.get(handling=one, wanted=True)
        actions.tell(by=halls.worker, on=DAY, telling=telling, how=Told.PHONE)
    for address, said in ((f"/hall/errands/{over.pk}/", "已经办过了"), (f"/hall/tellings/{telling.pk}/", "已经告知过了")):
        at = Walker("li").open(address)
        assert at.address == f"/hall/handlings/{one.pk}/" and said in at.text


def test_papers_that_somebody_else_took_meanwhile_are_told_in_words(halls):
    one = make_handling(halls.worker, make_resident(halls.worker), "FL03", papers=[])
    first, second = (Walker("li").open(f"/hall/handlings/{one.pk}/papers/") for _ in range(2))
    first.send("收下", papers=["identity"])
    second.send("收下", 422, papers=["identity", "photo"])
    assert "刚刚已经收下" in second.text and "“identity”" not in second.text


@pytest.mark.parametrize(
    ("opinion", "told"), [("不在本地居住。", "原因：不符合办理条件，不在本地居住。"), ("", "原因：不符合办理条件。")]
)
def test_whoever_is_refused_is_told_the_ground_and_the_words_of_the_decision(halls, opinion, told):
    """HALL-05: the end itself has no words; what was decided has."""
    one = make_handling(halls.worker, make_resident(halls.worker), "FL02")
    with scoped(halls.reviewer):
        refuse(by=halls.reviewer, on=DAY, case=case_by_id(one.case_id), reason="unfit", opinion=opinion)
        assert Telling.objects.get(handling=one, wanted=True).words.endswith(f"不予办理。{told}")


def test_what_runs_past_its_promise_is_counted_until_it_is_ended(halls):
    """HALL-05: late and still open; what waits for papers is not, and what was ended since is not any more."""
    person = make_resident(halls.worker)
    one = make_handling(halls.worker, person, "FL02")
    make_handling(halls.worker, person, "FL08", papers=[])
    with scoped(halls.approver):
        late = figure("hall.running_late")
        days = [month_period(2010, 12), month_period(2011, 1)]
        assert [late.rows(day).count() for day in days] == [0, 1]
        early = [late.rows(days[1].as_known(day)).count() for day in (one.promised_on, one.promised_on + timedelta(days=1))]
        assert early == [0, 1], "a month that runs on is judged by today, not by its end"
    decide(halls.reviewer, one, date(2011, 1, 20))
    with scoped(halls.approver):
        assert [late.rows(day).count() for day in days] == [0, 0]


def test_nobody_is_put_on_duty_who_could_not_enter_that_he_came(halls):
    """HALL-06: the roster of the district's hall has its clerks and the office behind them, not the auditor next door."""
    auditor = make_staff("feng", "冯审计", Role.AUDITOR, DISTRICT, on=FIRST_DAY, founders=make_founders())
    desk = Walker("wang").open(f"/duties/rosters/{DISTRICT_WATCH}/?month=2010-12&area={DISTRICT}")
    offered = [field.getparent().text_content() for field in desk.page.iter("input") if field.get("name") == "staff"]
    assert any("孙窗口" in one for one in offered) and not any("冯审计" in one for one in offered)
    words = {"by": halls.approver, "on": DAY, "duty": DISTRICT_WATCH, "area": DISTRICT, "day": DAY}
    with pytest.raises(Refused, match="岗位能办这项值班"):
        set_roster(staff=[auditor.own_hand, halls.clerk.own_hand], **words)
    assert len(set_roster(staff=[halls.approver.own_hand, halls.clerk.own_hand], **words)) == 2


def test_a_case_goes_back_only_to_the_counter_that_took_it(halls):
    """HALL-10: the town's counter never saw what the village took; sent there, it would lie where nobody knows it."""
    one = make_handling(halls.worker, make_resident(halls.worker), "FL05")
    desk = Walker("zhao").open(f"/cases/{one.case_id}/?act=return")
    targets = [field.get("value") for field in desk.page.iter("input") if field.get("id", "").startswith("return_to")]
    assert targets == ["counter_community"]
    with scoped(halls.reviewer):
        case, words = case_by_id(one.case_id), {"reason": "incomplete", "opinion": "请补充"}
        with pytest.raises(Refused, match="没有经过“镇街窗口受理”"):
            return_case(by=halls.reviewer, on=DAY, case=case, to="counter_town", **words)
        assert case_by_id(one.case_id).step == "decision"
        return_case(by=halls.reviewer, on=DAY, case=case, to="counter_community", **words)
    with scoped(halls.worker):
        assert [task.case_id for task in my_tasks(halls.worker)] == [one.case_id]
