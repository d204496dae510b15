"""The district raises its standards: entered from the notice by one person, agreed by another, then paid and explained."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.domains.assistance.samples import DAY, add_income, carry, give_consents, make_application, make_family, make_office
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.jobs.samples import work_off
from tests.journeys.test_dibao_month import Cashdesk, account
from tests.journeys.walker import Walker

FEBRUARY = date(2011, 2, 5)
NOTICE = "关于提高2011年城乡低保和五保标准的通知（峄政发〔2011〕3号）"
NEW = {
    "document": NOTICE, "article": "第一条", "since": "2011-02-01", "dibao.standard.urban": "200", "dibao.standard.rural": "1100",
    "tekun.basic.rural.home": "1500", "whole": "on",
}  # fmt: skip


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    made = make_office()
    make_staff("lu", "陆科长", Role.DISTRICT_APPROVER, DISTRICT)
    make_staff("qin", "秦局长", Role.LEADER, DISTRICT)
    return made


@pytest.fixture
def helped(office):
    """A couple in town with 150 a head."""
    one = make_application(office, make_family(office, ("王二", "赵三")))
    add_income(office, one, 360_000)
    carry(office, one)
    account(office, one.person, 3)
    return one


def test_the_district_raises_its_standards_and_the_next_month_is_paid_by_them(office, helped, settings):
    """DIBAO-11: the notice is entered once and agreed by a second person; the run of its month says who gets more and why; the
    explanation names the notice, and what was paid before stays as it was."""
    desk = Cashdesk()
    settings.BUSINESS_DAY = "2011-01-05"
    desk.bear("dibao", "2011-01")
    desk.pay("dibao", "2011-01", 1, "56")
    settings.BUSINESS_DAY = "2011-01-20"
    wang, lu = Walker("wang"), Walker("lu")
    page = wang.open("/standards/").follow("拟定新标准")
    assert "现行 178.00 元/月（峄城区民政工作报告（2010年前后）" in page.text and "现行 900.00 元/年" in page.text
    page.send("提交审定", 422, **NEW | {"dibao.standard.rural": "一千一百"})
    assert "“一千一百”不是以元为单位的金额" in page.text
    assert 'value="一千一百"' in page.content.decode() and NOTICE in page.content.decode(), "nothing typed is lost"
    page.send("提交审定", 422, **NEW | {"dibao.standard.urban": "2000"})
    assert "城市低保标准由178.00 元改为2,000.00 元，相差一倍以上" in page.text
    page.send("提交审定", **NEW | {"file": SimpleUploadedFile("峄政发3号.pdf", b"%PDF-1.4\n%%EOF\n")})
    assert "待审定" in page.text and "等另一位区级审批员审定" in page.text and "峄政发3号.pdf" in page.text
    proposal = page.address
    wang.open(f"{proposal}agree/").send("同意执行", 422)
    assert "须由另一人审定" in wang.text
    assert "待审定" not in wang.open("/").text
    assert "178.00" in wang.open("/standards/").text and "自 2011-02-01 起" not in wang.text, "no law yet"

    lu.open("/").follow(NOTICE)
    for said in ("178.00 元/月", "200.00 元/月", "900.00 元/年", "1,100.00 元/年", "1,200.00 元/年", "1,500.00 元/年"):
        assert said in lu.text, said
    assert "已核全文" in lu.text
    assert re.search(r"最低生活保障\s*1\s*2", lu.text), "one family of two gets aid under it"
    lu.follow("同意执行").send("同意执行")
    assert "已审定" in lu.text and "陆科长" in lu.text
    assert "自 2011-02-01 起 200.00 元/月" in Walker("qin").open("/standards/?words=低保标准").text, "the leader reads it, too"
    zhao = Walker("zhao").open("/standards/").follow("城市低保标准")
    assert "尚未执行" in zhao.text and "2011-01-31" in zhao.text and NOTICE in zhao.text

    settings.BUSINESS_DAY = "2011-02-05"
    desk.pay("dibao", "2011-02", 1, "100")
    checker = desk.checker.open("/entitlements/runs/?sort=-made_on").follow("最低生活保障")
    assert re.search(r"增加\s*标准调整\s*56\.00\s*100\.00\s*100\.00", checker.text), "who gains, and why"
    shown = Walker("li").open("/entitlements/").follow("王二")
    assert "标准调整" in shown.text and NOTICE in shown.text and "100.00" in shown.text
    assert "200.00" in wang.open("/standards/?words=城市").text
    assert NOTICE in wang.open("/entitlements/programmes/dibao/").text

    one = make_application(office, make_family(office, ("钱五", "孙六")), on=FEBRUARY)
    give_consents(office, one, FEBRUARY)
    add_income(office, one, 240_000, FEBRUARY)
    text = Walker("li").open(f"/assistance/applications/{one.pk}/judgement/").text
    assert NOTICE in text and "200.00" in text, "a new application is judged by the notice"
    old = Walker("li").open(f"/assistance/applications/{helped.pk}/judgement/").text
    assert "178.00" in old and NOTICE not in old, "an old decision keeps what it was decided by"


def test_months_already_paid_are_made_up_and_a_month_under_way_comes_first(office, helped, settings):
    """DIBAO-11: the months that were paid by the former standard are named to both, a draft by it is given up first, and the
    next run pays the difference of each month."""
    desk = Cashdesk()
    settings.BUSINESS_DAY = "2011-02-03"
    desk.bear("dibao", "2011-01")
    desk.pay("dibao", "2011-01", 1, "56")
    draft = {"programme": "dibao", "month": "2011-02", "basis": "reckoned", "per": "household"}
    desk.maker.open("/entitlements/runs/new/").send("试算", **draft)
    run = desk.maker.address
    wang, lu = Walker("wang"), Walker("lu")
    wang.open("/standards/new/").send("提交审定", **NEW | {"since": "2011-01-01"})
    assert "2011年1月已按原标准核定发放" in wang.text
    lu.open(f"{wang.address}agree/").send("同意执行", 422)
    assert "请勾选“已看清以上月份按原标准发放”" in lu.text
    lu.send("同意执行", 422, aware="on")
    assert "2011年2月的发放正在按原标准试算" in lu.text and "作废" in lu.text
    desk.maker.open(f"{run}discard/").send("作废", reason="标准调整")
    lu.open(f"{wang.address}agree/").send("同意执行", aware="on")
    assert "已审定" in lu.text
    work_off()
    assert "1 份已补算，差额随下一次月度发放补发" in lu.open(wang.address).text
    desk.pay("dibao", "2011-02", 1, "144")
    shown = desk.checker.open("/entitlements/runs/?month=2011-02&state=ordered").follow("最低生活保障")
    assert re.search(r"增加\s*标准调整\s*56\.00\s*100\.00\s*144\.00", shown.text), "100 for February, 44 for January"
    money = Walker("li").open("/entitlements/").follow("王二")
    assert re.search(r"2011-01（补发）\s*基本生活补助\s*44\.00", money.text) and NOTICE in money.text


def test_a_trial_becomes_a_proposal_and_a_refusal_says_why(office, helped, settings):
    """DIBAO-11: what was tried is not typed again; the second person says why not, and nothing has changed."""
    settings.BUSINESS_DAY = "2011-01-10"
    wang, lu = Walker("wang"), Walker("lu")
    wang.open("/assistance/trials/new/").send("开始测算", **{"title": "城市提到210元", "dibao.standard.urban": "210"})
    work_off()
    wang.open(wang.address).follow("据此拟定标准")
    assert 'value="210.00"' in wang.content.decode()
    wang.send("提交审定", document=NOTICE, since="2011-07-01")
    proposal = wang.address
    lu.open(f"{proposal}refuse/").send("不同意", 422, why=" ")
    assert "请填写不同意的理由" in lu.text
    lu.send("不同意", why="金额与文件第二条不一致")
    assert "金额与文件第二条不一致" in wang.open(proposal).text and "未同意" in wang.text
    wang.open("/standards/new/?ids=dibao.standard.urban").send("提交审定", document=NOTICE, since="2011-07-01", **{
        "dibao.standard.urban": "205",
    })  # fmt: skip
    wang.send("撤回")
    assert "已撤回" in wang.text and "178.00" in wang.open("/standards/?day=2011-07-01&words=城市低保标准").text
