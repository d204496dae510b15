"""The pages of funds, accounts and months, as finance, its second person and a stranger to the books meet them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.samples import make_desk, make_fund, make_locked_batch, make_orders, make_payees, make_purposes
from linli.kernel.ledgers.tests.test_pages import send, signed_in, text

NOVEMBER = date(2010, 11, 20)
TOWN = "370404100000"


@pytest.fixture
def maker(desk):
    return signed_in("caijing")


@pytest.fixture
def checker(desk):
    return signed_in("fuhe")


NEW = {
    "area": DISTRICT, "code": "ZJ2010-07", "name": "大病救助专项", "kind": "fiscal", "level": "city", "donor": "市财政局",
    "purposes": ["aid.illness"], "basis": "枣财社〔2010〕7 号", "year": "2010", "limits": "专款专用", "ceiling": "6000",
    "account": "",
}  # fmt: skip


def press(client, page, action):
    """A button of the page."""
    shown = client.get(page).content.decode()
    button = re.search(rf'action="{re.escape(action)}".*?</form>', shown, re.S)
    assert button, f"no button {action}"
    key = re.search(r'name="_key" value="([^"]+)"', button[0])
    return client.post(action, {"_key": key[1]}, follow=True)


def test_finance_opens_a_fund_with_its_rules_and_money_comes(desk, maker):
    make_purposes(desk.maker)
    made = send(maker, "/ledgers/funds/new/", **NEW)
    assert "已设立资金" in text(made)
    page = made.redirect_chain[-1][0]
    for words in ("枣财社〔2010〕7 号", "2010 年", "6,000.00 元", "市财政局", "专款专用"):
        assert words in text(made)
    assert "已登记收款" in text(send(maker, f"{page}receive/", amount="8000", reference="X1", memo="市级拨款"))
    card = text(maker.get(f"{page}?part=income"))
    assert "8,000.00" in card and re.search(r"/ledgers/postings/\d+/", card)
    assert "大病救助专项" in text(maker.get("/ledgers/funds/?words=大病&standing=open"))
    assert "大病救助专项" not in text(maker.get("/ledgers/funds/?standing=closed"))


def test_a_restriction_without_its_paper_is_asked_for(desk, maker):
    make_purposes(desk.maker)
    answer = send(maker, "/ledgers/funds/new/", **NEW | {"basis": ""})
    assert answer.status_code == 422
    assert "限定用途须有依据" in text(answer)


def test_an_account_is_opened_with_its_number_and_chosen_for_a_fund(desk, maker, fund):
    words = {"area": DISTRICT, "kind": "cash", "name": "工行专户（尾号1234）"}
    assert "1002-01" in text(send(maker, "/ledgers/accounts/new/", **words))
    make_purposes(desk.maker)
    made = send(maker, "/ledgers/funds/new/", **NEW | {"account": "1002-01"})
    assert "工行专户（尾号1234）" in text(made)


def test_a_limit_is_asked_for_by_one_and_decided_by_another(desk, maker, checker, fund):
    page = f"/ledgers/funds/{fund.pk}/"
    assert "请另一人复核" in text(send(maker, f"{page}ceiling/", ceiling="500", basis="会议纪要 3 号"))
    assert "资金变更·待复核" in text(checker.get("/"))
    waiting = re.search(r"/ledgers/changes/\d+/", text(checker.get(page)))[0]
    assert waiting not in text(maker.get(page))
    assert maker.get(waiting).status_code == 403
    assert "已复核" in text(send(checker, waiting, agree="yes", note=""))
    assert "500.00 元" in text(maker.get(page))
    assert "支出限额由不限改为500.00 元（已生效）" in text(maker.get(page))


def test_a_fund_is_renamed_and_closed_on_its_card_and_cannot_be_removed(desk, maker, checker):
    fund = make_fund(desk.maker)
    page = f"/ledgers/funds/{fund.pk}/"
    assert "由“慈心一日捐”更名为“旧资金”" in text(send(maker, f"{page}rename/", name="旧资金", basis="已结束"))
    send(maker, f"{page}close/", basis="项目结束")
    waiting = re.search(r"/ledgers/changes/\d+/", text(checker.get(page)))[0]
    closed = text(send(checker, waiting, agree="yes", note=""))
    assert "已关闭" in closed
    assert "登记收款" not in text(maker.get(page))
    assert "删除" not in text(maker.get(page))


def test_a_fund_with_money_says_what_keeps_it_open(desk, maker, fund):
    page = f"/ledgers/funds/{fund.pk}/"
    assert f"{page}close/" not in text(maker.get(page))
    answer = send(maker, f"{page}close/", basis="项目结束")
    assert answer.status_code == 422
    assert "货币资金 10,000.00 元" in text(answer)


def test_a_month_page_shows_what_stands_in_the_way_and_opens_to_it(desk, maker, checker):
    fund = make_fund(desk.maker, amount=1_000_00, on=NOVEMBER)
    batch = make_locked_batch(desk, make_orders(desk, fund, make_payees(1), amount=100_00, on=NOVEMBER), on=NOVEMBER)
    page = f"/ledgers/months/{DISTRICT}/2010/11/"
    assert page in text(maker.get("/ledgers/months/"))
    shown = text(maker.get(page))
    assert "6 项检查中 5 项通过" in shown and f"/ledgers/batches/{batch.pk}/" in shown
    assert f"{page}close/" not in shown
    actions.discard_batch(by=desk.maker, on=NOVEMBER, batch=batch, reason="名单有误")
    assert f"{page}close/" not in text(checker.get(page))
    assert "已结账" in text(press(maker, page, f"{page}close/"))
    assert "结账·待办理" not in text(maker.get("/"))


def test_a_month_is_reopened_on_its_page_by_two_people(desk, maker, checker):
    make_fund(desk.maker, amount=1_000_00, on=NOVEMBER)
    end = actions.close_month(by=desk.maker, on=date(2010, 12, 1), book=DISTRICT, month=NOVEMBER)
    page = f"/ledgers/months/{DISTRICT}/2010/11/"
    assert "批准重开" not in text(checker.get(page))
    assert "请另一人批准" in text(send(maker, f"/ledgers/months/closed/{end.pk}/ask/", ground="漏记一笔利息"))
    assert "批准重开" not in text(maker.get(page))
    assert "结账·待批准" in text(checker.get("/"))
    assert "已重开" in text(press(checker, page, f"/ledgers/months/closed/{end.pk}/reopen/"))
    assert "漏记一笔利息" in text(maker.get(page))


def test_a_line_opens_to_the_payment_order_of_a_voucher(desk, maker, fund, orders):
    card = text(maker.get(f"/ledgers/funds/{fund.pk}/?part=committed"))
    voucher = re.search(r"/ledgers/postings/\d+/", card)[0]
    assert f"/ledgers/orders/{orders[0].pk}/" in text(maker.get(voucher))


def test_another_town_meets_none_of_it(desk, fund):
    make_desk(TOWN)
    end = actions.close_month(by=desk.maker, on=date(2011, 1, 4), book=DISTRICT, month=date(2010, 12, 1))
    change = actions.ask_ceiling(by=desk.maker, on=date(2011, 1, 4), fund=fund, ceiling=500, basis="x")
    maker, checker = signed_in("caijing100"), signed_in("fuhe100")
    home = f"/ledgers/funds/{fund.pk}/"
    pages = [home, *(f"{home}{act}/" for act in ("rename", "purpose", "ceiling", "close", "receive"))]
    pages += [f"/ledgers/months/{DISTRICT}/2010/12/", f"/ledgers/months/closed/{end.pk}/ask/"]
    for page in pages:
        assert maker.get(page).status_code in (403, 404), page
    assert checker.get(f"/ledgers/changes/{change.pk}/").status_code in (403, 404)
    assert checker.post(f"/ledgers/months/closed/{end.pk}/reopen/").status_code in (403, 404)
    assert fund.code not in text(maker.get("/ledgers/funds/"))
    for page in ("accounts", "months"):
        assert "峄城区" not in text(maker.get(f"/ledgers/{page}/")).split("<main")[1]
    refused = send(maker, "/ledgers/funds/new/", **NEW | {"purposes": [], "basis": ""})
    assert refused.status_code == 422


def test_who_has_no_business_with_money_is_sent_away(desk, fund):
    make_staff("shegong", "社工", Role.COMMUNITY_WORKER, "370404100201")
    client = signed_in("shegong")
    for page in ("funds/", "funds/new/", f"funds/{fund.pk}/", "accounts/", "months/", f"months/{DISTRICT}/2010/12/"):
        assert client.get(f"/ledgers/{page}").status_code == 403
    reader = make_staff("shenji", "审计员", Role.AUDITOR, DISTRICT)
    assert reader.may("ledgers.see")
    auditor = signed_in("shenji")
    assert auditor.get(f"/ledgers/funds/{fund.pk}/").status_code == 200
    for page in ("funds/new/", f"funds/{fund.pk}/rename/"):
        assert auditor.get(f"/ledgers/{page}").status_code == 403


def test_the_list_of_funds_is_exported_with_its_purpose(desk, maker, fund):
    assert maker.get("/ledgers/funds/?export=1").status_code == 200
    answer = maker.post("/ledgers/funds/?export=1", {"purpose": "年终决算"})
    assert answer["Content-Type"].endswith("sheet")


def test_a_card_asks_the_database_no_more_often_for_more_lines(desk, maker, fund, django_assert_max_num_queries):
    words = {"by": desk.maker, "on": date(2010, 12, 20), "fund": fund, "purpose": "aid.warmth", "memo": "慰问"}
    for number in range(15):
        actions.spend(amount=1, reference=f"s:{number}", **words)
    with scoped(desk.maker):
        assert queries.fund_lines(fund=fund).count() == 32
    with django_assert_max_num_queries(26):
        assert maker.get(f"/ledgers/funds/{fund.pk}/").status_code == 200
