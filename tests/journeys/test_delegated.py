"""The district lends its power to a street: two persons agree, the street confirms with four eyes, the lot looks again."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.rules import Source
from linli.domains.assistance.samples import TOWN, VILLAGE_TOWN, give_consents, make_family, make_office, step, visit
from linli.domains.assistance.samples.delegated import DOCUMENT, answer_check
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.registry.queries import clear_number
from linli.law import Item
from tests.journeys.test_dibao_month import Cashdesk, account
from tests.journeys.walker import Walker

DAY = date(2026, 7, 20)
GIVEN = {"town": TOWN, "programmes": ["dibao", "edge", "rigid", "tekun"], "since": "2026-07-20", "document": DOCUMENT}


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    made = make_office()
    make_staff("fu", "傅科长", Role.DISTRICT_APPROVER, DISTRICT)
    make_staff("shi", "石主任", Role.TOWN_REVIEWER, TOWN)
    make_staff("qin", "秦局长", Role.LEADER, DISTRICT)
    return made


def test_both_of_the_district_are_told_before_that_a_town_has_nobody_for_the_second_signature(office):
    wang, fu = Walker("wang"), Walker("fu")
    page = wang.open("/assistance/delegations/new/").send("提交审定", **(GIVEN | {"town": VILLAGE_TOWN}))
    for one in (wang, fu.open(page.address)):
        assert "增设岗位" in one.text and "须由两人分别办理" in one.text
    for name in ("fan", "fang"):
        make_staff(name, f"{name}审核", Role.TOWN_REVIEWER, VILLAGE_TOWN)
    assert "增设岗位" not in fu.open(page.address).text
    assert "增设岗位" not in Walker("zhao").open(page.address).text


def test_a_street_confirms_for_the_district_from_the_document_to_the_money_and_the_lot(office, settings):
    """DIBAO-03: delegated by two persons of the district, surveyed and posted by one of the street, confirmed by another; the
    letter says for whom and by what; it is paid, counted by who decided, and gone through again by the district."""
    wang, fu = Walker("wang"), Walker("fu")
    delegate(wang, fu)
    sample_all(wang, fu)
    head, page = apply(office)
    li = Walker("li").open(f"{page}receipt/")
    assert "20个工作日内作出决定" in li.text and "由坛山街道办事处受峄城区民政局委托审核确认" in li.text

    number = int(page.rstrip("/").split("/")[-1])
    with scoped(office.worker):
        one = queries.application(number)
    words = {"source": Source.DECLARED, "amount": 1_200_000, "first": date(2025, 7, 1), "last": date(2026, 6, 1)}
    actions.add_line(by=office.worker, on=DAY, application=one, person=one.person_id, kind=Item.BUSINESS, **words)
    give_consents(office, one, DAY)
    step(office.worker, one, DAY)
    visit(office.reviewer, one, DAY)
    answer_check(office, one, DAY)
    zhao, shi = Walker("zhao"), Walker("shi")
    zhao.open("/").follow("李国强·社会救助")
    assert "由没有参加调查审核的另一人确认" in zhao.text and "峄民发〔2026〕3号" in zhao.text
    zhao.send("通过", to="notice", opinion="经入户调查和核对，符合条件，提请公示。")
    zhao.open("/assistance/postings/").send("拟公示稿")
    assert "拟由坛山街道办事处受峄城区民政局委托" in zhao.text
    zhao.send("发布公示", looked="on")
    settings.BUSINESS_DAY = "2026-07-28"
    zhao.open("/assistance/postings/").send("办理期满的家庭", opinion="公示期满无异议。")
    assert "已办理1件" in zhao.text
    assert "李国强·社会救助" not in zhao.open("/").text, "who reviewed it does not confirm it"
    assert "李国强·社会救助" not in wang.open("/").text, "and the district has nothing to do with it"
    shi.open("/").follow("李国强·社会救助").send("通过", opinion="同意确认。")
    shi.follow("打印决定书")
    for said in (
        "本决定由坛山街道办事处受峄城区民政局委托作出", "行政诉讼的被告是峄城区民政局", DOCUMENT, "委托坛山街道办事处审核确认",
        "60日内申请行政复议",
    ):  # fmt: skip
        assert said in shi.text, said
    assert "坛山街道办事处受峄城区民政局委托" in Walker("li").open(f"{page}judgement/").text
    paid(office, head, settings)
    sampled(office, page, wang)


def delegate(wang: Walker, fu: Walker) -> None:
    """Entered with every fault, then rightly; agreed to by another."""
    wang.open("/assistance/delegations/").follow("登记委托或收回")
    for wrong, said in (
        ({"since": "2021-06-30"}, "2021年7月1日起才可以委托"), ({"town": "370405001000"}, "镇"),
        ({"programmes": []}, "勾选委托哪些救助"),
        ({"document": ""}, "文件名称和文号"), ({"since": "2026-07-19"}, "不能早于今天"),
    ):  # fmt: skip
        wang.send("提交审定", 422, **(GIVEN | wrong))
        assert said in wang.text, (wrong, wang.faults)
    wang.send("提交审定", **GIVEN)
    assert "等另一位区级审批员审定" in wang.text
    address = wang.address
    answer = wang.client.post(f"{address}agree/", {"_key": "twice"}, follow=True)
    assert "委托确认须由另一人审定" in answer.content.decode(), "not by who entered it"
    assert "待审定" in wang.open(address).text
    fu.open("/").follow(DOCUMENT).send("同意执行")
    assert "已审定" in fu.text and "傅科长" in fu.text
    wang.open("/assistance/delegations/new/").send("提交审定", 422, **GIVEN)
    assert "自2026-07-20起已有" in wang.text
    other = {"town": VILLAGE_TOWN, "ends": "ends", "programmes": []}
    wang.send("提交审定", 422, **(GIVEN | other))
    assert "不用收回" in wang.text
    li = Walker("li").open("/assistance/delegations/")
    assert DOCUMENT in li.text and "登记委托或收回" not in li.text


def sample_all(wang: Walker, fu: Walker) -> None:
    """The district sets the share of what it goes through again, as it sets a standard."""
    wang.open("/standards/new/?ids=procedure.sample_share")
    words = {"document": "委托确认抽查办法", "since": "2026-07-20", "procedure.sample_share": "100%", "sure": "on"}
    wang.send("提交审定", **words)
    fu.open(f"{wang.address}agree/").send("同意执行")


def apply(office) -> tuple[object, str]:
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    li = Walker("li").open("/assistance/applications/new/").send("查找家庭", number=number)
    li.send("受理申请", statement="丈夫患病，收入不够生活。")
    return head, li.address


def paid(office, head, settings) -> None:
    """The first month, to the bank and back."""
    desk = Cashdesk()
    account(office, head, 1)
    settings.BUSINESS_DAY = "2026-08-05"
    desk.bear("dibao", "2026-08")
    entitled = Walker("li").open("/entitlements/").follow("李国强").text
    assert "峄社救委〔2026〕000001" in entitled, "the money names the decision"
    desk.pay("dibao", "2026-08", 1, "960.00")  # (980 − 12,000 ÷ 12 ÷ 2) × 2


def sampled(office, page: str, wang: Walker) -> None:
    """Counted by who decided; the lot's list, its result, and the verification that follows."""
    text = wang.open("/figures/assistance.new/?period=2026").text
    assert "确认机关" in text and re.search(r"镇街（受委托）\s*1", text)
    wang.open("/").follow("李国强·委托确认抽查")
    wang.send("登记结果", 422, result="wrong", checkers="王科长", found="漏计存款。", checked_on="2026-08-04")
    assert "2名以上" in wang.text and "漏计存款。" in wang.content.decode(), "nothing typed is lost"
    wang.send("登记结果", result="wrong", checkers="王科长、傅科长", found="漏计存款。", checked_on="2026-08-04")
    assert "确认有误" in wang.text and "应即办理复核" in wang.text
    assert "确认有误" in wang.open("/assistance/samples/?state=wrong").text
    zhao = Walker("zhao").open("/").follow("李国强·抽查有误·待复核").follow("办理复核")
    zhao.send("开始复核", why="区级抽查：漏计存款")
    assert "复核前每月金额" in zhao.text
    assert "抽查有误" not in zhao.open("/").text
    assert "登记结果" not in zhao.open("/assistance/samples/").follow("峄社救委").text, "the street reads it only"


def test_who_may_what_with_delegations_and_samples(office):
    """DIBAO-03: the district's approvers give and agree; the town and the community read; nobody else comes in."""
    wang, fu = Walker("wang"), Walker("fu")
    wang.open("/assistance/delegations/new/").send("提交审定", **GIVEN)
    address = wang.address
    for name, reads in (("li", True), ("zhao", True), ("shi", True), ("fu", True), ("qin", False)):
        walker = Walker(name)
        assert walker.client.get(address).status_code == (200 if reads else 403), name
        enters = name == "fu"
        assert walker.client.get("/assistance/delegations/new/").status_code == (200 if enters else 403), name
        if not enters:
            assert walker.client.post(f"{address}agree/").status_code == 403, name
        assert walker.client.get("/assistance/samples/").status_code == (200 if reads else 403), name
    fu.open(f"{address}refuse/").send("不同意", 422, why=" ")
    fu.send("不同意", why="文号有误")
    assert "未同意" in wang.open(address).text and "文号有误" in wang.text
    wang.open("/assistance/delegations/new/").send("提交审定", **GIVEN)
    wang.send("撤回")
    assert "已撤回" in wang.text
