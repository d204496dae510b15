"""The two subsidies through the doors: found, applied for, granted, paid, explained, ended; each by the post whose it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from typer.testing import CliRunner

from linli.domains.assistance.samples import make_office
from linli.domains.disability.samples import DAY, make_disabled
from linli.kernel.access.actions import scoped
from linli.kernel.ledgers.samples import account_number
from linli.kernel.registry.actions import add_bank_account
from linli.kernel.registry.queries import clear_number
from linli.site.command import app
from tests.journeys.test_dibao_month import Cashdesk
from tests.journeys.walker import Walker


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def test_from_the_registry_to_the_bank_and_back_to_the_reason(office, settings):
    """Nobody asked: the night's comparison finds a man with a certificate of the first grade in a family on 低保; the worker
    takes his application, the town checks, the district grants, finance pays from the month of the application."""
    person = make_disabled(office.worker)
    add_bank_account(by=office.worker, on=DAY, person_id=person.pk, bank="农村合作银行", number=account_number(1))
    Walker("wang").open("/findings/").send("现在比对")
    li = Walker("li").open("/").follow("残疾人符合条件未领两项补贴")
    assert "困难残疾人生活补贴、重度残疾人护理补贴" in li.text
    li.follow("受理补贴申请")
    assert "肢体1级" in li.text and "最低生活保障" in li.text
    li.send("受理申请", expect=422, other="elder_care")
    assert "应同时填写" in li.text
    li.send("受理申请", other="")
    page = li.address
    assert "两项合计每月 360.00 元" in li.text and "未核到文件" in li.text, "what is not certain is said"
    Walker("zhao").open("/").follow("周大山·残疾人补贴").send("通过", opinion="残疾人证与家庭身份核对无误。")
    wang = Walker("wang").open("/").follow("周大山·残疾人补贴")
    assert "困难家庭中的残疾人" in wang.text
    wang.send("通过", opinion="同意补贴。")
    wang.follow("打印决定书")
    assert "同意您的申请，每月 360.00 元" in wang.text
    assert "国发〔2015〕52号" in wang.text and "行政复议" in wang.text
    number = re.search(r"峄残补〔2026〕\d{6}", wang.open(page).text)[0]
    assert re.search(r"同时享受的待遇.*困难残疾人生活补贴\s*180.00 元", wang.text), "what stands beside each other"
    told = CliRunner().invoke(app, ["explain", number])
    assert "残疾等级符合规定，发给重度残疾人护理补贴（国务院关于全面建立" in told.stdout
    settings.BUSINESS_DAY = "2026-09-05"
    desk = Cashdesk()
    for programme in ("disabled_living", "disabled_care"):
        desk.bear(programme, "2026-08")
        desk.pay(programme, "2026-09", 1, "360")
    wang.open("/figures/entitlement.disabled_living.persons/?period=2026-09")
    assert re.search(r"1\s*人", wang.text)
    assert "已发放" in li.open(page).follow("180.00").text
    li.open(page).follow("更正护理情况").send("登记", other="elder_care", amount="200", since="2026-10", evidence="民政所证明")
    assert "经济困难失能老年人护理补贴每月 200.00 元" in li.text
    zhao = Walker("zhao").open(page).follow("终止补贴").send("终止", expect=422, why="本人书面放弃")
    assert "请选择终止原因" in " ".join(zhao.faults)
    zhao.send("终止", how="wish", why="本人书面放弃")
    assert "已终止" in zhao.text
    assert "周大山" in li.open("/disability/claims/?state=ended").text


def test_who_is_looked_for_by_number_and_what_the_page_refuses(office, settings):
    person = make_disabled(office.worker)
    with scoped(office.worker):
        number = clear_number(person)
    li = Walker("li").open("/disability/claims/new/").send("查找申请人", number=number)
    assert "周大山" in li.text
    li.open("/disability/claims/new/").send("查找申请人", expect=422, number="11010519491231002X")
    assert "没有登记这个身份证号" in li.text
    assert li.client.get(f"/disability/claims/of/{person.pk}/").url.endswith(f"/disability/claims/new/{person.pk}/")
    settings.BUSINESS_DAY = date(2010, 12, 20).isoformat()
    answer = li.client.get(f"/disability/claims/new/{person.pk}/")
    assert "没有2010年12月20日适用于" in answer.content.decode() and "受理申请" not in answer.content.decode()
    assert Walker("wang").client.get("/disability/claims/new/").status_code == 403
