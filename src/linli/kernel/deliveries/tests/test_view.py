"""The record of all aid: each piece once, nothing that was taken back, and only what lies in one's own area."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError

from linli.base.areas import scope_of
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.deliveries.models import Delivery
from linli.kernel.deliveries.queries import deliveries, given, given_to, stream_names, streams, with_disabled
from linli.kernel.deliveries.rules import Layer
from linli.kernel.ledgers.actions import (
    bring_in_goods,
    cancel_order,
    give_back_goods,
    hand_out_goods,
    open_goods,
    open_purpose,
    order_payment,
)
from linli.kernel.ledgers.rules import Receiver
from linli.kernel.ledgers.samples import make_desk, make_fund, make_payees
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import person_by_id

DAY, YEAR = date(2010, 6, 1), (date(2010, 1, 1), date(2010, 12, 31))
TOWN = "370404100000"


@pytest.fixture
def desk(db):
    return make_desk()


@pytest.fixture
def paid(desk):
    """Three people of 古邵镇, each with an order of 500 yuan for 临时救助."""
    open_purpose(by=desk.maker, on=DAY, key="relief.aid", name="临时救助")
    payees = make_payees(3)
    fund = make_fund(desk.maker, amount=1_000_000)
    orders = [pay(desk, fund, payee, "relief.aid", f"relief.request:{number}") for number, payee in enumerate(payees)]
    return desk, fund, payees, orders


def pay(desk, fund, payee, purpose, source, amount=50_000):
    return order_payment(
        by=desk.maker, on=DAY, source=source, amount=amount, purpose=purpose, shares={fund.pk: amount}, payee=payee.name,
        area=payee.area, person=payee.person, account=payee.account,
    )  # fmt: skip


def test_an_order_is_aid_until_it_is_cancelled(paid):
    desk, _, payees, orders = paid
    with scoped(desk.maker):
        rows = list(deliveries())
        said = [(row.stream, row.layer, row.help, row.amount) for row in rows]
        assert said == [("relief.aid", "supplement", "hardship", 50_000)] * 3
        cancel_order(by=desk.maker, on=DAY, order=orders[0], reason="重复开单")
        assert deliveries().count() == 2
        assert [row.name for row in deliveries(name=payees[1].name)] == [payees[1].name]


def test_goods_count_until_they_come_back(paid):
    desk, fund, payees, _ = paid
    with scoped(desk.maker):
        person = person_by_id(payees[0].person)
        open_goods(by=desk.maker, on=DAY, key="棉被/床", name="棉被", measure="床")
        words = {"fund": fund, "goods": "棉被/床"}
        bring_in_goods(by=desk.maker, on=DAY, reference="in:1", memo="捐入棉被", party="某单位", pieces=5, **words)
        to = Receiver(person.name, person.area, person=person.pk)
        posting = hand_out_goods(
            by=desk.maker, on=DAY, reference="out:1", memo="发放棉被", to=to, source="relief.request:77", proof="本人",
            pieces=2, **words,
        )  # fmt: skip
        goods = deliveries().filter(amount=None)
        assert [(row.stream, row.pieces, row.person_id) for row in goods] == [("relief.aid", 2, person.pk)]
        give_back_goods(by=desk.maker, on=DAY, slip=posting.slip, pieces=2, reference="back:1", reason="规格不符")
        assert not goods.all()


def test_a_purpose_that_nobody_declared_is_seen_and_counted(paid):
    desk, fund, payees, _ = paid
    open_purpose(by=desk.maker, on=DAY, key="winter.coal", name="冬季取暖")
    pay(desk, fund, payees[0], "winter.coal", "coal:1", 8_000)
    with scoped(desk.maker):
        [row] = deliveries(stream="winter.coal")
        assert (row.layer, row.help, row.amount) == ("", "", 8_000)
        assert stream_names()["winter.coal"] == "冬季取暖（未归类）"
        assert sum(row.amount for row in given(*YEAR)) == 158_000


def test_another_area_sees_nothing_of_it_and_nobody_writes_into_it(paid):
    desk, _, payees, _ = paid
    with scoped(desk.maker):
        assert {row.area for row in deliveries(area=TOWN)} == {payees[0].area}
        assert not deliveries(area="370404001000")
    with scoped(scope_of("370404001000")):
        assert not Delivery.objects.all()
    with scoped(desk.maker), connection.cursor() as cursor:
        with pytest.raises(OperationalError), transaction.atomic():
            cursor.execute("delete from deliveries_delivery")


def test_a_disabled_person_is_known_as_on_the_day_of_the_aid(paid):
    desk, _, payees, _ = paid
    worker = make_staff("li9", "李社工", Role.COMMUNITY_WORKER, payees[0].area, on=FIRST_DAY, founders=make_founders())
    first, second, _ = (person_of(desk, payee) for payee in payees)
    for person, since in ((first, FIRST_DAY), (second, date(2010, 9, 1))):
        recognise_status(by=worker, on=since, person_id=person.pk, kind="disabled", grade="41", since=since, source="区残联")
    with scoped(desk.maker):
        found = {row.person_id: row.disabled for row in with_disabled(given(*YEAR))}
        assert found[first.pk] and not found[second.pk]
        assert [row.person_id for row in given_to([first], until=DAY)] == [first.pk]


def person_of(desk, payee):
    with scoped(desk.maker):
        return person_by_id(payee.person)


def test_every_layer_has_its_streams_and_the_view_stands_for_rows_of_tables():
    assert {one.layer for one in streams().values()} == set(Layer)
    assert next(iter(streams())) == "assistance.dibao", "the base comes first"
    assert Delivery.stands_for == ("origin", "row")
