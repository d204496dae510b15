"""The granted money goes to the bank and back, failed lines are mended, and the report of it is drafted, signed and opened."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.ledgers.queries import orders
from linli.kernel.ledgers.samples import account_number
from linli.kernel.registry.actions import add_bank_account
from tests.journeys.walker import Walker

LAYOUT = bank.layouts()["bar_utf8"]


@pytest.fixture
def granted(db, settings):
    """Four families that the federation has granted 500 元 each, and the day of it."""
    office = make_office()
    campaign = make_campaign(office)
    day = DAY
    for number, names in enumerate((("赵大山",), ("钱小妹",), ("孙国强",), ("李桂英",))):
        head = make_family(office, names=names)
        add_bank_account(by=office.worker, on=DAY, person_id=head.pk, bank="枣庄银行", number=account_number(number + 1))
        day = max(day, carry(office, make_application(office, campaign, head)))
    settings.BUSINESS_DAY = day.isoformat()
    return office


def answer_of(content: bytes, failing: set[int]) -> bytes:
    """The bank's return file: the lines with these places fail."""
    asked = bank.read_batch(LAYOUT, content)
    results = tuple(
        bank.Result(n, n, p.reference, p.account, p.amount, n not in failing, "1001" if n in failing else "0000", "")
        for n, p in enumerate(asked.payments, 1)
    )
    return bank.write_return(LAYOUT, bank.Return(asked.number, asked.day, results))


def test_the_money_reaches_the_families_and_the_report_says_so(granted):
    """CHARITY-09: batch, second person, bank file, return file, failed line, mended, paid again; both payers' money; the
    report of STEER-08 shows 4 households and 2,000 元, is signed by a second person and opens to the families."""
    office = granted
    with scoped(office.maker):
        ready = list(orders(state="ready").values_list("pk", flat=True))
    assert len(ready) == 4
    maker, checker = Walker("qian"), Walker("sun")
    first = _paid(maker, checker, "P1", ready, failing={2})
    assert "退票 1 笔" in first
    maker.open("/ledgers/mending/")
    line = re.search(r"/ledgers/mending/(\d+)/", maker.content.decode())
    assert line and "户名不符" in maker.text
    maker.open(line[0]).send("更正", account="cash")
    with scoped(office.maker):
        again = list(orders(state="ready").values_list("pk", flat=True))
        assert orders(state="paid").count() == 3 and len(again) == 1

    zhou = Walker("zhou").open("/reports/new/")
    zhou.send("起草", template="charity.circular", period="2010", title="关于𠮷祥村救助的通报")
    number = re.search(r"/reports/(\d+)/", zhou.address)[1]
    refused = zhou.client.get(f"/reports/{number}/pdf/")
    assert "没有“𠮷”，会印成方框，请下载 Word 文档" in refused.content.decode(), "a name is not printed as a box"
    assert zhou.client.get(f"/reports/{number}/docx/").status_code == 200
    zhou.open(f"/reports/{number}/edit/").send("保存", title="关于2010年慈善救助情况的通报")
    zhou.open("/reports/").follow("关于2010年慈善救助情况的通报")
    assert "批准救助4户，救助资金0.2万元" in zhou.text and "签发这份报表" not in zhou.text
    assert "统计期到2010-12-31才结束，现在的数字截至今天" in zhou.text
    wang = Walker("wang").open(zhou.address).send("签发这份报表")
    assert "已签发" in wang.text
    report = re.search(r"/reports/(\d+)/", zhou.address)
    content = wang.client.get(f"/reports/{report[1]}/docx/").content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert "批准救助4户，救助资金0.2万元" in words and "峄慈〔2010〕1号" in words
    assert "签发时尚未结束，数字截至2010年" in words, "half a year must not be read as a whole one"
    assert wang.client.get(f"/reports/{report[1]}/pdf/").content[:4] == b"%PDF"
    assert wang.client.get(f"/reports/{report[1]}/xlsx/").status_code == 200
    assert "所有数字的明细与签发时一致" in wang.open(f"/reports/{report[1]}/?verify=1").text
    rows = wang.open("/figures/charity.qing_nuan.households/rows/?period=2010&area=370404000000")
    assert rows.text.count("峄慈助〔2010〕") == 4


def _paid(maker: Walker, checker: Walker, number: str, ready: list[int], failing: set[int]) -> str:
    chosen = "&".join(f"ids={pk}" for pk in ready)
    words = {"number": number, "item": "情暖万家", "channel": "bank", "layout": "bar_utf8"}
    maker.open(f"/ledgers/orders/batch/?{chosen}").send("生成批次", **words)
    page = re.search(r"/ledgers/batches/\d+/", maker.address)[0]
    checker.open(f"{page}check/").send("复核", count=str(len(ready)), amount=f"{500 * len(ready)}")
    checker.open(page).send("锁定")
    maker.open(page).send("送银行")
    content = answer_of(maker.content, failing)
    maker.open(f"{page}return/").send("读入", file=SimpleUploadedFile("r.txt", content))
    return maker.text


def test_who_made_the_batch_cannot_check_it(granted):
    """CHARITY-18: maker and checker are two people, on the page and in the action."""
    maker = Walker("qian")
    with scoped(granted.maker):
        ready = list(orders(state="ready").values_list("pk", flat=True))
    chosen = "&".join(f"ids={pk}" for pk in ready)
    words = {"number": "P2", "item": "情暖万家", "channel": "bank", "layout": "bar_utf8"}
    maker.open(f"/ledgers/orders/batch/?{chosen}").send("生成批次", **words)
    page = re.search(r"/ledgers/batches/\d+/", maker.address)[0]
    assert maker.client.get(f"{page}check/").status_code == 403
