"""The pages of money: from the chosen orders to the archive, by two people, and what a stranger to the books meets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client

from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_staff
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.rules import Channel
from linli.kernel.ledgers.samples import make_desk, make_orders, make_payees

DAY = date(2010, 12, 20)
LAYOUT = bank.layouts()["bar_utf8"]


def signed_in(username):
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


@pytest.fixture
def maker(desk):
    return signed_in("caijing")


@pytest.fixture
def checker(desk):
    return signed_in("fuhe")


def send(client, address, **words):
    """Open the page, take its key, and send the form as a person does."""
    shown = client.get(address)
    found = re.search(r'name="_key" value="([^"]+)"', shown.content.decode())
    return client.post(address, {"_key": found[1] if found else "", **words}, follow=True)


def press(client, batch_id, step):
    """A button of the batch's page."""
    shown = client.get(f"/ledgers/batches/{batch_id}/").content.decode()
    button = re.search(rf'action="/ledgers/batches/{batch_id}/{step}/".*?</form>', shown, re.S)
    assert button, f"no button {step}"
    key = re.search(r'name="_key" value="([^"]+)"', button[0])
    return client.post(f"/ledgers/batches/{batch_id}/{step}/", {"_key": key[1] if key else ""}, follow=True)


def make_batch(maker, orders, channel="bank"):
    chosen = "&".join(f"ids={order.pk}" for order in orders)
    words = {"number": "P1", "item": "情暖万家", "channel": channel, "layout": "bar_utf8"}
    answer = send(maker, f"/ledgers/orders/batch/?{chosen}", **words)
    assert answer.status_code == 200
    return int(re.search(r"/ledgers/batches/(\d+)/", answer.redirect_chain[-1][0])[1])


def text(answer):
    return answer.content.decode()


def test_what_nobody_put_into_a_batch_stands_on_the_makers_desk_and_opens_exactly_these(desk, maker, checker, orders, fund):
    """Help that was decided at once lies with nobody else: count, sum and the oldest day, until it stands in a batch."""
    said = "3 笔付款单还没有编入发放批次，共 1,500.00 元，最早的开于"
    assert said in text(maker.get("/")) and said not in text(checker.get("/"))
    listed = text(maker.get("/ledgers/orders/?state=ready&sent_back=no"))
    assert "共 <strong>3</strong> 笔" in listed and "1,500.00" in listed
    assert not re.search(r"/ledgers/orders/\d+/", text(maker.get("/ledgers/orders/?state=ready&sent_back=yes")))
    make_batch(maker, orders[:2])
    assert "1 笔付款单还没有编入发放批次，共 500.00 元" in text(maker.get("/"))


def test_two_people_take_a_batch_from_the_orders_to_the_archive(desk, maker, checker, orders, fund):
    made = make_batch(maker, orders)
    page = f"/ledgers/batches/{made}/"
    assert "复核</a>" not in text(maker.get(page))
    wrong = send(checker, f"{page}check/", count="3", amount="1")
    assert wrong.status_code == 422
    assert "的名单不一致（填写为" in text(wrong)
    assert "已复核" in text(send(checker, f"{page}check/", count="3", amount="1,500"))
    assert "已锁定" in text(press(checker, made, "lock"))
    file = press(maker, made, "file")
    assert file["Content-Disposition"] == 'attachment; filename="P1.txt"'
    asked = bank.read_batch(LAYOUT, file.content)
    failing = {asked.payments[1].account}
    results = tuple(
        bank.Result(
            n, n, p.reference, p.account, p.amount, p.account not in failing, "1002" if p.account in failing else "0000", ""
        )
        for n, p in enumerate(asked.payments, 1)
    )
    content = bank.write_return(LAYOUT, bank.Return(asked.number, asked.day, results))
    cut = send(maker, f"{page}return/", file=SimpleUploadedFile("r.txt", content[:60]))
    assert cut.status_code == 422
    assert "没有入账" in text(cut)
    read = text(send(maker, f"{page}return/", file=SimpleUploadedFile("r.txt", content)))
    assert "本次入账 2 笔，退票 1 笔" in read
    again = text(send(maker, f"{page}return/", file=SimpleUploadedFile("r.txt", content)))
    assert "本次没有改变任何记录" in again
    assert "已对账" in text(press(maker, made, "reconcile"))
    assert "已归档" in text(press(maker, made, "archive"))
    with scoped(desk.maker):
        assert queries.fund_of(fund.pk).balance.paid == 1_000_00
        assert AuditLine.objects.filter(verb="ledgers.batch", purpose="送银行代发").count() == 1


