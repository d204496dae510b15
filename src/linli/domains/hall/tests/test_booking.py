"""A resident books a slot without an account, moves it and gives it up; nobody books a hall full, no place is given twice."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.test import Client
from lxml import html
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI, official_calendar
from linli.domains.hall import actions, queries
from linli.domains.hall.actions import texting
from linli.domains.hall.books import HALL_BOOK, HOUR_BOOK
from linli.domains.hall.models import Appointment
from linli.domains.hall.rules import Hours, OpenDays, Opening, appointment_key, hours_on, slots
from linli.domains.hall.rules.network import TOWN_WATCH, WINDOW_NAMES
from linli.domains.hall.samples import DAY, TOWN, make_halls, make_row
from linli.gateways.messages import FakeSms, NotSent
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused
from linli.kernel.duties.actions import set_roster
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import month_period

TOMORROW, NINE = DAY + timedelta(days=1), 540
WHO = {"name": "田晓光", "phone": "139 0632 0071", "agreed": "on"}
AID = {"item": "JZ06", "hall": TOWN}


@pytest.fixture
def town(fresh_database, django_db_blocker, settings):
    """The halls of three levels; the town's is in use and in the register."""
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        halls = make_halls()
        make_row(halls.reviewer, HALL_BOOK, kind="street", name="坛山街道服务中心", phone="0632-7710201")
        yield halls


@pytest.fixture
def resident():
    return Client(HTTP_HOST="127.0.0.1")


def text_of(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.content).text_content())


def chosen(client, day=TOMORROW, start=NINE, status=200, **words):
    answer = client.post("/guide/appointments/new/", AID | WHO | {"day": day.isoformat(), "start": str(start)} | words)
    assert answer.status_code == status, text_of(answer)
    return answer


def told(answer):
    """The number and the code that stand on the page."""
    big = [one.text_content() for one in html.fromstring(answer.content).find_class("big")]
    return big[0], big[1].replace(" ", "")


def looked(client, number, secret, status=200, act="", **words):
    answer = client.post(f"/guide/appointments/{act}", {"number": number, "secret": secret} | words)
    assert answer.status_code == status, text_of(answer)
    return text_of(answer)


def one_of(number):
    with scoped(WHOLE):
        return Appointment.objects.get(pk=appointment_key(number))


def test_a_resident_books_moves_and_gives_up_an_appointment_without_an_account(town, resident):
    """HALL-01, HALL-03, HALL-10: from the guide to a number and code; looked up, moved, given up; nobody's name is shown."""
    item = text_of(resident.get("/guide/JZ06/"))
    assert "预约来办" in item
    first = text_of(resident.get("/guide/appointments/new/"))
    assert "办哪件事" in first and "临时救助" in first
    second = text_of(resident.get("/guide/appointments/new/", {"item": "JZ06"}))
    assert "坛山街道服务中心" in second
    third = text_of(resident.get("/guide/appointments/new/", AID))
    assert "12月21日 星期二 还有 36 个" in third and "12月25日" not in third, "Saturday is none"
    slots_ = text_of(resident.get("/guide/appointments/new/", AID | {"day": "2010-12-21"}))
    assert "09:00 还有 3 个" in slots_ and "12:00" not in slots_ and "13:30" in slots_
    last = resident.get("/guide/appointments/new/", AID | {"day": "2010-12-21", "start": "540"})
    assert "您的姓名" in text_of(last) and "12月21日 星期二 09:00" in text_of(last)
    number, code = told(chosen(resident))
    assert re.fullmatch(r"Y\d{7}", number) and len(code) == 8
    assert told(chosen(resident)) == (number, code), "a second click changes nothing"
    shown = looked(resident, number, "13906320071")
    assert "已预约" in shown and "12月21日 星期二 09:00" in shown and "田晓光" not in shown
    moved = looked(resident, number.lower(), code, act="move/", slot="2010-12-22 570")
    assert "已经改好了" in moved and "12月22日 星期三 09:30" in moved
    assert queries.slots_of(TOWN, "aid", TOMORROW)[0].free == 3
    assert "已经取消" in looked(resident, number, code, act="cancel/")
    again = looked(resident, number, code, 422, act="cancel/")
    assert "不用再取消" in again
    one = one_of(number)
    assert (one.web, one.made_by_id, one.moved, one.state) == (True, None, 1, "cancelled")


