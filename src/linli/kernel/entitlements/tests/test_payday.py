"""A month's money has a last day, from the day on which nobody has begun it until the bank has answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from linli.base.days import SHANGHAI
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements import actions, queries
from linli.kernel.entitlements.rules import RunState
from linli.kernel.entitlements.samples import (
    LIVING,
    MONTH,
    confirmed,
    make_entitlement,
    make_funding,
    make_month,
    make_payee,
    sample_programmes,
)
from linli.kernel.ledgers.actions import check_batch, lock_batch, make_batch, mend_order, send_batch
from linli.kernel.ledgers.queries import mend_list, waiting_tasks
from linli.kernel.ledgers.samples import bank_answers
from linli.kernel.registry.samples import make_household

TENTH = replace(LIVING, excludes=(), payday=f"{__name__}.the_tenth")
DAY = date(2010, 12, 5)


def the_tenth(month: date, area: str) -> int:
    """For the programme of these tests."""
    return 10


def the_thirtieth(month: date, area: str) -> int:
    """A day that February has not."""
    return 30


@pytest.fixture
def family(office):
    with sample_programmes(TENTH):
        make_funding(office.maker)
        home = make_household(office.worker, names=("张一", "张妻"))
        make_payee(office.worker, home.head_id)
        yield make_entitlement(by=office.approver, household=home)


def of_runs(by, on):
    with scoped(by):
        return queries.run_tasks(by, on, "waiting")


def of_batches(by, on):
    with scoped(by):
        return [task for task in waiting_tasks(by, on, "waiting") if task.kind.startswith("发放批次")]


def locked(office, run):
    batch = check_batch(by=office.checker, on=DAY, batch=run.batch, count=run.batch.count, amount=run.batch.amount)
    return lock_batch(by=office.checker, on=DAY, batch=batch)


def seen(by, on):
    """What a supervisor sees: the kind, how many are late, how many end soon."""
    with scoped(by):
        lines = queries.watched(by, datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI), 9)
    return [(line.kind, line.late, line.soon) for line in lines]


def test_the_maker_is_told_of_a_month_that_nobody_has_begun_and_by_which_day_it_is_owed(office, family):
    (task,) = of_runs(office.maker, DAY)

    assert (task.title, task.kind) == ("示例生活补助 2010-12 还没有试算", "月度发放·待试算")
    assert task.due == date(2010, 12, 10) and task.days_left.badge.text == "剩5天"
    assert task.href.endswith("/runs/new/?programme=sample_living")
    assert not of_runs(office.checker, DAY) and not of_runs(office.worker, DAY)


def test_each_step_of_the_month_keeps_the_last_day_until_the_bank_has_answered(office, family):
    run = actions.open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    (to_confirm,) = of_runs(office.checker, DAY)
    run = confirmed(office.checker, run, DAY)
    (to_order,) = of_runs(office.maker, DAY)
    run = actions.order_run(by=office.maker, on=DAY, run=run)
    (to_check,) = of_batches(office.checker, DAY)
    batch = locked(office, run)
    (to_send,) = of_batches(office.maker, date(2010, 12, 12))

    assert {one.due for one in (to_confirm, to_order, to_check, to_send)} == {date(2010, 12, 10)}
    assert to_send.days_left.badge.text == "逾期2天"

    send_batch(by=office.maker, on=DAY, batch=batch)
    assert [task.due for task in of_batches(office.maker, DAY)] == [date(2010, 12, 10)]


def test_what_the_bank_has_answered_has_no_last_day_any_more(office, family):
    bank_answers(office.maker, on=DAY, batch=locked(office, make_month(office.maker, office.checker)))

    assert [task.due for task in of_batches(office.maker, DAY)] == [None], "the money is there; the books have no law's day"


def test_what_the_bank_sent_back_keeps_its_last_day_until_the_family_has_it(office, family):
    late = date(2010, 12, 13)
    bank_answers(office.maker, on=DAY, batch=locked(office, make_month(office.maker, office.checker)), failures=1)

    def told(by):
        with scoped(by):
            return [(task.kind, task.due) for task in waiting_tasks(by, late, "waiting") if task.kind.startswith("退票")]

    assert told(office.worker) == [("退票更正", date(2010, 12, 10))], "who mends it sees by when"
    assert seen(office.approver, late) == [("按月发放·退回的钱没有补发到账", 1, 0)]
    with scoped(office.worker):
        line = mend_list().get()
        mend_order(by=office.worker, on=late, order=line.order, account=line.order.account_id)
    assert told(office.worker) == [] and told(office.maker) == [("退票·待补发", date(2010, 12, 10))]
    assert seen(office.approver, late) == [("按月发放·退回的钱没有补发到账", 1, 0)], "mended is not paid"
    batch = make_batch(by=office.maker, on=late, number="B1", item="补发", orders=[line.order_id])
    assert seen(office.approver, late) == [("按月发放·退回的钱没有补发到账", 1, 0)], "nor is what stands in a batch"
    check_batch(by=office.checker, on=late, batch=batch, count=1, amount=line.amount)
    bank_answers(office.maker, on=late, batch=lock_batch(by=office.checker, on=late, batch=batch))
    assert seen(office.approver, late) == []


def test_the_months_after_the_last_one_are_owed_together_and_the_first_of_them_says_how_late(office, family):
    make_month(office.maker, office.checker)
    (task,) = of_runs(office.maker, date(2011, 2, 3))

    assert task.title == "示例生活补助 2011-01 还没有试算" and task.due == date(2011, 1, 10)
    assert task.days_left.badge.text == "逾期24天"


def test_nobody_is_asked_to_begin_a_month_while_the_one_before_is_not_done(office, family):
    run = actions.open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    january = date(2011, 1, 3)
    assert of_runs(office.maker, january) == [], "it would be refused; December waits for the second person"
    with pytest.raises(Refused, match="还没有办完"):
        actions.open_run(by=office.maker, on=january, programme="sample_living", month=date(2011, 1, 1))
    actions.order_run(by=office.maker, on=DAY, run=confirmed(office.checker, run, DAY))
    assert [task.title for task in of_runs(office.maker, january)] == ["示例生活补助 2011-01 还没有试算"]


def test_a_month_that_came_to_nothing_keeps_no_later_month_from_being_paid(office, family):
    make_month(office.maker, office.checker)
    empty = actions.open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    assert empty.count == 0, "December is paid already"
    january = date(2011, 1, 3)
    assert [task.title for task in of_runs(office.maker, january)] == ["示例生活补助 2011-01 还没有试算"]
    run = actions.open_run(by=office.maker, on=january, programme="sample_living", month=date(2011, 1, 1))
    assert run.count == 1
    with scoped(office.maker):
        given_up = queries.run_of(empty.pk)
    assert given_up.state == RunState.DISCARDED and "没有可以发放的待遇" in given_up.message


def test_a_month_of_which_all_is_held_back_stands_on_the_makers_desk(office):
    """Nobody can confirm it: without a word to the maker, its families would wait for ever."""
    with sample_programmes(TENTH):
        make_funding(office.maker)
        make_entitlement(by=office.approver, household=make_household(office.worker, names=("张一", "张妻")))
        actions.open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
        (task,) = of_runs(office.maker, DAY)
    assert task.title == "示例生活补助 2010-12：1 份全部暂缓，解决问题后重新试算"
    assert (task.kind, task.due) == ("月度发放·全部暂缓", date(2010, 12, 10))


def test_a_supervisor_sees_what_was_not_begun_and_what_has_not_arrived(office, family):
    assert seen(office.approver, DAY) == [], "five days are left"
    assert seen(office.approver, date(2010, 12, 9)) == [("按月发放·示例生活补助 2010-12 没有发放", 0, 1)]
    run = make_month(office.maker, office.checker)
    assert seen(office.approver, date(2010, 12, 13)) == [("按月发放·示例生活补助 2010-12 没有到账", 1, 0)]
    bank_answers(office.maker, on=DAY, batch=locked(office, run))
    assert seen(office.approver, date(2010, 12, 13)) == []


def test_nobody_entitled_owes_nobody_a_month(office):
    assert of_runs(office.maker, DAY) == []


@pytest.mark.parametrize(
    ("payday", "month", "last"),
    [
        (f"{__name__}.the_tenth", date(2026, 8, 1), date(2026, 8, 10)),
        (f"{__name__}.the_thirtieth", date(2026, 2, 1), date(2026, 2, 28)),
        ("", date(2026, 8, 1), date(2026, 8, 31)),
    ],
)  # fmt: skip
def test_where_no_law_names_a_day_the_month_must_not_pass(payday, month, last):
    with sample_programmes(replace(TENTH, payday=payday)):
        assert queries.pay_by("sample_living", month, "370404000000") == last
