"""The town confirms for the district: who gives the power, whose a case is, four eyes, and the lot afterwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from linli.base.areas import scope_of
from linli.base.dated import Parameters, Value
from linli.base.days import SHANGHAI
from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application, Sample
from linli.domains.assistance.queries.watch import watched
from linli.domains.assistance.rules import Source
from linli.domains.assistance.rules.delegations import Checked, above, against, drawn, wanted
from linli.domains.assistance.rules.flow import PRESENT, TOWN, TOWN_2021, scheme_for
from linli.domains.assistance.samples import TOWN as TANSHAN
from linli.domains.assistance.samples import (
    VILLAGE_TOWN,
    give_consents,
    make_application,
    make_family,
    make_office,
    post,
    step,
    visit,
)
from linli.domains.assistance.samples.delegated import ALL, demo_delegation, make_delegation
from linli.domains.assistance.tests.test_present import WINDOW, checked
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import DemoPlan, Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.cases.actions import refuse as refuse_case
from linli.kernel.cases.actions import return_case
from linli.kernel.cases.queries import case_by_id, decision, explain
from linli.kernel.entitlements.queries import entitlements_of
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import year_period
from linli.kernel.publicity.actions import accept_objection, answer_objection, receive_objection
from linli.kernel.publicity.models import Notice
from linli.law import Item, all_values, procedure_on

DAY, SINCE = date(2026, 8, 3), date(2026, 7, 6)
HERE = "370404000000"
DOCUMENT = "峄民发〔2026〕3号"


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def people(office):
    """A second person of the district, and one of the town."""
    return {
        "fu": make_staff("fu", "傅科长", Role.DISTRICT_APPROVER, DISTRICT),
        "qian": make_staff("qian", "钱主任", Role.TOWN_REVIEWER, TANSHAN),
    }


@pytest.fixture
def delegated(office, people):
    return make_delegation(office.approver, people["fu"], TANSHAN, on=SINCE)


def applied(office, income: int = 1_200_000, on: date = DAY, names=("李国强", "张桂英", "李小宝")):
    one = make_application(office, make_family(office, names), on=on)
    words = {"source": Source.DECLARED, "amount": income, **WINDOW}
    actions.add_line(by=office.worker, on=on, application=one, person=one.person_id, kind=Item.BUSINESS, **words)
    return one


def surveyed(office, one, on: date = DAY) -> None:
    """Up to the survey's own step."""
    give_consents(office, one, on)
    step(office.worker, one, on)
    visit(office.reviewer, one, on)
    checked(office, one, on=on)


def posted(office, one, on: date = DAY) -> date:
    surveyed(office, one, on)
    step(office.reviewer, one, on, "符合条件，提请公示。", to="notice")
    return post(office, one, "notice", on)


def again(office, one):
    with scoped(office.approver):
        return queries.application(one.pk)


# --- the rules, without a database ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "asks", "said"),
    [
        ("dibao", False, {"dibao"}), ("edge", False, {"dibao", "edge"}), ("rigid", False, {"dibao", "edge", "rigid"}),
        ("nothing", False, {"dibao", "edge", "rigid"}), ("nothing", True, {"dibao", "edge", "rigid", "tekun"}),
        ("tekun", True, {"tekun"}), ("dibao", True, {"dibao", "tekun"}),
    ],
)  # fmt: skip
def test_a_decision_is_about_what_it_recognises_and_what_it_denies_on_the_way(result, asks, said):
    assert wanted(result, asks) == said


@pytest.mark.parametrize(
    ("town", "programmes", "since", "field"),
    [
        (TANSHAN, ("dibao", "edge", "tekun"), date(2021, 7, 1), ""), (TANSHAN, ("dibao",), date(2021, 6, 30), "since"),
        (TANSHAN, ("dibao",), date(2010, 12, 20), "since"), ("370405001000", ("dibao",), date(2026, 7, 6), "town"),
        (HERE, ("dibao",), date(2026, 7, 6), "town"), ("370404001001", ("dibao",), date(2026, 7, 6), "town"),
        (TANSHAN, ("rigid",), date(2024, 12, 31), "programmes"), (TANSHAN, ("rigid",), date(2025, 1, 1), ""),
    ],
)  # fmt: skip
def test_power_goes_to_an_own_town_from_the_law_of_2021_on_for_what_the_law_of_the_day_lets_delegate(
    town, programmes, since, field
):
    found, said = against(town, HERE, programmes, since, all_values())
    assert found == field
    assert bool(said) == bool(field)


