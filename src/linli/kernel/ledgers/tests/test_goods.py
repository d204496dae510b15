"""Goods from the gift or purchase to the hand that signs: never below zero, every difference by two people."""

from __future__ import annotations

import re
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, transaction

from linli.gateways import postgres
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Adjustment, Slip
from linli.kernel.ledgers.rules import Receiver, difference_words, goods_key
from linli.kernel.ledgers.samples import make_desk, make_fund, make_payees
from linli.kernel.ledgers.tests.test_pages import send, signed_in, text
from linli.kernel.registry.actions import add_rooms, register_organisation, register_place
from linli.kernel.registry.queries import clear_number, person_by_id, rooms

DAY = date(2010, 12, 20)
QUILT, SET = "棉被/床", "彩色电视机/台"
HERE = "370404100201"


@pytest.fixture(autouse=True)
def december(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def fund(desk):
    return make_fund(desk.maker, amount=1_000_000_00)


def bring(desk, fund, pieces=10, goods=QUILT, reference="in"):
    name, measure = goods.split("/")
    words = {"by": desk.maker, "on": DAY, "goods": goods}
    actions.open_goods(by=desk.maker, on=DAY, key=goods, name=name, measure=measure, per_room=1 if goods == SET else None)
    return actions.bring_in_goods(fund=fund, pieces=pieces, reference=reference, memo="受赠", **words)


def hand_out(desk, fund, pieces=1, goods=QUILT, reference="out", to=None, **words):
    words |= {"by": desk.maker, "on": DAY, "fund": fund, "goods": goods, "pieces": pieces, "memo": "发放"}
    return actions.hand_out_goods(to=to or Receiver("古邵镇敬老院"), reference=reference, **words).slip


def held_of(desk, goods=QUILT):
    with scoped(desk.maker):
        return queries.stock().get(unit=goods)


def worker_of(desk):
    make_payees(1)
    from linli.kernel.access.models import Staff
    from linli.kernel.access.queries import actor_for

    return actor_for(Staff.objects.get(username=f"worker{HERE[-6:]}1"), on=DAY)


def make_home(desk, numbers="101-103"):
    worker = worker_of(desk)
    home = register_place(by=worker, on=DAY, name="古邵镇敬老院", kind="home", area=HERE)
    add_rooms(by=worker, on=DAY, place_id=home.pk, rooms=numbers)
    with scoped(worker):
        return home, list(rooms(DAY, place=home.pk).values_list("pk", flat=True))


def test_a_store_never_hands_out_what_it_has_not(desk, fund):
    bring(desk, fund, 3)
    hand_out(desk, fund, 2)
    with pytest.raises(Refused, match="库存数量"):
        hand_out(desk, fund, 2, reference="again")
    assert held_of(desk).amount == 1
    with scoped(desk.maker):
        assert Slip.objects.count() == 2, "a refused hand-out leaves no slip"


def test_the_card_of_a_kind_adds_up_line_by_line(desk, fund):
    bring(desk, fund, 20)
    slip = hand_out(desk, fund, 8)
    actions.give_back_goods(by=desk.maker, on=DAY, slip=slip, pieces=3, reason="多领", reference="b1")
    held = held_of(desk)
    assert (held.received, held.issued, held.returned, held.amount) == (20, -8, 3, 15)
    with scoped(desk.maker):
        assert [line.running for line in queries.card_lines(held)] == [20, 12, 15]
        assert not [proof for proof in queries.check_books() if proof.faults]


def test_no_more_comes_back_than_went_out(desk, fund):
    bring(desk, fund, 20)
    slip = hand_out(desk, fund, 5)
    hand_out(desk, fund, 5, reference="other")
    words = {"by": desk.maker, "on": DAY, "slip": slip, "reason": "多领"}
    actions.give_back_goods(pieces=4, reference="b1", **words)
    with pytest.raises(Refused, match="退回的数量超过"):
        actions.give_back_goods(pieces=2, reference="b2", **words)
    actions.give_back_goods(pieces=1, reference="b3", **words)


def test_a_slip_that_says_otherwise_than_its_posting_is_refused_by_the_database(desk, fund):
    posting = bring(desk, fund, 3)
    with scoped(desk.maker), pytest.raises(DatabaseError, match="does not say"), transaction.atomic():
        slip = Slip.objects.get(posting=posting)
        slip.pk, slip.pieces, slip.kind = None, 4, "gift"
        slip.save(force_insert=True)


def test_one_set_for_a_room_and_another_only_when_the_first_came_back(desk, fund):
    bring(desk, fund, 5, SET)
    _, ids = make_home(desk)
    words = {"by": desk.maker, "on": DAY, "fund": fund, "goods": SET, "proof": "院长签收"}
    assert actions.furnish_rooms(rooms=ids[:2], key="a", **words) == 2
    with pytest.raises(Refused, match="每间房的上限"):
        actions.furnish_rooms(rooms=ids, key="b", **words)
    with scoped(desk.maker):
        assert set(queries.furnished(SET)) == set(ids[:2]), "all rooms of a hand-out or none"
        first = Slip.objects.get(room=ids[0])
    actions.give_back_goods(by=desk.maker, on=DAY, slip=first, pieces=1, reason="损坏更换", reference="back")
    assert actions.furnish_rooms(rooms=[ids[0]], key="c", **words) == 1
    assert held_of(desk, SET).amount == 3


def test_a_purchase_reserves_its_price_and_the_supplier_is_paid_by_transfer(desk, fund):
    worker = worker_of(desk)
    shop = register_organisation(by=worker, on=DAY, name="古邵家电商店", kind="company", area=HERE)
    actions.open_goods(by=desk.maker, on=DAY, key=SET, name="彩色电视机", measure="台", per_room=1)
    slip = actions.buy_goods(
        by=desk.maker, on=DAY, fund=fund, goods=SET, pieces=10, price=1_200_00, supplier=shop.pk, purpose="aid.warmth",
        reference="k1",
    )  # fmt: skip
    with scoped(desk.maker):
        assert queries.fund_of(fund.pk).balance.payable == 12_000_00
        order = queries.order_of(slip.order_id)
    words = {"by": desk.maker, "on": DAY}
    with pytest.raises(Refused, match="没有可以发放"):
        actions.make_batch(number="X", item="x", orders=[order.pk], channel="cash" and actions.batches.Channel.CASH, **words)
    batch = actions.make_batch(number="T1", item="货款", orders=[order.pk], channel=actions.batches.Channel.TRANSFER, **words)
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=1, amount=12_000_00)
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    with scoped(desk.maker):
        line = queries.batch_lines(batch)[0]
    assert actions.settle_by_hand(batch=batch, proofs={line.pk: "转账凭证 20101220-3"}, **words) == 1
    with scoped(desk.maker):
        assert queries.fund_of(fund.pk).balance.paid == 12_000_00
        assert not [proof for proof in queries.check_books() if proof.faults]


