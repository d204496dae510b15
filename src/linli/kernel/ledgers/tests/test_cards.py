"""A card is used up in a shop: what is left on it stands in the books, and no till can spend more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import CardUse
from linli.kernel.ledgers.rules import Channel, read_card_number, use_fault
from linli.kernel.ledgers.samples import make_desk, make_fund, make_orders, make_payees
from linli.kernel.registry.actions import register_organisation

DAY, LAST = date(2010, 12, 20), date(2011, 6, 30)


def make_clerk():
    return make_staff("zhou", "周经办", Role.FEDERATION_CLERK, DISTRICT, founders=make_founders())


def make_shop(area="370404100201"):
    from linli.kernel.access.models import Staff
    from linli.kernel.access.queries import actor_for

    worker = actor_for(Staff.objects.get(username=f"worker{area[-6:]}0"), on=DAY)
    return register_organisation(by=worker, on=DAY, name="慈善超市", kind="company", area=area).pk


@pytest.fixture
def counter(desk):
    """The fund, the federation's clerk, an open card of 50 元 and the shop."""
    fund = make_fund(desk.maker, amount=1_000_00)
    (order,) = make_orders(desk, fund, make_payees(1, banked=False), amount=50_00)
    clerk = make_clerk()
    card = actions.issue_card(by=clerk, on=DAY, order=order, number="KA0001", expires_on=LAST, proof="本人签领")
    return fund, clerk, card, make_shop()


def left(clerk, card):
    with scoped(clerk):
        return queries.card_of(card.pk).left


def healthy(desk):
    with scoped(desk.maker):
        return not [proof for proof in queries.check_books() if proof.faults]


def test_a_card_is_used_up_and_the_shop_is_paid_what_was_bought(desk, counter):
    fund, clerk, card, shop = counter
    words = {"by": clerk, "on": DAY, "card": card, "shop": shop}
    actions.use_card(amount=30_00, receipt="1", **words)
    with pytest.raises(Refused, match=r"余额 20.00 元，本次消费 20.01 元"):
        actions.use_card(amount=20_01, receipt="2", **words)
    actions.use_card(amount=20_00, receipt="2", **words)
    assert left(clerk, card) == 0
    with pytest.raises(Refused, match="小票已经登记"):
        actions.use_card(amount=1, receipt="2", **words)
    settle = {"by": desk.maker, "on": DAY, "fund": fund, "shop": shop}
    with pytest.raises(Refused, match=r"应付该商户 50.00 元"):
        actions.settle_shop(amount=50_01, reference="z1", **settle)
    actions.settle_shop(amount=50_00, reference="z1", **settle)
    with scoped(desk.maker):
        balance = queries.fund_of(fund.pk).balance
        assert (balance.paid, balance.payable, balance.free, balance.spent) == (50_00, 0, 950_00, 50_00)
    assert healthy(desk)


def test_an_order_with_a_card_is_not_paid_in_money_as_well(desk, counter):
    _, clerk, card, _ = counter
    with pytest.raises(Refused, match="没有可以发放"):
        actions.make_batch(by=desk.maker, on=DAY, number="X", item="x", orders=[card.order_id], channel=Channel.CASH)
    with pytest.raises(Refused, match="已发卡"):
        actions.issue_card(by=clerk, on=DAY, order=card.order, number="KA0002", expires_on=LAST, proof="签领")


def test_a_lost_card_is_replaced_with_what_was_left(desk, counter):
    _, clerk, card, shop = counter
    actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=12_50, receipt="1")
    with pytest.raises(Refused, match="先办理挂失"):
        actions.replace_card(by=clerk, on=DAY, card=card, number="KA0009", proof="签领")
    lost = actions.lose_card(by=clerk, on=DAY, card=card, note="集市上遗失")
    with pytest.raises(Refused, match="已停用"):
        actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=1, receipt="2")
    fresh = actions.replace_card(by=clerk, on=DAY, card=lost, number="KA0009", proof="签领")
    assert (fresh.value, left(clerk, fresh), left(clerk, lost), fresh.expires_on) == (37_50, 37_50, 0, LAST)
    with pytest.raises(Refused, match="已经补过"):
        actions.replace_card(by=clerk, on=DAY, card=lost, number="KA0010", proof="签领")
    assert healthy(desk)


def test_what_is_left_after_the_last_day_is_free_for_others(desk, counter):
    fund, clerk, card, shop = counter
    actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=10_00, receipt="1")
    with pytest.raises(Refused, match="到期后"):
        actions.withdraw_card(by=clerk, on=LAST, card=card, note="到期")
    with pytest.raises(Refused, match="已过期"):
        actions.use_card(by=clerk, on=LAST + timedelta(days=1), card=card, shop=shop, amount=1, receipt="2")
    actions.withdraw_card(by=clerk, on=LAST + timedelta(days=1), card=card, note="到期收回")
    with scoped(desk.maker):
        balance = queries.fund_of(fund.pk).balance
        assert (balance.free, balance.payable) == (990_00, 10_00)
    assert healthy(desk)


