"""The monthly run: computed, compared, confirmed by a second person, ordered once; made up, kept back, held."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.entitlements import queries
from linli.kernel.entitlements.actions import (
    change,
    confirm_run,
    discard_run,
    end,
    grant,
    open_run,
    order_part,
    order_run,
    redraft,
    resume,
    suspend,
)
from linli.kernel.entitlements.models import Amount, Arrear, Entitlement, Issue, Run, RunItem, RunLine
from linli.kernel.entitlements.queries.runs import differences_of, faults_of_run, overpaid, totals_of_run
from linli.kernel.entitlements.rules import Asked, Basis, Component, Fault, Ground, Programme, Reckoned, Unit, later
from linli.kernel.entitlements.samples import (
    LIVING,
    MONTH,
    confirmed,
    make_entitlement,
    make_funding,
    make_month,
    make_payee,
    make_why,
    sample_programmes,
)
from linli.kernel.entitlements.tests.in_parts import proposed
from linli.kernel.ledgers.actions import cancel_order, discard_batch
from linli.kernel.ledgers.models import PaymentOrder
from linli.kernel.ledgers.samples import bank_answers
from linli.kernel.registry.actions import merge_persons, record_death
from linli.kernel.registry.models import Household
from linli.kernel.registry.samples import make_household, make_person

DAY = date(2010, 12, 5)
JANUARY, FEBRUARY, MARCH = (date(2011, month, 1) for month in (1, 2, 3))


def home_of(office, name="李小明", banked=True, worker=None):
    home = make_household(worker or office.worker, names=(name, f"{name[0]}妻"))
    if banked:
        make_payee(worker or office.worker, home.head_id)
    return home


@pytest.fixture
def funds(office):
    return make_funding(office.maker)


@pytest.fixture
def homes(office, funds):
    return [home_of(office, name) for name in ("张一", "王二", "陈三")]


@pytest.fixture
def rows(office, homes):
    return [
        make_entitlement(by=office.approver, household=home, amounts={"basic": amount}, grade="A")
        for home, amount in zip(homes, (300_00, 312_00, 99_99), strict=True)
    ]


def fresh(office, row):
    with scoped(office.approver):
        return Entitlement.objects.get(pk=row.pk)


def lines(office, run):
    with scoped(office.approver):
        return {line.entitlement_id: line for line in RunLine.objects.filter(run=run)}


def issued(office, row):
    with scoped(office.approver):
        found = Issue.objects.filter(entitlement=row).order_by("id")
        return [(one.for_month.month, one.kind, one.amount) for one in found]


def test_a_month_from_the_dry_run_to_the_reconciled_payment(office, rows, funds):
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    assert (run.state, run.count, run.amount, run.held) == ("ready", 3, 711_99, 0)
    run = confirmed(office.approver, run, DAY)
    run = order_run(by=office.maker, on=DAY, run=run)
    with scoped(office.approver):
        orders = list(PaymentOrder.objects.order_by("id"))
        assert sorted(order.amount for order in orders) == [99_99, 300_00, 312_00]
        totals = totals_of_run(run)
    assert run.state == "ordered" and totals.faults() == []
    assert (totals.issued.count, totals.issued.amount, totals.batch.orders.amount) == (3, 711_99, 711_99)
    from linli.kernel.ledgers.actions import check_batch, lock_batch, reconcile_batch

    check_batch(by=office.checker, on=DAY, batch=run.batch, count=3, amount=711_99)
    lock_batch(by=office.checker, on=DAY, batch=run.batch)
    bank_answers(office.maker, on=DAY, batch=run.batch)
    reconcile_batch(by=office.maker, on=DAY, batch=run.batch)
    with scoped(office.approver):
        totals = totals_of_run(queries.run_of(run.pk))
        assert totals.faults() == [] and totals.batch.returned.amount == 711_99
        spent = [queries_paid(fund) for fund in funds]
    assert sum(spent) == 711_99 and spent == [355_99, 142_40, 213_60]


def queries_paid(fund):
    from linli.kernel.ledgers.models import FundBalance

    return FundBalance.objects.get(fund=fund).paid


def test_the_same_month_is_not_paid_twice(office, rows):
    make_month(office.maker, office.approver)
    again = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    assert (again.count, again.amount) == (0, 0)
    with pytest.raises(Refused, match="没有可以发放的待遇"):
        confirmed(office.approver, again, DAY)
    assert [issued(office, row) for row in rows] == [[(12, "regular", amount)] for amount in (300_00, 312_00, 99_99)]


def test_who_made_the_run_does_not_confirm_it_and_who_confirmed_it_does_not_order(office, rows):
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    with pytest.raises(Forbidden):
        confirm_run(by=office.maker, on=DAY, run=run, count=run.count, amount=run.amount)
    with pytest.raises(Refused, match="填写的金额与示例生活补助2010年12月发放名单不一致"):
        confirm_run(by=office.checker, on=DAY, run=run, count=run.count, amount=run.amount + 1)
    with pytest.raises(Stale, match="不能开单"):
        order_run(by=office.maker, on=DAY, run=run)
    confirmed(office.checker, run, DAY)
    with pytest.raises(Forbidden):
        order_run(by=office.checker, on=DAY, run=run)


def test_the_difference_list_says_what_became_of_everybody(office, rows, homes):
    make_month(office.maker, office.approver)
    why = make_why(Ground.INCOME)
    change(by=office.approver, on=DAY, entitlement=rows[0], since=JANUARY, amounts={"basic": 250_00}, why=why)
    end(by=office.approver, on=DAY, entitlement=rows[1], since=JANUARY, why=make_why(Ground.OWN_WISH))
    new = make_entitlement(by=office.approver, household=home_of(office, "赵四"), since=JANUARY)
    run = open_run(by=office.maker, on=date(2011, 1, 5), programme="sample_living", month=JANUARY)
    found = lines(office, run)
    said = {key: (line.difference, line.ground, line.before, line.monthly) for key, line in found.items()}
    assert said == {
        rows[0].pk: ("down", "income", 300_00, 250_00), rows[1].pk: ("stop", "own_wish", 312_00, 0),
        rows[2].pk: ("same", "", 99_99, 99_99), new.pk: ("new", "approved", 0, 312_00),
    }  # fmt: skip
    with scoped(office.approver):
        counts = {one.difference.value: one.count for one in differences_of(run)}
        assert counts == {"new": 1, "back": 0, "up": 0, "down": 1, "stop": 1, "same": 1}
        assert sum(one.by for one in differences_of(run)) == run.amount - 711_99


@pytest.mark.parametrize(("spoil", "fault"), [
    ("account", "no_account"), ("death", "dead_payee"), ("outside", "outside"), ("double", "double"),
])  # fmt: skip
def test_what_stands_against_a_payment_holds_it_and_it_is_paid_when_mended(office, rows, homes, spoil, fault):
    home = home_of(office, "吴五", banked=spoil != "account")
    words = {}
    if spoil == "outside":
        stranger = make_person(office.worker, name="路人")
        make_payee(office.worker, stranger.pk)
        words["payee_id"] = stranger.pk
    if spoil == "double":
        words["covered"] = [make_person(office.worker, name="张一", no_number_reason="lost").pk]
    row = make_entitlement(by=office.approver, household=home, amounts={"basic": 50_00}, **words)
    if spoil == "death":
        record_death(by=office.worker, on=DAY, person_id=home.head_id, day=date(2010, 12, 2))
    if spoil == "double":
        from linli.kernel.registry.models import Person

        with scoped(office.approver):
            Person.objects.filter(pk=words["covered"][0]).update(merged_into=homes[0].head_id)
    run = make_month(office.maker, office.approver)
    line = lines(office, run)[row.pk]
    assert fault in line.faults and line.held and not line.ordered
    with scoped(office.approver):
        assert dict(faults_of_run(run))[Fault(fault)] >= 1
        assert Arrear.objects.filter(entitlement=row).exists()
    if spoil != "account":
        return
    make_payee(office.worker, home.head_id)
    later_run = make_month(office.maker, office.approver, month=JANUARY)
    assert lines(office, later_run)[row.pk].amount == 100_00
    assert issued(office, row) == [(12, "back", 50_00), (1, "regular", 50_00)]
    with scoped(office.approver):
        assert not Arrear.objects.filter(entitlement=row).exists()


def test_a_death_is_seen_through_a_merged_record(office, rows, homes):
    """The entitlement still names the record that was merged away; the death stands with the survivor."""
    survivor = make_person(office.worker, name="张一", no_number_reason="lost")
    merge_persons(by=office.reviewer, on=DAY, survivor_id=survivor.pk, merged_id=homes[0].head_id)
    record_death(by=office.worker, on=DAY, person_id=survivor.pk, day=date(2010, 11, 20))
    line = lines(office, open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH))[rows[0].pk]
    assert {"dead_payee", "dead_member"} <= set(line.faults) and line.held


def test_a_month_that_was_paid_already_is_held_back_for_nobody(office, rows, homes):
    make_month(office.maker, office.approver)
    twin = make_person(office.worker, name="张一", no_number_reason="lost")
    make_entitlement(by=office.approver, household=home_of(office, "吴五"), covered=[twin.pk])
    merge_persons(by=office.reviewer, on=DAY, survivor_id=homes[0].head_id, merged_id=twin.pk)
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    assert lines(office, run)[rows[0].pk].faults == [] and (run.count, run.held) == (0, 1)


def test_a_written_agreement_lets_somebody_else_receive_the_money(office, rows, homes):
    stranger = make_person(office.worker, name="监护人")
    make_payee(office.worker, stranger.pk)
    row = fresh(office, rows[0])
    change(
        by=office.approver, on=DAY, entitlement=row, since=MONTH, payee_id=stranger.pk, proxy="代领协议第3号",
        why=make_why(Ground.OTHER),
    )  # fmt: skip
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    assert lines(office, run)[row.pk].faults == []


def test_held_back_months_are_paid_later_when_that_was_decided(office, rows):
    row = rows[0]
    suspend(by=office.reviewer, on=DAY, entitlement=row, since=MONTH, why=make_why(Ground.UNREACHABLE))
    make_month(office.maker, office.approver)
    assert issued(office, row) == []
    resume(by=office.reviewer, on=DAY, entitlement=fresh(office, row), since=JANUARY, why=make_why(Ground.CLEARED), pay_back=True)
    make_month(office.maker, office.approver, month=JANUARY)
    assert issued(office, row) == [(12, "back", 300_00), (1, "regular", 300_00)]


def test_what_was_paid_too_much_is_kept_back_by_half_a_month_at_most(office, rows):
    make_month(office.maker, office.approver)
    change(
        by=office.approver, on=DAY, entitlement=rows[0], since=MONTH, amounts={"basic": 100_00}, why=make_why(Ground.FALSE_FACTS),
    )  # fmt: skip
    for month in (JANUARY, FEBRUARY, MARCH, later(MARCH, 1), later(MARCH, 2)):
        make_month(office.maker, office.approver, month=month)
    found = issued(office, rows[0])
    assert found[0] == (12, "regular", 300_00)
    assert [amount for _, kind, amount in found if kind == "offset"] == [-50_00] * 4
    assert sum(amount for _, _, amount in found) == 6 * 100_00
    with scoped(office.approver):
        assert not Arrear.objects.filter(entitlement=rows[0]).exists()
        assert PaymentOrder.objects.filter(person=rows[0].payee_id).order_by("id").values_list("amount", flat=True)[1] == 50_00


@pytest.mark.parametrize(("monthly", "kept"), [(1, 0), (1_01, 50), (2_00, 1_00)])
def test_never_more_than_half_of_a_month_is_kept_back_to_the_fen(office, rows, monthly, kept):
    make_month(office.maker, office.approver)
    change(by=office.approver, on=DAY, entitlement=rows[0], since=MONTH, amounts={"basic": monthly}, why=make_why(Ground.MENDED))
    make_month(office.maker, office.approver, month=JANUARY)
    paid = [amount for _, kind, amount in issued(office, rows[0]) if kind == "offset"]
    assert paid == [-kept] * bool(kept)


def test_who_has_ended_and_got_too_much_stands_on_the_list_of_recoveries(office, rows):
    make_month(office.maker, office.approver)
    end(by=office.approver, on=DAY, entitlement=rows[0], since=MONTH, why=make_why(Ground.DEATH))
    make_month(office.maker, office.approver, month=JANUARY)
    with scoped(office.approver):
        assert [one.entitlement_id for one in overpaid("sample_living")] == [rows[0].pk]
        (open_,) = queries.month_sums(fresh(office, rows[0]), JANUARY)
    assert open_.open == -300_00


def test_a_cancelled_payment_is_owed_again(office, rows):
    run = make_month(office.maker, office.approver)
    discard_batch(by=office.maker, on=DAY, batch=run.batch, reason="账户有误")
    with scoped(office.approver):
        order = PaymentOrder.objects.get(person=rows[0].payee_id)
    cancel_order(by=office.approver, on=DAY, order=order, reason="重新核对")
    again = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    assert (again.count, again.amount) == (1, 300_00)
    order_run(by=office.maker, on=DAY, run=confirmed(office.approver, again, DAY))
    with scoped(office.approver):
        assert list(Issue.objects.filter(entitlement=rows[0]).values_list("number", flat=True)) == [1, 2]


def test_months_that_nobody_paid_are_paid_together(office, rows):
    make_month(office.maker, office.approver)
    run = make_month(office.maker, office.approver, month=MARCH)
    assert run.amount == 3 * 711_99
    assert [month for month, _, _ in issued(office, rows[0])] == [12, 1, 2, 3]


def test_a_newer_decision_stops_the_confirmation_until_it_is_computed_again(office, rows):
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    change(by=office.approver, on=DAY, entitlement=rows[0], since=MONTH, amounts={"basic": 350_00}, why=make_why(Ground.INCOME))
    with pytest.raises(Refused, match="又有 1 份待遇"):
        confirmed(office.approver, run, DAY)
    run = redraft(by=office.maker, on=DAY, run=run)
    assert (run.count, run.amount) == (3, 761_99)
    found = lines(office, run)
    assert found[rows[1].pk].monthly == 312_00
    paid, held = ([line.amount for line in found.values() if line.held is kept] for kept in (False, True))
    assert (run.amount, run.held, run.held_amount) == (sum(paid), len(held), sum(held)), "totals kept by difference"
    confirmed(office.approver, run, DAY)
    with pytest.raises(Refused, match="不能重新试算"):
        redraft(by=office.maker, on=DAY, run=run)


def test_what_is_computed_again_is_what_a_run_from_nothing_says(office, rows, homes):
    """Less since a paid month, ended, suspended, new, without an account, a dead payee, a merged record, untouched."""
    unbanked, untouched = home_of(office, "孙八", banked=False), home_of(office, "钱七")
    make_entitlement(by=office.approver, household=unbanked)
    make_entitlement(by=office.approver, household=untouched)
    dying = make_entitlement(by=office.approver, household=home_of(office, "吴五"))
    make_month(office.maker, office.approver)
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=JANUARY)
    before = proposed(run)
    act = {"by": office.approver, "on": DAY}
    change(**act, entitlement=rows[0], since=MONTH, amounts={"basic": 100_00, "category": 20_00}, why=make_why(Ground.MENDED))
    end(**act, entitlement=rows[1], since=JANUARY, why=make_why(Ground.OWN_WISH))
    suspend(by=office.reviewer, on=DAY, entitlement=rows[2], since=JANUARY, why=make_why(Ground.UNREACHABLE))
    make_entitlement(by=office.approver, household=home_of(office, "赵四"), since=JANUARY)
    twin = make_person(office.worker, name="孙八", no_number_reason="lost")
    merge_persons(by=office.reviewer, on=DAY, survivor_id=twin.pk, merged_id=unbanked.head_id)
    make_payee(office.worker, twin.pk)
    record_death(by=office.worker, on=DAY, person_id=dying.payee_id, day=date(2010, 12, 2))
    change(**act, entitlement=fresh(office, dying), since=JANUARY, amounts={"basic": 200_00}, why=make_why(Ground.INCOME))
    again = proposed(redraft(by=office.maker, on=DAY, run=run))
    discard_run(by=office.maker, on=DAY, run=run, reason="重新试算")
    assert again == proposed(open_run(by=office.maker, on=DAY, programme="sample_living", month=JANUARY))
    assert again != before


def test_a_decision_after_the_confirmation_never_pays_more_than_it_says(office, rows):
    run = confirmed(office.approver, open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH), DAY)
    end(by=office.approver, on=DAY, entitlement=rows[0], since=MONTH, why=make_why(Ground.DEATH))
    with pytest.raises(Refused, match="核定之后作了新的决定"):
        order_run(by=office.maker, on=DAY, run=run)
    assert issued(office, rows[1]) == []


def test_the_database_refuses_more_than_was_decided(office, rows):
    make_month(office.maker, office.approver)
    with scoped(office.maker), pytest.raises(DatabaseError, match="more is ordered"), transaction.atomic():
        Issue.objects.create(
            entitlement=rows[0], component="basic", for_month=MONTH, number=2, kind="back", amount=1, programme="sample_living",
            month=MONTH, run=Run.objects.get(), persons=1, issued_on=DAY, area=rows[0].area,
        )  # fmt: skip


def test_nobody_named_to_bear_it_means_no_payment(office):
    make_entitlement(by=office.approver, household=home_of(office))
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    with pytest.raises(Refused, match="由哪些资金分担"):
        confirmed(office.approver, run, DAY)


def test_a_fund_with_too_little_stops_the_orders_and_they_go_on_later(office):
    funds = make_funding(office.maker, amount=100_00)
    row = make_entitlement(by=office.approver, household=home_of(office))
    run = confirmed(office.approver, open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH), DAY)
    with pytest.raises(Refused, match="资金不足"):
        order_run(by=office.maker, on=DAY, run=run)
    from linli.kernel.ledgers.actions import receive

    for fund in funds:
        receive(by=office.maker, on=DAY, fund=fund, amount=1_000_00, reference=f"more:{fund.pk}", memo="追加")
    assert order_run(by=office.maker, on=DAY, run=run).state == "ordered"
    assert issued(office, row) == [(12, "regular", 312_00)]


def test_a_run_is_ordered_part_by_part_and_goes_on_after_a_stop(office, rows):
    run = confirmed(office.approver, open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH), DAY)
    with scoped(office.maker):
        Run.objects.filter(pk=run.pk).update(state="ordering")
    assert order_part(by=office.maker, on=DAY, run_id=run.pk, size=2) == 2
    done = order_run(by=office.maker, on=DAY, run=run)
    with scoped(office.approver):
        assert PaymentOrder.objects.count() == 3 and done.batch.count == 3


@pytest.mark.parametrize(("words", "said"), [
    ({"month": date(2010, 12, 3)}, "当月1日"), ({"month": MARCH}, "最多可选到下个月"),
    ({"programme": "nothing"}, "没有“nothing”"),
    ({"basis": Basis.RECKONED}, "没有可以重新计算的规则"), ({"basis": Basis.OCCASION}, "须选择一次性"),
    ({"basis": Basis.OCCASION, "component": "spring"}, "金额应大于0"), ({"component": "basic"}, "须选择一次性"),
    ({"basis": Basis.OCCASION, "component": "spring", "each": 1}, "依据的文件"),
])  # fmt: skip
def test_bad_input_is_refused_in_words(office, words, said):
    asked = {"programme": "sample_living", "month": MONTH} | words
    with pytest.raises(Refused, match=said):
        open_run(by=office.maker, on=DAY, **asked)


def test_one_run_at_a_time(office, rows):
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    with pytest.raises(Refused, match="还没有办完"):
        open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    with pytest.raises(Refused, match="作废原因"):
        discard_run(by=office.maker, on=DAY, run=run, reason=" ")
    discard_run(by=office.maker, on=DAY, run=run, reason="重来")
    assert open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH).serial == 2


def test_a_one_off_sum_for_everybody_before_the_festival(office, rows):
    """春节一次性生活补贴: by person, once, beside the month's money, with a decision for each."""
    make_month(office.maker, office.approver)
    words = {"basis": Basis.OCCASION, "component": "spring", "each": 100_00, "per_person": True, "paper": "峄民〔2010〕20号"}
    run = make_month(office.maker, office.approver, **words)
    assert (run.count, run.amount) == (3, 6 * 100_00)
    with scoped(office.approver):
        one = queries.decisions_of(rows[0]).first()
        assert (one.deed, one.paper, one.after) == ("once", "峄民〔2010〕20号", 200_00)
        assert Amount.objects.get(entitlement=rows[0], component="spring").until == JANUARY
    assert open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH, **words).count == 0


