"""The system of assistance as a whole: documents, help of other departments, the overview, and one file for a family."""

from __future__ import annotations

from datetime import date

import pytest

from linli.domains.assistance.samples import DAY, add_income, carry, make_application, make_family, make_office
from linli.domains.coordination.samples import TITLES
from linli.domains.oneoff.actions import confirm_round, draft_round, order_round
from linli.domains.oneoff.rules import Occasion, Register
from linli.domains.oneoff.samples import make_subsidy_fund
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.entitlements.samples import make_funding, make_month, make_payee
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import household_of, members_of
from linli.kernel.registry.samples import make_person
from tests.journeys.walker import Walker

JANUARY, NOW = date(2011, 1, 1), date(2011, 1, 20)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = NOW.isoformat()
    return make_office()


@pytest.fixture
def staff(office):
    founders = make_founders()
    people = {
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
        "checker": ("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT),
        "leader": ("qin", "秦区长", Role.LEADER, DISTRICT), "auditor": ("shen", "审计员", Role.AUDITOR, DISTRICT),
        "other": ("li2", "刘社工", Role.COMMUNITY_WORKER, "370404100201"),
    }
    return {key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()}


@pytest.fixture
def family(office, staff):
    """A family on 低保 with January's money and the subsidy before Spring Festival; a disabled neighbour with the latter."""
    head, neighbour = make_family(office), make_family(office, ("何老汉",))
    one = make_application(office, head)
    add_income(office, one, 360_000)
    carry(office, one)
    recognise_status(
        by=office.worker, on=DAY, person_id=neighbour.pk, kind="disabled", grade="41", since=FIRST_DAY, source="区残联"
    )
    veteran = {"kind": "veteran", "grade": "returned", "since": FIRST_DAY, "source": "区民政局"}
    recognise_status(by=office.worker, on=DAY, person_id=neighbour.pk, **veteran)
    with scoped(office.worker):
        make_payee(office.worker, head.pk)
    make_funding(staff["maker"], programme="dibao")
    with scoped(staff["maker"]):
        make_month(staff["maker"], staff["checker"], month=JANUARY, programme="dibao")
    _before_the_festival(office, staff)
    return head, neighbour


def _before_the_festival(office, staff):
    fund = make_subsidy_fund(staff["maker"], on=NOW)
    amounts = {Register.DIBAO: 20_000, Register.VETERAN: 30_000}
    words = {"title": "2011年春节补贴", "occasion": Occasion.SPRING, "year": 2011, "amounts": amounts}
    with scoped(office.approver):
        made = draft_round(by=office.approver, on=NOW, **words)
    with scoped(staff["checker"]):
        made = confirm_round(by=staff["checker"], on=NOW, round=made, count=made.count, amount=made.amount)
    with scoped(staff["maker"]):
        order_round(by=staff["maker"], on=NOW, round=made, fund_id=fund.pk)


def _documents():
    """The six documents of the mechanism, by the district."""
    wang = Walker("wang")
    for index, (kind, title) in enumerate(TITLES, 1):
        wang.open("/records/books/coordination.documents/new/")
        wang.send(
            "登记", day="2010-03-01", number=f"峄政发〔2010〕{index}号", title=title, kind=kind, issuer="区人民政府",
            about="各部门分工救助，信息互通。",
        )  # fmt: skip
    wang.open("/records/books/coordination.documents/new/")
    again = {"number": "峄政发〔2010〕1号", "title": "同号文件", "kind": "notice", "issuer": "区政府", "about": "重号"}
    wang.send("登记", expect=422, day="2010-03-02", **again)
    found = wang.open("/records/books/coordination.documents/?words=协调机制")
    assert "关于建立社会救助协调机制的意见" in found.text and "农村最低生活保障工作" not in found.text
    assert "6" in Walker("qin").open("/figures/book.coordination.documents.count/?period=2010").text


def _help_of_departments(head, neighbour):
    zhao = Walker("zhao")
    page = "/records/books/coordination.partners/new/"
    house = {"department": "housing", "help": "housing", "what": "农村危房改造一处", "amount": "8000", "paper": "危改名单第3号"}
    zhao.open(f"{page}?person={neighbour.pk}").send("登记", expect=422, day="2011-03-01", **house)
    assert any("不能晚于办理当日" in fault for fault in zhao.faults), zhao.faults
    zhao.open(f"{page}?person={neighbour.pk}").send("登记", day="2011-01-10", **house)
    job = {"department": "labour", "help": "job", "what": "公益性岗位", "amount": "0", "paper": "安置名单"}
    zhao.open(f"{page}?person={head.pk}").send("登记", day="2011-01-11", **job)


def test_one_record_of_all_aid_and_the_aid_by_layer(office, family):
    """RELIEF-01: the mechanism's documents, all aid of a family in one file whoever gave it, aid by layer down to the family."""
    head, neighbour = family
    _documents()
    _help_of_departments(head, neighbour)
    li = Walker("li").open("/people/").follow("李国强").follow("一户一档：全部救助")
    for words in ("最低生活保障", "一次性生活补贴", "部门专项救助", "助就业", "200.00", "正在享受的待遇", "2011年"):
        assert words in li.text, (words, li.text)
    assert "危房" not in li.text and "何老汉" not in li.text, "another family's aid stands in its own file"
    with scoped(office.worker):
        home = household_of(head, NOW)
    assert li.open(f"/households/{home.pk}/").follow("一户一档：全部救助").text.count("2011-01") >= 3
    listed = li.open("/coordination/deliveries/?name=何&layer=supplement")
    assert "8,000.00" in listed.text and "300.00" in listed.text and "李国强" not in listed.text
    other = Walker("li2").open("/coordination/deliveries/")
    assert "还没有发放过救助" in other.text, other.text
    assert Walker("li2").client.get(f"/coordination/households/{home.pk}/").status_code in {403, 404}
    _layers()


def _layers():
    qin = Walker("qin").open("/coordination/?period=2011")
    assert "李国强" not in qin.text and "何老汉" not in qin.text
    for words in ("最低生活保障", "五保供养、慈善救助", "临时救济救助、社会帮扶", "8,900.00元"):
        assert words in qin.text, (words, qin.text)
    assert Walker("qin").client.get("/coordination/deliveries/").status_code == 403
    shen = Walker("shen").open("/coordination/?period=2011").follow("8,900.00元")
    assert "何老汉" in shen.text and "8,900.00" in shen.text, shen.text
    assert "农村危房" not in shen.text
    shen.follow("何老汉")
    assert "危" not in shen.text and "部门专项救助" in shen.text


def test_the_five_aids_and_the_share_of_disabled_people(office, family):
    """RELIEF-08: aid by kind with the share of disabled people; a kind opens to its rows."""
    head, neighbour = family
    _help_of_departments(head, neighbour)
    wang = Walker("wang").open("/coordination/?period=2011")
    row = {words: _row(wang, words) for words in ("助困", "助学", "助医", "助房", "助就业")}
    assert row["助房"][1:3] == ["1", "8,000.00"] and row["助房"][-2:] == ["1", "100.0%"]
    assert row["助就业"][1:3] == ["1", "0.00"] and row["助就业"][-2:] == ["0", "0.0%"]
    assert row["助困"][1] == "5" and row["助困"][-2:] == ["1", "20.0%"], row["助困"]
    assert row["助学"][1:3] == ["0", "0.00"] and row["助学"][-1] == "—"
    assert "28.6%" in wang.text, "of seven times two went to a disabled person"
    wang.follow("助房")
    assert "何老汉" in wang.text and "合计 1 人次" in wang.text, wang.text
    share = wang.open("/shares/coordination.disabled/?period=2011").text
    assert "28.6%" in share and "坛山街道" in share


def _row(walker, words):
    """The cells of the table row with this head."""
    for row in walker.page.iter("tr"):
        cells = [cell.text_content().strip() for cell in row]
        if cells and cells[0] == words and len(cells) > 5:
            return cells
    raise AssertionError(f"no row {words}: {walker.text}")


def test_the_community_sees_who_is_reached_in_time_and_who_is_not(office, family):
    """RELIEF-17: everybody in need with all statuses, from the statuses alone; who is reached, being dealt with, or forgotten."""
    known = {"周老太": ("elder_alone", date(2010, 1, 5)), "吴新来": ("unemployed", date(2011, 1, 10))}
    for name, (kind, since) in (known | {"郑病人": ("ill", date(2010, 2, 1))}).items():
        person = make_family(office, (name,))
        words = {"kind": kind, "since": since, "source": "社区走访"}
        recognise_status(by=office.worker, on=NOW, person_id=person.pk, **words)
        if kind == "ill":
            make_application(office, person, on=NOW)
    li = Walker("li").open("/coordination/coverage/")
    assert "7" in li.text and "85.7%" in li.text, li.text
    li.follow("查看未惠及的人")
    assert "周老太" in li.text and "独居老人" in li.text and "郑病人" not in li.text and "吴新来" not in li.text, li.text
    assert "郑病人" in li.open("/coordination/needs/?reach=waiting").text
    assert "吴新来" in li.open("/coordination/needs/?reach=fresh").text
    helped = li.open("/coordination/needs/?reach=reached&group=残疾人").text
    assert "何老汉" in helped and "残疾" in helped and "优抚对象" in helped and "李国强" not in helped
    li.open("/coordination/needs/?reach=missed").follow("周老太")
    assert "还没有得到过救助" in li.text
    qin = Walker("qin").open("/coordination/coverage/")
    assert "周老太" not in qin.text and "坛山街道" in qin.text and qin.client.get("/coordination/needs/").status_code == 403
    wang = Walker("wang").open("/coordination/coverage/").follow("打开这张表的指标")
    assert "85.7%" in wang.text, wang.text
    assert "没有符合条件的人" in Walker("li2").open("/coordination/needs/").text


def test_what_is_delivered_to_those_left_behind_and_what_their_village_has_for_them(office, family):
    """LEFT-05: benefits delivered to each child, old person and woman left behind; facilities by kind."""
    head, _ = family
    with scoped(office.worker):
        child = members_of(household_of(head, NOW), NOW)[-1]
    elder = make_person(office.worker, FIRST_DAY, "留守翁")
    for person, kind in ((child, "left_behind_child"), (elder, "left_behind_elder")):
        words = {"kind": kind, "since": date(2010, 5, 1), "source": "村委会"}
        recognise_status(by=office.worker, on=NOW, person_id=person.pk, **words)
    li = Walker("li").open("/coordination/left-behind/")
    assert "李小宝" in li.text and "留守翁" in li.text
    row = next(line for line in li.page.iter("tr") if "李小宝" in line.text_content()).text_content()
    assert "434.00" in row and "已发放" in row, "the family's monthly money and the child's own subsidy"
    assert "李小宝" not in li.open("/coordination/left-behind/?delivered=no").text and "留守翁" in li.text
    assert "留守翁" not in li.open("/coordination/left-behind/?left=left_behind_child").text
    page = "/records/books/coordination.facilities/new/"
    li.open(page).send("登记", expect=422, since="2010-06-01", kind="clinic", name="和顺社区卫生室", places="-1")
    li.open(page).send("登记", since="2010-06-01", kind="clinic", name="和顺社区卫生室", places="12")
    li.open("/coordination/left-behind/")
    table = next(one for one in li.page.iter("table") if "卫生室" in one.text_content())
    assert [cell.text_content() for cell in table.iter("td")] == ["0", "0", "1", "0", "0", "0"]
    wang = Walker("wang")
    for key, shown in (("left_behind.people", "2"), ("left_behind.helped", "1"), ("left_behind_child.money", "434.00")):
        assert shown in wang.open(f"/figures/coordination.{key}/rows/?period=2011-01").text.replace(" ", ""), (key, wang.text)
    assert "李小宝" in wang.open("/figures/coordination.left_behind.helped/rows/?period=2011-01").text
    assert "这里还没有认定为留守儿童" in Walker("li2").open("/coordination/left-behind/").text


def test_where_the_quota_is_short_disabled_people_come_first(db, settings):
    """RELIEF-08: of two equal families the disabled one stands first in the proposed order, and is reported first."""
    from linli.domains.charity import actions as charity
    from linli.domains.charity import samples

    settings.BUSINESS_DAY = samples.DAY.isoformat()
    office = samples.make_office()
    campaign = samples.make_campaign(office)
    charity.set_quota(by=office.clerk, on=samples.DAY, campaign=campaign, place="370404001000", count=1)
    first, second = (samples.make_family(office, names=(name,)) for name in ("赵一", "钱二"))
    recognise_status(
        by=office.worker, on=samples.DAY, person_id=second.pk, kind="disabled", grade="41", since=FIRST_DAY, source="区残联"
    )
    for head in (first, second):
        samples.make_application(office, campaign, head)
    zhao = Walker("zhao").open(f"/charity/campaigns/{campaign.pk}/").follow("上报次序建议")
    text = zhao.text
    assert text.index("钱二") < text.index("赵一") and "同等条件下残疾人优先" in text
    assert text.count("名额内") == 1 and text.count("名额不足") == 1
    assert "赵一" not in zhao.open(f"/charity/campaigns/{campaign.pk}/order/?name=钱").text
    assert Walker("li").client.get(f"/charity/campaigns/{campaign.pk}/order/").status_code == 403


def test_the_special_fund_of_medical_assistance_by_year(office, staff, settings):
    """RELIEF-04: money of the budget and of the lottery is received; funding per head against the province's standard, spending
    and balance by year, down to the vouchers; a year without a standard says so."""
    from linli.domains.medical.rules import GROUP, GROUP_ZH
    from linli.kernel.ledgers.actions import open_purpose, spend

    make_family(office), make_family(office, ("何老汉",))
    open_purpose(by=staff["maker"], on=FIRST_DAY, key=GROUP, name=GROUP_ZH)
    for day, code, kind, yuan in (("2010-06-01", "YL-1", "fiscal", "24"), ("2011-01-05", "YL-2", "lottery", "20")):
        settings.BUSINESS_DAY = day
        maker = Walker("caijing").open("/ledgers/funds/new/")
        words = {"code": code, "name": f"医疗救助资金{code}", "kind": kind, "level": "district", "basis": "专项资金管理办法"}
        maker.send("设立", purposes=[GROUP], **words)
        maker.follow("登记收款").send("登记收款", amount=yuan, reference=f"LS-{code}", memo="医疗救助资金到账")
    settings.BUSINESS_DAY = NOW.isoformat()
    fund = _fund(staff["maker"], "YL-1")
    spend(by=staff["maker"], on=NOW, fund=fund, amount=1_000, purpose=GROUP, reference="yl:1", memo="救助支出")
    qin = Walker("qin").open("/medical/funding/")
    shown = ("人均筹资5.00元，低于省定标准", "福彩公益金20.00", "区级财政24.00", "6.00", "达到省定标准", "34.00", "未核对")
    for words in shown:
        assert words in qin.text, (words, qin.text)
    shen = Walker("shen").open("/medical/funding/").follow("24.00")
    assert "医疗救助资金到账" in shen.text and "合计 24 元" in shen.text, shen.text
    assert Walker("li").client.get("/medical/funding/").status_code == 403
    settings.BUSINESS_DAY = "2012-03-01"
    assert "没有录入省定标准" in Walker("qin").open("/medical/funding/").text


def _fund(by, code):
    from linli.kernel.ledgers.queries import find_fund

    with scoped(by):
        return find_fund(code)
