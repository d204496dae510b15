"""Families that move within the district: whoever sees them from then on can go on with everything that they have under way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from linli.base.areas import WHOLE
from linli.domains.assistance import actions, queries
from linli.domains.assistance import samples as aid
from linli.domains.callers import samples as keys
from linli.domains.callers.models import Device
from linli.domains.charity import samples as charity
from linli.domains.disability import samples as disability
from linli.domains.hall import samples as hall
from linli.domains.relief import samples as relief
from linli.domains.treatment import samples as treatment
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import FIRST_DAY, make_staff
from linli.kernel.cases.actions import transfer
from linli.kernel.cases.actions.following import catch_up
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import clock_of
from linli.kernel.entitlements.queries import covered_in, entitlements_of
from linli.kernel.ledgers import samples as money
from linli.kernel.ledgers.models import BatchLine, PaymentOrder
from linli.kernel.registry.actions import add_bank_account, change_head, move_household, move_person
from linli.kernel.registry.queries import household_of, members_of, person_by_id
from linli.kernel.registry.samples import make_person
from tests.test_doors import signed_in

FAR, FAR_TOWN = "370404100201", "370404100000"


def move(by: Any, person_id: int, on: date, to: str = FAR) -> None:
    """The person moves with the household, or alone where there is none."""
    with scoped(by):
        person = person_by_id(person_id)
        home = household_of(person, on)
    words = {"by": by, "on": on, "to": to, "address": "古邵村12号"}
    if home:
        move_household(household_id=home.pk, **words)
    else:
        move_person(person_id=person_id, **words)


def make_far(on: date = FIRST_DAY) -> tuple[Any, Any]:
    """The worker and the reviewer of another town."""
    return (
        make_staff("yuan", "袁社工", Role.COMMUNITY_WORKER, FAR, on),
        make_staff("yuanzhen", "袁审核", Role.TOWN_REVIEWER, FAR_TOWN, on),
    )


def opens(username: str, address: str) -> bool:
    """Whether the page opens for this account."""
    return bool(signed_in(username).get(address).status_code == 200)


def case_of(row: Any) -> Any:
    with scoped(WHOLE):
        return Case.objects.get(pk=row.case_id)


@pytest.mark.parametrize("state", ["open", "granted"])
def test_a_claim_of_a_disabled_person_goes_along(db, state):
    office = charity.make_office()
    person = disability.make_disabled(office.worker)
    one = disability.make_claim(office, person)
    if state == "granted":
        disability.carry(office, one)
    else:
        disability.carry(office, one, to="approval")
    before = case_of(one)
    make_far()
    move(office.worker, person.pk, disability.DAY)
    assert opens("yuan", f"/cases/{one.case_id}/") and opens("yuanzhen", f"/disability/claims/{one.pk}/")
    assert not opens("li", f"/cases/{one.case_id}/") and not opens("zhao", f"/disability/claims/{one.pk}/")
    after = case_of(one)
    assert (after.area, after.area_then, after.due_on, after.step) == (FAR, before.area, before.due_on, before.step)
    if state == "open":
        page = signed_in("yuan").get(f"/cases/{one.case_id}/").content.decode()
        assert "随本人迁往" in page and "连续计算" in page


def test_an_open_application_of_a_family_goes_along_and_is_carried_on(db):
    office = aid.make_office()
    head = aid.make_family(office)
    one = aid.make_application(office, head)
    with scoped(office.worker):
        clock = clock_of(Case.objects.get(pk=one.case_id), on=aid.DAY)
    make_far()
    move(office.worker, head.pk, aid.DAY)
    address = f"/assistance/applications/{one.pk}/"
    assert opens("yuan", address) and opens("yuanzhen", address) and not opens("li", address)
    desk = signed_in("yuan").get("/cases/tasks/").content.decode()
    assert before_number(one) in desk and before_number(one) not in signed_in("li").get("/cases/tasks/").content.decode()
    with scoped(WHOLE):
        after = clock_of(Case.objects.get(pk=one.case_id), on=aid.DAY)
    assert after.case.due == clock.case.due


def before_number(one: Any) -> str:
    return str(case_of(one).number)


def test_whoever_moves_a_family_is_told_what_goes_along(db):
    office = aid.make_office()
    head = aid.make_family(office)
    one = aid.make_application(office, head)
    with scoped(office.worker):
        home = household_of(head, aid.DAY)
    sent = signed_in("li").post(
        f"/households/{home.pk}/move/", {"to": FAR, "address": "古邵村12号", "since": "", "_key": "moved-2"}, follow=True
    )
    assert f"在办的{before_number(one)}随同转去" in sent.content.decode()


def test_an_applicant_of_a_charity_project_moves(db):
    office = charity.make_office()
    head = charity.make_family(office)
    one = charity.make_application(office, charity.make_campaign(office), head)
    make_far()
    move(office.worker, head.pk, charity.DAY)
    assert opens("yuan", f"/cases/{one.case_id}/") and not opens("li", f"/cases/{one.case_id}/")


def test_a_patient_moves(db):
    team = treatment.make_team()
    child = treatment.make_child(team)
    one = treatment.make_patient(team, treatment.make_round(team.clerk, treatment.make_hospital(team.worker)), child)
    make_far()
    move(team.worker, child.pk, treatment.DAY)
    assert opens("yuan", f"/cases/{one.case_id}/")


def test_what_a_counter_took_is_ended_there(db):
    """The papers lie at the counter, and it promised the day."""
    halls = hall.make_halls()
    person = hall.make_resident(halls.worker)
    one = hall.make_handling(halls.worker, person)
    move(halls.worker, person.pk, hall.DAY)
    assert opens("li", f"/hall/handlings/{one.pk}/") and opens("li", f"/cases/{one.case_id}/")
    done = hall.decide(halls.reviewer, one)
    assert done.area == halls.worker.area


def test_relief_stays_where_the_emergency_was(db):
    """国发〔2014〕47号: at the place of the emergency, whoever it is."""
    office = relief.make_office()
    person = relief.make_family(office)
    one = relief.make_request(office, person)
    move(office.worker, person.pk, relief.DAY)
    assert opens("li", f"/cases/{one.case_id}/") and opens("zhao", f"/relief/requests/{one.pk}/")


def test_money_that_the_bank_sent_back_is_mended_where_the_payee_lives_now(db):
    desk = money.make_desk()
    fund = money.make_fund(desk.maker, amount=10_000_000)
    payees = money.make_payees(1)
    orders = money.make_orders(desk, fund, payees)
    money.bank_answers(desk.maker, on=FIRST_DAY, batch=money.make_locked_batch(desk, orders), failures=1)
    with scoped(desk.approver):
        line = BatchLine.objects.get()
    near = make_staff("he", "何社工", Role.COMMUNITY_WORKER, "370404001001", FIRST_DAY)
    move(desk.approver, payees[0].person, FIRST_DAY, "370404001001")
    number = money.account_number(777)
    account = add_bank_account(by=near, on=FIRST_DAY, person_id=payees[0].person, bank="枣庄银行", number=number)
    address = f"/ledgers/mending/{line.pk}/"
    assert not opens(f"worker{payees[0].area[-6:]}1", address)
    browser = signed_in("he")
    page = browser.get(address)
    assert page.status_code == 200
    sent = browser.post(address, {"account": account.pk, "_key": "moved-1"})
    assert sent.status_code == 302, sent.content.decode()
    with scoped(desk.approver):
        line.refresh_from_db()
        assert line.mended_on


def test_help_reaches_who_presses_a_key_in_the_new_home(db):
    watch = keys.make_watch()
    person = make_person(watch.worker, name="孙奶奶")
    device = keys.make_device(watch.worker, person=person)
    make_far()
    move(watch.worker, person.pk, keys.AT.date())
    assert opens("yuan", f"/callers/devices/{device.pk}/") and not opens("li", f"/callers/devices/{device.pk}/")
    press = keys.make_press(at=keys.AT + timedelta(hours=1))
    assert press.area == FAR
    assert "古邵村12号" in press.order.address


def test_what_stayed_behind_before_is_brought_along_once(db):
    """As it was before it went along by itself: the people lie in the new community, everything of theirs in the old one."""
    office = aid.make_office()
    head = aid.make_family(office)
    one = aid.make_application(office, head)
    card = keys.make_device(office.worker, person=head)
    make_far()
    with patch("linli.kernel.registry.actions.moves.declared_functions", return_value=[]):
        move(office.worker, head.pk, aid.DAY)
    with scoped(WHOLE):
        assert Device.objects.filter(pk=card.pk, area=FAR).update(area=office.worker.area) == 1
    assert not opens("yuan", f"/assistance/applications/{one.pk}/")
    machine = machine_actor("cases.catch_up", "370404000000")
    told = catch_up(by=machine, on=aid.DAY)
    assert [(row.what, row.to) for row in told] == [(before_number(one), FAR), (f"单键呼叫器{card.pk}", FAR)]
    assert opens("yuan", f"/assistance/applications/{one.pk}/")
    assert catch_up(by=machine, on=aid.DAY) == []


def test_a_case_that_somebody_handed_over_stays_there(db):
    office = aid.make_office()
    head = aid.make_family(office)
    one = aid.make_application(office, head)
    with scoped(office.approver):
        case = Case.objects.get(pk=one.case_id)
        transfer(by=office.approver, on=aid.DAY, case=case, to="370404001002", opinion="由户籍地办理。")
    assert catch_up(by=machine_actor("cases.catch_up", "370404000000"), on=aid.DAY) == []
    assert case_of(one).area == "370404001002"


def test_the_applicant_alone_moves_and_the_family_keeps_its_help(db):
    """The family is the unit: a grown member takes it on, its community still sees it, and verifies it at once."""
    office = aid.make_office()
    head = aid.make_family(office)
    with scoped(office.worker):
        home = household_of(head, aid.DAY)
        wife = next(one for one in members_of(home, aid.DAY) if one.name == "张桂英")
        son = next(one for one in members_of(home, aid.DAY) if one.name == "李小宝")
    one = aid.make_application(office, head)
    day = aid.carry(office, one)
    make_far()
    change_head(by=office.worker, on=day, household_id=home.pk, head_id=wife.pk, kin={head.pk: "11", son.pk: "20"})
    day += timedelta(days=1)
    move_person(by=office.worker, on=day, person_id=head.pk, to=FAR, address="古邵村12号")
    address = f"/assistance/applications/{one.pk}/"
    assert opens("li", address) and not opens("yuan", address)
    page = signed_in("li").get(address).content.decode()
    assert "张桂英" in page
    with scoped(office.worker):
        now = queries.application(one.pk)
        assert (now.person_id, now.verify_by, now.area) == (wife.pk, day, office.worker.area)
        assert {row.person_id: row.kin for row in queries.members_of(now)}[son.pk] in {"20", "21", "22"}
    assert "由张桂英接续为申请人" in signed_in("li").get(f"/cases/{one.case_id}/").content.decode()
    new = actions.open_verification(by=office.worker, on=day, application=now, why="家庭人口变化")
    with scoped(office.worker):
        assert [row.person.name for row in queries.members_of(new)] == ["张桂英", "李小宝"]
        assert not [row for row in queries.members_of(new) if row.person_id == head.pk]
    aid.give_consents(office, new, day)
    aid.visit(office.worker, new, day)
    aid.step(office.worker, new, day, "复核属实。")
    aid.step(office.reviewer, new, day, "经复核，提请继续救助。")
    aid.step(office.approver, new, day, "同意。")
    later = date(2011, 2, 1)
    with scoped(office.worker):
        rows = list(entitlements_of([wife.pk, son.pk], month=later))
        assert [(row.person_id, row.payee_id, len(covered_in(row, later))) for row in rows] == [(wife.pk, wife.pk, 2)]
    with scoped(WHOLE):
        assert not list(entitlements_of([head.pk], month=later))


def test_no_child_is_left_as_its_own_applicant(db):
    office = aid.make_office()
    head = aid.make_family(office)
    with scoped(office.worker):
        home = household_of(head, aid.DAY)
        wife, son = (next(p for p in members_of(home, aid.DAY) if p.name == name) for name in ("张桂英", "李小宝"))
    one = aid.make_application(office, head)
    move_person(by=office.worker, on=aid.DAY, person_id=wife.pk, to=FAR, address="古邵村12号")
    change_head(by=office.worker, on=aid.DAY, household_id=home.pk, head_id=son.pk, kin={head.pk: "50"})
    day = aid.DAY + timedelta(days=1)
    with pytest.raises(Refused, match="只剩未成年人"):
        move_person(by=office.worker, on=day, person_id=head.pk, to=FAR, address="古邵村12号")
    with scoped(office.worker):
        assert person_by_id(head.pk).area == office.worker.area and queries.application(one.pk).person_id == head.pk


def test_money_ordered_after_a_move_lies_where_its_payee_lives(db):
    """A list that was settled before the move names the former place; only the new one can put a wrong account right."""
    desk = money.make_desk()
    fund = money.make_fund(desk.maker, amount=10_000_000)
    payees = money.make_payees(1)
    move(desk.approver, payees[0].person, FIRST_DAY, "370404001001")
    assert [order.area for order in money.make_orders(desk, fund, payees)] == ["370404001001"]


@pytest.mark.parametrize("when", ["on show", "shown"])
def test_a_family_that_moves_while_it_is_posted_is_posted_where_it_lives(db, when):
    """The neighbours who can say something are the new ones; what hung at the old place does not keep the case from going on."""
    office = aid.make_office()
    head = aid.make_family(office)
    one = aid.make_application(office, head)
    day = aid.carry(office, one, to="notice")
    over = aid.post(office, one, "notice", day)
    moved = day if when == "on show" else over
    _, reviewer = make_far()
    move(office.worker, head.pk, moved)
    with scoped(reviewer):
        one = queries.application(one.pk)
        assert [row.pk for row in queries.waiting("notice")] == [one.pk]
    assert "该户尚未公示" in signed_in("yuanzhen").get(f"/cases/{one.case_id}/").content.decode()
    over = aid.post(office, one, "notice", moved, by=reviewer)
    aid.step(reviewer, one, over, "公示期满无异议。")
    aid.step(office.approver, one, over, "同意确认。")
    with scoped(reviewer):
        assert queries.application(one.pk).state == "granted"


def test_unpaid_money_that_stayed_behind_is_brought_along_with_its_lines(db):
    desk = money.make_desk()
    fund = money.make_fund(desk.maker, amount=10_000_000)
    payees = money.make_payees(2)
    orders = money.make_orders(desk, fund, payees)
    money.bank_answers(desk.maker, on=FIRST_DAY, batch=money.make_locked_batch(desk, orders), failures=1)
    for payee in payees:
        move(desk.approver, payee.person, FIRST_DAY + timedelta(days=1), "370404001001")
    with scoped(WHOLE):
        PaymentOrder.objects.update(area=FAR)
    told = catch_up(by=machine_actor("cases.catch_up", "370404000000"), on=FIRST_DAY + timedelta(days=1))
    with scoped(WHOLE):
        areas = {line.result: (line.area, line.order.area) for line in BatchLine.objects.select_related("order")}
    assert areas["failed"] == ("370404001001", "370404001001")
    assert areas["paid"] == (FAR, FAR), "what was paid there was paid there"
    assert len(told) == 1