def test_a_one_off_sum_goes_to_a_person_under_one_programme_only(office, rows, homes):
    elder = Programme(
        "sample_old", "示例津贴", (Component("allowance", "津贴"), Component("spring", "春节补助", occasional=True)), Unit.PERSON,
        "《示例办法》第十二条", purpose="sample.old",
    )  # fmt: skip
    words = {"basis": Basis.OCCASION, "component": "spring", "each": 100_00, "paper": "峄民〔2010〕20号"}
    with sample_programmes(LIVING, Programme("sample_care", "供养", (Component("basic", "费"),), Unit.PERSON, "法", "p"), elder):
        make_funding(office.maker, programme="sample_old")
        for home in (homes[0], home_of(office, "孙七")):
            grant(
                by=office.approver, on=DAY, programme="sample_old", person_id=home.head_id, since=MONTH,
                amounts={"allowance": 10_00}, why=make_why(),
            )  # fmt: skip
        make_month(office.maker, office.approver, **words)
        run = make_month(office.maker, office.approver, programme="sample_old", **words)
        assert (run.count, run.held) == (1, 1)


def reckon(asked: Asked) -> Reckoned:
    """A new standard: everybody gets 50 元 more; the second gets less; of the third nothing is known."""
    place = np.arange(len(asked))
    basic = np.where(place == 1, 100_00, 350_00)
    return Reckoned({"basic": basic}, np.where(place == 0, 1, 3), known=place != 2)