def test_a_branch_sees_no_balance_of_a_card_that_the_district_pays_and_does_not_touch_its_money(desk, counter):
    """Of the district's books the town sees nothing: no balance is not a balance of nothing."""
    _, clerk, card, shop = counter
    branch = make_staff("branch", "分会经办", Role.FEDERATION_CLERK, card.area[:9] + "000", founders=make_founders())
    assert (left(branch, card), left(clerk, card)) == (None, 50_00)
    elsewhere = "记在其他单位的账簿"
    with pytest.raises(Refused, match=elsewhere):
        actions.use_card(by=branch, on=DAY, card=card, shop=shop, amount=1_00, receipt="1")
    with pytest.raises(Refused, match=elsewhere):
        actions.withdraw_card(by=branch, on=LAST + timedelta(days=1), card=card, note="到期")
    lost = actions.lose_card(by=branch, on=DAY, card=card, note="遗失")
    with pytest.raises(Refused, match=elsewhere):
        actions.replace_card(by=branch, on=DAY, card=lost, number="KA0002", proof="签领")
    fresh = actions.replace_card(by=clerk, on=DAY, card=lost, number="KA0002", proof="签领")
    assert left(clerk, fresh) == 50_00 and healthy(desk)


def test_a_use_that_was_entered_wrongly_is_taken_back_by_a_second_person(desk, counter):
    _, clerk, card, shop = counter
    use = actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=40_00, receipt="1")
    actions.reverse(by=desk.checker, on=DAY, posting=use.posting, reason="金额录错")
    assert left(clerk, card) == 50_00
    with scoped(clerk):
        assert [one.reversed for one in queries.uses(card)] == [True]
        assert queries.card_of(card.pk).used == 0
    assert healthy(desk)


def test_withdrawn_aid_ends_the_card_and_keeps_what_was_bought(desk, counter):
    fund, clerk, card, shop = counter
    actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=15_00, receipt="1")
    actions.cancel_order(by=desk.approver, on=DAY, order=card.order, reason="不符合条件")
    with scoped(desk.maker):
        assert queries.card_of(card.pk).ended_why == "cancelled"
        assert queries.fund_of(fund.pk).balance.free == 985_00
    assert healthy(desk)


def test_sixteen_tills_at_once_spend_no_more_than_is_on_the_card(fresh_database, django_db_blocker, at_once):
    """16 tills ask for 10 元 each of a card of 50 元."""
    with django_db_blocker.unblock():
        desk = make_desk()
        fund = make_fund(desk.maker, amount=1_000_00)
        (order,) = make_orders(desk, fund, make_payees(1, banked=False), amount=50_00)
        clerk, shop = make_clerk(), make_shop()
        card = actions.issue_card(by=clerk, on=DAY, order=order, number="KA0001", expires_on=LAST, proof="签领")

        def buy(number: int) -> CardUse:
            return actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=10_00, receipt=str(number))

        answers = at_once(buy, times=16)
        assert sum(isinstance(answer, CardUse) for answer in answers) == 5
        with scoped(clerk):
            assert CardUse.objects.count() == 5 and queries.card_of(card.pk).left == 0
        assert healthy(desk)


def test_the_books_themselves_refuse_more_than_was_promised(desk, counter):
    """Without the action's own look, the database still holds the balance of the card."""
    from linli.kernel.ledgers.actions.posting import post
    from linli.kernel.ledgers.rules import PAYABLE, Entry, PostingKind

    fund, clerk, card, _ = counter
    with scoped(clerk), pytest.raises(Refused, match="余额不足"):
        owed = queries.account_of(fund.book, PAYABLE)
        entries = [Entry(owed.pk, fund.pk, 50_01, order=card.order_id), Entry(owed.pk, fund.pk, -50_01)]
        post(by=clerk, on=DAY, at=fund, kind=PostingKind.CARD_USE, reference="x", memo="x", entries=entries)


@pytest.mark.parametrize(("text", "number"), [("ka 0001", "KA0001"), ("２０１０-00214", "2010-00214")])
def test_a_card_number_is_read_as_it_is_printed(text, number):
    assert read_card_number(text) == number


@pytest.mark.parametrize("text", ["", "12", "=1+1", "卡一二三四", "-1234"])
def test_what_is_no_card_number_is_said(text):
    with pytest.raises(ValueError, match="卡号"):
        read_card_number(text)


def test_the_last_day_of_use_is_included():
    words = {"left": 100, "amount": 100, "expires_on": LAST, "ended": False}
    assert use_fault(on=LAST, **words) == ""
    assert "过期" in use_fault(on=LAST + timedelta(days=1), **words)
