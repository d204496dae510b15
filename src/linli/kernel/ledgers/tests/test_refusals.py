"""What the books refuse, in the words that the office reads: one line for each."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import BatchLine, PaymentOrder
from linli.kernel.ledgers.rules import AccountKind, ChangeKind, Channel, FundKind, FundLevel, PlanEnd, WriteOffGround
from linli.kernel.ledgers.samples import (
    bank_answers,
    make_desk,
    make_fund,
    make_locked_batch,
    make_orders,
    make_payees,
    order_row,
)
from linli.kernel.ledgers.tests.test_cards import LAST, make_clerk, make_shop
from linli.kernel.ledgers.tests.test_goods import QUILT, bring, hand_out, held_of

DAY = date(2010, 12, 20)
HERE = "370404000000"


@contextmanager
def told(words: str, kind: type[Refused] = Refused, field: str | None = None):
    """What happens inside is refused in these words, at this field where one is to be mended."""
    with pytest.raises(kind, match=words) as caught:
        yield
    assert field is None or caught.value.field == field


def paid(desk, fund, orders, number="P2010-001"):
    """Their batch came back from the bank: everybody has the money."""
    bank_answers(desk.maker, on=DAY, batch=make_locked_batch(desk, orders, number=number, on=DAY))


@pytest.fixture
def debt(desk, fund, orders):
    """The first of three payments of 500 元 is asked back."""
    paid(desk, fund, orders)
    return actions.recover(by=desk.approver, on=DAY, order=orders[0], reason="多发")


# --- cards ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def counter(desk):
    """The fund, the clerk who issues cards, a card of 50 元, and the shop."""
    fund = make_fund(desk.maker, amount=1_000_00)
    (order,) = make_orders(desk, fund, make_payees(1, banked=False), amount=50_00)
    clerk = make_clerk()
    card = actions.issue_card(by=clerk, on=DAY, order=order, number="KA0001", expires_on=LAST, proof="本人签领")
    return fund, clerk, card, make_shop()


def test_a_card_goes_only_to_aid_that_is_ready_and_of_one_fund(desk, fund, orders):
    clerk, words = make_clerk(), {"on": DAY, "number": "KA0009", "expires_on": LAST, "proof": "签领"}
    make_locked_batch(desk, orders[:1], on=DAY)
    with told("这笔救助的状态是“.+”，不能发卡", field="order"):
        actions.issue_card(by=clerk, order=orders[0], **words)
    with told("请填写签领凭据", field="proof"):
        actions.issue_card(by=clerk, order=orders[1], **words | {"proof": " "})
    with told("有效期不能早于今天", field="expires_on"):
        actions.issue_card(by=clerk, order=orders[1], **words | {"expires_on": DAY - timedelta(days=1)})
    other = make_fund(desk.maker, amount=100_00, code="JZ-2", name="财政", samples=False)
    (payee,) = make_payees(1, area="370404100202", banked=False)
    row = order_row(payee, "two funds", (fund, 30_00), (other, 20_00))
    actions.order_payments(by=desk.approver, on=DAY, rows=[row])
    with scoped(desk.approver):
        shared = PaymentOrder.objects.get(source="two funds")
    with told("救助卡须由同一账簿的一项资金承担"):
        actions.issue_card(by=clerk, order=shared, **words)


def test_what_a_till_and_a_counter_are_refused(desk, counter):
    fund, clerk, card, shop = counter
    words = {"by": clerk, "on": DAY, "card": card, "receipt": "1"}
    with told("没有这个商户", field="shop"):
        actions.use_card(shop=999_999, amount=1_00, **words)
    with told("金额应大于0", field="amount"):
        actions.use_card(shop=shop, amount=0, **words)
    with told("没有应付这个商户的款项", field="shop"):
        actions.settle_shop(by=desk.maker, on=DAY, fund=fund, shop=shop, amount=1_00, reference="z")
    with told("请填写原因", field="note"):
        actions.lose_card(by=clerk, on=DAY, card=card, note=" ")
    actions.use_card(shop=shop, amount=50_00, **words)
    lost = actions.lose_card(by=clerk, on=DAY, card=card, note="遗失")
    with told("原卡已没有余额，无需补卡"):
        actions.replace_card(by=clerk, on=DAY, card=lost, number="KA0002", proof="签领")
    with told("这张卡已经停用", Stale):
        actions.lose_card(by=clerk, on=DAY, card=card, note="又报一次")


@pytest.mark.parametrize("ending", ["cancelled", "expired"])
def test_a_use_is_not_taken_back_once_what_was_left_is_free_again(desk, counter, ending):
    """The mirror would put money on a card that nobody can use, and that the fund has promised to others since."""
    fund, clerk, card, shop = counter
    use = actions.use_card(by=clerk, on=DAY, card=card, shop=shop, amount=15_00, receipt="1")
    if ending == "cancelled":
        actions.cancel_order(by=desk.approver, on=DAY, order=card.order, reason="不符合条件")
    else:
        actions.withdraw_card(by=clerk, on=LAST + timedelta(days=1), card=card, note="到期")
    with told("这张救助卡已经收回或取消，余额已释放"):
        actions.reverse(by=desk.checker, on=LAST + timedelta(days=1), posting=use.posting, reason="录错")
    with scoped(desk.maker):
        assert queries.fund_of(fund.pk).balance.free == 985_00


# --- funds and accounts -----------------------------------------------------------------------------------------------------


def test_what_is_refused_when_funds_and_accounts_are_opened_and_changed(desk, fund):
    opened = {"by": desk.maker, "on": DAY, "name": "新资金", "kind": FundKind.DONATION, "level": FundLevel.DISTRICT, "area": HERE}
    with told(f"资金编号“{fund.code}”已被使用", field="code"):
        actions.open_fund(code=fund.code, **opened)
    with told("支出限额应大于0", field="ceiling"):
        actions.open_fund(code="N-1", ceiling=0, **opened)
    with told("至少要有一个用途", field="purposes"):
        actions.open_fund(code="N-1", purposes={}, **opened)
    with told("用途“aid.nothing”尚未设立", field="purposes"):
        actions.open_fund(code="N-1", purposes={"aid.nothing": "协议"}, **opened)
    with told("账簿中没有科目 1009", Forbidden):
        actions.open_fund(code="N-1", account="1009", **opened)
    with told("存放账户应是银行或现金账户", field="account"):
        actions.open_fund(code="N-1", account="9201", **opened)
    with told("科目编号“1002”已被使用", field="code"):
        actions.open_account(by=desk.maker, on=DAY, area=HERE, code="1002", name="又一个", kind=AccountKind.CASH)
    with told("这项资金没有限定用途，无需增加用途"):
        actions.allow_purpose(by=desk.maker, on=DAY, fund=fund, purpose="aid.illness", basis="备案")
    with told("这项资金没有限定用途，无需增加用途", field="purpose"):
        actions.ask_purpose(by=desk.maker, on=DAY, fund=fund, purpose="aid.illness", basis="备案")
    with told("请填写依据或原因", field="basis"):
        actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=100_00, basis=" ")
    with told("与现在的限额相同", field="ceiling"):
        actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=None, basis="会议纪要")
    with told("请填写与现在不同的名称", field="name"):
        actions.rename_fund(by=desk.maker, on=DAY, fund=fund, name=fund.name, basis="会议纪要")
    change = actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=100_00, basis="会议纪要")
    assert change.kind == ChangeKind.LIMIT.value
    with told("请填写不同意的原因", field="note"):
        actions.decide_change(by=desk.checker, on=DAY, change=change, agree=False)


def test_money_of_a_year_is_not_spent_in_another_and_none_of_another_books(desk):
    words = {"kind": FundKind.FISCAL, "level": FundLevel.DISTRICT, "area": HERE, "name": "2010年专款", "code": "Y-10"}
    make_fund(desk.maker, code="JZ-1")
    year = actions.open_fund(by=desk.maker, on=DAY, year=2010, **words)
    actions.receive(by=desk.maker, on=DAY, fund=year, amount=100_00, reference="y", memo="到账")
    spend = {"fund": year, "amount": 1_00, "purpose": "aid.warmth", "memo": "慰问"}
    with told("限 2010 年度使用，不能在其他年度支出", field="fund"):
        actions.spend(by=desk.maker, on=date(2011, 1, 4), reference="s", **spend)
    town = make_desk("370404001000")
    with told("账簿中没有科目|属于其他单位的账簿", Forbidden):
        actions.spend(by=town.maker, on=DAY, reference="t", **spend)
    with told("拨出与拨入是同一项资金", field="to"):
        actions.transfer(by=desk.maker, on=DAY, fund=year, to=year, amount=1, purpose="aid.warmth", reference="x", memo="拨")
    with told("转出与转入是同一科目", field="to"):
        actions.move_money(by=desk.maker, on=DAY, fund=year, amount=1, account="1002", to="1002", reference="x", memo="提现")


# --- goods ------------------------------------------------------------------------------------------------------------------


def test_what_the_store_refuses(desk, fund):
    bring(desk, fund, 3)
    buy = {"by": desk.maker, "on": DAY, "fund": fund, "pieces": 1, "purpose": "aid.warmth", "reference": "b"}
    with told("没有这个供应单位", field="supplier"):
        actions.buy_goods(goods=QUILT, price=1, supplier=999_999, **buy)
    with told("单价应大于0", field="price"):
        actions.buy_goods(goods=QUILT, price=0, supplier=999_999, **buy)
    make_payees(1, banked=False)
    with told("没有这种物资，请先登记品名和单位", field="goods"):
        actions.buy_goods(goods="没有/个", price=1, supplier=make_shop(), **buy)
    give = {"by": desk.maker, "on": DAY, "fund": fund, "goods": QUILT, "memo": "发放", "reference": "o"}
    with told("请填写物资发放给谁", field="party"):
        actions.hand_out_goods(pieces=1, **give)
    with told("数量应大于0", field="pieces"):
        actions.hand_out_goods(pieces=0, party="敬老院", **give)
    slip = hand_out(desk, fund)
    back = {"by": desk.maker, "on": DAY, "pieces": 1, "reference": "r"}
    with told("请填写退回原因", field="reason"):
        actions.give_back_goods(slip=slip, reason=" ", **back)
    returned = actions.give_back_goods(slip=slip, reason="多发", **back)
    with told("只有发放的物资可以退回"):
        actions.give_back_goods(slip=returned, reason="多发", **back)
    held = held_of(desk)
    with scoped(desk.maker):
        bank = queries.goods_balances().model.objects.filter(account__code="1002").first()
    with told("没有这种库存物资"):
        actions.count_goods(by=desk.maker, on=DAY, stock=bank, found=1)
    with told("账实不符，请填写原因", field="reason"):
        actions.count_goods(by=desk.maker, on=DAY, stock=held, found=1)


# --- batches and orders -----------------------------------------------------------------------------------------------------


def test_who_ordered_a_payment_does_not_check_its_batch_and_each_step_has_its_turn(desk, fund, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[one.pk for one in orders])
    totals = {"count": batch.count, "amount": batch.amount}
    with scoped(desk.maker):
        PaymentOrder.objects.filter(pk=orders[0].pk).update(made_by=desk.checker.staff_id)
    with told("批次中有本人审批的付款，须由其他人复核"):
        actions.check_batch(by=desk.checker, on=DAY, batch=batch, **totals)
    with scoped(desk.maker):
        PaymentOrder.objects.filter(pk=orders[0].pk).update(made_by=desk.approver.staff_id)
    with told("批次现在是“.+”，不能.+请刷新后再看", Stale):
        actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    with told("锁定后才能送银行"):
        actions.send_batch(by=desk.maker, on=DAY, batch=batch)
    with told("还有 3 笔没有回盘，不能对账"):
        actions.reconcile_batch(by=desk.maker, on=DAY, batch=batch)
    with told("请填写作废原因", field="reason"):
        actions.discard_batch(by=desk.maker, on=DAY, batch=batch, reason=" ")
    with told("请填写取消原因", field="reason"):
        actions.cancel_order(by=desk.approver, on=DAY, order=orders[0], reason=" ")


def test_what_is_refused_when_cash_is_signed_for(desk, fund):
    orders = make_orders(desk, fund, make_payees(2, banked=False))
    ids = [one.pk for one in orders]
    actions.move_money(by=desk.maker, on=DAY, fund=fund, amount=1_000_00, account="1002", to="1001", reference="c", memo="提现")
    batch = actions.make_batch(by=desk.maker, on=DAY, number="C1", item="慰问", orders=ids, channel=Channel.CASH)
    words = {"by": desk.maker, "on": DAY, "batch": batch}
    with told("只有已锁定的现金发放或对公转账批次可以登记签领"):
        actions.settle_by_hand(proofs={1: "第1页"}, **words)
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=batch.count, amount=batch.amount)
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    with scoped(desk.maker):
        line = BatchLine.objects.filter(batch=batch).first().pk
    with told("有的明细不在这个批次中"):
        actions.settle_by_hand(proofs={line: "第1页", 999_999: "第1页"}, **words)
    with told("须有领款人签收凭据", field="proof"):
        actions.settle_by_hand(proofs={line: " "}, **words)
    with told("现金发放的批次不送银行"):
        actions.send_batch(by=desk.maker, on=DAY, batch=batch)


# --- debts ------------------------------------------------------------------------------------------------------------------


def test_what_is_refused_when_money_is_asked_back(desk, fund, orders, debt):
    with told("请填写追回原因", field="reason"):
        actions.recover(by=desk.approver, on=DAY, order=orders[1], reason=" ")
    with told("这笔款已经在追回"):
        actions.recover(by=desk.approver, on=DAY, order=orders[0], reason="多发")
    with told("这笔款已经整笔追回"):
        actions.recover_part(by=desk.approver, on=DAY, order=orders[0], amount=1, reason="多发")
    for amount in (0, 500_01):
        with told("追回金额应大于 0，且不超过这笔款还没有追回的 500.00 元", field="amount"):
            actions.recover_part(by=desk.approver, on=DAY, order=orders[1], amount=amount, reason="多发")
        with told("金额应大于0且不超过尚欠的 500.00 元", field="amount"):
            actions.receive_recovered(by=desk.maker, on=DAY, recovery=debt, amount=amount, reference="r")


def test_what_a_plan_is_refused_for(desk, debt):
    words = {"by": desk.approver, "on": DAY, "recovery": debt}
    sums = [(DAY + timedelta(days=30), 500_00)]
    with told("请填写签约人", field="signed_by"):
        actions.agree_plan(signed_by=" ", sums=sums, **words)
    with told("各期合计 499.99 元，比尚欠的 500.00 元少 0.01 元", field="sums"):
        actions.agree_plan(signed_by="王一", sums=[(sums[0][0], 499_99)], **words)
    plan = actions.agree_plan(signed_by="王一", sums=sums, **words)
    stop = {"by": desk.approver, "on": DAY, "plan": plan}
    with told("改签新的分期请直接约定新的分期", field="ending"):
        actions.stop_plan(ending=PlanEnd.REPLACED, words="改签", **stop)
    other = next(end for end in PlanEnd if end is not PlanEnd.REPLACED)
    with told("请写明停止的情况", field="words"):
        actions.stop_plan(ending=other, words=" ", **stop)
    actions.stop_plan(ending=other, words="户主住院", **stop)
    with told("这份分期约定刚才已经停止", Stale):
        actions.stop_plan(ending=other, words="户主住院", **stop)
    actions.receive_recovered(by=desk.maker, on=DAY, recovery=debt, amount=500_00, reference="all")
    with told("这笔追缴已经结清，无需再约定分期"):
        actions.agree_plan(signed_by="王一", sums=sums, **words)


def test_what_a_write_off_is_refused_for(desk, debt):
    ground = next(iter(WriteOffGround))
    ask = {"by": desk.maker, "on": DAY, "recovery": debt, "ground": ground, "words": "多次上门，户主去世，没有遗产。"}
    for amount in (0, 500_01):
        with told("核销金额应大于 0 且不超过尚欠的 500.00 元", field="amount"):
            actions.ask_write_off(amount=amount, **ask)
    with told("请写明追缴的经过和不能追回的情况", field="words"):
        actions.ask_write_off(amount=1_00, **ask | {"words": " "})
    asked = actions.ask_write_off(amount=500_00, **ask)
    with told("这笔追缴已有一份核销申请等待审批"):
        actions.ask_write_off(amount=1_00, **ask)
    decide = {"on": DAY, "write_off": asked}
    with told("请填写不同意的原因", field="note"):
        actions.decide_write_off(by=desk.checker, agree=False, **decide)
    actions.decide_write_off(by=desk.checker, agree=True, **decide)
    with told("这份核销申请刚才已经办结", Stale):
        actions.decide_write_off(by=desk.approver, agree=True, **decide)