def test_a_new_standard_is_paid_when_it_is_more_and_only_told_when_it_is_less(office, rows):
    from linli.base.reasons import Reason

    reasons = (Reason("standard", "标准提高", "《示例办法》第五条"), Reason("category", "分类"))
    declared = Programme(
        LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.reckon",
        grades=LIVING.grades, reasons=reasons,
    )  # fmt: skip
    with sample_programmes(declared):
        run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH, basis=Basis.RECKONED)
        found = lines(office, run)
        assert [found[row.pk].monthly for row in rows] == [350_00, 312_00, 99_99]
        assert [found[row.pk].faults for row in rows] == [[], ["hear"], []]
        assert [found[row.pk].reckoned for row in rows] == [350_00, 100_00, None]
        order_run(by=office.maker, on=DAY, run=confirmed(office.approver, run, DAY))
        with scoped(office.approver):
            assert queries.amounts_in(rows[0], MONTH) == {"basic": 350_00}
            one = queries.decisions_of(rows[0]).first()
            assert (one.deed, one.ground) == ("raise", "standard")
            assert (one.reasons, one.articles) == (["standard"], ["《示例办法》第五条"])
            assert (one.before, one.after) == (300_00, 350_00)
    assert issued(office, rows[0]) == [(12, "regular", 350_00)]
    with pytest.raises(Stale):
        end(by=office.approver, on=DAY, entitlement=rows[0], since=JANUARY, why=make_why())