@pytest.mark.parametrize(
    ("why", "area", "lacking", "said"),
    [
        ("", "370404001001", (), ""), ("该户收到过异议", "370404001001", (), "该户收到过异议"),
        ("", "370404100201", (), "此件已转出受委托的镇街"),
        ("", "370404001001", ("tekun", "edge"), "低保边缘、特困供养不在委托范围内（甲）"),
    ],
)  # fmt: skip
def test_what_the_district_keeps(why, area, lacking, said):
    assert above(why, TANSHAN, area, lacking, "甲") == said


def test_the_clocks_are_those_of_the_law_of_their_days():
    """83号 四(一): 20 working days, 45 at most; before it the 30 and 45 of 57号."""
    for day, scheme in ((date(2021, 7, 1), TOWN_2021), (date(2022, 10, 19), TOWN_2021), (date(2022, 10, 20), TOWN), (DAY, TOWN)):
        law = procedure_on("dibao", all_values(), on=day, area=HERE, delegated=True)
        assert scheme_for(law, delegated=True) is scheme
        assert scheme.flow.term == law.whole
        assert scheme.flow.term.n + scheme.flow.extension.n == law.whole_special.n
        assert scheme_for(procedure_on("dibao", all_values(), on=day, area=HERE)) is PRESENT


def test_the_lot_takes_its_share_and_asks_nobody():
    numbers = [f"峄社救委〔2026〕{serial:06d}" for serial in range(1, 2001)]
    assert 500 < sum(drawn(number, 0.3) for number in numbers) < 700
    assert not any(drawn(number, 0) for number in numbers)
    assert all(drawn(number, 1) for number in numbers)


# --- giving the power -------------------------------------------------------------------------------------------------------


def test_two_persons_of_the_district_give_the_power_and_it_holds_from_its_day_on(office, people):
    made = actions.delegate(
        by=office.approver, on=SINCE, town=TANSHAN, since=date(2026, 8, 1), document=DOCUMENT, programmes=["dibao", "edge"]
    )
    with scoped(office.worker):
        assert queries.delegated_on(DAY, TANSHAN) is None, "nobody agreed yet"
    with pytest.raises(Refused, match="另一人审定"):
        actions.agree_delegation(by=office.approver, on=SINCE, delegation=made)
    actions.agree_delegation(by=people["fu"], on=SINCE, delegation=made)
    with pytest.raises(Stale):
        actions.agree_delegation(by=people["fu"], on=SINCE, delegation=made)
    with scoped(office.worker):
        assert queries.delegated_on(date(2026, 7, 31), "370404001001") is None
        assert queries.delegated_on(date(2026, 8, 1), "370404001001").programmes == ["dibao", "edge"]
        assert queries.delegated_on(DAY, VILLAGE_TOWN) is None, "another town's is not"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"town": "370405001000"}, "本区的镇"), ({"since": date(2021, 6, 30)}, "2021年7月1日起才可以"),
        ({"since": date(2026, 7, 5)}, "不能早于今天"), ({"programmes": []}, "勾选委托哪些救助"), ({"document": " "}, "文件名称"),
        ({"ends": True}, "不用收回"), ({"town": "370404900000"}, "重新选择"),
    ],
)  # fmt: skip
def test_what_cannot_be_delegated_is_refused_and_told(office, words, said):
    given = {"town": TANSHAN, "since": SINCE, "document": DOCUMENT, "programmes": ["dibao"]} | words
    with pytest.raises(Refused, match=said):
        actions.delegate(by=office.approver, on=SINCE, **given)


def test_in_2010_no_town_could_confirm(office):
    """The law refuses it, whatever the document says."""
    with pytest.raises(Refused, match="2021年7月1日起才可以"):
        words = {"town": TANSHAN, "since": date(2010, 12, 21), "document": "旧文", "programmes": ["dibao"]}
        actions.delegate(by=office.approver, on=date(2010, 12, 20), **words)


