"""Months: closed when the check list has passed, closed for everybody, reopened by two people on a ground."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import MonthEnd, Posting
from linli.kernel.ledgers.rules import last_day, month_after, month_of
from linli.kernel.ledgers.samples import make_desk, make_fund, make_locked_batch, make_orders, make_payees
from linli.kernel.ledgers.tests.test_faults import tamper
from linli.kernel.ledgers.tests.test_payments import answer, settle

NOVEMBER, DAY = date(2010, 11, 1), date(2010, 12, 1)
IN_NOVEMBER = date(2010, 11, 20)
TOWN = "370404100000"


@pytest.fixture
def fund(desk):
    return make_fund(desk.maker, amount=10_000_00, on=IN_NOVEMBER)


def close(desk, month=NOVEMBER, on=DAY, book=None):
    return actions.close_month(by=desk.maker, on=on, book=book or desk.maker.area, month=month)


def spend(desk, fund, on, reference="s:1", amount=100):
    return actions.spend(by=desk.maker, on=on, fund=fund, amount=amount, purpose="aid.warmth", reference=reference, memo="慰问")


def reopened(desk, end):
    actions.ask_reopening(by=desk.maker, on=DAY, end=end, ground="漏记一笔利息")
    return actions.reopen_month(by=desk.checker, on=DAY, end=end)


def failing(desk, month=NOVEMBER, on=DAY):
    with scoped(desk.maker):
        return {check.name: check.obstacles for check in queries.close_checks(desk.maker.area, month, on) if not check.passed}


@pytest.mark.parametrize(
    ("day", "first", "last", "after"),
    [
        (date(2010, 11, 20), date(2010, 11, 1), date(2010, 11, 30), date(2010, 12, 1)),
        (date(2010, 12, 31), date(2010, 12, 1), date(2010, 12, 31), date(2011, 1, 1)),
        (date(2012, 2, 1), date(2012, 2, 1), date(2012, 2, 29), date(2012, 3, 1)),
    ],
)
def test_a_month_has_its_days(day, first, last, after):
    assert (month_of(day), last_day(first), month_after(first)) == (first, last, after)


def test_nothing_is_posted_on_a_day_of_a_closed_month_or_before_it(desk, fund):
    end = close(desk)
    assert (end.postings, end.amount) == (1, 10_000_00)
    for day in (IN_NOVEMBER, date(2010, 11, 30), date(2010, 3, 1)):
        with pytest.raises(Refused, match="已结账至 2010 年 11 月"):
            spend(desk, fund, day)
    spend(desk, fund, DAY)


def test_no_role_posts_in_a_closed_month(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        desk = make_desk()
        make_fund(desk.maker, amount=1_000, on=IN_NOVEMBER)
        close(desk)
        insert = (
            "insert into ledgers_posting (reference, book, area, kind, day, source, memo) "
            "values ('raw', '370404000000', '370404000000', 'receive', '2010-11-30', '', 'x')"
        )
        with scoped(WHOLE), pytest.raises(DatabaseError, match="closed until"), transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute(insert)
        with pytest.raises(DatabaseError, match="closed until"), connections["owner"].cursor() as cursor:
            cursor.execute(insert)
        connections.close_all()


def test_a_month_that_is_not_over_is_not_closed(desk, fund):
    with pytest.raises(Refused, match="还没有过完，最早 2010-12-01"):
        close(desk, on=date(2010, 11, 30))
    with scoped(desk.maker), pytest.raises(DatabaseError, match="cannot be closed"), transaction.atomic():
        MonthEnd.objects.create(book=desk.maker.area, area=desk.maker.area, month=NOVEMBER, closed_on=date(2010, 11, 30))


def test_a_month_is_closed_once(desk, fund):
    close(desk)
    with pytest.raises(Refused, match="已经结账"):
        close(desk)


def test_closing_a_month_closes_the_earlier_ones_with_it(desk, fund):
    spend(desk, fund, DAY)
    end = close(desk, date(2010, 12, 1), date(2011, 1, 4))
    assert (end.postings, end.since) == (2, None)
    with pytest.raises(Refused, match="已经结账"):
        close(desk, on=date(2011, 1, 4))


def test_an_open_batch_stands_in_the_way_until_it_is_settled(desk, fund):
    orders = make_orders(desk, fund, make_payees(3), on=IN_NOVEMBER)
    batch = make_locked_batch(desk, orders, on=IN_NOVEMBER)
    (obstacle,) = failing(desk)["发放批次都已对账"]
    assert (obstacle.kind, obstacle.key) == ("batch", batch.pk)
    with pytest.raises(Refused, match="批次 P2010-001"):
        close(desk)
    file = actions.send_batch(by=desk.maker, on=IN_NOVEMBER, batch=batch)
    actions.settle_return(by=desk.maker, on=IN_NOVEMBER, batch=batch, name="r.txt", content=answer(file))
    actions.reconcile_batch(by=desk.maker, on=IN_NOVEMBER, batch=batch)
    assert failing(desk) == {}
    close(desk)


def test_a_returned_payment_stands_in_the_way_until_it_is_mended(desk, fund):
    orders = make_orders(desk, fund, make_payees(2), on=IN_NOVEMBER)
    batch = make_locked_batch(desk, orders, on=IN_NOVEMBER)
    file = actions.send_batch(by=desk.maker, on=IN_NOVEMBER, batch=batch)
    actions.settle_return(by=desk.maker, on=IN_NOVEMBER, batch=batch, name="r.txt", content=answer(file, 2))
    actions.reconcile_batch(by=desk.maker, on=IN_NOVEMBER, batch=batch)
    (obstacle,) = failing(desk)["回盘结果都已处理"]
    with scoped(desk.maker):
        line = queries.line_of(obstacle.key)
    actions.mend_order(by=desk.maker, on=DAY, order=line.order, account=None)
    close(desk)


def test_a_batch_of_the_next_month_stands_in_nobodys_way(desk, fund):
    make_locked_batch(desk, make_orders(desk, fund, make_payees(2), on=DAY), on=DAY)
    assert failing(desk) == {}


def test_a_mistake_in_a_closed_month_is_mended_in_the_open_one(desk, fund):
    wrong = spend(desk, fund, IN_NOVEMBER)
    close(desk)
    mirror = actions.reverse(by=desk.checker, on=DAY, posting=wrong, reason="金额有误")
    assert (mirror.day, mirror.belongs_on) == (DAY, IN_NOVEMBER)


def test_a_month_is_reopened_by_a_second_person_on_a_ground(desk, fund):
    end = close(desk)
    with pytest.raises(Refused, match="没有人申请"):
        actions.reopen_month(by=desk.checker, on=DAY, end=end)
    with pytest.raises(Refused, match="重开原因"):
        actions.ask_reopening(by=desk.maker, on=DAY, end=end, ground=" ")
    actions.ask_reopening(by=desk.maker, on=DAY, end=end, ground="漏记一笔利息")
    with pytest.raises(Forbidden):
        actions.reopen_month(by=desk.maker, on=DAY, end=end)
    with pytest.raises(Refused, match="已结账"):
        spend(desk, fund, IN_NOVEMBER)
    actions.reopen_month(by=desk.checker, on=DAY, end=end)
    spend(desk, fund, IN_NOVEMBER)
    again = close(desk)
    assert (again.postings, again.pk != end.pk) == (2, True)
    with scoped(desk.maker):
        lines = AuditLine.objects.filter(kind="ledgers.month", verb__in=["ledgers.close", "ledgers.reopen"])
        assert [line.verb for line in lines.order_by("id")] == ["ledgers.close"] * 2 + ["ledgers.reopen", "ledgers.close"]


def test_the_database_asks_for_the_second_person_and_the_ground_too(desk, fund):
    end = close(desk)
    own = {"asked_on": DAY, "asked_by_id": desk.maker.staff_id, "reopened_on": DAY}
    for words in ({"reopened_on": DAY}, {**own, "ground": "x", "reopened_by_id": desk.maker.staff_id},
                  {**own, "reopened_by_id": desk.checker.staff_id}):  # fmt: skip
        with scoped(desk.maker), pytest.raises(DatabaseError), transaction.atomic():
            MonthEnd.objects.filter(pk=end.pk).update(**words)


def test_only_the_last_closing_is_reopened(desk, fund):
    first = close(desk)
    spend(desk, fund, DAY)
    close(desk, DAY, date(2011, 1, 4))
    with pytest.raises(Refused, match="最近一次结账"):
        actions.ask_reopening(by=desk.maker, on=date(2011, 1, 4), end=first, ground="漏记")
    with scoped(desk.maker), pytest.raises(DatabaseError, match="later month"), transaction.atomic():
        MonthEnd.objects.filter(pk=first.pk).update(
            asked_on=DAY, asked_by_id=desk.maker.staff_id, ground="x", reopened_on=DAY, reopened_by_id=desk.checker.staff_id
        )


def test_each_organisation_closes_its_own_books(desk, fund):
    town = make_desk(TOWN)
    theirs = make_fund(desk.maker, code="ZJ-1", name="古邵镇救助金", area=TOWN, amount=1_000, on=IN_NOVEMBER)
    with pytest.raises(Forbidden):
        close(town, book=desk.maker.area)
    close(town)
    spend(desk, fund, IN_NOVEMBER)
    with pytest.raises(Refused, match="已结账"):
        spend(desk, theirs, IN_NOVEMBER, "s:2")


def test_one_press_closes_every_month_that_is_over_and_stops_at_the_first_that_does_not_stand(desk, fund):
    """September and October are closed with one act; in November a batch stands open: it stops there and says which, and what
    was closed stays closed."""
    spend(desk, fund, IN_NOVEMBER)
    town = make_fund(desk.maker, code="ZJ-T", name="古邵镇资金", area=TOWN, amount=500_00, on=date(2010, 9, 3))
    spend(desk, town, date(2010, 10, 8), "s:10")
    (order,) = make_orders(desk, fund, make_payees(1), on=IN_NOVEMBER)
    batch = make_locked_batch(desk, [order], on=IN_NOVEMBER)
    done = actions.close_months(by=desk.maker, on=DAY)
    assert [(end.book, end.month.month) for end in done.ends] == [(TOWN, 9), (TOWN, 10)]
    assert done.stopped == (desk.maker.area, NOVEMBER) and batch.number in done.why and done.left == 1
    again = actions.close_months(by=desk.maker, on=DAY)
    assert not again.ends and "还不能结账：发放批次都已对账" in again.why
    actions.discard_batch(by=desk.maker, on=DAY, batch=batch, reason="重做")
    assert [end.month for end in actions.close_months(by=desk.maker, on=DAY).ends] == [NOVEMBER]
    with pytest.raises(Refused, match="没有等待结账的月份"):
        actions.close_months(by=desk.maker, on=DAY)


def test_one_press_closes_so_many_and_says_how_many_are_left(desk):
    old = make_fund(desk.maker, code="ZJ-0", amount=10_000_00, on=date(2010, 6, 3))
    for month in range(7, 11):
        spend(desk, old, date(2010, month, 8), f"s:{month}")
    done = actions.close_months(by=desk.maker, on=DAY, most=3)
    assert [end.month.month for end in done.ends] == [6, 7, 8] and done.left == 2 and done.stopped is None


def test_the_page_closes_all_months_and_leads_to_the_one_that_does_not_stand(desk, fund):
    (order,) = make_orders(desk, fund, make_payees(1), on=IN_NOVEMBER)
    spend(desk, make_fund(desk.maker, code="ZJ-0", amount=100_00, on=date(2010, 9, 3)), date(2010, 9, 8))
    batch = make_locked_batch(desk, [order], on=IN_NOVEMBER)
    page = Walker("caijing").open("/ledgers/months/")
    assert "有 2 个月已经过完" in page.text
    page.send("逐月结账")
    assert "已结账 1 个月" in page.text and "停在" in page.text and batch.number in page.text
    assert page.address.endswith("/2010/11/")


def test_months_are_found_by_book_state_and_time(desk, fund):
    make_fund(desk.maker, code="ZJ-0", amount=100_00, on=date(2010, 9, 3))
    close(desk, date(2010, 9, 1))
    page = Walker("caijing").open("/ledgers/months/")
    assert "2010 年 9 月" in page.text and "2010 年 11 月" in page.text
    page.send("筛选", state="open")
    assert "2010 年 9 月" not in page.text and "2010 年 11 月" in page.text
    page.open("/ledgers/months/?state=closed")
    assert "2010 年 9 月" in page.text and "2010 年 11 月" not in page.text
    page.open("/ledgers/months/?since=2010-10&until=2010-11")
    assert "2010 年 9 月" not in page.text and "2010 年 11 月" in page.text
    page.open(f"/ledgers/months/?book={desk.maker.area}&until=2010-09")
    assert "2010 年 9 月" in page.text and "2010 年 11 月" not in page.text
    assert "不是完整的年月" in page.open("/ledgers/months/?since=九月").text


def test_whatever_lands_while_a_month_is_closed_is_counted_or_refused(fresh_database, django_db_blocker, at_once):
    """Fifteen clients post, one closes: each posting is in the closing's count, or was refused; none slips in between."""
    with django_db_blocker.unblock():
        desk = make_desk()
        fund = make_fund(desk.maker, amount=10_000_00, on=NOVEMBER)
        for turn in range(3):
            month = date(2011, 1 + turn, 1)

            def act(client, month=month):
                if client == 7:
                    return close(desk, month, month_after(month))
                return sum(isinstance(post(client, number, month), Posting) for number in range(6))

            def post(client, number, month):
                try:
                    return spend(desk, fund, month + timedelta(days=client), f"race:{month}:{client}:{number}", 1)
                except Refused as refusal:
                    assert "已结账至" in refusal.message
                    return None

            answers = at_once(act, times=16)
            end = answers.pop(7)
            with scoped(WHOLE):
                landed = Posting.objects.filter(day__gte=end.since or NOVEMBER, day__lt=month_after(month)).count()
            assert end.postings == landed
            assert sum(answers) == landed - (turn == 0)
        with scoped(WHOLE):
            assert [fault for proof in queries.check_books() for fault in proof.faults] == []
        connections.close_all()