def test_a_purchase_beyond_the_fund_brings_nothing_into_the_store(desk):
    poor = make_fund(desk.maker, amount=100_00, code="JZ-2")
    shop = register_organisation(by=worker_of(desk), on=DAY, name="古邵家电商店", kind="company", area=HERE)
    actions.open_goods(by=desk.maker, on=DAY, key=SET, name="彩色电视机", measure="台")
    words = {"goods": SET, "pieces": 1, "price": 100_01, "supplier": shop.pk, "purpose": "aid.warmth", "reference": "k"}
    with pytest.raises(Refused, match="资金不足"):
        actions.buy_goods(by=desk.maker, on=DAY, fund=poor, **words)
    with scoped(desk.maker):
        assert not queries.stock().exists()


def test_a_difference_is_posted_by_a_second_person_only(desk, fund):
    bring(desk, fund, 10)
    held = held_of(desk)
    with pytest.raises(Refused, match="填写原因"):
        actions.count_goods(by=desk.maker, on=DAY, stock=held, found=8)
    one = actions.count_goods(by=desk.maker, on=DAY, stock=held, found=8, reason="受潮霉变")
    assert held_of(desk).amount == 10
    with pytest.raises(Refused):
        actions.approve_adjustment(by=desk.maker, on=DAY, adjustment=one)
    with scoped(desk.maker), pytest.raises(DatabaseError), transaction.atomic():
        Adjustment.objects.filter(pk=one.pk).update(found=9, difference=-1)
    actions.approve_adjustment(by=desk.checker, on=DAY, adjustment=one, answer="属实")
    assert (held_of(desk).amount, held_of(desk).adjusted) == (8, -2)
    with pytest.raises(Refused):
        actions.refuse_adjustment(by=desk.approver, on=DAY, adjustment=one, answer="再看")
    more = actions.count_goods(by=desk.maker, on=DAY, stock=held_of(desk), found=9, reason="清出一床")
    actions.approve_adjustment(by=desk.checker, on=DAY, adjustment=more)
    even = actions.count_goods(by=desk.maker, on=DAY, stock=held_of(desk), found=9)
    assert (held_of(desk).amount, even.state) == (9, "even")
    with scoped(desk.maker):
        assert not [proof for proof in queries.check_books() if proof.faults]


