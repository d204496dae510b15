"""One matter is one order: the console says that it is open already, its taker can follow it, and no helper is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.hotline.tests.test_pages import PHONE, newest
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Refused
from linli.kernel.orders import actions
from linli.kernel.orders.models import Desk, Help, Order
from linli.kernel.orders.queries import events_of, helpers_owing
from linli.kernel.orders.rules import Channel
from linli.kernel.orders.samples import AT, COMMUNITY, DAY, HOUR, UNIT, make_order, read
from linli.kernel.registry.samples import make_household

SECOND = timedelta(seconds=1)
SAME = "同类事项还没有办结"


def rung(page, person, pick="401010"):
    return page.send("查来电人", find="戚来电", person=str(person.pk), pick=pick)


def helper(centre):
    with scoped(WHOLE):
        return Desk.objects.get(area=UNIT).pk


@pytest.fixture
def caller(centre):
    return make_household(centre.worker, DAY, names=("戚来电", "方氏")).head


def test_a_second_call_about_the_same_matter_is_added_to_the_order_that_is_open(centre, caller):
    """HOTLINE-06: the line stands on top before a new one is sent; one press by keyboard puts the words where they belong."""
    order = make_order(centre.operator, person=caller.pk, caller="戚来电", phone=PHONE)
    page = rung(Walker("ming").open("/hotline/"), caller)
    assert SAME in page.text and page.text.index(SAME) < page.text.index("诉求内容") and "Alt+B" in page.text
    page.send("补充到该工单", text="又堆到楼门口了。")
    assert "已补充到原工单" in page.text and SAME not in page.text
    with scoped(WHOLE):
        assert Order.objects.count() == 1 and events_of(centre.operator, order)[-1].text == "又堆到楼门口了。"
    empty = rung(Walker("ming").open("/hotline/"), caller).send("补充到该工单", text="")
    assert "请填写补充的内容" in empty.text and SAME in empty.text, "nothing is lost when it is refused"


def test_who_calls_again_about_an_order_that_was_merged_is_known_as_well(centre, caller):
    order = make_order(centre.operator, person=caller.pk, caller="戚来电", phone=PHONE)
    main = make_order(centre.operator, caller="钱邻居", phone="13805470002")
    actions.merge(by=centre.operator, at=AT, order=order, main=main)
    page = rung(Walker("ming").open("/hotline/"), caller)
    assert SAME in page.text and order.number in page.text
    page.send("补充到该工单", text="又堆到楼门口了。")
    with scoped(WHOLE):
        assert Order.objects.count() == 2 and "又堆到楼门口了" in events_of(centre.operator, main)[-1].text


def test_the_line_warns_and_never_blocks_and_another_matter_or_a_closed_order_is_none(centre, caller):
    order = make_order(centre.operator, person=caller.pk, caller="戚来电", phone=PHONE)
    page = rung(Walker("ming").open("/hotline/"), caller)
    page.send("派单", text="另一处垃圾没有清运", category="401010", place=COMMUNITY, person=str(caller.pk))
    assert "已派给" in page.text and newest().pk != order.pk
    assert SAME not in rung(Walker("ming").open("/hotline/"), caller, pick="303010").text
    unknown = Walker("ming").open("/hotline/").send("查来电人", find="戚来电", person="", pick="401010")
    assert SAME not in unknown.text, "nobody is chosen yet"
    with scoped(WHOLE):
        Order.objects.update(stage="closed", closed_at=AT)
    assert SAME not in rung(Walker("ming").open("/hotline/"), caller).text


def test_who_took_an_order_on_the_round_reads_the_own_words_and_how_far_it_is_and_no_more(centre):
    """HOTLINE-06: the order lies with the department; the worker of the round answers the neighbour who asks about it."""
    order = make_order(centre.worker, channel=Channel.ROUND, text="垃圾堆在楼门口。", category="401010")
    assert order.area != centre.worker.area
    order = actions.sign(by=centre.clerk, at=AT + HOUR, order=order)
    actions.contact(by=centre.clerk, at=AT + HOUR, order=order, note="已约明天上午，内部联系人老周。")
    own = Walker("hu").open("/hotline/taken/").follow(order.number)
    assert "垃圾堆在楼门口" in own.text and "办理中" in own.text and order.desk.name in own.text
    assert "老周" not in own.text and "签收" not in own.text
    mate = Walker("ming").open("/hotline/taken/")
    assert order.number not in mate.text, "what others took is not in the own list"
    theirs = make_order(centre.operator, AT + HOUR, phone="13805470009", category="401010")
    assert Walker("hu").client.get(f"/hotline/orders/{theirs.pk}/").status_code == 403


def test_what_somebody_took_is_searched_filtered_paged_and_exported_like_any_list(centre):
    """The round's worker finds one of many; nothing stops at a number of rows, and what others took is never among them."""
    words = {"channel": Channel.ROUND, "category": "401010"}
    made = [make_order(centre.worker, AT + n * SECOND, caller=f"邻居{n}", **words) for n in range(101)]
    make_order(centre.operator, AT + HOUR, category="303010", phone="13805470009")
    at = {"at": AT + HOUR, "by": centre.worker}
    rows, many = actions.own_taken(**at, begin=100, end=120)
    assert many == 101 and [one.number for one in rows] == [made[0].number]
    with scoped(WHOLE):
        Order.objects.filter(pk=made[7].pk).update(stage="closed", closed_at=AT + HOUR)
        desk = Order.objects.select_related("desk").get(pk=made[7].pk).desk.name
    walker = Walker("hu")
    page = walker.open("/hotline/taken/?size=100&page=2")
    assert made[0].number in page.text and made[1].number not in page.text
    assert made[0].number in walker.open("/hotline/taken/?page=6").text
    for asked in ("words=邻居7", "stage=closed", f"words={made[7].number}"):
        page = walker.open(f"/hotline/taken/?{asked}")
        assert made[7].number in page.text and made[8].number not in page.text, asked
    assert made[8].number in walker.open(f"/hotline/taken/?words=邻居8&desk={desk[:3]}").text
    for asked in ("desk=没有这个单位", "first=2010-12-31", "late=yes", "category=30"):
        assert "共 0 件" in walker.open(f"/hotline/taken/?{asked}").text, asked
    sheet = walker.client.post("/hotline/taken/?stage=closed&export=1", {"purpose": "核对本人受理"})
    assert sheet["Content-Type"].endswith("sheet")
    with scoped(WHOLE):
        line = AuditLine.objects.filter(verb="orders.export").latest("id")
    assert line.facts["rows"] == 1 and line.purpose == "核对本人受理"


