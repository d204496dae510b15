"""The charity medical card with its hospitals, and the medical fund that pays for the seriously ill."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.domains.charity.queries import application as application_of
from linli.domains.charity.queries import source_of
from linli.domains.charity.samples import DAY, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.ledgers.actions import open_purpose
from linli.kernel.ledgers.queries import check_books, order_by_source
from linli.kernel.registry.actions import register_organisation
from linli.kernel.registry.queries import clear_number
from tests.journeys.walker import Walker

HOSPITAL, FUND = "峄城区中医院", "慈善医疗基金"
ILL = {"need": "illness", "illness": "uraemia", "own_cost": "20,000", "got_diagnosis": "on", "got_bill": "on"}


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        yield make_office()


def test_the_card_lowers_prices_at_named_hospitals_and_the_fund_helps_the_seriously_ill(office, settings):
    """RELIEF-16: a hospital by agreement, cards for whoever the registers know to be in difficulty, their use, the public list of
    hospitals; the named medical fund is given to and pays for a serious illness; cards and aid open to their rows."""
    register_organisation(by=office.worker, on=DAY, name=HOSPITAL, kind="hospital", area=office.worker.area)
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    zhou = Walker("zhou")
    _agreed(zhou)
    _card(zhou, number)
    _used(zhou)
    _told(zhou)
    _helped(zhou, office, settings, head, _founded(zhou, office))
    _counted()


def _agreed(zhou):
    zhou.open("/concession/hospitals/").follow("登记优惠医院")
    zhou.send("登记", expect=422, paper="峄慈医1号")
    assert "至少填写一个优惠项目" in " ".join(zhou.faults)
    zhou.send("登记", paper="峄慈医1号", percent_registration="100", percent_check="20", percent_bed="50")
    assert HOSPITAL in zhou.text and "挂号诊查费100%、检查化验费20%、床位费50%" in zhou.text
    assert "登记优惠医院" not in Walker("li").open("/concession/hospitals/").text


def _card(zhou, number):
    li = Walker("li").open("/concession/cards/").follow("符合条件未领卡")
    assert "李小明" in li.text and "发卡" not in li.text, "the community sees whom to tell; the federation hands out"
    zhou.open("/concession/cards/").follow("发卡").send("查找领卡人", expect=422, number="990404200001010001")
    assert "本辖区没有登记这个身份证号" in " ".join(zhou.faults)
    zhou.send("查找领卡人", number=number)
    assert "最低生活保障" in zhou.text and "符合发卡条件" in zhou.text
    zhou.send("发卡", expect=422, number="YH-0001", proof="")
    zhou.send("发卡", number="YH-0001", proof="本人签领，领卡登记第1页")
    assert "2011-12-01" in zhou.text and "有效" in zhou.text
    again = zhou.open("/concession/cards/new/").send("查找领卡人", number=number)
    assert "已持有有效的优惠卡" in again.text
    assert "符合条件的居民都已领卡" in Walker("li").open("/concession/cards/without/").text


def _used(zhou):
    zhou.open("/concession/cards/").send("筛选", words="YH-0001").follow("YH-0001").follow("登记就医")
    zhou.send("登记", expect=422, receipt="ZY-7", price_nursing="80")
    assert "没有约定护理费的优惠" in " ".join(zhou.faults)
    zhou.send("登记", receipt="ZY-7", price_nursing="", price_registration="10", price_check="333.33", price_bed="120")
    assert "136.66" in zhou.text and "463.33" in zhou.text, "10 + 66.66 + 60"
    zhou.follow("YH-0001").follow("登记就医").send("登记", expect=422, receipt="ZY-7", price_bed="50")
    assert "已经登记过" in " ".join(zhou.faults)
    zhou.open("/concession/cards/").follow("YH-0001").follow("挂失补卡").send("补发新卡", number="YH-0002", proof="本人签领")
    assert "YH-0001" in zhou.text and "YH-0002" in zhou.text
    assert "已挂失" in zhou.follow("YH-0001").text and "136.66" in zhou.text
    assert "李小明" in Walker("li").open("/concession/visits/").text


def _told(zhou):
    zhou.open("/concession/hospitals/").follow("公布优惠医院").send("拟稿", contact="区慈善总会办公室")
    notice = zhou.address.rstrip("/").split("/")[-1]
    zhou.send("发布", looked="on")
    public = Client(HTTP_HOST="127.0.0.1").get(f"/bulletin/{notice}/").content.decode()
    assert HOSPITAL in public and "减免20%" in public and "检查化验费" in public
    assert "李小明" not in public and "YH-000" not in public


def _founded(zhou, office):
    """The named fund with its first gift; gives the page of its statement."""
    open_purpose(by=office.clerk, on=DAY, key="charity.da_bing", name="大病救助")
    zhou.open("/fundraising/campaigns/new/")
    named = {"founder": "欧宝食品有限公司", "founder_kind": "company", "purposes": ["charity.da_bing"]}
    zhou.send("保存", kind="named", title=FUND, since="2010-01-01", until="", **named)
    campaign = zhou.address.rstrip("/").split("/")[-1]
    zhou.open("/fundraising/gifts/new/")
    gift = {"form": "money", "kind": "company", "donor": "欧宝食品有限公司", "amount": "50000", "day": DAY.isoformat()}
    zhou.send("登记", campaign=campaign, **gift)
    return campaign


def _helped(zhou, office, settings, head, campaign):
    zhou.open("/charity/campaigns/new/").send("建立", project="da_bing", closes_on="2010-12-31", plan="50000")
    page = zhou.address
    fund = next(one.get("value") for one in zhou.page.iter("option") if one.text_content().strip() == FUND)
    zhou.send("登记", fund_id=fund, level="district")
    title = "李小明·大病救助"
    li = Walker("li").open(f"/charity/applications/new/{head.pk}/").follow("2010年大病救助").send("受理申请", **ILL)
    application = int(li.address.rstrip("/").split("/")[-1])
    li.open("/").follow(title).send("通过", opinion="情况属实，同意上报。")
    zhao = Walker("zhao").open("/").follow(title).send("通过", opinion="符合条件，提请公示。")
    zhao.open(page).send("拟公示稿")
    zhao.send("发布公示", looked="on")
    settings.BUSINESS_DAY = (DAY + timedelta(days=8)).isoformat()
    zhao.open(page).send("上报期满的申请")
    Walker("wang").open("/").follow(title).send("通过", opinion="同意救助。")
    with scoped(office.approver):
        order = order_by_source(source_of(application_of(application)))
        assert order.amount == 2_000_00
        assert not [proof for proof in check_books() if proof.faults]
    shown = zhou.open(f"/fundraising/campaigns/{campaign}/").text
    assert "48,000.00" in shown, "50,000 less 2,000"


def _counted():
    wang = Walker("wang")
    for key, shown in (
        ("concession.hospitals", "合计 1 个"), ("concession.cards", "合计 1 人"), ("concession.issued", "合计 1 件"),
        ("concession.visits", "合计 1 人次"), ("concession.reduced", "136.66"), ("charity.da_bing.money", "2,000"),
        ("fundraising.spent", "2,000"),
    ):  # fmt: skip
        text = wang.open(f"/figures/{key}/rows/?period=2010").text
        assert shown in text, (key, text[-600:])
    wang.open("/figures/concession.reduced/rows/?period=2010").follow("床位费")
    assert "60.00" in wang.text and "50%" in wang.text
