"""The money of a family on 低保: from the decision to the bank, verified, cut and stopped; each step by the post whose it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.domains.assistance.samples import (
    DAY,
    VILLAGE,
    add_income,
    carry,
    make_application,
    make_elder,
    make_family,
    make_office,
)
from linli.gateways import bank
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.ledgers.samples import account_number, make_fund
from linli.kernel.registry.actions import add_bank_account, recognise_status
from tests.journeys.test_assistance import FIVE, walk_to_the_letter
from tests.journeys.walker import Walker

LAYOUT = bank.layouts()["bar_utf8"]
LEVELS = (FundLevel.PROVINCE, FundLevel.CITY, FundLevel.DISTRICT, FundLevel.TOWN)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


class Cashdesk:
    """Who pays and who checks, in front of their browsers, and a fund of each level of government."""

    def __init__(self) -> None:
        founders = make_founders()
        maker = make_staff("qian", "钱会计", Role.FINANCE_MAKER, DISTRICT, on=FIRST_DAY, founders=founders)
        make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, on=FIRST_DAY, founders=founders)
        words = {"kind": FundKind.FISCAL, "amount": 100_000_00}
        made = [make_fund(maker, code=f"DB-{one.value}", name=f"{one.zh}救助资金", level=one, **words) for one in LEVELS]
        self.funds = [fund.pk for fund in made]
        self.maker, self.checker = Walker("qian"), Walker("sun")

    def bear(self, programme: str, since: str) -> None:
        """Province, city, district and town bear the programme."""
        words: dict[str, str] = {"since": since, "paper": "峄财社〔2010〕12号"}
        for rank, (fund, part) in enumerate(zip(self.funds, ("40", "15", "30", "15"), strict=True), 1):
            words |= {f"fund{rank}": str(fund), f"kind{rank}": "ratio", f"value{rank}": part}
        self.maker.open(f"/entitlements/programmes/{programme}/funding/").send("保存", **words)
        assert "镇街救助资金 15%" in self.maker.text

    def pay(self, programme: str, month: str, count: int, yuan: str) -> bytes:
        """A month from the draft to the bank's answer; gives the file that the bank got."""
        maker, checker = self.maker, self.checker
        maker.open("/entitlements/runs/new/").send("试算", programme=programme, month=month, basis="reckoned", per="household")
        run = re.search(r"/entitlements/runs/\d+/", maker.address)[0]
        assert "待核定" in maker.text and "增减名单" in maker.text and "新增" in maker.text, "the differences come first"
        assert maker.client.get(f"{run}confirm/").status_code == 403
        assert "月度发放·待核定" in checker.open("/").text and "月度发放·待核定" not in maker.open("/").text
        checker.open(f"{run}confirm/").send("核定无误", expect=422, count=str(count), amount="0.01")
        assert "填写的金额与" in checker.text and yuan not in checker.text.split("这次填写")[0].split("填写的金额")[-1]
        checker.send("核定无误", count=str(count), amount=yuan)
        assert "月度发放·待开单" in maker.open("/").text
        maker.open(f"{run}order/").send("开单", layout="bar_utf8")
        batch = re.search(r"/ledgers/batches/\d+/", maker.content.decode())[0]
        checker.open(f"{batch}check/").send("复核", count=str(count), amount=yuan)
        checker.open(batch).send("锁定")
        maker.open(batch).send("送银行")
        content = maker.content
        maker.open(f"{batch}return/").send("读入", file=SimpleUploadedFile("r.txt", answered(content)))
        money = f"{float(yuan):,.2f}"
        for side in ("付款单", "批次", "银行文件", "回盘或签领"):
            assert re.search(rf"{side}\s*{count}\s*{money}", maker.open(batch).text), f"{side} is reconciled"
        assert "不一致" not in maker.text and "不一致" not in checker.open(run).text
        return content

    def shares(self) -> list[str]:
        """What the pages of the funds say."""
        return [self.maker.open(f"/ledgers/funds/{fund}/").text for fund in self.funds]


def answered(content: bytes) -> bytes:
    """The bank paid every line."""
    asked = bank.read_batch(LAYOUT, content)
    rows = enumerate(asked.payments, 1)
    results = tuple(bank.Result(n, n, one.reference, one.account, one.amount, True, "0000", "") for n, one in rows)
    return bank.write_return(LAYOUT, bank.Return(asked.number, asked.day, results))