def test_a_cancelled_payment_is_reckoned_and_ordered_again(office, rows):
    run = make_month(office.maker, office.approver)
    discard_batch(by=office.maker, on=DAY, batch=run.batch, reason="账户有误")
    with scoped(office.approver):
        order = PaymentOrder.objects.get(person=rows[0].payee_id)
    cancel_order(by=office.approver, on=DAY, order=order, reason="重新核对")
    declared = Programme(
        LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.reckon"
    )
    with sample_programmes(declared):
        make_month(office.maker, office.approver, basis=Basis.RECKONED)
    with scoped(office.approver):
        found = Issue.objects.filter(entitlement=rows[0]).order_by("number")
        assert [(one.number, one.amount) for one in found] == [(1, 300_00), (2, 350_00)]
        assert Issue.objects.exclude(entitlement=rows[0]).count() == 2


def test_a_calculator_that_answers_wrongly_stops_the_run(office, rows, monkeypatch):
    declared = Programme(
        LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.reckon"
    )
    monkeypatch.setitem(globals(), "reckon", lambda asked: Reckoned({"basic": np.zeros(1, "i8")}, np.zeros(len(asked), "i8")))
    with sample_programmes(declared), pytest.raises(ValueError, match="not as long"):
        open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH, basis=Basis.RECKONED)


