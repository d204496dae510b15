"""A press reaches a person, whatever is wrong with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.walker import Walker

from linli.domains.callers import actions, queries
from linli.domains.callers.actions import Kin
from linli.domains.callers.models import Contact, Device, Press
from linli.domains.callers.queries import part_of
from linli.domains.callers.rules import Outcome
from linli.domains.callers.samples import AT, KIN, machine, make_device, make_press, make_watch, read
from linli.domains.callers.tasks import listen
from linli.gateways.alarms import Beat, FakeCallers
from linli.gateways.alarms import Press as Pressed
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.orders.models import Desk, Order
from linli.kernel.orders.samples import make_order
from linli.kernel.registry.samples import make_person
from linli.kernel.ui.queries.tasks import task_lines

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def watch(db):
    return make_watch()


def happened(press) -> list[str]:
    with scoped(machine()):
        return [event.what for event in queries.events_of(press)]


def test_an_urgent_press_waits_for_a_person_and_has_its_order(watch):
    device = make_device(watch.worker)
    press = make_press()
    assert (press.state, press.function, press.area) == ("waiting", "emergency", watch.worker.area)
    assert (press.order.lane, press.order.channel, press.order.caller) == ("emergency", "key", "孙奶奶")
    assert press.order.person_id == device.person_id
    assert happened(press) == ["arrived", "ordered"]
    with scoped(watch.operator):
        assert [one.press.pk for one in queries.alarms(AT)] == [press.pk]


def test_a_key_for_the_household_is_an_order_and_nobody_is_alarmed(watch):
    make_device(watch.worker)
    press = make_press(key=4)
    assert (press.state, press.order.category) == ("passed", "103010")
    with scoped(watch.operator):
        assert not queries.alarms(AT)


def test_an_unknown_device_still_alarms_and_its_order_is_made_by_hand(watch):
    press = make_press("stranger", None, "")
    assert (press.state, press.function, press.order, press.area) == ("waiting", "unknown", None, watch.operator.area)
    sent = actions.send_for(by=watch.operator, at=AT, press=press, place=watch.worker.area, text="和平路12号，老人摔倒")
    assert read(sent.pk).order.place == watch.worker.area
    with pytest.raises(Stale):
        actions.send_for(by=watch.operator, at=AT, press=press, place=watch.worker.area, text="再派")


@pytest.mark.parametrize("press_id", ["p-1", ""])
def test_the_same_press_comes_twice_and_is_one(watch, press_id):
    make_device(watch.worker)
    first = make_press(press_id=press_id)
    again = make_press(press_id=press_id, at=AT + timedelta(seconds=3))
    assert again.pk == first.pk
    with scoped(watch.operator):
        assert (Press.objects.count(), Order.objects.count()) == (1, 1)


def test_a_call_for_help_stands_above_whatever_is_overdue(watch):
    """HOTLINE-02: nobody scrolls past old deadlines to find who is lying on the floor."""
    make_device(watch.worker)
    old = make_order(watch.operator, AT - timedelta(days=30), desk_id=None, send=False)
    press = make_press()
    for _ in range(3):
        actions.escalate(by=machine(), at=AT + 6 * MINUTE)
    with scoped(watch.chief):
        tasks = task_lines(watch.chief, AT.date())
    assert tasks[0].href.endswith(f"/presses/{press.pk}/") and any(old.number in one.title for one in tasks[1:])
    with scoped(watch.worker):
        mine = task_lines(watch.worker, AT.date())
    assert mine[0].rush == 3 and "（特急）" in mine[1].title
    for hours, said in ((0, "已等不到1分钟"), (9, "已等9小时"), (50, "已等2天")):
        with scoped(watch.worker):
            first = task_lines(watch.worker, AT.date(), at=press.received_at + timedelta(hours=hours))[0]
        assert str(first.days_left) == said, "nobody who waits for hours is told of as due today"


def test_whoever_goes_there_reads_on_the_order_who_answered_and_how_it_ended(watch):
    """HOTLINE-02: the operator has spoken with them; the community does not go blind."""
    make_device(watch.worker)
    press = make_press()
    with scoped(watch.worker):
        assert ("接警", "还没有人接警") in [(fact.label, fact.value) for fact in part_of(watch.worker, press.order)[1]]
    taken = actions.answer(by=watch.operator, at=AT + MINUTE, press=press)
    actions.close(by=watch.operator, at=AT + 2 * MINUTE, press=taken, outcome=Outcome.HELPED, note="女儿已经到家。")
    with scoped(watch.worker):
        title, facts, acts = part_of(watch.worker, press.order)
        assert part_of(watch.worker, make_order(watch.operator)) is None
    assert title == "单键呼叫" and acts == [("查看这次呼叫", f"/callers/presses/{press.pk}/")]
    assert ("结果", "已救助　女儿已经到家。") in [(fact.label, fact.value) for fact in facts]


def test_ten_thousand_presses_are_one_call_for_help(watch):
    make_device(watch.worker)
    first = make_press()
    for number in range(2, 60):
        assert make_press(press_id=f"p-{number}", at=AT + timedelta(seconds=number)).pk == first.pk
    assert read(first.pk).repeats == 58
    assert happened(first) == ["arrived", "ordered"]


def test_a_press_after_the_first_is_dealt_with_is_a_new_one(watch):
    make_device(watch.worker)
    first = actions.answer(by=watch.operator, at=AT, press=make_press())
    actions.close(by=watch.operator, at=AT, press=first, outcome=Outcome.NO_NEED, note="误触")
    assert make_press(press_id="p-2").pk != first.pk


def test_whoever_presses_again_for_a_meal_unsure_whether_it_was_heard_gets_one_meal(watch):
    make_device(watch.worker)
    lunch = make_press(key=4)
    for number in range(2, 5):
        assert make_press(key=4, press_id=f"p-{number}", at=AT + timedelta(seconds=number)).pk == lunch.pk
    assert read(lunch.pk).repeats == 3
    assert make_press(key=5, press_id="p-5", at=AT + timedelta(seconds=6)).pk != lunch.pk, "another key is another wish"
    supper = make_press(key=4, press_id="p-6", at=AT + timedelta(hours=6))
    assert supper.pk != lunch.pk and supper.order_id != lunch.order_id


def test_a_press_of_an_unknown_device_is_listed_under_its_number_and_nobody_s_name(watch):
    make_press("stranger", None, "")
    make_device(watch.worker)
    make_press()
    listed = Walker("ming").open("/callers/presses/").text
    assert "stranger" in listed and "未****" not in listed


def test_a_press_is_kept_when_its_order_cannot_be_made(watch):
    make_device(watch.worker)
    with scoped(watch.chief):
        Desk.objects.all().update(until=AT.date())
    press = make_press(key=4)
    assert (press.state, press.order) == ("waiting", None)
    assert happened(press) == ["arrived", "not_ordered"]


def test_two_answer_and_one_has_it(watch):
    make_device(watch.worker)
    press = make_press()
    taken = actions.answer(by=watch.worker, at=AT, press=press)
    assert taken.taken_by_id == watch.worker.staff_id
    with pytest.raises(Stale, match="已有人应答"):
        actions.answer(by=watch.operator, at=AT, press=press)
    with pytest.raises(Refused, match="接警人"):
        actions.close(by=watch.operator, at=AT, press=taken, outcome=Outcome.HELPED, note="x")
    with pytest.raises(Refused, match="处理情况"):
        actions.close(by=watch.worker, at=AT, press=taken, outcome=Outcome.HELPED, note=" ")
    closed = actions.close(by=watch.worker, at=AT + MINUTE, press=taken, outcome=Outcome.HELPED, note="已上门")
    with pytest.raises(Stale):
        actions.close(by=watch.worker, at=AT + MINUTE, press=closed, outcome=Outcome.HELPED, note="又")


def test_a_press_that_comes_late_does_not_make_its_device_silent(watch):
    """Messages come out of order: the sign of life of this morning stands, though a press of yesterday is heard after it."""
    device = make_device(watch.worker)
    later = AT + timedelta(hours=20)
    actions.hear_beat(by=machine("callers.beat"), at=later, beat=Beat(device.name, battery=90))
    make_press(at=AT + MINUTE)
    with scoped(watch.worker):
        assert Device.objects.get(pk=device.pk).heard_at == later


def test_what_the_desk_of_its_order_did_is_entered_once(watch):
    """The community answered and went there: its order is signed, contacted and settled with the same words."""
    make_device(watch.worker)
    press = actions.answer(by=watch.worker, at=AT, press=make_press())
    actions.close(by=watch.worker, at=AT + MINUTE, press=press, outcome=Outcome.HELPED, note="已上门，人平安")
    order = read(press.pk).order
    assert (order.stage, order.result, order.handled_at) == ("handled", "已救助 已上门，人平安", AT + MINUTE)


@pytest.mark.parametrize("hand, outcome", [("operator", Outcome.NO_NEED), ("worker", Outcome.UNREACHED)])
def test_the_order_stays_with_its_desk_when_another_answered_or_nobody_was_found(watch, hand, outcome):
    make_device(watch.worker)
    press = actions.answer(by=getattr(watch, hand), at=AT, press=make_press())
    actions.close(by=getattr(watch, hand), at=AT + MINUTE, press=press, outcome=outcome, note="无人接听，请上门看看")
    assert read(press.pk).order.stage == "sent"


def test_a_press_climbs_until_somebody_answers(watch):
    make_device(watch.worker)
    press = make_press()
    climbed = [actions.escalate(by=machine(), at=AT + timedelta(seconds=wait)) for wait in (30, 61, 90, 200, 400, 900)]
    assert climbed == [0, 1, 0, 1, 1, 0]
    assert read(press.pk).rung == 3
    with scoped(watch.worker):
        (task,) = queries.desk_tasks(watch.worker, AT.date(), "waiting")
    assert "孙奶奶" in task.title
    actions.answer(by=watch.worker, at=AT, press=press)
    with scoped(watch.worker):
        assert not queries.desk_tasks(watch.worker, AT.date(), "waiting")


def test_an_answered_press_climbs_no_more(watch):
    make_device(watch.worker)
    actions.answer(by=watch.operator, at=AT, press=make_press())
    assert actions.escalate(by=machine(), at=AT + 10 * MINUTE) == 0


def test_a_silent_device_becomes_one_order_and_a_sign_of_life_ends_it(watch):
    make_device(watch.worker)
    day = timedelta(hours=25)
    assert actions.look_after_silent(by=machine(), at=AT + day) == 1
    assert actions.look_after_silent(by=machine(), at=AT + 2 * day) == 0
    with scoped(watch.operator):
        assert Order.objects.get().category == "102050"
    assert actions.hear_beat(by=machine(), at=AT + 2 * day, beat=Beat("d-1", battery=60))
    with scoped(watch.operator):
        device = Device.objects.get()
    assert (device.silent_since, device.battery) == (None, 60)
    assert not actions.hear_beat(by=machine(), at=AT + 2 * day + MINUTE, beat=Beat("d-1"))
    assert not actions.hear_beat(by=machine(), at=AT, beat=Beat("stranger"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "设备编号"), ({"keys": {"1": "chat"}}, "紧急求救"), ({"kin": ()}, "联系人"),
        ({"kin": (Kin("孙", "子", "12"),)}, "电话"), ({"kin": (Kin("", "", "13806321111"),)}, "一起填写"),
    ],
)  # fmt: skip
def test_a_device_that_could_not_help_is_refused(watch, wrong, said):
    with pytest.raises(Refused, match=said):
        make_device(watch.worker, wrong.pop("name", "d-9"), **wrong)
    with scoped(watch.worker):
        assert not Device.objects.exists() and not Contact.objects.exists()


def test_a_name_is_used_once_until_the_device_is_taken_away(watch):
    device = make_device(watch.worker)
    other = make_person(watch.worker, name="周大爷", area=watch.worker.area)
    with pytest.raises(Refused, match="正在使用"):
        make_device(watch.worker, person=other)
    actions.end_device(by=watch.worker, on=AT.date(), device=device, why="换人使用")
    assert make_device(watch.worker, person=other).holder == "周大爷"
    with pytest.raises(Stale):
        actions.set_up(by=watch.worker, at=AT, device=device, address="x", keys={"1": "medical"}, needs="", kin=KIN)


def test_another_set_up_replaces_the_people_to_be_called(watch):
    device = make_device(watch.worker)
    kin = (Kin("李侄子", "侄子", "13906322222"),)
    actions.set_up(by=watch.worker, at=AT, device=device, address="新址", keys={"1": "medical"}, needs="", kin=kin)
    with scoped(watch.worker):
        assert [(row.name, queries.phone_of(row)) for row in queries.contacts_of(device.pk)] == [("李侄子", "13906322222")]
        assert queries.needs_of(queries.device_of(device.pk)) == ""


def test_what_arrives_is_stored_before_the_device_is_told(watch):
    make_device(watch.worker)
    callers = FakeCallers()
    for signal in (Pressed("d-1", 1, "p-7"), Beat("d-1"), Pressed("d-1", 1, "p-7")):
        callers.put(signal)
    confirm = callers.confirm

    def told(device: str, press_id: str) -> None:
        with scoped(watch.operator):
            assert Press.objects.filter(device_name=device, press_id=press_id).exists()
        confirm(device, press_id)
        if len(callers.confirmed) == 2:
            callers.stop()

    callers.confirm = told
    listen(callers)
    assert callers.confirmed == [("d-1", "p-7"), ("d-1", "p-7")]
    with scoped(watch.operator):
        assert Press.objects.count() == 1


def test_the_order_of_an_unknown_device_is_made_on_its_page(watch):
    """HOTLINE-02: what an operator hears at the door of an unknown device becomes an order in the browser, too."""
    press = make_press("stranger", None, "")
    page = Walker("ming").open(f"/callers/presses/{press.pk}/").follow("补建工单")
    page.send("建单派单", place=watch.worker.area, text="和平路12号，老人摔倒")
    assert "已建单" in page.text and read(press.pk).order.place == watch.worker.area