def account(office, person, seq: int) -> None:
    add_bank_account(by=office.worker, on=DAY, person_id=person.pk, bank="农村合作银行", number=account_number(seq))


def test_a_family_from_the_door_to_the_bank(office, settings):
    """DIBAO-01, DIBAO-05, DIBAO-06: what was decided at the end of the walk stands as an entitlement of class B, is computed by
    the law of its month, confirmed by a second person, ordered, sent to the bank, booked and reconciled on four sides; the
    figure opens to the money, and the money to the family."""
    page, head, _ = walk_to_the_letter(office, settings)
    desk = Cashdesk()
    account(office, head, 1)
    settings.BUSINESS_DAY = "2011-01-05"
    worker = Walker("li").open("/entitlements/").follow("李国强")
    assert "234.00" in worker.text and "在享" in worker.text and "B类" in worker.text
    wang = Walker("wang").open(worker.address)
    assert "办理复核" in wang.text, "nobody ends it here without a hearing"
    assert worker.client.get(f"{worker.address}end/").status_code == 403
    desk.bear("dibao", "2011-01")
    assert "2011-01-31" in desk.maker.open("/").text, "the law of 2011 names no day; the month must not pass"
    desk.maker.follow("最低生活保障 2011-01 还没有试算")
    (line,) = bank.read_batch(LAYOUT, desk.pay("dibao", "2011-01", 1, "234")).payments
    assert "还没有试算" not in desk.maker.open("/").text
    assert (line.amount, line.account) == (23_400, account_number(1))
    wang.open("/figures/entitlement.dibao.paid/?period=2011-01")
    assert re.search(r"基本生活补助\s*234", wang.text) and re.search(r"B类\s*234", wang.text)
    assert re.search(r"城市\s*234", wang.open("/figures/assistance.dibao.paid/?period=2011-01").text), "the money of the town"
    assert "78.00" in wang.open("/shares/assistance.dibao.urban.average/?period=2011-01").text, "234 yuan for three people"
    assert "元/人月" in wang.open("/shares/assistance.dibao.average/?period=2011-01").text
    wang.open("/figures/entitlement.dibao.paid/?period=2011-01")
    wang.follow("打开这个数字所统计的记录").follow("2011-01")
    assert "已开单" in wang.text and "234.00" in wang.text and "李国强" in wang.text
    home = wang.follow("向阳巷8号").text
    assert all(name in home for name in ("李国强", "张桂英", "李小宝")), "one figure opened down to a family"
    wang.open(f"/figures/assistance.dibao.b/?period=2011-01&area={DISTRICT}")
    assert "B类低保家庭" in wang.text
    for text, share in zip(desk.shares(), ("93.60", "35.10", "70.20", "35.10"), strict=True):
        assert share in text, "40, 15, 30 and 15 parts of 234 yuan"
    assert "李国强" in worker.open("/assistance/living/?group=B").text
    assert "最低生活保障：2011年1月 234.00 元" in worker.open(page).text
    assert "已发放" in worker.follow("逐月金额和发放记录").text


