"""Gifts, votes and payments of a community's fund: what the office refuses, and what the database refuses to whoever posts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.domains.mutual import actions, queries
from linli.domains.mutual.models import Gift, Meeting, Request, Resolution
from linli.domains.mutual.rules import Need
from linli.domains.mutual.samples import (
    COUNCIL,
    DAY,
    GIFTS,
    make_aid_fund,
    make_meeting,
    make_request,
    make_resolution,
    make_team,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.queries import check_books, free_of, order_by_source
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.registry.actions import record_death
from linli.kernel.registry.samples import make_person

YEAR = year_period(DAY.year)


@pytest.fixture
def team(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_team()


def count(key, area="370404000000"):
    return value(figure(f"mutual.{key}"), YEAR, area, {})


def again(request):
    return queries.request_of(request.pk)


def test_a_community_has_one_fund_and_a_town_none(team):
    make_aid_fund(team)
    with pytest.raises(Refused, match="已经设立"):
        make_aid_fund(team)
    with pytest.raises(Refused, match="请选择社区"):
        actions.found_fund(by=team.clerk, on=DAY, area="370404001000", name="街道基金", charter="办法")


def test_a_gift_counts_when_finance_saw_the_money(team):
    one = make_aid_fund(team)
    gift = actions.note_gift(by=team.worker, on=DAY, aidfund=one, name="爱心居民", amount=100_00, day=DAY)
    with scoped(team.clerk):
        assert (count("given"), count("balance")) == (0, 0)
    with pytest.raises(Forbidden):
        actions.bank_gifts(by=team.worker, on=DAY, aidfund=one, gift_ids=[gift.pk])
    assert actions.bank_gifts(by=team.maker, on=DAY, aidfund=one, gift_ids=[gift.pk]) == 1
    with pytest.raises(Refused):
        actions.bank_gifts(by=team.maker, on=DAY, aidfund=one, gift_ids=[gift.pk])
    with pytest.raises(Stale, match="财务复核在凭证上冲正"):
        actions.strike_gift(by=team.worker, on=DAY, gift=gift, why="写错")
    with scoped(team.clerk):
        assert (count("given"), count("gifts"), count("balance")) == (100_00, 1, 100_00)


def test_a_wrong_gift_is_reversed_in_the_books_and_counts_nowhere(team):
    one = make_aid_fund(team, gifts=(("爱心居民", 100_00), ("第三居民小组", 40_00)))
    with scoped(team.checker):
        gift = queries.gifts(one, words="爱心").get()
    books.reverse(by=team.checker, on=DAY, posting=gift.posting, reason="多记一笔")
    with scoped(team.clerk):
        assert (count("given"), count("gifts"), count("balance")) == (40_00, 1, 40_00)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"day": DAY + timedelta(days=1)}, "捐款日期"), ({"day": DAY - timedelta(days=1)}, "捐款日期"),
        ({"name": " "}, "请填写捐款人"),
    ],
)  # fmt: skip
def test_a_gift_that_cannot_be_is_refused(team, words, said):
    one = make_aid_fund(team)
    with pytest.raises(Refused, match=said):
        actions.note_gift(by=team.worker, on=DAY, aidfund=one, **({"name": "李一", "amount": 1, "day": DAY} | words))


def test_money_is_asked_for_people_of_the_community_once_for_a_need(team):
    one = make_aid_fund(team)
    request = make_request(team, one)
    with scoped(team.worker):
        person = again(request).person
    with pytest.raises(Refused, match="正在办理"):
        make_request(team, one, person=person)
    assert make_request(team, one, person=person, need=Need.ILLNESS, what="手术费用")
    founders = make_founders()
    far = make_staff("far", "刘社工", Role.COMMUNITY_WORKER, "370404100201", on=FIRST_DAY, founders=founders)
    elsewhere = make_person(far, name="古小明", area="370404100201")
    with pytest.raises(Refused, match="不住在本社区"):
        make_request(team, one, person=elsewhere)
    dead = make_person(team.worker, name="田故人", area=team.worker.area)
    record_death(by=team.worker, on=DAY, person_id=dead.pk, day=DAY)
    with pytest.raises(Refused, match="已登记死亡"):
        make_request(team, one, person=dead)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"held_on": DAY + timedelta(days=1)}, "议事日期"), ({"came": (*COUNCIL[:5], "路人甲")}, "路人甲不在通知名单"),
        ({"chair": "路人甲"}, "主持人不在到会名单"), ({"chair": COUNCIL[-1]}, "主持人不在到会名单"),
    ],
)  # fmt: skip
def test_a_meeting_that_cannot_be_is_refused(team, words, said):
    one = make_aid_fund(team)
    usual = {"held_on": DAY, "place": "议事园", "chair": COUNCIL[0], "called": COUNCIL, "came": COUNCIL[:6], "record": "记录"}
    with pytest.raises(Refused, match=said):
        actions.record_meeting(by=team.worker, on=DAY, aidfund=one, **(usual | words))


def test_a_vote_that_does_not_fit_is_refused_and_the_request_stays_open(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request, meeting = make_request(team, one), make_meeting(team, one)
    with pytest.raises(Refused, match="合计7人，与到会8人不一致"):
        make_resolution(team, meeting, request, 7, against=0)
    with pytest.raises(Refused, match="路人甲不在到会名单上"):
        make_resolution(team, meeting, request, 7, against=0, stepped_back=("路人甲",))
    with pytest.raises(Refused, match=r"不能超过申请的.*元，请核对") as fault:
        make_resolution(team, meeting, request, amount=request.asked + 100)
    assert fault.value.field == "amount", "a slip of the pen refuses no family"
    with pytest.raises(Refused, match=r"可用余额除去已议定的还有10,160\.00元"):
        make_resolution(team, meeting, make_request(team, one, 20_000_00, Need.ILLNESS, name="田大禾"))
    with scoped(team.worker):
        assert {row.state for row in queries.requests(one)} == {"open"}


def test_whom_it_is_for_does_not_vote(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request, meeting = make_request(team, one, name=COUNCIL[2]), make_meeting(team, one)
    with pytest.raises(Refused, match="应当回避"):
        make_resolution(team, meeting, request)
    made = make_resolution(team, meeting, request, 7, against=0, stepped_back=(COUNCIL[2],))
    assert made.carried


def test_a_vote_that_fails_pays_nothing(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request = make_request(team, one)
    made = make_resolution(team, make_meeting(team, one), request, agreed=4)
    assert (made.carried, made.amount) == (False, 0)
    with scoped(team.maker), pytest.raises(Stale, match="只有议事通过"):
        actions.pay(by=team.maker, on=DAY, request=again(request))
    with pytest.raises(Refused, match="已经登记"):
        make_meeting(team, one)


def test_too_few_come_and_nothing_carries(team):
    one = make_aid_fund(team, gifts=GIFTS)
    few = make_resolution(team, make_meeting(team, one, came=5), make_request(team, one))
    assert not few.carried, "five of nine are too few to meet"


def test_what_was_decided_is_kept_for_it(team):
    """10,160 yuan: after 9,000 were decided, 2,000 cannot be, until the first is withdrawn."""
    one = make_aid_fund(team, gifts=GIFTS)
    first, second = (make_request(team, one, amount, name=name) for amount, name in ((9_000_00, "田一"), (2_000_00, "田二")))
    meeting = make_meeting(team, one)
    make_resolution(team, meeting, first)
    with pytest.raises(Refused, match=r"还有1,160\.00元"):
        make_resolution(team, meeting, second)
    actions.withdraw(by=team.worker, on=DAY, request=first, why="亲属已经筹到")
    assert make_resolution(team, meeting, second).carried
    with pytest.raises(Stale):
        actions.withdraw(by=team.worker, on=DAY, request=first, why="再撤")


def test_a_vote_written_down_wrongly_is_voided_before_money_moves(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request, meeting = make_request(team, one), make_meeting(team, one)
    make_resolution(team, meeting, request, agreed=4)
    actions.void_resolution(by=team.worker, on=DAY, request=request, why="赞成数抄错")
    assert make_resolution(team, meeting, request, agreed=6).carried
    with scoped(team.maker):
        assert [row.carried for row in queries.resolutions_on(request)] == [True, False]
        actions.pay(by=team.maker, on=DAY, request=again(request))
    with pytest.raises(Stale, match="还没有开付款单"):
        actions.void_resolution(by=team.worker, on=DAY, request=request, why="再改")
    with scoped(team.clerk):
        assert count("decisions") == 1


def test_a_decision_is_paid_once_with_its_sum(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request = make_request(team, one, 1_000_00)
    make_resolution(team, make_meeting(team, one), request, amount=800_00)
    with scoped(team.maker):
        request = actions.pay(by=team.maker, on=DAY, request=again(request))
        with pytest.raises(Stale):
            actions.pay(by=team.maker, on=DAY, request=request)
        order = order_by_source(queries.source_of(request))
        assert (order.amount, order.payee, free_of(one.fund)) == (800_00, request.name, 9_360_00)
        assert not [proof for proof in check_books() if proof.faults]
    with scoped(team.clerk):
        assert {key: count(key) for key in ("funds", "given", "used", "helped", "balance")} == {
            "funds": 1, "given": 10_160_00, "used": 800_00, "helped": 1, "balance": 9_360_00,
        }  # fmt: skip
        assert count("balance", team.worker.area) == 9_360_00
    books.cancel_order(by=team.maker, on=DAY, order=order, reason="本人放弃")
    with scoped(team.clerk):
        assert (count("used"), count("helped"), count("balance")) == (0, 0, 10_160_00)


def test_who_wrote_the_vote_down_does_not_pay(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request = make_request(team, one)
    make_resolution(team, make_meeting(team, one), request)
    with scoped(team.maker), pytest.raises(Forbidden):
        actions.pay(by=team.worker, on=DAY, request=again(request))


def test_nobody_spends_the_fund_without_a_decision_whatever_page_they_use(team):
    one = make_aid_fund(team, gifts=GIFTS)
    words = {"by": team.maker, "on": DAY, "purpose": "mutual.aid"}
    with pytest.raises(Refused, match="只按居民议事通过的决议支出"):
        books.spend(fund=one.fund, amount=10_00, reference="x", memo="手续费", **words)
    request = make_request(team, one, 1_000_00)
    order = {"payee": "田小禾", "area": one.area, "shares": {one.fund_id: 1_000_00}, "amount": 1_000_00, **words}
    with scoped(team.maker):
        person = again(request).person_id
    for source in ("someone.else:1", queries.source_of(request)):
        with pytest.raises(Refused, match="只按居民议事通过的决议支出"):
            books.order_payment(source=source, person=person, **order)
    make_resolution(team, make_meeting(team, one), request, amount=700_00)
    with pytest.raises(Refused, match="金额与决议一致"):
        books.order_payment(source=queries.source_of(request), person=person, **order)
    there = books.open_fund(
        by=team.maker, on=DAY, code="X", name="别的资金", kind=FundKind.OWN, level=FundLevel.DISTRICT, area="370404000000"
    )
    with pytest.raises(Refused, match="只按居民议事通过的决议支出"):
        books.transfer(fund=one.fund, to=there, amount=10_00, reference="y", memo="转走", **words)


def test_the_database_refuses_a_vote_that_was_not_held(team):
    one = make_aid_fund(team, gifts=GIFTS)
    request, meeting = make_request(team, one), make_meeting(team, one)
    usual = {
        "request_id": request.pk, "meeting_id": meeting.pk, "came": 8, "agreed": 8, "against": 0, "abstained": 0,
        "stepped_back": [], "carried": True, "amount": 1_000_00, "outcome": {}, "made_by_id": team.worker.staff_id,
        "made_on": DAY,
    }  # fmt: skip
    wrong = (
        {"came": 9, "agreed": 9}, {"agreed": 7}, {"amount": 1_000_01}, {"carried": False}, {"agreed": 3, "against": 5},
        {"stepped_back": ["孙议长"]},
    )  # fmt: skip
    with scoped(team.worker):
        for words in wrong:
            with pytest.raises(DatabaseError), transaction.atomic():
                Resolution.objects.create(**(usual | words))
        for change in (
            lambda: Meeting.objects.filter(pk=meeting.pk).update(came=[]),
            lambda: Request.objects.filter(pk=request.pk).update(asked=1),
            lambda: Gift.objects.filter(aidfund=one).update(amount=1),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_request_that_came_after_the_meeting_was_not_decided_there(team):
    one = make_aid_fund(team, DAY - timedelta(days=9), GIFTS)
    meeting = make_meeting(team, one, DAY - timedelta(days=3))
    with pytest.raises(Refused, match="以后才登记"):
        make_resolution(team, meeting, make_request(team, one))


def test_another_community_sees_nothing(team):
    one = make_aid_fund(team, gifts=GIFTS)
    other = make_staff("qian", "钱社工", Role.COMMUNITY_WORKER, "370404001002", on=FIRST_DAY, founders=make_founders())
    with scoped(other):
        assert not queries.funds().exists() and not queries.gifts().exists()
        with pytest.raises(Refused, match="不在本辖区"):
            queries.fund_here(one.pk)


def test_what_is_struck_or_voided_says_why_and_what_is_settled_is_settled_once(team):
    one = make_aid_fund(team, gifts=GIFTS)
    gift = actions.note_gift(by=team.worker, on=DAY, aidfund=one, name="爱心居民", amount=100_00, day=DAY)
    with pytest.raises(Refused, match="请写明作废的原因"):
        actions.strike_gift(by=team.worker, on=DAY, gift=gift, why=" ")
    with pytest.raises(Refused, match="请至少选择一笔捐款"):
        actions.bank_gifts(by=team.maker, on=DAY, aidfund=one, gift_ids=[])
    request, meeting = make_request(team, one), make_meeting(team, one)
    make_resolution(team, meeting, request)
    with pytest.raises(Stale, match="这份申请已经议定或撤回"):
        make_resolution(team, meeting, request)
    with pytest.raises(Refused, match="请写明更正的原因"):
        actions.void_resolution(by=team.worker, on=DAY, request=request, why=" ")
    with scoped(team.worker):
        assert again(request).state == "carried"