def test_a_refused_loss_leaves_the_store_as_it_is(desk, fund):
    bring(desk, fund, 10)
    with pytest.raises(Refused, match="超过库存"):
        actions.report_loss(by=desk.maker, on=DAY, stock=held_of(desk), pieces=11, reason="丢失")
    one = actions.report_loss(by=desk.maker, on=DAY, stock=held_of(desk), pieces=2, reason="丢失")
    with pytest.raises(Refused, match="待复核"):
        actions.report_loss(by=desk.maker, on=DAY, stock=held_of(desk), pieces=1, reason="丢失")
    actions.refuse_adjustment(by=desk.checker, on=DAY, adjustment=one, answer="已找回")
    assert held_of(desk).amount == 10


def test_an_issue_is_not_reversed_but_returned(desk, fund):
    bring(desk, fund, 3)
    slip = hand_out(desk, fund)
    with scoped(desk.checker), pytest.raises(Refused, match="办理退回"):
        actions.reverse(by=desk.checker, on=DAY, posting=slip.posting, reason="记错")


def test_the_work_that_goods_fulfil_is_fulfilled_once(desk, fund):
    bring(desk, fund, 3)
    hand_out(desk, fund, source="office.paper:1")
    with pytest.raises(Refused, match="已经发放过"):
        hand_out(desk, fund, reference="twice", source="office.paper:1")
    assert held_of(desk).amount == 2


NAMELESS = [("", "床", "品名"), ("棉" * 39, "床", "不能超过"), ("=棉被", "床", "公式"), ("棉被", "床" * 11, "单位")]


@pytest.mark.parametrize(("name", "measure", "fault"), NAMELESS)
def test_a_kind_of_goods_is_named_plainly(name, measure, fault):
    with pytest.raises(ValueError, match=fault):
        goods_key(name, measure)


def test_a_difference_is_said_in_words():
    assert [difference_words(n, "台") for n in (-3, 0, 1)] == ["少 3台", "账实相符", "多 1台"]


def test_sixteen_hand_outs_at_once_take_no_more_than_there_is(fresh_database, django_db_blocker, at_once):
    """16 clerks hand out 1 quilt each of 10, and one set each to the same room."""
    with django_db_blocker.unblock():
        desk = make_desk()
        fund = make_fund(desk.maker, amount=1)
        bring(desk, fund, 10)
        bring(desk, fund, 16, SET, "sets")
        _, ids = make_home(desk, "101")

        def furnish(number: int) -> int:
            words = {"by": desk.maker, "on": DAY, "fund": fund, "goods": SET, "rooms": ids, "proof": "签收"}
            return actions.furnish_rooms(key=f"r{number}", **words)

        quilts = at_once(lambda number: hand_out(desk, fund, reference=f"q{number}"), times=16)
        rooms_done = at_once(furnish, times=16)
        refused = [sum(isinstance(answer, Refused) for answer in answers) for answers in (quilts, rooms_done)]
        assert refused == [6, 15]
        assert (held_of(desk).amount, held_of(desk, SET).amount) == (0, 15)
        with scoped(desk.maker):
            assert not [proof for proof in queries.check_books() if proof.faults]


