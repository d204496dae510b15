"""Numbers are drawn and called in order, by one clerk each; appointments never exceed their slot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.hall import actions, queries
from linli.domains.hall.models import Appointment, Ticket
from linli.domains.hall.samples import DAY, make_halls
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role, Stale
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff

TOMORROW = DAY + timedelta(days=1)
NINE = 540


def draw(by, window="aid", **words):
    return actions.draw_ticket(by=by, on=DAY, window=window, **words)


def test_a_clerk_calls_numbers_in_order_and_passes_one_to_another_window(halls):
    at = Walker("ma").open("/hall/queue/draw/").send("取号", window="aid")
    assert "A001" in at.text and "前面还有 0 人" in at.text
    at.open("/hall/queue/draw/").send("取号", window="aid")
    at.open("/hall/queue/draw/").send("取号", window="aid", first="on")
    assert "A003" in at.text and "前面还有 0 人" in at.text
    at.open("/hall/queue/").send("叫下一个", desk="3")
    assert "A003 3号柜台" in at.text and "等候 2 人" in at.text
    at.send("过号")
    assert "回来了，重呼" in at.text
    at.send("叫下一个", desk="３号")
    assert "A001 3号柜台" in at.text, "the screen says the desk in one way, however it was typed"
    at.follow("转窗口").send("转去", window="welfare")
    with scoped(halls.town_clerk):
        one = Ticket.objects.get(label="A001")
        assert (one.window, one.state, one.first) == ("welfare", "waiting", True)
    at.open("/hall/queue/").send("回来了，重呼")
    at.send("办完")
    with scoped(halls.town_clerk):
        assert Ticket.objects.get(label="A003").state == "done"
    at.send("叫下一个", desk="3", window="welfare")
    assert "A001" in at.text
    at.send("叫下一个", expect=422, desk="3", window="jobs")
    assert "没有人等候" in at.text


def test_each_window_and_each_hall_counts_its_own_numbers(halls):
    labels = [draw(by, window).label for by, window in (
        (halls.town_clerk, "aid"), (halls.town_clerk, "jobs"), (halls.clerk, "aid"), (halls.town_clerk, "aid"),
    )]  # fmt: skip
    assert labels == ["A001", "D001", "A001", "A002"]
    with pytest.raises(Refused, match="没有这个窗口"):
        draw(halls.worker, "permits")


def test_what_another_clerk_called_cannot_be_ended_or_called_again(halls):
    draw(halls.town_clerk)
    mate = make_staff("ma2", "牛窗口", Role.HALL_CLERK, halls.town_clerk.area, on=FIRST_DAY, founders=make_founders())
    one = actions.call_next(by=halls.town_clerk, on=DAY, desk="1")
    for act in (
        lambda: actions.end_ticket(by=mate, on=DAY, ticket=one), lambda: actions.recall(by=mate, on=DAY, ticket=one, desk="2"),
        lambda: actions.pass_on(by=mate, on=DAY, ticket=one, window="jobs"),
    ):
        with pytest.raises(Stale):
            act()
    with pytest.raises(Refused, match="请填写柜台号"):
        actions.call_next(by=mate, on=DAY, desk=" ")


def test_an_appointment_gets_a_number_before_others_and_a_full_slot_is_refused(halls):
    at = Walker("ma").open("/hall/appointments/new/").send("看空位", window="aid", day=TOMORROW.isoformat())
    at.send("预约", start=str(NINE), name="陈大妈", what="临时救助申请")
    assert "陈大妈的预约" in at.text and "09:00 还可约 2 人" in at.text
    for name in ("李大爷", "王大爷"):
        actions.book(by=halls.town_clerk, on=DAY, window="aid", day=TOMORROW, start=NINE, name=name, what="咨询")
    at.open("/hall/appointments/new/")
    at.send("预约", expect=422, window="aid", day=TOMORROW.isoformat(), start=str(NINE), name="赵大爷", what="咨询")
    assert "这个时段已约满" in at.text and "09:30" in at.text
    at.send("预约", expect=422, window="aid", day=TOMORROW.isoformat(), start="720", name="赵大爷", what="咨询")
    assert "这个时段不办理或不开放预约" in at.text and "已约满" not in at.text, "at noon nobody is there; it is not full"
    with scoped(halls.town_clerk):
        one = Appointment.objects.get(name="陈大妈")
        other = Appointment.objects.get(name="李大爷")
    with pytest.raises(Refused, match="今天来的请另外取号"):
        actions.arrive(by=halls.town_clerk, on=DAY, appointment=one)
    actions.draw_ticket(by=halls.town_clerk, on=TOMORROW, window="aid")
    ticket = actions.arrive(by=halls.town_clerk, on=TOMORROW, appointment=one)
    assert (ticket.label, ticket.first) == ("A002", True)
    assert actions.call_next(by=halls.town_clerk, on=TOMORROW, desk="1").pk == ticket.pk
    with pytest.raises(Stale):
        actions.end_appointment(by=halls.town_clerk, on=TOMORROW, appointment=one)
    assert actions.end_appointment(by=halls.town_clerk, on=DAY, appointment=other).state == "cancelled"
    with scoped(halls.town_clerk):
        assert queries.slots_of(halls.town_clerk.area, "aid", TOMORROW)[0].free == 1


def test_the_counter_is_offered_only_times_at_which_somebody_is_there(halls):
    at = Walker("ma").open("/hall/appointments/new/")
    offered = [one.text_content() for one in at.page.iter("option")]
    assert any(one.startswith("09:00，还可约") for one in offered) and not any("12:" in one or "18:" in one for one in offered)
    at.send("看空位", window="aid", day="2010-12-25")
    assert "不办理" in at.text and not any("还可约" in one.text_content() for one in at.page.iter("option")), "a Saturday"
    at.send("看空位", window="aid", day="明天")
    assert "不是" in at.text and "预约人" in at.text, "a day that is none is named, and the next open day shown"
    at.send("看空位", window="nowhere", day="")
    assert at.status == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"day": DAY}, "今天的请直接取号"), ({"day": date(2011, 6, 1)}, "30天以内"), ({"start": 700}, "不开放预约"),
        ({"name": ""}, "预约人"),
    ],
)  # fmt: skip
def test_an_appointment_that_cannot_be_is_refused(halls, words, said):
    usual = {"window": "aid", "day": TOMORROW, "start": NINE, "name": "陈大妈", "what": "咨询"}
    with pytest.raises(Refused, match=said):
        actions.book(by=halls.town_clerk, on=DAY, **(usual | words))


def test_one_resident_is_booked_once_and_another_of_the_same_name_is_told_apart(halls):
    usual = {"window": "aid", "day": TOMORROW, "start": NINE, "what": "咨询"}
    first = actions.book(by=halls.town_clerk, on=DAY, name="陈大妈", **usual)
    with pytest.raises(Refused, match="已有同名居民") as fault:
        actions.book(by=halls.town_clerk, on=DAY, name="陈大妈", **usual)
    assert fault.value.field == "name"
    actions.book(by=halls.town_clerk, on=DAY, name="陈大妈（和平路）", **usual)
    actions.end_appointment(by=halls.town_clerk, on=DAY, appointment=first)
    assert actions.book(by=halls.town_clerk, on=DAY, name="陈大妈", **usual).pk != first.pk


def test_clerks_who_call_at_once_never_call_one_number_and_a_slot_is_never_overbooked(
    fresh_database, django_db_blocker, settings, at_once
):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        halls = make_halls()
        founders = make_founders()
        clerks = [
            make_staff(f"c{number}", f"窗口{sign}", Role.HALL_CLERK, halls.town_clerk.area, on=FIRST_DAY, founders=founders)
            for number, sign in enumerate("甲乙丙丁")
        ]
        drawn = at_once(*(lambda by=by: draw(by).label for by in clerks))
        assert sorted(drawn) == ["A001", "A002", "A003", "A004"]
        called = at_once(*(lambda by=by: actions.call_next(by=by, on=DAY, desk="1").label for by in clerks))
        assert sorted(called) == sorted(drawn)
        words = {"window": "aid", "day": TOMORROW, "start": NINE, "what": "咨询"}
        booked = at_once(*(lambda by=by: actions.book(by=by, on=DAY, name=by.name, **words) for by in clerks))
        assert sum(isinstance(one, Refused) for one in booked) == 1
        with scoped(WHOLE):
            assert Appointment.objects.count() == 3
        _the_screen_shows_numbers_without_names(halls)


def _the_screen_shows_numbers_without_names(halls):
    client = Client(HTTP_HOST="127.0.0.1")
    page = client.get(f"/guide/screen/{halls.town_clerk.area}/")
    text = page.content.decode()
    assert page.status_code == 200 and "坛山街道服务大厅叫号" in text and "A001" in text and "等候 0 人" in text
    assert "窗口甲" not in text and 'http-equiv="refresh"' in text and "no-store" in page["Cache-Control"]
    assert client.get("/guide/screen/999999999999/").status_code == 404
    assert client.get("/guide/screen/x/").status_code == 404


def test_what_the_district_counts_itself_opens_to_its_rows_and_not_to_the_whole(halls):
    """HALL-02: the name of that part led to the figure of the whole district, with another number."""
    actions.draw_ticket(by=halls.clerk, on=DAY, window="aid")
    actions.draw_ticket(by=halls.town_clerk, on=DAY, window="aid")
    page = Walker("wang").open("/figures/hall.tickets/?period=2010-12").page
    lines = {row.find("th").text_content(): row for row in page.iter("tr") if row.find("td") is not None}
    own, town = lines["峄城区本级"], lines["坛山街道"]
    assert own.find("th").find("a") is None and town.find("th").find("a") is not None
    assert "cell=370404000000" in own.find("td").find("a").get("href")