def test_what_cannot_be_booked_is_said_and_nothing_typed_is_lost(town, resident):
    bad = chosen(resident, phone="12", status=422)
    assert "电话应为 11 位手机号码" in text_of(bad) and "田晓光" in bad.content.decode()
    assert "09:00" in text_of(bad), "the chosen slot is still there"
    assert "同意" in text_of(chosen(resident, agreed="", status=422))
    assert "只能预约明天起" in text_of(chosen(resident, DAY, status=422))
    assert "只能预约明天起" in text_of(chosen(resident, date(2011, 1, 10), status=422))
    assert "不办理" in text_of(chosen(resident, date(2010, 12, 25), status=422))
    assert "不开放预约，当天还可以预约" in text_of(chosen(resident, start=541, status=422))
    for words, said in (
        ({"item": "XX99"}, "没有这件事"), (AID | {"hall": "370404001001"}, "这个大厅不办这件事"),
        (AID | {"day": "2010-12-26"}, "这一天不办理"), (AID | {"day": "x"}, "选哪一天来"),
        (AID | {"day": "2010-12-21", "start": "1"}, "已经约满"),
    ):
        assert said in text_of(resident.get("/guide/appointments/new/", words)), words
    assert chosen(resident, day=TOMORROW, start="99999999", status=422)
    with scoped(WHOLE):
        assert not Appointment.objects.exists()


def test_one_telephone_has_one_open_appointment_for_an_item_and_only_so_many(town, resident):
    number, code = told(chosen(resident))
    assert "已经预约了这件事" in text_of(chosen(resident, start=570, status=422))
    for item in ("FL01", "FL02"):
        chosen(resident, item=item, start=600)
    assert "最多同时预约3件事" in text_of(chosen(resident, item="BZ01", start=630, status=422))
    for slot in ("570", "600", "630"):
        looked(resident, number, code, act="move/", slot=f"2010-12-23 {slot}")
    assert "最多改3次时间" in looked(resident, number, code, 422, act="move/", slot="2010-12-24 540")
    assert one_of(number).day == date(2010, 12, 23)


def test_who_did_not_come_is_marked_in_the_evening_and_after_three_times_has_to_call(town, resident):
    machine = machine_actor("hall.close", "370404000000")
    for day in (DAY, date(2010, 12, 21), date(2010, 12, 22)):
        actions.book_from_web(
            on=day, address="", hall=queries.hall_on(TOWN, day), item=queries.item_on("JZ06", day), day=day + timedelta(days=1),
            start=NINE, name="田晓光", phone="13906320071", texts=False,
        )  # fmt: skip
        assert actions.mark_missed(by=machine, on=day + timedelta(days=1), evening=False) == 0
        assert actions.mark_missed(by=machine, on=day + timedelta(days=1), evening=True) == 1
        assert actions.mark_missed(by=machine, on=day + timedelta(days=1), evening=True) == 0
    words = {
        "hall": queries.hall_on(TOWN, DAY), "item": queries.item_on("JZ06", DAY), "day": date(2010, 12, 24), "start": NINE,
        "name": "田晓光", "phone": "13906320071", "texts": False,
    }  # fmt: skip
    with pytest.raises(Refused, match=r"有3次预约没有来.*打电话预约：0632-7710201"):
        actions.book_from_web(on=date(2010, 12, 23), address="", **words)
    clerk = actions.book(
        by=town.town_clerk, on=date(2010, 12, 23), window="aid", day=date(2010, 12, 24), start=NINE, name="田晓光", what="救助",
        phone="13906320071",
    )  # fmt: skip
    with scoped(town.town_clerk):
        assert queries.missed_by(clerk, date(2010, 12, 23)) == 3
        missed = Appointment.objects.filter(state="missed").first()
    with scoped(town.approver):
        counts = [value(figure(f"hall.{key}"), month_period(2010, 12), TOWN, {}) for key in ("booked", "booked_web", "missed")]
    assert counts == [4, 3, 3], "three of the page who did not come, and one of the telephone"
    at = Walker("ma").open(f"/hall/appointments/{missed.pk}/").send("有正当原因")
    assert "已取消" in at.text
    assert actions.book_from_web(on=date(2010, 12, 23), address="", **words)
    later = date(2012, 1, 5)
    assert actions.forget(by=machine, on=later) == 5
    with scoped(WHOLE):
        assert not Appointment.objects.exclude(phone_sealed=None).exists()
        assert set(Appointment.objects.values_list("name", flat=True)) == {queries.FORGOTTEN}
    assert actions.forget(by=machine, on=later) == 0