def test_a_failed_line_is_mended_on_its_page(desk, maker, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="x", orders=[orders[0].pk])
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=1, amount=500_00)
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    asked = bank.read_batch(LAYOUT, actions.send_batch(by=desk.maker, on=DAY, batch=batch).content)
    told = bank.Result(1, 1, asked.payments[0].reference, asked.payments[0].account, 500_00, False, "1003", "")
    content = bank.write_return(LAYOUT, bank.Return("P1", DAY, (told,)))
    actions.settle_return(by=desk.maker, on=DAY, batch=batch, name="r", content=content)
    listed = text(maker.get("/ledgers/mending/"))
    assert "账户状态异常" in listed
    line = re.search(r"/ledgers/mending/(\d+)/", listed)[1]
    assert asked.payments[0].account not in text(maker.get(f"/ledgers/mending/{line}/"))
    assert "已更正" in text(send(maker, f"/ledgers/mending/{line}/", account="cash"))
    with scoped(desk.maker):
        order = queries.order_of(orders[0].pk)
        assert (order.state, order.account_id) == ("ready", None)


def returned(desk, orders, code="1003", day=DAY):
    """A batch of these orders whose first payment comes back from the bank."""
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[order.pk for order in orders])
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=len(orders), amount=500_00 * len(orders))
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    asked = bank.read_batch(LAYOUT, actions.send_batch(by=desk.maker, on=DAY, batch=batch).content).payments
    told = tuple(
        bank.Result(n, n, line.reference, line.account, line.amount, n != 1, code if n == 1 else "0000", "")
        for n, line in enumerate(asked, 1)
    )
    return batch, bank.write_return(LAYOUT, bank.Return("P1", day, told))


def test_the_community_puts_the_account_of_a_returned_payment_right_and_finance_pays_it_again(desk, maker, orders):
    """The batch is the district's, whose rows a community does not see; the payment is of its own resident."""
    batch, content = returned(desk, orders)
    actions.settle_return(by=desk.maker, on=DAY, batch=batch, name="r", content=content)
    worker, neighbour = signed_in("worker1002011"), Role.COMMUNITY_WORKER
    assert "更正王二的收款账户" in text(worker.get("/")), "on the desk of whoever is nearest"
    listed = text(worker.get("/ledgers/mending/"))
    assert "王二" in listed and "账户状态异常" in listed and "共 1 笔" in re.sub(r"<[^>]+>", "", listed)
    line = re.search(r"/ledgers/mending/(\d+)/", listed)[1]
    make_staff("linjin", "邻社工", neighbour, "370404001001")
    assert signed_in("linjin").get(f"/ledgers/mending/{line}/").status_code == 403
    assert "退票·待补发" not in text(maker.get("/"))
    assert "已更正" in text(send(worker, f"/ledgers/mending/{line}/", account="cash"))
    assert "没有等待更正的退票" in text(worker.get("/ledgers/mending/"))
    assert "1 笔退票已更正，共 500.00 元，等待编入批次补发" in text(maker.get("/"))
    actions.make_batch(
        by=desk.maker, on=DAY, number="P2", item="补发", orders=[orders[0].pk], channel=Channel.CASH
    )
    assert "等待编入批次补发" not in text(maker.get("/"))


def test_an_answer_from_before_the_batch_was_made_is_of_another_month(desk, maker, orders):
    batch, content = returned(desk, orders, day=date(2010, 11, 20))
    page = f"/ledgers/batches/{batch.pk}/return/"
    refused = send(maker, page, file=SimpleUploadedFile("r.txt", content))
    assert refused.status_code == 422
    assert "回盘文件的日期是 2010-11-20，这个批次 2010-12-20 才生成" in text(refused)
    assert "待回盘 3 笔" in text(maker.get(f"/ledgers/batches/{batch.pk}/")), "nothing was booked"


def test_an_answer_in_the_layout_of_another_bank_is_called_that(desk, maker, orders):
    batch, content = returned(desk, orders)
    told = bank.read_return(LAYOUT, content)
    other = bank.layouts()["workbook"]
    results = tuple(replace(one, code="成功", reason="") for one in told.results)
    content = bank.write_return(other, bank.Return("P0", DAY, results))
    refused = send(maker, f"/ledgers/batches/{batch.pk}/return/", file=SimpleUploadedFile("r.xlsx", content))
    assert refused.status_code == 422
    said = "这是批次“P0”的“Excel 工作簿”格式的文件，本批次“P1”用的是“竖线分隔文本（UTF-8）”"
    assert said in text(refused)


def test_the_file_that_went_out_and_a_picture_are_not_taken_for_the_banks_answer(desk, maker, orders):
    batch, _ = returned(desk, orders)
    page = f"/ledgers/batches/{batch.pk}/return/"
    sent = actions.send_batch(by=desk.maker, on=DAY, batch=batch).content
    for content, said in ((sent, "这是送给银行的付款文件（批次“P1”）"), (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "这是图片或PDF")):
        refused = send(maker, page, file=SimpleUploadedFile("r.txt", content))
        assert refused.status_code == 422 and said in text(refused)
    assert "待回盘 3 笔" in text(maker.get(f"/ledgers/batches/{batch.pk}/")), "nothing was booked"


