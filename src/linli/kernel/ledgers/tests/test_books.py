"""Money comes, is spent within what came, and what was posted stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, connections, transaction

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import make_staff
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Account, Balance, Fund, Line, Posting
from linli.kernel.ledgers.rules import AccountKind, Cost, FundKind, FundLevel
from linli.kernel.ledgers.samples import make_desk, make_fund, make_orders, make_payees

DAY = date(2010, 12, 20)
TOWN = "370404100000"


def figures(actor, fund):
    with scoped(actor):
        held = queries.fund_of(fund.pk).balance
    return held.received, held.spent, held.payable, held.cash, held.free


def pay(desk, fund, amount, reference="s:1", purpose="aid.warmth", **words):
    return actions.spend(
        by=desk.maker, on=DAY, fund=fund, amount=amount, purpose=purpose, reference=reference, memo="慰问", **words
    )


def test_money_that_came_is_free(desk):
    fund = make_fund(desk.maker, amount=50_000_00)
    assert figures(desk.maker, fund) == (50_000_00, 0, 0, 50_000_00, 50_000_00)


def test_spending_lowers_what_is_free(desk):
    fund = make_fund(desk.maker, amount=1_000)
    pay(desk, fund, 400)
    assert figures(desk.maker, fund) == (1_000, 400, 0, 600, 600)


def test_a_fund_may_be_spent_to_the_last_fen_and_not_further(desk):
    fund = make_fund(desk.maker, amount=1_000)
    pay(desk, fund, 1_000)
    with pytest.raises(Refused, match=r"“慈心一日捐”可用 0.00 元，本次需要 0.01 元"):
        pay(desk, fund, 1, "s:2")
    assert figures(desk.maker, fund) == (1_000, 1_000, 0, 0, 0)


def test_the_same_reference_lands_once(desk):
    fund = make_fund(desk.maker, amount=1_000)
    pay(desk, fund, 100)
    with pytest.raises(Refused, match="已经记账"):
        pay(desk, fund, 100)
    assert figures(desk.maker, fund)[1] == 100


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_must_be_above_zero(desk, amount):
    fund = make_fund(desk.maker, amount=1_000)
    with pytest.raises(Refused, match="大于0"):
        pay(desk, fund, amount)


def test_a_gift_for_the_sick_cannot_be_spent_on_the_office(desk):
    fund = make_fund(desk.maker, amount=1_000, purposes=("aid.illness",))
    pay(desk, fund, 100, purpose="aid.illness")
    with pytest.raises(Refused, match="限定了用途，不能用于“管理费用”"):
        pay(desk, fund, 100, "s:2", "office.cost", cost=Cost.MANAGEMENT)
    assert figures(desk.maker, fund)[1] == 100


def test_a_further_purpose_needs_the_paper_that_allows_it(desk):
    fund = make_fund(desk.maker, amount=1_000, purposes=("aid.illness",))
    with pytest.raises(Refused, match="须有依据"):
        actions.allow_purpose(by=desk.maker, on=DAY, fund=fund, purpose="aid.warmth", basis=" ")
    actions.allow_purpose(by=desk.maker, on=DAY, fund=fund, purpose="aid.warmth", basis="捐赠人同意书")
    pay(desk, fund, 100)


def test_spending_without_a_purpose_is_refused(desk):
    fund = make_fund(desk.maker, amount=1_000)
    for purpose in ("", "nobody.knows"):
        with pytest.raises(Refused, match="用途"):
            pay(desk, fund, 100, purpose=purpose)


def test_a_restricted_fund_names_known_purposes(desk):
    words = {"by": desk.maker, "on": DAY, "name": "基金", "kind": FundKind.DONATION, "level": FundLevel.TOWN, "area": TOWN}
    with pytest.raises(Refused, match="至少要有一个用途"):
        actions.open_fund(code="A", purposes={}, **words)
    with pytest.raises(Refused, match="尚未设立"):
        actions.open_fund(code="A", purposes={"no.such": "文件"}, **words)


def test_a_wrong_posting_is_answered_by_its_mirror_image(desk):
    fund = make_fund(desk.maker, amount=1_000)
    wrong = pay(desk, fund, 400)
    actions.reverse(by=desk.checker, on=DAY, posting=wrong, reason="金额有误")
    assert figures(desk.maker, fund) == (1_000, 0, 0, 1_000, 1_000)
    with scoped(desk.maker):
        assert Posting.objects.filter(kind__in=["spend", "reverse"]).count() == 2
    with pytest.raises(Refused, match="已经冲正"):
        actions.reverse(by=desk.checker, on=DAY, posting=wrong, reason="再来")


def test_a_mirror_image_is_not_mirrored_again(desk):
    fund = make_fund(desk.maker, amount=1_000)
    mirror = actions.reverse(by=desk.checker, on=DAY, posting=pay(desk, fund, 400), reason="金额有误")
    third = make_staff("fuhe2", "第三人", Role.FINANCE_CHECKER, fund.area)
    with pytest.raises(Refused, match="冲正凭证不能再冲正"):
        actions.reverse(by=third, on=DAY, posting=mirror, reason="还原")
    assert figures(desk.maker, fund) == (1_000, 0, 0, 1_000, 1_000)


def test_what_an_order_posted_is_undone_on_the_order_and_not_behind_its_back(desk):
    fund = make_fund(desk.maker, amount=1_000_00)
    (order,) = make_orders(desk, fund, make_payees(1))
    before = figures(desk.maker, fund)
    with scoped(desk.maker):
        posting = Posting.objects.get(pk=Line.objects.filter(order_id=order.pk).values("posting_id")[:1])
    with pytest.raises(Refused, match="由付款单产生"):
        actions.reverse(by=desk.checker, on=DAY, posting=posting, reason="误记")
    assert figures(desk.maker, fund) == before


def test_a_second_person_reverses(desk):
    wrong = pay(desk, make_fund(desk.maker, amount=1_000), 400)
    with pytest.raises(Forbidden):
        actions.reverse(by=desk.maker, on=DAY, posting=wrong, reason="金额有误")


def test_a_receipt_cannot_be_reversed_when_the_money_is_spent(desk):
    fund = make_fund(desk.maker, amount=1_000)
    pay(desk, fund, 400)
    with scoped(desk.maker):
        receipt = Posting.objects.get(kind="receive")
    with pytest.raises(Refused, match=r"余额不足|资金不足"):
        actions.reverse(by=desk.checker, on=DAY, posting=receipt, reason="退款")


def test_a_transfer_leaves_the_district_and_arrives_in_the_town(desk):
    here = make_fund(desk.maker, amount=1_000)
    there = make_fund(desk.maker, code="ZJ-1", name="古邵镇救助金", area=TOWN)
    words = {"by": desk.maker, "on": DAY, "fund": here, "to": there, "purpose": "aid.warmth", "memo": "拨付"}
    actions.transfer(amount=600, reference="t:1", **words)
    assert (figures(desk.maker, here)[4], figures(desk.maker, there)[4]) == (400, 600)
    with pytest.raises(Refused, match="资金不足"):
        actions.transfer(amount=600, reference="t:2", **words)
    assert (figures(desk.maker, here)[4], figures(desk.maker, there)[4]) == (400, 600)


def test_the_trial_balance_is_zero_in_every_unit(desk):
    fund = make_fund(desk.maker, amount=1_000)
    pay(desk, fund, 400)
    actions.open_goods(by=desk.maker, on=DAY, key="tv", name="彩色电视机", measure="台")
    actions.bring_in_goods(by=desk.maker, on=DAY, fund=fund, goods="tv", pieces=661, reference="g:1", memo="购入")
    with scoped(desk.maker):
        rows = queries.trial_balance()
    assert sum(row.amount for row in rows if row.unit == "fen") == 0
    assert sum(row.amount for row in rows if row.unit == "tv") == 0
    assert {(row.code, row.amount) for row in rows} >= {("1002", 600), ("5101", 400), ("4101", -1_000), ("9201", 661)}


def test_a_store_hands_out_no_more_than_it_holds(desk):
    fund = make_fund(desk.maker)
    actions.open_goods(by=desk.maker, on=DAY, key="tv", name="彩色电视机", measure="台")
    home = actions.open_account(by=desk.maker, on=DAY, area=fund.area, code="9201-1", name="敬老院库房", kind=AccountKind.STORE)
    moved = {"by": desk.maker, "on": DAY, "fund": fund, "goods": "tv"}
    words = moved | {"memo": "银屏惠老"}
    actions.bring_in_goods(pieces=661, reference="g:1", **words)
    with scoped(desk.maker):
        main = queries.account_of(fund.area, "9201")
    actions.move_goods(pieces=61, store=main, to=home.pk, reference="g:2", **moved)
    with pytest.raises(Refused, match="另一个库房"):
        actions.move_goods(pieces=1, store=main, to=main.pk, reference="g:5", **moved)
    with pytest.raises(Refused, match="库存数量"):
        actions.move_goods(pieces=62, store=home, to=main.pk, reference="g:6", **moved)
    actions.hand_out_goods(pieces=600, party="registry.Place:1", reference="g:3", **words)
    with pytest.raises(Refused, match="库存数量"):
        actions.hand_out_goods(pieces=1, party="registry.Place:2", reference="g:4", **words)
    with scoped(desk.maker):
        held = {(row.account.code, row.unit): row.amount for row in queries.goods_balances()}
        assert held == {("9201", "tv"): 0, ("9201-1", "tv"): 61}
        assert Line.objects.get(party="registry.Place:1").amount == 600


def test_a_statement_runs_from_the_earlier_days(desk):
    fund = make_fund(desk.maker, amount=1_000)
    for number, day in enumerate([2, 3, 5], 1):
        actions.spend(
            by=desk.maker, on=date(2010, 12, day), fund=fund, amount=100 * number, purpose="aid.warmth",
            reference=f"s:{number}", memo="慰问",
        )  # fmt: skip
    with scoped(desk.maker):
        bank = queries.account_of(fund.area, "1002")
        lines = queries.statement(fund=fund, account=bank, since=date(2010, 12, 3))
        assert [(line.amount, line.running) for line in lines] == [(-200, 700), (-300, 400)]


def test_a_town_sees_its_own_books_only(desk):
    town = make_desk(TOWN)
    make_fund(desk.maker, amount=1_000)
    theirs = make_fund(desk.maker, code="ZJ-1", name="古邵镇救助金", area=TOWN, amount=700)
    with scoped(town.maker):
        assert [fund.code for fund in queries.funds()] == ["ZJ-1"]
        assert {row.amount for row in queries.trial_balance()} == {700, -700}
    pay(town, theirs, 700)


def test_a_town_cannot_spend_the_districts_money(desk):
    town = make_desk(TOWN)
    ours = make_fund(desk.maker, amount=1_000)
    with pytest.raises(Forbidden):
        pay(town, ours, 1)


UNBALANCED = "insert into ledgers_line (posting_id, account_id, fund_id, unit, amount, purpose, party, area) values "


def raw_posting(fund, reference="raw:1"):
    return Posting.objects.create(reference=reference, book=fund.book, area=fund.area, kind="receive", day=DAY, memo="试")


def insert_lines(posting, fund, *amounts, codes=("1002", "4101"), unit="fen"):
    ids = {account.code: account.pk for account in Account.objects.filter(area=fund.area)}
    rows = [
        [posting.pk, ids[code], fund.pk, unit, amount, "", "", fund.area] for code, amount in zip(codes, amounts, strict=False)
    ]
    with connection.cursor() as cursor:
        places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
        cursor.execute(UNBALANCED + places, [value for row in rows for value in row])


@pytest.mark.parametrize("amounts", [(500,), (500, -400)])
def test_the_database_refuses_a_posting_out_of_balance(desk, amounts):
    fund = make_fund(desk.maker)
    with scoped(desk.maker):
        with pytest.raises(DatabaseError, match="out of balance"), transaction.atomic():
            insert_lines(raw_posting(fund), fund, *amounts)
        assert not Line.objects.exists()


def test_nothing_can_be_added_to_a_posting_of_another_transaction(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        desk = make_desk()
        fund = make_fund(desk.maker, amount=1_000)
        with scoped(desk.maker):
            posting = Posting.objects.get(kind="receive")
            with pytest.raises(DatabaseError, match="does not fit"), transaction.atomic():
                insert_lines(posting, fund, 500, -500)
        connections.close_all()


def test_the_database_refuses_a_line_in_another_organisations_account(desk):
    fund = make_fund(desk.maker)
    other = make_fund(desk.maker, code="ZJ-1", area=TOWN)
    with scoped(desk.maker):
        posting = raw_posting(fund)
        ids = {(a.area, a.code): a.pk for a in Account.objects.all()}
        values = [posting.pk, ids[other.area, "1002"], fund.pk, fund.area, posting.pk, ids[fund.area, "4101"], fund.pk, fund.area]
        rows = "(%s, %s, %s, 'fen', 5, '', '', %s), (%s, %s, %s, 'fen', -5, '', '', %s)"
        with pytest.raises(DatabaseError, match="does not fit"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(UNBALANCED + rows, values)


def test_the_database_refuses_pieces_in_a_money_account(desk):
    fund = make_fund(desk.maker)
    with scoped(desk.maker):
        with pytest.raises(DatabaseError, match="does not fit"), transaction.atomic():
            insert_lines(raw_posting(fund), fund, 5, -5, unit="tv")


CHANGES = [
    "update ledgers_line set amount = 1",
    "delete from ledgers_line",
    "update ledgers_posting set memo = 'x'",
    "delete from ledgers_posting",
    "update ledgers_fund set restricted = false",
    "update ledgers_fundbalance set cash = 1",
    "insert into ledgers_balance (account_id, fund_id, unit, amount, side, area) values (1, 1, 'fen', 0, 1, 'x')",
    "delete from ledgers_benefit",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_cannot_change_what_was_posted(desk, statement):
    make_fund(desk.maker, amount=1_000)
    with scoped(WHOLE), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_owner_of_the_tables_cannot_change_it_either(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        make_fund(make_desk().maker, amount=1_000)
        for statement in CHANGES:
            with pytest.raises(DatabaseError, match=r"append-only|kept by the database"), connections["owner"].cursor() as cursor:
                cursor.execute(statement)
        with scoped(WHOLE):
            assert Balance.objects.get(account__code="1002").amount == 1_000
            assert Fund.objects.count() == 1
        connections.close_all()


def test_sixteen_clients_at_once_spend_the_fund_and_no_fen_more(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        desk = make_desk()
        fund = make_fund(desk.maker, amount=50_000)
        spent = at_once(lambda client: spend_until_refused(desk, fund, client), times=16)
        assert len(spent) == 16
        assert sum(spent) == 50_000
        assert figures(desk.maker, fund) == (50_000, 50_000, 0, 0, 0)
        connections.close_all()


def spend_until_refused(desk, fund, client):
    """Small and large sums, down to the last fen."""
    spent, number = 0, 0
    for amount in (3_000, 700, 90, 1):
        while True:
            number += 1
            try:
                pay(desk, fund, amount, f"race:{client}:{number}")
            except Refused:
                break
            spent += amount
    return spent
