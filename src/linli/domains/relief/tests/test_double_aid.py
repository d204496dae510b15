"""Whoever lives in another town is helped where it happened; nobody is helped twice for one emergency; money comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.walker import Walker

from linli.domains.relief import actions, queries
from linli.domains.relief.samples import (
    COMMUNITY,
    DAY,
    make_family,
    make_office,
    make_relief_fund,
    make_request,
    make_stranger,
    papers,
    step,
    survey,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.ledgers.actions import (
    check_batch,
    claim_benefit,
    exclude_groups,
    lock_batch,
    make_batch,
    move_money,
    open_purpose,
    settle_by_hand,
)
from linli.kernel.ledgers.queries import batch_lines, benefits_of, check_books
from linli.kernel.ledgers.rules import Channel, OrderState
from linli.kernel.registry.actions import merge_persons
from linli.kernel.registry.queries import clear_number, household_of, members_of
from linli.kernel.registry.samples import make_household

ELSEWHERE, OTHER_TOWN = "370404100201", "370404100000"


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


@pytest.fixture
def far(office):
    """A community worker and a reviewer of another town, with a family there."""
    founders = make_founders()
    worker = make_staff("sun", "孙社工", Role.COMMUNITY_WORKER, ELSEWHERE, on=FIRST_DAY, founders=founders)
    reviewer = make_staff("zhou", "周审核", Role.TOWN_REVIEWER, OTHER_TOWN, on=FIRST_DAY, founders=founders)
    family = make_household(worker, names=("周大山", "吴秀兰"))
    with scoped(worker):
        return worker, reviewer, family.head, clear_number(family.head)


def help_now(office, person, day=DAY, **words):
    return step(office.reviewer, make_request(office, person, day, fast=True, **words), day, opinion="情况紧急，先行救助。")


def family_of(office, head):
    with scoped(office.worker):
        return members_of(household_of(head, DAY), DAY)


def test_a_family_of_another_town_is_helped_where_it_happened(office, far):
    worker, _, head, number = far
    li = Walker("li").open("/relief/requests/").follow("受理临时救助").send("查找申请人", expect=422, number=number)
    assert "请同时填写姓名" in li.text and "周大山" not in li.text
    li.send("查找申请人", expect=422, number=number, name="周小山")
    assert "没有登记这个号码和姓名" in li.text and "古邵" not in li.text
    asked = {"statement": "租住的房屋失火。", "event": "fire", "degree": "light", "fast": "on"}
    li.send("查找申请人", number=number, name="周大山").send("受理", **asked)
    assert "吴秀兰" in li.text and "古邵镇" in li.text
    page = li.address
    Walker("zhao").open("/").follow("周大山·急难先行救助").send("通过", opinion="情况紧急，先行救助。")
    text = Walker("zhao").open(page).text
    assert "980.00" in text and "周大山" in text
    zhao = Walker("zhao").open(page).follow("材料与办理过程").follow("打印决定书")
    assert "周大山" in zhao.text
    assert "周大山" in Walker("li").open("/relief/requests/?words=周大").text
    fund = make_relief_fund(office.maker)
    maker = Walker("caijing").open("/relief/payments/").follow("开付款单").send("开付款单", fund=str(fund.pk))
    assert "付款单已开" in maker.text
    with scoped(worker), pytest.raises(Refused, match="已在坛山街道因同一情形"):
        make_request(type(office)(worker, far[1], office.approver, office.maker), head, event="fire")
    assert Walker("sun").client.get(page).status_code != 200


def test_a_number_in_the_address_opens_nobody_of_another_town(office, far):
    _, _, head, number = far
    li = Walker("li")
    assert li.client.get(f"/relief/requests/new/{head.pk}/").status_code == 404
    assert li.client.get(f"/relief/requests/new/{head.pk}/?pass=x").status_code != 200
    person_id, own = actions.locate(by=office.worker, on=DAY, number=number, name="周大山")
    assert person_id == head.pk and li.client.get(f"/relief/requests/new/{head.pk}/?pass={own}").status_code == 200
    for pk, pass_ in ((head.pk, actions.locate(by=office.reviewer, on=DAY, number=number, name="周大山")[1]), (head.pk + 1, own)):
        answer = li.client.get(f"/relief/requests/new/{pk}/?pass={pass_}")
        assert answer.status_code != 200 and "吴秀兰" not in answer.content.decode(), "a pass is one person's for one person"
    with pytest.raises(Refused, match="没有找到这个人"):
        make_request(office, head)
    with pytest.raises(Refused, match="急难发生的社区"):
        make_request(office, make_stranger(office), place=ELSEWHERE)
    assert Walker("zhou").open("/relief/requests/new/").status == 200


def test_a_family_does_not_ask_one_by_one_for_the_same_fire(office):
    husband, wife, child = family_of(office, make_family(office))
    help_now(office, husband, event="fire", whole=False)
    for person in (wife, child):
        with pytest.raises(Refused, match="因同一情形"):
            make_request(office, person, DAY + timedelta(days=3), event="fire", whole=False, fast=True)
    assert help_now(office, wife, event="accident", whole=False).state == "granted", "another hardship of another person"


def test_the_illness_of_one_is_not_the_accident_of_another_who_asked_for_all(office):
    """The wife was hit by a car and the family was helped; days later the husband falls ill and bears what it costs."""
    husband, wife, _ = family_of(office, make_family(office))
    help_now(office, wife, event="accident")
    later = DAY + timedelta(days=3)
    ill = make_request(office, husband, later, event="sudden_illness", fast=True)
    assert step(office.reviewer, ill, later, opinion="情况紧急，先行救助。").state == "granted"
    with pytest.raises(Refused, match="因同一情形"):
        make_request(office, husband, later, event="accident", fast=True)
    with pytest.raises(Refused, match="因同一情形"):
        make_request(office, wife, later, event="illness", whole=False)
    with pytest.raises(Refused, match="因同一情形"):
        make_request(office, husband, later, event="other_spending", burden=1_000_000)


def test_a_person_who_was_entered_twice_is_helped_once(office):
    person, double = make_stranger(office), make_stranger(office, "外乡人二")
    help_now(office, double, event="fire")
    merge_persons(by=office.reviewer, on=DAY, survivor_id=person.pk, merged_id=double.pk)
    for one in (person, double):
        with pytest.raises(Refused, match="因同一情形"):
            make_request(office, one, DAY + timedelta(days=2), event="fire", fast=True)
    again = make_request(office, double, DAY + timedelta(days=2), event="fire", fast=True, renewed="复燃，住处全毁。")
    assert (again.person_id, again.case.person_id) == (person.pk, person.pk)


def test_one_emergency_under_another_name_is_still_one(office):
    person = make_stranger(office)
    help_now(office, person, event="fire")
    with pytest.raises(Refused, match="因同一情形"):
        make_request(office, person, DAY + timedelta(days=10), event="other_emergency", fast=True)
    assert make_request(office, person, DAY + timedelta(days=11), event="accident", fast=True).state == "open"


def test_other_aid_of_the_year_is_shown_and_what_excludes_it_stops_the_decision(office):
    person = make_stranger(office)
    with scoped(office.approver):
        open_purpose(by=office.maker, on=DAY, key="charity.qing_nuan", name="情暖万家")
        words = {"group": "charity.qing_nuan", "period": "2026", "persons": [person.pk], "source": "sample:1"}
        claim_benefit(by=office.approver, on=DAY, area=COMMUNITY, **words)
    one = make_request(office, person, fast=True)
    assert one.past == [f"情暖万家（坛山街道，{DAY}）"]
    assert "情暖万家" in Walker("zhao").open(f"/relief/requests/{one.pk}/").text
    assert "外乡人" in Walker("zhao").open("/relief/requests/?again=aid").text
    exclude_groups(by=office.maker, on=DAY, group="charity.qing_nuan", other="relief.aid", basis="本地规定")
    with pytest.raises(Refused, match="不能重复享受"):
        step(office.reviewer, one)
    with scoped(office.reviewer):
        assert queries.request(one.pk).state == "open"


def test_a_family_above_the_limits_of_income_or_property_is_refused_spending_relief(office):
    one = make_request(office, make_family(office), event="illness", papers=("form", "identity"))
    with pytest.raises(Refused, match="授权书"):
        survey(office, one, consent=False)
    with pytest.raises(Refused, match="核对报告的编号"):
        survey(office, one, means_report=" ")
    one = survey(office, one, means="over")
    with scoped(office.worker):
        answer = queries.judge(one, DAY)
    assert not answer.outcome.granted and answer.outcome.reasons[0].code == "means"
    one = step(office.worker, one, to="town")
    with pytest.raises(Refused, match="超过本地规定"):
        step(office.reviewer, one)
    with scoped(office.reviewer):
        refuse(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="有两套住房。")
        assert queries.request(one.pk).refused_for == "means"


def revoked(office, one):
    with scoped(office.reviewer):
        refuse(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), reason="untrue", opinion="没有发生事故。")


def test_the_money_of_revoked_relief_comes_back(office):
    """What was not paid is cancelled, what was handed over is claimed, and what lies in a batch waits for its end."""
    fund, asked = make_relief_fund(office.maker), [help_now(office, make_stranger(office, name)) for name in ("甲某", "乙某")]
    for one in asked:
        actions.order_money(by=office.maker, on=DAY, request=one, fund_id=fund.pk, cash=True)
    with scoped(office.maker):
        _, paid = (queries.order_of(one) for one in asked)
    batch = locked(office, paid)
    for one in asked:
        revoked(office, one)
    with scoped(office.approver):
        assert not benefits_of([one.person_id for one in asked]).exists()
    wang = Walker("wang").open("/").follow("2件已撤销的临时救助等待收回款项")
    assert "甲*" in wang.text and "乙*" in wang.text
    first, second = (f"/relief/requests/{one.pk}/" for one in asked)
    assert "已办理收回" in wang.open(first).send("收回款项").text
    assert "在发放批次中" in wang.open(second).send("收回款项").text
    settle(office, fund, batch)
    assert "追回中" in wang.open(second).send("收回款项").text
    assert "等待收回" not in wang.open("/").text
    with scoped(office.approver):
        states = [queries.order_of(one).state for one in asked]
        assert states == [OrderState.CANCELLED, OrderState.RECOVERING]
        with pytest.raises(Refused, match="无需再次办理"):
            actions.claim_back(by=office.approver, on=DAY, request=queries.request(asked[0].pk))
        assert not [proof for proof in check_books() if proof.faults]


def locked(office, order):
    checker = make_staff("fuhe", "财复核", Role.FINANCE_CHECKER, "370404000000", on=FIRST_DAY, founders=make_founders())
    batch = make_batch(by=office.maker, on=DAY, number="X1", item="临时救助", orders=[order.pk], channel=Channel.CASH)
    check_batch(by=checker, on=DAY, batch=batch, count=1, amount=order.amount)
    return lock_batch(by=checker, on=DAY, batch=batch)


def settle(office, fund, batch):
    words = {"fund": fund, "amount": batch.amount, "account": "1002", "to": "1001", "reference": "m:1", "memo": "提现"}
    move_money(by=office.maker, on=DAY, **words)
    with scoped(office.maker):
        (line,) = batch_lines(batch)
    settle_by_hand(by=office.maker, on=DAY, batch=batch, proofs={line.pk: "签领表第1页"})


def test_the_worker_is_told_whose_papers_are_still_to_come(office):
    one = help_now(office, make_stranger(office))
    li = Walker("li").open("/").follow("1户先行救助等待补办手续")
    assert li.address == f"/cases/{one.case_id}/" and "外乡人" in li.text and "补办手续" in li.text
    two = help_now(office, make_stranger(office, "远方人"))
    listed = li.open("/").follow("2户先行救助等待补办手续")
    rows = [row.text_content() for row in listed.page.xpath("//table//tbody/tr")]
    assert len(rows) == 2 and all("补办手续" in row and "已救助" in row for row in rows), "what is owed stands beside the help"
    papers(office, two)
    step(office.reviewer, two, opinion="手续已补齐。")
    papers(office, one)
    step(office.reviewer, one, opinion="手续已补齐。")
    assert "补办手续" not in Walker("li").open("/").text