def test_cash_is_signed_for_on_a_sheet(desk, maker, checker, fund):
    orders = make_orders(desk, fund, make_payees(2, banked=False))
    words = {"by": desk.maker, "on": DAY, "orders": [order.pk for order in orders], "channel": Channel.CASH}
    actions.move_money(by=desk.maker, on=DAY, fund=fund, amount=1_000_00, account="1002", to="1001", reference="m", memo="提现")
    batch = actions.make_batch(number="X1", item="现金", **words)
    send(checker, f"/ledgers/batches/{batch.pk}/check/", count="2", amount="1000")
    press(checker, batch.pk, "lock")
    assert "壹仟元整" in text(maker.get(f"/ledgers/batches/{batch.pk}/sheet/"))
    assert "已登记签领" in text(send(maker, f"/ledgers/batches/{batch.pk}/sign/", proof="签领表第1页"))
    assert "已对账" in text(press(maker, batch.pk, "reconcile"))


def test_a_new_batch_asks_nothing_that_is_known(maker, orders):
    shown = text(maker.get(f"/ledgers/orders/batch/?ids={orders[0].pk}"))
    assert re.search(r'name="number" value="P\d{8}-01"', shown)
    assert 'name="item" value="情暖万家"' in shown


def test_a_batch_is_discarded_with_a_reason(maker, orders):
    made = make_batch(maker, orders)
    assert send(maker, f"/ledgers/batches/{made}/discard/", reason="").status_code == 422
    assert "已作废" in text(send(maker, f"/ledgers/batches/{made}/discard/", reason="名单有误"))


def test_a_receipt_is_entered_and_stands_in_the_statement(maker, fund):
    page = f"/ledgers/funds/{fund.pk}/"
    words = {"amount": "2,000.50", "reference": "2010122000017", "party": "某企业", "memo": "慈心一日捐"}
    answer = send(maker, f"{page}receive/", **words)
    assert "2,000.50" in text(answer)
    assert "12,000.50" in text(answer)
    twice = send(maker, f"{page}receive/", **words)
    assert twice.status_code == 422
    assert "已经记账" in text(twice)


def test_a_voucher_shows_the_sum_in_capitals_and_is_reversed_by_the_checker(desk, maker, checker, fund):
    posting = actions.spend(
        by=desk.maker, on=DAY, fund=fund, amount=1_234_50, purpose="office.cost", reference="s", memo="手续费"
    )
    page = f"/ledgers/postings/{posting.pk}/"
    assert "壹仟贰佰叁拾肆元伍角整" in text(maker.get(page))
    assert "冲正</a>" not in text(maker.get(page))
    assert "冲正" in text(send(checker, f"{page}reverse/", reason="记错资金"))
    assert "冲正</a>" not in text(checker.get(page))
    assert "试算平衡" in text(maker.get("/ledgers/books/"))


def test_an_order_is_cancelled_or_recovered_on_its_page(desk, orders):
    approver = signed_in("shenpi")
    assert "已取消" in text(send(approver, f"/ledgers/orders/{orders[0].pk}/cancel/", reason="本人放弃"))
    refused = send(approver, f"/ledgers/orders/{orders[1].pk}/recover/", reason="不符合条件")
    assert refused.status_code == 422
    assert "尚未发放" in text(refused)


def test_a_recovered_sum_comes_in(desk, maker, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="x", orders=[orders[0].pk])
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=1, amount=500_00)
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    asked = bank.read_batch(LAYOUT, actions.send_batch(by=desk.maker, on=DAY, batch=batch).content)
    told = bank.Result(1, 1, asked.payments[0].reference, asked.payments[0].account, 500_00, True, "0000", "")
    actions.settle_return(
        by=desk.maker, on=DAY, batch=batch, name="r", content=bank.write_return(LAYOUT, bank.Return("P1", DAY, (told,)))
    )
    recovery = actions.recover(by=desk.approver, on=DAY, order=orders[0], reason="不符合条件")
    page = f"/ledgers/recoveries/{recovery.pk}/"
    assert send(maker, page, amount="600", reference="b1", channel="bank").status_code == 422
    assert "已结清" in text(send(maker, page, amount="500", reference="b1", channel="bank"))
    assert "已结清" in text(maker.get("/ledgers/recoveries/"))