def test_older_orders_are_found_by_their_day(centre):
    old = make_order(centre.worker, AT, channel=Channel.ROUND, category="401010")
    later = AT + timedelta(days=366)
    assert actions.own_taken(by=centre.worker, at=later) == ([], 0)
    assert [one.pk for one in actions.own_taken(by=centre.worker, at=later, first=AT.date())[0]] == [old.pk]


def test_an_order_is_not_finished_while_a_helper_owes_its_answer(centre):
    """The desk waits, or takes its request back in the same press; the helper then has no task left."""
    order = actions.sign(by=centre.worker, at=AT, order=make_order(centre.operator, category="303010"))
    actions.ask_help(by=centre.worker, at=AT, order=order, desk_id=helper(centre), what="请清走楼道里的旧家具。")
    order = actions.contact(by=centre.worker, at=AT + HOUR, order=read(order.pk), note="已上门。")
    with pytest.raises(Refused, match="区环卫所还没有答复协办"):
        actions.handle(by=centre.worker, at=AT + HOUR, order=order, result="已经调解，双方和好。")
    page = Walker("hu").open(f"/hotline/orders/{order.pk}/").follow("填写办理结果")
    page.send("提交办理结果", expect=422, result="已经调解，双方和好。")
    assert "区环卫所还没有答复协办" in page.text
    page.send("提交办理结果", result="已经调解，双方和好。", withdraw="on")
    order = read(order.pk)
    assert order.stage == "handled"
    with scoped(centre.clerk):
        assert Help.objects.get().answered_at is not None
    with scoped(centre.worker):
        assert not helpers_owing(order)
        assert "撤回了协办请求" in [row.text for row in events_of(centre.worker, order)][-2]


def test_without_an_open_request_nothing_is_asked_about_helpers(centre):
    order = actions.sign(by=centre.worker, at=AT, order=make_order(centre.operator, category="303010"))
    actions.contact(by=centre.worker, at=AT + timedelta(hours=1), order=order, note="已上门。")
    assert "撤回协办" not in Walker("hu").open(f"/hotline/orders/{order.pk}/").follow("填写办理结果").text


def test_an_order_is_merged_into_one_that_was_not_proposed_by_its_number(centre):
    """HOTLINE-06: two neighbours call about one lamp; nothing of them is alike but what the operator hears."""
    lamp, same = make_order(centre.operator, category="402010", phone="13805470001", address="路口"), make_order(
        centre.operator, AT + HOUR, category="402010", phone="13805470002", address="和平路东头"
    )
    page = Walker("ming").open(f"/hotline/orders/{same.pk}/").follow("并单")
    page.send("并单", expect=422)
    assert "请选择一件，或者填写工单号" in page.text
    page.send("并单", expect=422, number="20101201-99999")
    assert "没有这个工单号" in page.text
    page.send("并单", expect=422, number=same.number)
    assert "不能并入自己" in page.text
    page.send("并单", number=lamp.number, why="同一盏路灯")
    assert read(same.pk).main_id == lamp.pk