def test_the_clerk_sees_who_comes_today_and_one_press_gives_a_number_before_others(town, resident, settings):
    """HALL-03: the resident's booking on the clerk's page; one press, one ticket that is called first."""
    number, code = told(chosen(resident))
    settings.BUSINESS_DAY = TOMORROW.isoformat()
    actions.draw_ticket(by=town.town_clerk, on=TOMORROW, window="aid")
    at = Walker("ma").open("/").follow("今天还有1人预约来办")
    assert "今天还没到的 1 人" in at.text and f"09:00 {number} 田晓光 社会救助" in at.text
    at.send("到了，取号")
    assert "A002" in at.text and "优先" in at.text and "前面还有 0 人" in at.text
    at.open("/hall/appointments/")
    assert "今天没有等着来的人" in at.text
    assert "已到场" in looked(resident, number, code)
    own = at.open(f"/hall/appointments/{appointment_key(number)}/").text
    assert "13906320071" in own and "网上预约" in own and number in own


def test_nothing_tells_a_wrong_number_from_a_wrong_telephone_and_trying_ends(town, resident):
    number, _ = told(chosen(resident))
    wrong = {looked(resident, other, secret, 422) for other, secret in (
        (number, "13906320072"), ("Y0099999", "13906320071"), (number, "00000000"), ("x", "y"), ("Y" + "9" * 15, "1"),
    )}  # fmt: skip
    assert len(wrong) == 1 and "不相符" in wrong.pop()
    others = [Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.0.{turn}") for turn in range(25)]
    said = [text_of(one.post("/guide/appointments/", {"number": number, "secret": "13900000000"})) for one in others]
    assert "太频繁" in said[-1]
    ways = (number.lower(), number[1:], number[1:].lstrip("0"), f"{number[:3]}-{number[3:]}", f" {number[0]}　{number[1:]}")
    for turn, way in enumerate(ways):
        one = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.3.{turn}")
        assert "太频繁" in text_of(one.post("/guide/appointments/", {"number": way, "secret": "13900000000"})), way
    tries = [chosen(Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.0.1.1"), start=570, status=422) for _ in range(7)]
    assert "太频繁" in text_of(tries[-1]), "one telephone is not tried for ever"
    for table in ("hall_appointment", "records_entry", "duties_shift"):
        with pytest.raises(DatabaseError), transaction.atomic(using="public"), connections["public"].cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
    for call in ("hall_free_place('370404001000', 'aid', '2010-12-21', 540, 3)",):
        with pytest.raises(DatabaseError), transaction.atomic(using="public"), connections["public"].cursor() as cursor:
            cursor.execute(f"select {call}")


def test_the_last_place_of_a_slot_goes_to_one_of_many_who_ask_at_once(town, at_once):
    hall, item = queries.hall_on(TOWN, DAY), queries.item_on("JZ06", DAY)

    def web(turn):
        words = {"on": DAY, "address": "", "hall": hall, "item": item, "day": TOMORROW, "start": NINE, "texts": False}
        return lambda: actions.book_from_web(name="田晓光", phone=f"1390632{turn:04d}", **words)

    def clerk(turn):
        words = {"window": "aid", "day": TOMORROW, "start": NINE, "what": "咨询"}
        return lambda: actions.book(by=town.town_clerk, on=DAY, name=f"陈大妈{turn}", **words)

    answers = at_once(*(web(turn) for turn in range(4)), *(clerk(turn) for turn in range(3)))
    refused = [one for one in answers if isinstance(one, Refused)]
    assert len(refused) == 4 and not [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]
    with scoped(WHOLE):
        rows = list(Appointment.objects.values_list("place", flat=True))
        assert sorted(rows) == [1, 2, 3]
        last = Appointment.objects.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            words = {"window": "aid", "day": TOMORROW, "start": NINE, "area": TOWN, "web": True, "made_on": DAY}
            Appointment.objects.create(place=last.place, name="多出来的", what="救助", **words)


def test_the_hours_of_a_window_its_roster_and_holidays_make_its_slots(town, resident):
    """HALL-01, HALL-06: what the hall enters of its windows and its roster is what residents can book."""
    entered = {"hall": TOWN, "window": "aid", "days": "even", "opens": "08:30", "closes": "10:30", "places": 3}
    make_row(town.reviewer, HOUR_BOOK, **entered)
    with pytest.raises(Refused, match="关门时间应晚于开门时间"):
        make_row(town.reviewer, HOUR_BOOK, **entered | {"window": "jobs", "closes": "08:00"})
    days = queries.public_days(TOWN, "aid", DAY)
    assert [day.weekday() for day in days] == [1, 3, 1, 3, 1]
    assert [one.zh for one in days[TOMORROW]] == ["08:30", "09:00", "09:30", "10:00"]
    set_roster(by=town.reviewer, on=DAY, duty=TOWN_WATCH, area=TOWN, day=TOMORROW, staff=[town.town_clerk.staff_id])
    assert {one.places for one in queries.public_days(TOWN, "aid", DAY)[TOMORROW]} == {2}, "one on duty sees two in a slot"
    assert {one.places for one in queries.public_days(TOWN, "welfare", DAY)[TOMORROW]} == {2}
    make_row(town.reviewer, HOUR_BOOK, **entered | {"window": "all", "days": "closed"})
    assert queries.public_days(TOWN, "welfare", DAY) == {} and TOMORROW in queries.public_days(TOWN, "aid", DAY)
    with pytest.raises(Refused, match="这个窗口不办理"):
        actions.book(by=town.town_clerk, on=DAY, window="welfare", day=TOMORROW, start=NINE, name="陈大妈", what="咨询")


def test_who_is_booked_when_a_window_closes_is_on_the_desk_with_the_telephone(town, resident):
    """HALL-03: a window that closes does not leave people before a shut door."""
    number, _ = told(chosen(resident))
    desk = Walker("ma")
    assert "改期" not in desk.open("/").text
    make_row(town.reviewer, HOUR_BOOK, window="aid", days="closed")
    desk.open("/").follow("1个预约赶上窗口停办或改时间，请打电话改期")
    assert f"09:00 {number} 田晓光 社会救助 电话 13906320071" in desk.text
    assert "近期没有可以预约的日子" in text_of(resident.get("/guide/appointments/new/", AID))
    with scoped(town.town_clerk):
        actions.end_appointment(by=town.town_clerk, on=DAY, appointment=one_of(number))
    assert "改期" not in desk.open("/").text


class Provider(FakeSms):
    """A provider that does not answer for a while."""

    away = False

    def send(self, message):
        if self.away:
            raise NotSent("短信平台没有答复。", again=True)
        return super().send(message)


def test_messages_go_to_who_agreed_and_stop_when_they_say_so(town, resident, monkeypatch):
    """HALL-03: told once for each time, reminded the day before, with consent alone, and never for what they come."""
    provider = Provider()
    monkeypatch.setattr(texting, "gateway", lambda: provider)
    machine, at = machine_actor("hall.close", "370404000000"), datetime(2010, 12, 20, 9, tzinfo=SHANGHAI)
    assert "固定电话收不到短信" in text_of(chosen(resident, phone="0632-7710201", texts="on", status=422))
    silent, _ = told(chosen(resident, item="FL01"))
    number, code = told(chosen(resident, day=date(2010, 12, 23), texts="on"))

    def send(on, at=at, which=number):
        return actions.send_text(by=machine, on=on, at=at, appointment_id=appointment_key(which))

    assert not send(DAY, which=silent), "who did not agree gets none"
    provider.away = True
    assert not send(DAY) and one_of(number).text_tries == 1
    provider.away = False
    assert not send(DAY), "not before its next try"
    assert send(DAY, at + timedelta(minutes=1)) and not send(DAY, at + timedelta(minutes=2))
    looked(resident, number, code, act="move/", slot="2010-12-24 540")
    assert send(date(2010, 12, 21)) and not send(date(2010, 12, 22))
    assert send(date(2010, 12, 23)) and not send(date(2010, 12, 23))
    texts = [one.values["text"] for one in provider.sent]
    assert [text[:4] for text in texts] == ["预约成功", "您的预约", "提醒您："] and all(number in text for text in texts)
    assert "12月24日09:00" in texts[2] and not any("救助" in text for text in texts)
    looked(resident, number, code, act="move/", slot="2010-12-27 540")
    assert "不再发短信了" in looked(resident, number, code, act="quiet/")
    assert not send(date(2010, 12, 24)) and len(provider.sent) == 3
    assert "没有" not in looked(resident, number, code) and one_of(number).texts_until == DAY


USUAL = Hours(540, 990, (720, 810), 30, 3)


@pytest.mark.parametrize(
    ("day", "days", "open_"),
    [
        (date(2010, 12, 20), OpenDays.WORKING, True), (date(2010, 12, 25), OpenDays.WORKING, False),
        (date(2010, 12, 25), OpenDays.WITH_SATURDAY, True), (date(2010, 12, 26), OpenDays.WITH_SATURDAY, False),
        (date(2010, 12, 21), OpenDays.ODD, False), (date(2010, 12, 21), OpenDays.EVEN, True),
        (date(2010, 10, 1), OpenDays.WORKING, False), (date(2010, 10, 2), OpenDays.WITH_SATURDAY, False),
        (date(2010, 10, 9), OpenDays.WORKING, True), (date(2010, 12, 20), OpenDays.CLOSED, False),
    ],
)  # fmt: skip
def test_a_window_is_open_on_its_days_and_not_on_holidays(day, days, open_):
    assert days.opens(day, official_calendar()) is open_


def test_slots_fit_between_the_doors_and_around_noon_and_a_day_without_a_calendar_has_none():
    found = slots(USUAL, DAY, official_calendar(), {540: 5, 570: 1})
    assert [one.zh for one in found][:6] == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert [one.zh for one in found][6] == "13:30" and found[-1].zh == "16:00" and len(found) == 12
    assert (found[0].free, found[1].free, found[2].free) == (0, 2, 3)
    assert slots(USUAL, date(2090, 1, 3), official_calendar(), {}) == ()
    assert {one.places for one in slots(USUAL, DAY, official_calendar(), {}, on_duty=1, each=2)} == {2}


def test_the_own_line_of_a_window_goes_before_that_of_the_hall_and_the_usual_hours():
    whole = Opening("all", date(2010, 1, 1), date(2010, 12, 1), OpenDays.ODD, 480, 600, 1)
    own = Opening("aid", date(2010, 6, 1), None, OpenDays.EVEN, 480, 600, 2)
    assert hours_on([whole, own], "aid", date(2010, 7, 1), USUAL).places == 2
    assert hours_on([whole, own], "aid", date(2010, 5, 31), USUAL).places == 1
    assert hours_on([whole, own], "jobs", date(2010, 12, 1), USUAL) is USUAL


def test_the_windows_of_the_registers_are_those_of_the_catalogue():
    assert dict(WINDOW_NAMES) == {one.key: one.zh for one in queries.catalogue().windows.values()}
