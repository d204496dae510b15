"""The hotline through its doors: console, desks, rulings, calls back, rates; each role at its own seat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import override_settings
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.hotline.models import Draft
from linli.domains.hotline.queries import callers, draft_of
from linli.domains.hotline.samples import make_articles
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff, one_hash
from linli.kernel.orders.models import Order
from linli.kernel.orders.queries import desks
from linli.kernel.orders.samples import AT, COMMUNITY, DAY, HOUR, TOWN, called, make_centre, make_order, moment, settle
from linli.kernel.orders.tests.conftest import undone
from linli.kernel.registry.samples import make_areas, make_household, make_person

PHONE = "13805471234"


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker) -> Iterator[object]:
    with django_db_blocker.unblock(), override_settings(BUSINESS_DAY=DAY.isoformat()), undone(), one_hash():
        founders = make_founders()
        make_areas(founders[0])
        centre = make_centre(founders)
        make_staff("lu", "陆领导", Role.LEADER, DISTRICT, founders=founders)
        make_articles(centre.operator, DAY)
        yield centre


@pytest.fixture
def centre(office) -> Iterator[object]:
    with undone():
        yield office


def newest() -> Order:
    with scoped(WHOLE):
        return Order.objects.select_related("desk").latest("id")


def test_the_console_knows_the_caller_and_finds_the_matter_and_says_who_takes_it(centre):
    """HOTLINE-06: a citizen rings; number, household, past orders, category, answer and desk stand on one page."""
    home = make_household(centre.worker, DAY, names=("戚来电", "方氏"))
    person = home.head
    make_order(centre.operator, person=person.pk, caller="戚来电", phone=PHONE)
    page = Walker("ming").open("/hotline/")
    page.send("查事项", find="戚来电", wanted="ljqy")
    assert "戚来电" in page.text and "20101201-00001" in page.text and "垃圾清运" in page.text and home.address in page.text
    page.send("查来电人", find="戚来电", person=str(person.pk), pick="401010")
    assert "区环卫所" in page.text and "职责清单列有这类事项" in page.text
    page.send("派单", text="垃圾又堆起来了", category="401010", place=COMMUNITY, person=str(person.pk))
    assert "已派给区环卫所" in page.text
    order = newest()
    assert (order.person_id, order.stage, order.caller) == (person.pk, "sent", "戚来电")


def test_who_may_have_rung_stands_before_the_children_of_that_name(centre):
    """HOTLINE-01: of many people of one name the console shows those first who use a telephone."""
    for number, birth in enumerate(("2004-01-01", "2005-01-01", "2006-01-01", "2007-01-01", "2008-01-01", "1950-01-01")):
        make_person(centre.worker, name=f"邬小{'甲乙丙丁戊己'[number]}", birth=date.fromisoformat(birth))
    with scoped(centre.operator):
        found, _ = callers("邬小", DAY)
    assert found[0].person.name == "邬小己" and len(found) == 5


def test_what_was_typed_is_found_again_after_a_crash_and_by_nobody_else(centre):
    typing = Walker("ming").client.post("/hotline/", {"act": "draft", "text": "话说到一半", "phone": PHONE})
    assert typing.status_code == 200
    alarm = Walker("ming").client.post("/hotline/", {"act": "draft", "text": "话说到一半，老人走失了", "phone": PHONE})
    assert "拨打110" in alarm.content.decode()
    assert "话说到一半" in Walker("ming").open("/hotline/").text
    with scoped(centre.operator):
        assert PHONE.encode() not in bytes(Draft.objects.get().content) and draft_of(centre.chief) == {}
    again = Walker("ming").open("/hotline/")
    again.send("派单", expect=422, text="话说到一半", phone=PHONE)
    assert "事项分类" in again.text
    assert "话说到一半" not in again.open("/hotline/").send("清空重填").text


def test_answered_at_once_urgent_and_words_of_danger(centre):
    page = Walker("ming").open("/hotline/")
    page.send("当场答复", text="低保怎么申请", category="201010", place=COMMUNITY, answer="带齐材料到社区申请。")
    assert "已当场答复办结" in page.text and newest().stage == "closed"
    page.send("紧急派单", text="水管爆了", category="102040", place=COMMUNITY)
    assert newest().lane == "urgent"
    page.send("查事项", text="他说不想活了")
    assert "不挂断、不说教" in page.text


def test_an_order_goes_its_way_through_the_doors(centre):
    """HOTLINE-11: somebody asks for help; the community settles it; the operator calls back; the leader reads rates."""
    page = Walker("ming").open("/hotline/")
    words = {"text": "老人一个人没有饭吃", "category": "301010", "place": COMMUNITY, "caller": "葛求助", "phone": PHONE}
    page.send("派单", **words)
    order = newest()
    assert order.desk.area == COMMUNITY
    desk = Walker("hu").open("/hotline/inbox/").follow(order.number)
    assert "葛求助" in desk.text and PHONE not in desk.text and "138****1234" in desk.text
    desk.send("签收")
    desk.send("显示电话")
    assert PHONE in desk.text.replace(" ", "") and desk.page.xpath(f"//a[@href='tel:{PHONE}']")
    desk.open(f"/hotline/orders/{order.pk}/").follow("联系来电人")
    assert PHONE not in desk.text
    desk.send("显示电话", note="已电话联系，约好下午上门。")
    assert PHONE in desk.text and desk.page.xpath(f"//a[@href='tel:{PHONE}']"), "where the call is written down"
    assert newest().contacted_at is None and not desk.faults
    desk.send("登记联系结果")
    assert "约好下午上门" in desk.text, "what was typed before the number was shown is not lost"
    desk.follow("填写办理结果").send("提交办理结果", result="送去米面油，已受理临时救助。")
    assert "待回访" in desk.text
    town = Walker("bai").open(f"/hotline/orders/{order.pk}/")
    assert "葛求助" not in town.text and "葛" in town.text, "the street sees its community's order, not whom it is about"
    back = Walker("ming").open("/hotline/calls/").follow(order.number).follow("登记回访")
    back.send("登记回访", outcome="reached", expect=422)
    back.send("登记回访", outcome="reached", solved="yes", grade="5")
    assert "非常满意" in back.text and newest().stage == "closed"
    with override_settings(BUSINESS_DAY="2011-01-04"):
        chief = Walker("fu").open("/hotline/rates/").follow("冻结考核批次").send("冻结", first="2010-12-01", last="2010-12-31")
        assert "100.0%" in chief.text and order.number in chief.text
        leader = Walker("lu").open("/hotline/rates/")
        assert "100.0%" in leader.text and "坛山街道" in leader.text
        leader.follow("2010-12-01")
        assert order.number not in leader.text, "a leader reads rates, no orders"


def test_a_department_gives_a_wrong_order_back_and_the_district_rules(centre):
    """HOTLINE-01: the order passes through department, district and street, and falls between no chairs."""
    order = make_order(centre.operator)
    desk = Walker("shui").open("/hotline/inbox/").follow(order.number).follow("申请退单")
    desk.send("申请退单", ground="not_ours", why="不是生活垃圾，请派给街道。")
    assert "退单待裁定" in desk.text
    chief = Walker("fu").open("/hotline/waiting/").follow(f"退单：{order.number}").follow("裁定退单")
    chief.send("裁定", granted="yes", opinion="同意，改派。")
    order = newest()
    assert order.stage == "sent" and order.bounces == 1 and order.area in {COMMUNITY, TOWN}
    assert Walker("shui").client.get(f"/hotline/orders/{order.pk}/").status_code == 403


def test_what_happened_to_an_order_can_be_read_alone(centre):
    """HOTLINE-01: the ground of a return, how it was ruled and who has it now; beside the call back, what was asked and done."""
    order = make_order(centre.operator)
    Walker("shui").open(f"/hotline/orders/{order.pk}/give-back/").send("申请退单", ground="not_ours", why="请派给街道。")
    chief = Walker("fu").open(f"/hotline/orders/{order.pk}/")
    assert "退单申请待裁定：不属于本单位职责。请派给街道。" in chief.text
    chief.follow("裁定退单")
    assert "不属于本单位职责。请派给街道。" in chief.text
    chief.send("裁定", granted="no", opinion="就是你们的事。")
    assert "不同意，派给区环卫所；就是你们的事。" in chief.text and "不属于本单位职责；请派给街道。" in chief.text
    desk = Walker("shui").open(f"/hotline/orders/{order.pk}/").send("签收").follow("申请挂起")
    assert "挂起理由写得太短，请写清楚，至少5个字。" in desk.send("申请挂起", 422, ground="expert", why="要检测").text
    desk.send("申请挂起", ground="expert", why="要等检测结果。")
    chief.open(f"/hotline/orders/{order.pk}/rule/").send("裁定", granted="no", opinion="不用检测。")
    assert re.search("裁定挂起.{0,40}不同意；不用检测。", chief.text)
    desk.open(f"/hotline/orders/{order.pk}/contact/").send("登记联系结果", note="已说明。")
    desk.follow("填写办理结果").send("提交办理结果", result="已经清运干净。")
    call = Walker("ming").open(f"/hotline/orders/{order.pk}/call/")
    assert "已经清运干净。" in call.text and order.text[:6] in call.text


def test_a_leader_begins_with_what_is_late_in_the_district(centre):
    """HALL-17: an empty list is no page to begin the day with."""
    assert "没有逾期的工作" in Walker("lu").open("/").text
    make_order(centre.operator, moment(DAY.replace(month=11, day=15)))
    page = Walker("lu").open("/")
    assert "辖区内逾期的工作" in page.text and "工单·待签收" in page.text
    assert "数据总览" in page.follow("看数据总览").page.findtext(".//h1")
    assert "近期没有办过的事项" in page.open("/?which=done").text


def test_calls_are_counted_by_kind_and_hour_beside_last_year(centre):
    """HOTLINE-06: how many rang at which hour and for what, each beside the same days of the year before."""
    for hour, code in ((8, "401010"), (8, "303010"), (21, "401010")):
        make_order(centre.operator, moment(DAY, hour), category=code)
    make_order(centre.operator, moment(DAY.replace(year=DAY.year - 1), 3), category="401010", send=False)
    page = Walker("fu").open(f"/figures/hotline.phoned/?period={DAY:%Y-%m}")
    for words in ("8时至9时20", "21时至22时10", "3时至4时01", "城市管理21", "求助帮扶10"):
        assert words in page.text, (words, page.text[-900:])
    assert page.text.index("3时至4时") < page.text.index("8时至9时") < page.text.index("21时至22时")


def test_two_persons_leave_an_order_out(centre):
    """HOTLINE-01: the operator may propose it, and it waits on the desk of another person, not on a page seen once a month."""
    page = Walker("fu")
    order = make_order(centre.operator, category="303010")
    called(centre.operator, settle(centre.worker, order, AT + HOUR), AT + 5 * HOUR)
    with override_settings(BUSINESS_DAY="2011-01-04"):
        page.open("/hotline/rates/freeze/").send("冻结", first="2010-12-01", last="2010-12-31")
        asking = Walker("ming").open("/hotline/rates/").follow("2010-12-01 至")
        asking.follow("提出剔除").send("提出", ground="unreasonable", why="要求拆除合法建筑。")
        assert "待审定" in asking.open("/hotline/rates/").follow("2010-12-01 至").text
        assert all("提出剔除" not in link.text_content() for link in asking.page.iter("a"))
        other = Walker("pan").open("/").follow(f"审定剔除：{order.number}").send("审定", agreed="yes")
        assert "已剔除" in other.text


def test_a_helping_desk_answers_without_seeing_the_order(centre):
    order = make_order(centre.operator, category="303010")
    page = Walker("hu").open(f"/hotline/orders/{order.pk}/").send("签收")
    with scoped(centre.chief):
        clean = desks(on=DAY, words="区环卫所").get().pk
    page.follow("请求协办").send("请求协办", desk_id=str(clean), what="请清走楼道里的旧家具。")
    helper = Walker("shui").open("/hotline/inbox/").follow(order.number)
    assert "旧家具" in helper.text and "孙来电" not in helper.text
    helper.send("答复", answer="已清走。")
    assert "已清走" in Walker("hu").open(f"/hotline/orders/{order.pk}/").text


def test_a_desk_whose_wish_for_more_time_was_denied_reads_it_on_the_order_until_it_is_settled(centre):
    order = make_order(centre.operator, category="303010")
    page = Walker("hu").open(f"/hotline/orders/{order.pk}/").send("签收")
    page.follow("申请延期")
    assert "延长多少个工作日" in page.text and "最多延长5个工作日" in page.text, "said before, not after"
    page.send("申请延期", days="2", why="要请物业公司一起来谈。")
    chief = Walker("fu").open(f"/hotline/orders/{order.pk}/").follow("裁定延期")
    assert "办结时限" in chief.text
    chief.send("裁定", granted="no", opinion="先联系双方，再申请。")
    said = "延期申请没有同意：先联系双方，再申请。"
    assert said in page.open(f"/hotline/orders/{order.pk}/").text
    page.follow("联系来电人").send("登记联系结果", note="已上门。")
    page.follow("填写办理结果").send("提交办理结果", result="已经调解，双方和好。")
    notes = page.open(f"/hotline/orders/{order.pk}/").page.xpath("//main//div[contains(@class, 'note-warning')]")
    assert not [one for one in notes if said in one.text_content()]


def test_an_order_that_is_late_says_so_to_everybody(centre):
    order = make_order(centre.operator, moment(DAY - timedelta(days=30)))
    listed = Walker("fu").open("/hotline/orders/?late=yes")
    assert order.number in listed.text and "超期" in listed.text
    page = listed.follow(order.number).follow("督办").send("发出督办", why="请三日内办结。")
    assert "请三日内办结" in page.text


def test_desks_and_articles_are_kept_on_their_pages(centre):
    chief = Walker("fu").open("/hotline/desks/new/")
    chief.send("设立", name="邻里家政", kind="firm", area=COMMUNITY, codes=["1010"], opens="08:30", closes="17:30")
    assert "邻里家政" in chief.text
    chief.send("保存", duty="保洁、月嫂", codes=["1010"]).follow("邻里家政").send("停办", expect=200)
    assert "今天才设立" in chief.text
    page = Walker("ming").open("/hotline/articles/").follow("低保怎么申请").follow("更新").send("保存", text="现在可以网上申请。")
    assert "第2版" in page.text and "网上申请" in page.text
    assert "低保怎么申请" in Walker("hu").open("/hotline/articles/?words=dbzmsq").text