@pytest.mark.parametrize(
    "statement",
    [
        "update ledgers_posting set day = '2010-12-02' where kind = 'receive'",
        "update ledgers_monthend set amount = amount + 1",
        "insert into ledgers_posting (reference, book, area, kind, day, source, memo) "
        "select 'late', book, area, kind, day, '', 'x' from ledgers_posting; "
        "insert into ledgers_line (posting_id, account_id, fund_id, unit, amount, purpose, party, area) "
        "select (select id from ledgers_posting where reference = 'late'), account_id, fund_id, unit, amount, '', '', area "
        "from ledgers_line",
    ],
)
def test_whatever_a_superuser_does_to_a_closed_month_the_check_of_the_books_finds(fresh_database, django_db_blocker, statement):
    with django_db_blocker.unblock():
        desk = make_desk()
        make_fund(desk.maker, amount=1_000, on=IN_NOVEMBER)
        close(desk)
        tamper(fresh_database, statement)
        with scoped(WHOLE):
            found = {proof.name for proof in queries.check_books() if proof.faults}
        assert "已结账的月份没有变动" in found
        connections.close_all()


def test_the_banks_answer_of_the_new_month_closes_nothing_of_the_old(desk, fund):
    """A batch of November that is answered in December keeps November open, and is booked in December."""
    orders = make_orders(desk, fund, make_payees(1), on=IN_NOVEMBER)
    batch = make_locked_batch(desk, orders, on=IN_NOVEMBER)
    file = actions.send_batch(by=desk.maker, on=IN_NOVEMBER, batch=batch)
    assert "发放批次都已对账" in failing(desk)
    settle(desk, batch, answer(file))
    with scoped(desk.maker):
        assert Posting.objects.get(kind="pay").day == date(2010, 12, 20)