def test_goods_move_to_a_store_that_the_office_opened(desk, fund):
    bring(desk, fund, 100)
    held, maker = held_of(desk).pk, signed_in("caijing")
    card, page = f"/ledgers/stock/{held}/", f"/ledgers/stock/{held}/move/"
    assert "移库</a>" not in maker.get(card).content.decode() and "还没有别的库房" in maker.get(page).content.decode()
    send(maker, "/ledgers/accounts/new/", area=fund.area, kind="store", name="救灾仓库")
    assert "移库</a>" in maker.get(card).content.decode()
    with scoped(desk.maker):
        (store,) = queries.other_stores(queries.stock_of(held).account)
    assert "库存数量" in text(send(maker, page, to=store.pk, pieces="101"))
    moved = text(send(maker, page, to=store.pk, pieces="40", note="汛期备用"))
    assert "<dt>移入仓库</dt><dd>救灾仓库</dd>" in moved and "领用人" not in moved and "汛期备用" in moved
    with scoped(desk.maker):
        slip = Slip.objects.get(kind="move").pk
    assert "移入仓库签字" in maker.get(f"/ledgers/slips/{slip}/print/").content.decode()
    with scoped(desk.maker):
        assert sorted(row.amount for row in queries.stock()) == [40, 60]
        assert not [proof for proof in queries.check_books() if proof.faults]


def test_goods_through_the_doors(desk, fund):
    """Received, handed out to a person and a home, printed, returned, counted, written off by two, found in the lists."""
    worker = worker_of(desk)
    bring(desk, fund, 100)
    home = register_place(by=worker, on=DAY, name="古邵镇敬老院", kind="home", area=HERE)
    maker, checker = signed_in("caijing"), signed_in("fuhe")
    held = held_of(desk).pk
    payee = make_payees(1, area="370404100202")[0]
    with scoped(desk.maker):
        number = clear_number(person_by_id(payee.person))
    page = f"/ledgers/stock/{held}/hand-out/"
    assert "请填写领用人的身份证号" in text(send(maker, page, pieces="1", to="person", proof="签字"))
    assert "库存数量" in text(send(maker, page, pieces="101", to="place", place=home.pk, proof="签字"))
    given = send(maker, page, pieces="2", to="person", number=number, proof="本人签字")
    assert payee.name in text(given)
    slip = int(re.search(r"/ledgers/slips/(\d+)/", given.redirect_chain[-1][0])[1])
    assert "物资领用单" in text(maker.get(f"/ledgers/slips/{slip}/print/"))
    assert "古邵镇敬老院" in text(send(maker, page, pieces="40", to="place", place=home.pk, proof="院长签字"))
    assert "已退回入库" in text(send(maker, f"/ledgers/slips/{slip}/back/", pieces="1", reason="多领一床"))
    assert "退回的数量超过" in text(send(maker, f"/ledgers/slips/{slip}/back/", pieces="2", reason="多领"))
    lost = send(maker, f"/ledgers/stock/{held}/loss/", pieces="3", reason="受潮")
    paper = lost.redirect_chain[-1][0]
    assert "同意入账" not in text(maker.get(paper))
    assert "少 3床" in text(checker.get("/")), "it waits on the workbench of the second person"
    key = re.search(r'name="_key" value="([^"]+)"', text(checker.get(paper)))[1]
    assert "已入账" in text(checker.post(paper, {"_key": key, "answer": "属实", "answer_is": "yes"}, follow=True))
    counted = send(maker, f"/ledgers/stock/{held}/count/", found="56")
    assert "账实相符" in text(counted)
    card = text(maker.get(f"/ledgers/stock/{held}/"))
    assert "56 床" in card
    assert "棉被" in text(maker.get("/ledgers/stock/", {"words": "棉"}))
    assert payee.name in text(maker.get("/ledgers/slips/", {"words": payee.name, "kind": "issue"}))
    file = maker.post("/ledgers/slips/?export=1", {"purpose": "核对库存"})
    assert file.status_code == 200 and "spreadsheet" in file["content-type"]


@pytest.mark.parametrize("table", ["slip", "adjustment", "card", "carduse"])
def test_no_slip_count_or_card_is_ever_removed_not_even_by_a_superuser(fresh_database, settings, table):
    with psycopg.connect(**postgres.embedded(settings.CHECKOUT).conninfo(fresh_database)) as superuser:
        with pytest.raises(psycopg.DatabaseError, match="is kept by the database"):
            superuser.execute(f"delete from ledgers_{table}")
