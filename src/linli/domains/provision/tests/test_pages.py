"""A set for every room and cards of the supermarket, as their users work with them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client

from linli.domains.provision import queries
from linli.domains.provision.rules import HOMES, RoomFact, days_words, home_lines
from linli.domains.provision.samples import (
    DAY,
    SET,
    make_card_order,
    make_goods_fund,
    make_home,
    make_scheme,
    make_shop,
    make_team,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import PASSWORD
from linli.kernel.figures.queries import figures, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers import queries as ledgers


@pytest.fixture
def team(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_team()


def client_of(username):
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def text(answer):
    return answer.content.decode()


def send(client, address, **words):
    shown = client.get(address)
    found = re.search(r'name="_key" value="([^"]+)"', text(shown))
    return client.post(address, {"_key": found[1] if found else "", **words}, follow=True)


def number_of(team, key, **cell):
    with scoped(team.clerk):
        return value(figures()[f"provision.{key}"], year_period(2010), team.clerk.area, cell)


def test_a_set_for_every_room_from_the_scheme_to_the_figure(team, settings):
    """CHARITY-12: sets are bought with price and supplier, paid from the books, handed out room by room; every room counts."""
    fed, clerk = client_of("fed"), team.clerk
    home = make_home(team.worker)
    seller = make_shop(team.worker, "峄城家电商场")
    fund = make_goods_fund(clerk, "YP-1", "银屏惠老专项资金", 2_000_000)
    words = {"title": "银屏惠老", "name": "彩色电视机", "measure": "台", "due_on": "2010-9-30"}
    made = send(fed, "/provision/schemes/new/", **words)
    assert "距期限还有10天" in text(made) and "10 间" in text(made)
    page = made.redirect_chain[-1][0]
    bought = {"goods": SET, "pieces": "9", "price": "1,200", "supplier": seller.pk, "fund": fund.pk, "purpose": HOMES}
    assert "购入入库" in text(send(fed, "/ledgers/stock/buy/", **bought))
    furnish = f"{page}homes/{home.pk}/"
    shown = text(fed.get(furnish))
    ids = re.findall(r'name="rooms" value="(\d+)"', shown)
    with scoped(clerk):
        held = ledgers.stock().get(unit=SET).pk
    assert len(ids) == 10
    assert "余额不足" in text(send(fed, furnish, rooms=ids, stock=held, proof="院长签字")), "ten rooms, nine sets"
    assert "已登记发放" in text(send(fed, furnish, rooms=ids[:8], stock=held, proof="院长签字，签收表第1页"))
    again = send(fed, furnish, rooms=ids[:1], stock=held, proof="院长签字")
    assert again.status_code == 422, "a room that has its set is not offered any more"
    listed = text(fed.get(f"{page}without/"))
    assert "109" in listed and "110" in listed and "101" not in listed.split("<tbody")[1]
    values = {"sets_bought": 9, "sets_cost": 10_800_00, "sets": 8, "rooms": 10, "rooms_covered": 8, "rooms_without": 2}
    assert {key: number_of(team, key) for key in values} == values
    assert number_of(team, "sets", goods=SET) == 8
    rows = text(fed.get("/figures/provision.rooms_without/rows/?period=2010"))
    assert "109" in rows and "101" not in rows


def test_a_set_that_came_back_leaves_its_room_without(team):
    fed = client_of("fed")
    home, scheme = make_home(team.worker, rooms="101、102"), make_scheme(team.clerk)
    fund = make_goods_fund(team.clerk, "YP-1", "资金", 1)
    from linli.domains.provision.actions import furnish_home
    from linli.kernel.ledgers.actions import bring_in_goods

    bring_in_goods(by=team.clerk, on=DAY, fund=fund, goods=SET, pieces=2, reference="g", memo="受赠")
    with scoped(team.clerk):
        ids = list(queries.rooms_without(scheme, DAY).values_list("pk", flat=True))
    furnish_home(by=team.clerk, on=DAY, scheme=scheme, fund=fund, home=home.pk, rooms=ids, proof="院长签字", key="k")
    assert number_of(team, "rooms_without") == 0
    assert "每个房间都已配备" in text(fed.get(f"/provision/schemes/{scheme.pk}/without/"))
    with scoped(team.clerk):
        slip = ledgers.slips(kind="issue").first()
    assert "已退回入库" in text(send(fed, f"/ledgers/slips/{slip.pk}/back/", pieces="1", reason="损坏"))
    assert (number_of(team, "rooms_without"), number_of(team, "sets")) == (1, 1)


def test_a_card_from_the_grant_to_the_settled_shop(team, settings):
    """CHARITY-16: a card for a family, bought with, lost and replaced with what was left, settled with the shop, counted."""
    fed, maker = client_of("fed"), client_of("caijing")
    fund = make_goods_fund(team.clerk, "CS-1", "慈善超市资金", 1_000_00)
    shop = make_shop(team.worker).pk
    order, other = make_card_order(team, fund, 1), make_card_order(team, fund, 2)
    assert order.payee in text(fed.get("/provision/cards/waiting/"))
    page = f"/provision/cards/waiting/{order.pk}/"
    assert "2011-09-20" in text(fed.get(page)), "a year from today is proposed"
    assert "卡号应为" in text(send(fed, page, number="卡", expires_on="2011-9-20", proof="签领"))
    issued = send(fed, page, number="cs 0001", expires_on="2011-9-20", proof="本人签领")
    assert "已发卡" in text(issued) and "CS0001" in text(issued)
    card = issued.redirect_chain[-1][0]
    assert order.payee not in text(fed.get("/provision/cards/waiting/"))
    twice = send(fed, f"/provision/cards/waiting/{other.pk}/", number="CS0001", expires_on="2011-9-20", proof="签领")
    assert "已经发出" in text(twice)
    till = "/provision/cards/till/"
    bought = {"shop": shop, "receipt": "0001", "bought": "大米10公斤", "number": "CS0001"}
    assert "没有这个卡号" in text(send(fed, till, **(bought | {"number": "CS0002", "amount": "1"})))
    assert "卡内余额不足" in text(send(fed, till, amount="50.01", **bought))
    assert "已登记消费" in text(send(fed, till, amount="31.50", **bought))
    assert "小票已经登记" in text(send(fed, till, amount="1", **bought))
    assert "18.50" in text(fed.get(card)) and "大米10公斤" in text(fed.get(card))
    assert "已挂失" in text(send(fed, f"{card}lose/", note="集市遗失"))
    assert "已停用" in text(send(fed, till, amount="1", **(bought | {"receipt": "0002"})))
    fresh = send(fed, f"{card}replace/", number="CS0009", proof="本人签领")
    assert "18.50" in text(fresh) and "CS0001" in text(fresh)
    assert "已登记消费" in text(send(fed, till, amount="18.50", **(bought | {"number": "CS0009", "receipt": "0003"})))
    assert "CS0009" in text(fed.get("/provision/cards/", {"words": "cs0009"}))
    values = {"cards": 1, "card_families": 1, "card_money": 50_00, "card_used": 50_00}
    assert {key: number_of(team, key) for key in values} == values
    debts = text(maker.get("/provision/cards/shops/"))
    settle = re.search(r"/provision/cards/shops/\d+/", debts)[0]
    assert "不能超过它" in text(send(maker, settle, amount="50.01", reference="z1"))
    assert "已登记结算" in text(send(maker, settle, amount="50", reference="z1"))
    with scoped(team.maker):
        balance = ledgers.fund_of(fund.pk).balance
        assert (balance.paid, balance.payable) == (50_00, 50_00), "the other family's card is still promised"
        assert not [proof for proof in ledgers.check_books() if proof.faults]


def test_what_was_not_used_by_the_last_day_is_free_again(team, settings):
    fed = client_of("fed")
    fund = make_goods_fund(team.clerk, "CS-1", "慈善超市资金", 1_000_00)
    order = make_card_order(team, fund)
    issued = send(fed, f"/provision/cards/waiting/{order.pk}/", number="CS0001", expires_on="2010-9-30", proof="签领")
    card = issued.redirect_chain[-1][0]
    settings.BUSINESS_DAY = (DAY + timedelta(days=11)).isoformat()
    assert "已过期" in text(fed.get(card))
    assert "CS0001" in text(fed.get("/provision/cards/", {"state": "expired"}))
    assert "已收回" in text(send(fed, f"{card}withdraw/", note="到期"))
    with scoped(team.clerk):
        assert ledgers.fund_of(fund.pk).balance.free == 1_000_00


def test_a_worker_sees_the_cards_of_the_own_village_and_touches_none(team):
    fund = make_goods_fund(team.clerk, "CS-1", "资金", 1_000_00)
    order = make_card_order(team, fund)
    send(client_of("fed"), f"/provision/cards/waiting/{order.pk}/", number="CS0001", expires_on="2011-9-20", proof="签领")
    li = client_of("li")
    listed = text(li.get("/provision/cards/"))
    assert "CS0001" in listed and "在用" in listed
    assert "0.00 元" not in listed, "the books are the district's: no balance is shown"
    assert li.get("/provision/cards/till/").status_code == 403


def test_homes_are_counted_room_by_room():
    rooms = [RoomFact(1, "101", 7, "甲院", "a"), RoomFact(2, "102", 7, "甲院", "a"), RoomFact(3, "1", 8, "乙院", "b")]
    first, second = home_lines(rooms, {1: 1, 9: 1})
    assert (first.rooms, first.covered, first.without) == (2, 1, 1)
    assert (second.rooms, second.covered) == (1, 0)


STANDINGS = [(10, 3, "还有10天"), (0, 1, "还有0天"), (-2, 1, "超过期限2天"), (-2, 0, "全部配备")]


@pytest.mark.parametrize(("days", "without", "words"), STANDINGS)
def test_how_a_scheme_stands_is_said(days, without, words):
    assert words in days_words(DAY + timedelta(days=days), DAY, without)