def test_two_workers_order_a_run_once(fresh_database, at_once):
    from linli.kernel.entitlements.tests.conftest import make_office

    with sample_programmes():
        office = make_office()
        make_funding(office.maker)
        for name in ("张一", "王二", "陈三"):
            make_entitlement(by=office.approver, household=home_of(office, name))
        run = confirmed(office.approver, open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH), DAY)
        at_once(lambda number: order_run(by=office.maker, on=DAY, run=run), times=3)
        with scoped(office.maker):
            assert Issue.objects.count() == PaymentOrder.objects.count() == 3
            assert Issue.objects.aggregate(total=Sum("amount"))["total"] == run.amount


def test_towns_and_components_add_up(office, rows):
    away = home_of(office, "孙八", worker=office.neighbour)
    make_entitlement(by=office.approver, household=away, amounts={"basic": 200_00, "category": 40_00})
    run = make_month(office.maker, office.approver)
    with scoped(office.approver):
        towns = {row["town"]: row["total"] for row in queries.towns_of_run(run)}
        parts = {row["component"]: row["total"] for row in queries.parts_of_run(run)}
        assert Household.objects.get(pk=away.pk).area == "370404100201" and RunItem.objects.count() == 5
    assert towns == {"370404001000": 711_99, "370404100000": 240_00} and parts == {"basic": 911_99, "category": 40_00}