def test_the_demo_gives_power_only_on_a_day_on_which_there_was_such_a_law(office):
    for name, zh in (("district", "周区审"), ("chief", "施值班")):
        make_staff(name, zh, Role.DISTRICT_APPROVER, DISTRICT)
    demo_delegation(DemoPlan(on=date(2010, 12, 20), people=1))
    with scoped(office.worker):
        assert not queries.delegations(area=HERE)
    demo_delegation(DemoPlan(on=SINCE, people=1))
    with scoped(office.worker):
        assert queries.delegated_on(SINCE, TANSHAN).document.startswith("关于委托")


def test_a_town_gives_itself_nothing(office):
    with pytest.raises(Forbidden):
        actions.delegate(by=office.reviewer, on=SINCE, town=TANSHAN, since=SINCE, document=DOCUMENT, programmes=["dibao"])


def test_power_that_was_taken_back_is_gone_for_what_begins_afterwards(office, people, delegated):
    running = applied(office)
    back = {"ends": True, "programmes": (), "document": "峄民发〔2026〕9号"}
    make_delegation(office.approver, people["fu"], TANSHAN, on=date(2026, 8, 10), **back)
    later = applied(office, on=date(2026, 8, 10), names=("周大山", "吴玉兰", "周小山"))
    assert running.case.flow == "assistance.town" and later.case.flow == "assistance.aid"
    day = posted(office, running)
    step(office.reviewer, running, day, "期满无异议。", to="confirm")
    step(people["qian"], running, day, "同意确认。")
    assert again(office, running).confirmed_by == "town", "what is running keeps the order it began with"


# --- the flow ---------------------------------------------------------------------------------------------------------------


def test_a_second_person_of_the_town_confirms_and_the_decision_says_by_which_document(office, people, delegated):
    one = applied(office)
    assert (one.case.flow, one.delegation) == ("assistance.town", delegated)
    day = posted(office, one)
    step(office.reviewer, one, day, "期满无异议。", to="confirm")
    with pytest.raises(Refused, match="另一人办理"):
        step(office.reviewer, one, day, "同意确认。")
    with pytest.raises(Forbidden):
        step(office.approver, one, day, "同意确认。")
    step(people["qian"], one, day, "同意确认。")
    one = again(office, one)
    assert (one.state, one.result, one.confirmed_by, one.pay_from) == ("granted", "dibao", "town", date(2026, 9, 1))
    with scoped(office.approver):
        assert entitlements_of([one.person_id]), "and the money follows as always"
        stored = decision(one.case)
        lines = "\n".join(explain(one.case.number, on=day))
    assert stored.step == "confirm"
    assert "坛山街道办事处受峄城区民政局委托" in lines and DOCUMENT in lines


def test_who_was_in_the_home_does_not_confirm(office, people, delegated):
    one = applied(office)
    give_consents(office, one, DAY)
    step(office.worker, one, DAY)
    visit(people["qian"], one, DAY)
    checked(office, one)
    step(office.reviewer, one, DAY, "符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", DAY)
    step(office.reviewer, one, day, "期满无异议。", to="confirm")
    with pytest.raises(Refused, match="本人登记了这户的入户调查"):
        step(people["qian"], one, day, "同意确认。")