def test_the_workbench_gives_each_person_the_next_step(desk, fund, orders):
    def kinds(actor):
        with scoped(actor):
            kinds = [task.kind for task in queries.waiting_tasks(actor, DAY, "waiting")]
            return [kind for kind in kinds if not kind.startswith("结账")]

    assert (kinds(desk.maker), kinds(desk.checker)) == (["付款单·待发放"], [])
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[order.pk for order in orders])
    assert (kinds(desk.maker), kinds(desk.checker)) == ([], ["发放批次·待复核"])
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=3, amount=1_500_00)
    assert (kinds(desk.maker), kinds(desk.checker)) == ([], ["发放批次·待锁定"])
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    assert (kinds(desk.maker), kinds(desk.checker)) == (["发放批次·待送银行"], [])
    asked = bank.read_batch(LAYOUT, actions.send_batch(by=desk.maker, on=DAY, batch=batch).content).payments
    told = tuple(
        bank.Result(n, n, line.reference, line.account, line.amount, n != 1, "1001" if n == 1 else "0000", "")
        for n, line in enumerate(asked, 1)
    )
    content = bank.write_return(LAYOUT, bank.Return("P1", DAY, told))
    assert kinds(desk.maker) == ["发放批次·待回盘"], "a batch whose answer does not come is not forgotten"
    actions.settle_return(by=desk.maker, on=DAY, batch=batch, name="r", content=content)
    assert kinds(desk.maker) == ["发放批次·待对账", "退票更正"]
    with scoped(desk.maker):
        said = [entry.zh for entry in queries.payments_in_timeline([order.person_id for order in orders], on=DAY)]
        assert said == ["情暖万家 500.00 元被银行退回：户名不符", *["发放情暖万家 500.00 元"] * 2]
        assert queries.payments_in_timeline([orders[0].person_id], on=date(2010, 12, 19)) == []


def test_who_checks_a_batch_is_not_told_the_totals_that_he_states(desk, maker, checker, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[order.pk for order in orders])
    places = ("/", "/ledgers/batches/", f"/ledgers/batches/{batch.pk}/", f"/ledgers/batches/{batch.pk}/sheet/")
    for there in places:
        told = text(checker.get(there))
        assert "情暖万家" in told and "1,500" not in told and "壹仟伍佰" not in told, there
    assert "500.00" in text(checker.get(places[2])), "the lines are there to be added up"
    assert "1,500.00" in text(maker.get(places[2])) and "1,500.00" in text(maker.get(places[1]))
    assert send(checker, f"{places[2]}check/", count="3", amount="1500.01").status_code == 422
    send(checker, f"{places[2]}check/", count="3", amount="1500")
    assert "1,500.00" in text(checker.get(places[2])) and "1,500.00" in text(checker.get(places[1]))


def test_a_household_reads_one_line_for_what_all_members_were_entered_for(desk):
    people = [payee.person for payee in make_payees(3, banked=False)]
    words = {"by": desk.approver, "on": DAY, "group": "aid.warmth", "period": "2010", "area": "370404100201"}
    actions.claim_benefit(persons=people, source="aid.grant:1", amount=500_00, **words)
    with scoped(desk.approver):
        (line,) = queries.benefits_received(people, on=DAY)
        assert (line.person_id, line.amount, line.since) == (people[0], 500_00, DAY)
        assert queries.benefits_received(people, on=date(2010, 12, 19)) == []


LISTS = ("funds", "orders", "batches", "mending", "recoveries", "books")


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_open_for_the_auditor_and_not_for_a_community_worker(orders, name):
    make_staff("shenji", "审计员", Role.AUDITOR, DISTRICT)
    assert signed_in("shenji").get(f"/ledgers/{name}/").status_code == 200
    make_staff("shegong", "李社工", Role.COMMUNITY_WORKER, "370404001001")
    assert signed_in("shegong").get(f"/ledgers/{name}/").status_code == (200 if name in ("mending", "recoveries") else 403)


def test_the_ids_of_another_towns_books_do_not_exist(desk, orders, fund):
    town = make_desk("370404101000")
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="x", orders=[order.pk for order in orders])
    with scoped(desk.maker):
        posting = queries.lines_of(source="")[0].posting_id
    client = signed_in("caijing101")
    assert town.maker.area == "370404101000"
    for address in (f"funds/{fund.pk}", f"batches/{batch.pk}", f"orders/{orders[0].pk}", f"postings/{posting}"):
        assert client.get(f"/ledgers/{address}/").status_code in (403, 404)
    assert client.post(f"/ledgers/batches/{batch.pk}/file/").status_code in (403, 404)


def test_a_list_asks_the_database_no_more_often_for_more_rows(desk, maker, fund, django_assert_max_num_queries):
    make_orders(desk, fund, make_payees(8))
    with django_assert_max_num_queries(16):
        assert maker.get("/ledgers/orders/").status_code == 200