def test_the_round_of_verification_keeps_adjusts_and_stops(office, settings):
    """DIBAO-02: what falls due is on the worker's desk; the family is visited again; less income raises and more income cuts the
    money from the next month; who no longer qualifies is stopped, in writing; persons and families that left are counted."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    two = make_application(office, make_family(office, ("王二", "赵三")))
    carry(office, two)
    settings.BUSINESS_DAY = "2011-06-01"
    li, zhao, wang = Walker("li"), Walker("zhao"), Walker("wang")
    for name, income, last in (("李国强", "5400", "granted"), ("王二", "30000", "stopped")):
        li.open("/").follow(f"{name}·定期复核").follow("办理复核").send("开始复核", why="定期复核")
        page = li.address
        if "划去" in li.text:
            li.follow("划去").send("划去", why="换成新的一年")
        li.open(page).follow("登记一条").send("登记", kind="2", amount=income, first="2010-06", last="2011-05")
        li.open(page).follow("入户调查")
        li.send("完成调查", visitors="李社工、陈协管", cause="no_labour", found="房屋三间。", signer=name, **FIVE)
        li.open("/").follow(f"{name}·救助复核").send("通过", opinion="入户核实，情况属实，同意上报。")
        zhao.open("/").follow(f"{name}·救助复核").send("通过", opinion="经复核，提请调整或停发。")
        wang.open("/").follow(f"{name}·救助复核")
        if last == "granted":
            assert "复核前每月金额" in wang.open(page).text and "84.00" in wang.text
            wang.open("/").follow(f"{name}·救助复核").send("通过", opinion="同意确认。")
        else:
            wang.send("通过", expect=422, opinion="同意确认。")
            assert "不符合条件" in wang.text
            wang.open(f"{re.search(r'/cases/[0-9]+/', wang.address)[0]}?act=refuse")
            wang.send("驳回", reason="not_qualified", opinion="收入已超过标准。")
            wang.follow("打印决定书")
            assert "复核" in wang.text and "行政复议" in wang.text and "家庭人均月收入不低于最低生活保障标准" in wang.text
            assert "国务院令第271号" in wang.text and "3个月内向人民法院" in wang.text, "the law of 2011"
            assert "57号" not in wang.text and "社会救助法" not in wang.text
    settings.BUSINESS_DAY = "2011-07-04"
    listed = li.open("/entitlements/?words=李国强").follow("李国强").text
    assert "84.00" in listed and "调整" in listed
    assert "已终止" in li.open("/entitlements/?words=王二").text
    for key, number in (("verified", "2 户"), ("ended", "1 户"), ("ended.people", "2 人"), ("households", "1 户")):
        shown = wang.open(f"/figures/assistance.{key}/?period=2011-06").text
        assert number.replace(" ", "") in shown.replace(" ", ""), key


def test_an_old_ledger_is_gone_through_and_the_five_guarantees_are_paid_by_four_levels(db, settings):
    """DIBAO-01, WUBAO-01, WUBAO-02: who was kept before this register is taken over by a verification at the door, not posted
    again; then listed by kind with the amount, and paid by province, city, district and town."""
    settings.BUSINESS_DAY = DAY.isoformat()
    office = make_office(VILLAGE)
    elder = make_elder(office)
    words = {"kind": "tekun", "grade": "home", "since": date(2009, 1, 1), "source": "原有台账"}
    recognise_status(by=office.worker, on=DAY, person_id=elder.pk, **words)
    account(office, elder, 7)
    li = Walker("li").open(f"/assistance/applications/new/{elder.pk}/")
    assert "按复核办理" in li.text
    li.send("受理申请", statement="五保户，逐户复核。", zone="2")
    page = li.address
    assert "法定义务人" in li.text and "原有台账转入" in li.text
    li.follow("核实").send("登记", bearers_known="on", why="查户籍，没有法定义务人")
    li.open(page).follow("登记核对授权").send("登记", **{f"signer_{elder.pk}": "孙老汉"})
    li.open(page).follow("入户调查")
    li.send("完成调查", visitors="李社工、陈协管", cause="no_labour", found="独居，房屋一间。", signer="孙老汉", **FIVE)
    li.open("/").follow("孙老汉·救助复核").send("通过", opinion="入户核实，情况属实，同意上报。")
    Walker("zhao").open("/").follow("孙老汉·救助复核").send("通过", opinion="经复核，提请继续救助。")
    wang = Walker("wang").open("/").follow("孙老汉·救助复核").send("通过", opinion="同意确认。")
    assert "100.00" in wang.open("/assistance/living/?result=tekun").text, "1,200 a year"
    settings.BUSINESS_DAY = "2011-01-05"
    desk = Cashdesk()
    desk.bear("tekun", "2011-01")
    (line,) = bank.read_batch(LAYOUT, desk.pay("tekun", "2011-01", 1, "100")).payments
    assert line.amount == 10_000
    assert re.search(r"分散供养\s*1", wang.open("/figures/entitlement.tekun.persons/?period=2011-01").text)
    for text, share in zip(desk.shares(), ("40.00", "15.00", "30.00", "15.00"), strict=True):
        assert share in text
    borne = wang.open("/figures/assistance.tekun.borne/?period=2011-01").text
    for level, share in (("省级", "40"), ("市级", "15"), ("区级", "30"), ("镇街", "15")):
        assert re.search(rf"{level}\s*{share}", borne), f"what the {level} bore"
    assert "五保" in wang.open(f"/people/{elder.pk}/").text