def test_the_town_refuses_what_it_may_grant(office, people, delegated):
    one = applied(office, 9_000_000)
    surveyed(office, one)
    with pytest.raises(Refused, match="不能公示"):
        step(office.reviewer, one, DAY, "提请公示。", to="notice")
    step(office.reviewer, one, DAY, "不符合条件。", to="confirm")
    with scoped(people["qian"]):
        refuse_case(by=people["qian"], on=DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    one = again(office, one)
    assert (one.state, one.confirmed_by) == ("refused", "town")
    with scoped(office.approver):
        assert DOCUMENT in str(decision(one.case).outcome)


def test_a_relative_among_the_staff_makes_it_the_districts(office, people, delegated):
    one = applied(office)
    actions.declare_kin(by=office.worker, on=DAY, application=one, name="何主任", office="居委会", tie="申请人之兄")
    day = posted(office, one)
    with pytest.raises(Refused, match="近亲属.*由区民政局审核确认"):
        step(office.reviewer, one, day, "期满无异议。", to="confirm")
    step(office.reviewer, one, day, "报区局。", to="approval")
    with pytest.raises(Refused, match="区级须入户核查"):
        step(office.approver, one, day, "同意确认。")
    assert again(office, one).state == "open"


def test_an_objection_makes_it_the_districts(office, people, delegated):
    one = applied(office)
    surveyed(office, one)
    step(office.reviewer, one, DAY, "符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", DAY)
    with scoped(office.reviewer):
        notice = Notice.objects.get(pk=again(office, one).posted["notice"])
    said = receive_objection(by=office.reviewer, on=day - timedelta(days=2), notice=notice, text="他家有车。", item_number=1)
    accepted = accept_objection(by=office.reviewer, on=day - timedelta(days=2), objection=said)
    answer_objection(by=office.reviewer, on=day - timedelta(days=1), objection=accepted, outcome="不属实。", upheld=False)
    with pytest.raises(Refused, match="收到过异议"):
        step(office.reviewer, one, day, "期满。", to="confirm")
    step(office.reviewer, one, day, "报区局。", to="approval")
    with scoped(office.approver):
        assert case_by_id(one.case_id).step == "approval"


def test_what_was_not_delegated_goes_up(office, people):
    make_delegation(office.approver, people["fu"], TANSHAN, on=SINCE, programmes=("dibao",))
    one = applied(office, 9_000_000)
    surveyed(office, one)
    with pytest.raises(Refused, match="低保边缘、刚性支出困难不在委托范围内"):
        step(office.reviewer, one, DAY, "不符合条件。", to="confirm")
    step(office.reviewer, one, DAY, "不符合条件，报区局。", to="approval")


def test_a_relative_who_is_declared_late_sends_it_back_and_up(office, people, delegated):
    one = applied(office)
    day = posted(office, one)
    step(office.reviewer, one, day, "期满无异议。", to="confirm")
    actions.declare_kin(by=office.worker, on=day, application=one, name="何主任", office="居委会", tie="申请人之兄")
    with pytest.raises(Refused, match="由区民政局审核确认"):
        step(people["qian"], one, day, "同意确认。")
    with scoped(people["qian"]):
        words = {"to": "notice", "reason": "district_confirms", "opinion": "应报区。"}
        return_case(by=people["qian"], on=day, case=case_by_id(one.case_id), **words)
    step(office.reviewer, one, day, "报区局。", to="approval")
    with scoped(office.approver):
        assert case_by_id(one.case_id).step == "approval", "and it is not posted a second time"


def test_families_posted_together_go_each_to_where_they_belong(office, people, delegated):
    one, other = applied(office), applied(office, names=("周大山", "吴玉兰", "周小山"))
    actions.declare_kin(by=office.worker, on=DAY, application=other, name="何主任", office="居委会", tie="申请人之兄")
    for each in (one, other):
        surveyed(office, each)
        step(office.reviewer, each, DAY, "符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", DAY)
    with scoped(office.reviewer):
        lines = actions.pass_posted(by=office.reviewer, on=day, step="notice", opinion="公示期满无异议。")
        assert all(line.done for line in lines), [line.message for line in lines]
        assert [case_by_id(each.case_id).step for each in (one, other)] == ["confirm", "approval"]


def test_a_verification_stays_with_the_district(office, people, delegated):
    one = confirmed(office, people, applied(office))
    later = date(2027, 1, 11)
    new = actions.open_verification(by=office.worker, on=later, application=one, why="定期复核")
    assert (new.case.flow, new.delegation_id) == ("assistance.verify", None)


# --- the lot ----------------------------------------------------------------------------------------------------------------


def confirmed(office, people, one):
    day = posted(office, one)
    step(office.reviewer, one, day, "期满无异议。", to="confirm")
    step(people["qian"], one, day, "同意确认。")
    return again(office, one)


@pytest.fixture
def every_one(monkeypatch):
    """The district goes through each confirmation."""
    value = Value("procedure.sample_share", SINCE, None, "370404", Fraction(1), "ratio", "区里的规定", "", "S")
    known = Parameters([*(one for one in all_values() if one.key != value.key), value])
    monkeypatch.setattr("linli.domains.assistance.actions.confirming.law_now", lambda: known)


def test_what_the_lot_takes_is_looked_at_and_a_wrong_one_is_verified(office, people, delegated, every_one):
    one = confirmed(office, people, applied(office))
    with scoped(office.approver):
        (row,) = queries.samples(state="open")
        (task,) = [task for task in queries.delegation_tasks(office.approver, one.decided_on, "waiting") if task.due]
        late = row.due_on + timedelta(days=1)
        assert queries.samples(state="late", on=late).count() == 1 and not queries.samples(state="late", on=row.due_on)
        due = {line.kind: line.late for line in watched(office.approver, datetime.combine(late, time(9), SHANGHAI), 9)}
        assert due["委托确认抽查·待登记"] == 1
    assert row.application == one and task.due == row.due_on
    day = one.decided_on + timedelta(days=3)
    words = {"sample": row, "result": Checked.WRONG, "checked_on": day, "checkers": ("王科长", "傅科长"), "found": "漏计存款。"}
    for wrong, said in (
        ({"checkers": ("王科长",)}, "2名以上"), ({"found": " "}, "写明抽查情况"), ({"checked_on": DAY}, "抽中之后"),
        ({"checked_on": day + timedelta(days=1)}, "不晚于今天"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            actions.check_sample(by=office.approver, on=day, **(words | wrong))
    with pytest.raises(Forbidden):
        actions.check_sample(by=people["qian"], on=day, **words)
    actions.check_sample(by=office.approver, on=day, **words)
    with pytest.raises(Stale):
        actions.check_sample(by=office.approver, on=day, **words)
    with scoped(office.approver):
        counted = figure("assistance.sampled")
        assert value(counted, year_period(2026), HERE) == value(counted, year_period(2026), HERE, {"checked": "wrong"}) == 1
        assert value(figure("assistance.new"), year_period(2026), HERE, {"decider": "town"}) == 1
        assert value(figure("assistance.new"), year_period(2026), HERE, {"decider": "district"}) == 0
    one = again(office, one)
    assert one.verify_by == day and one.state == "granted", "nobody loses anything before a verification"
    with scoped(office.reviewer):
        assert [task.kind for task in queries.delegation_tasks(office.reviewer, day, "waiting")] == ["抽查有误·待复核"]
        assert one in queries.to_verify(day)
    actions.open_verification(by=office.worker, on=day, application=one, why="区级抽查：漏计存款")
    with scoped(office.reviewer):
        assert queries.delegation_tasks(office.reviewer, day, "waiting") == []


def test_what_was_found_right_changes_nothing(office, people, delegated, every_one):
    one = confirmed(office, people, applied(office))
    with scoped(office.approver):
        (row,) = queries.samples(state="open")
    actions.check_sample(
        by=office.approver, on=one.decided_on, sample=row, result=Checked.RIGHT, checked_on=one.decided_on,
        checkers=("王科长", "傅科长"), found="材料齐全，属实。",
    )  # fmt: skip
    assert again(office, one).verify_by == one.verify_by
    with scoped(office.approver):
        assert queries.samples(state="right").count() == 1 and not queries.samples(state="open")


def test_what_the_district_decides_itself_is_not_drawn(office, people, every_one):
    one = applied(office)
    day = posted(office, one)
    step(office.reviewer, one, day, "期满无异议。")
    step(office.approver, one, day, "同意确认。")
    with scoped(office.approver):
        assert Application.objects.get(pk=one.pk).confirmed_by == "district"
        assert not Sample.objects.exists()


def test_another_district_reads_nothing_of_a_sample(office, people, delegated, every_one):
    confirmed(office, people, applied(office))
    with scoped(scope_of("370405000000")):
        assert not Sample.objects.exists()
    assert set(ALL) == set(delegated.programmes)


def test_the_district_delegates_and_no_day_has_two_documents(office, people, delegated):
    with pytest.raises(Forbidden, match="没有“|委托确认由区级登记"):
        make_delegation(people["qian"], people["fu"], TANSHAN, on=SINCE)
    words = {"by": office.approver, "on": SINCE, "town": TANSHAN, "since": delegated.since, "programmes": ALL}
    with pytest.raises(Refused, match=f"自{delegated.since}起已有“.*{DOCUMENT}）”，请改起始日期，或先撤回那一份") as caught:
        actions.delegate(document="峄民发〔2026〕4号", **words)
    assert caught.value.field == "since"
    with pytest.raises(Refused, match="请填写委托的文件名称和文号"):
        actions.delegate(document=" ", **words)
    with pytest.raises(Refused, match="没有这份委托确认，或它不属于本区"), scoped(office.approver):
        queries.delegation_of(999_999, office.approver.area)
