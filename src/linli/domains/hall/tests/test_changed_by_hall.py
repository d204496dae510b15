"""What the hall does with somebody's appointment: it moves it in one step, gives it up, closes a window; and they are told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.journeys.walker import Walker

from linli.base.areas import Level
from linli.base.days import SHANGHAI
from linli.domains.hall import actions, queries
from linli.domains.hall.actions import texting
from linli.domains.hall.books import HOUR_BOOK
from linli.domains.hall.queries import PublicHall
from linli.domains.hall.rules import AppointmentState, appointment_key
from linli.domains.hall.samples import DAY, TOWN, make_row
from linli.domains.hall.tests.test_booking import chosen, looked, one_of, resident, told, town
from linli.gateways.messages import FakeSms
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused

__all__ = ["resident", "town"]
TUESDAY, FRIDAY, NINE = date(2010, 12, 21), date(2010, 12, 24), 540


@pytest.fixture
def sms(monkeypatch):
    """What the provider of short messages was given."""
    provider = FakeSms()
    monkeypatch.setattr(texting, "gateway", lambda: provider)
    return provider


def send(number, on=DAY):
    at = datetime(2010, 12, 20, 9, tzinfo=SHANGHAI)
    machine = machine_actor("hall.close", "370404000000")
    return actions.send_text(by=machine, on=on, at=at, appointment_id=appointment_key(number))


def texts(sms):
    return [one.values["text"] for one in sms.sent]


def page_of(number):
    return f"/hall/appointments/{appointment_key(number)}/"


def test_the_desk_moves_somebody_in_one_step_and_they_are_told(town, resident, sms):
    """HALL-03: no cancelling and booking anew; the number stays, the own moves are not used up, who agreed hears of it."""
    number, code = told(chosen(resident, texts="on"))
    assert send(number)
    desk = Walker("ma").open(page_of(number)).send("改到这个时间", slot=f"{FRIDAY} {NINE}")
    assert "已经改好，预约号不变。系统会发短信告诉居民。" in desk.text and "2010-12-24 09:00" in desk.text
    one = one_of(number)
    assert (one.day, one.moved) == (FRIDAY, 0)
    assert send(number) and not send(number)
    assert texts(sms)[1].startswith("大厅为您改了时间：12月24日09:00") and number in texts(sms)[1]
    assert "12月24日" in looked(resident, number, code)
    assert send(number, date(2010, 12, 23)) and texts(sms)[2].startswith("提醒您：12月24日")


def test_a_move_that_cannot_be_had_leaves_the_appointment_as_it_was(town, resident):
    """HALL-03: a full slot, a day too far and the present time are refused in words, and nothing is lost."""
    number, _ = told(chosen(resident))
    one = one_of(number)
    for day, start, words in (
        (TUESDAY, NINE, "这就是现在约的时间"), (date(2011, 3, 1), NINE, "30天以内"), (DAY, NINE, "30天以内"),
        (FRIDAY, 3, "不开放预约"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            actions.put_off(by=town.town_clerk, on=DAY, appointment=one, day=day, start=start)
    assert (one_of(number).day, one_of(number).start) == (TUESDAY, NINE)
    desk = Walker("ma").open(page_of(number))
    assert "请选择改到什么时候" in desk.send("改到这个时间", 422, slot="").text
    with scoped(town.town_clerk):
        actions.end_appointment(by=town.town_clerk, on=DAY, appointment=one)
    assert "这个预约的状态已经变了" in desk.open(page_of(number)).text or "改到这个时间" not in desk.text


def test_who_is_cancelled_by_the_desk_is_told_and_who_cancels_is_not(town, resident, sms):
    """HALL-03: the office does not let anybody come in vain; whoever gave it up themselves knows."""
    number, _ = told(chosen(resident, texts="on"))
    own, code = told(chosen(resident, day=FRIDAY, item="JZ05", texts="on"))
    assert send(number) and send(own)
    desk = Walker("ma").open(page_of(number)).send("取消或未到")
    assert "已取消。系统会发短信告诉居民。" in desk.text and "待告知取消" in desk.text
    looked(resident, own, code, act="cancel/")
    assert send(number) and not send(number) and not send(own)
    assert texts(sms)[-1] == f"您12月21日09:00的预约{number}已经取消。还要来办的，请重新预约，或者拨打大厅电话。"
    assert "已告知取消" in desk.open(page_of(number)).text


def test_nobody_is_reminded_to_come_to_a_window_that_was_closed(town, resident, sms):
    """HALL-03: a closed day is told at once, once, and never followed by a reminder."""
    number, _ = told(chosen(resident, day=FRIDAY, texts="on"))
    silent, _ = told(chosen(resident, day=FRIDAY, item="JZ05"))
    assert send(number)
    make_row(town.reviewer, HOUR_BOOK, window="aid", days="closed")
    assert one_of(number).told == "待告知停办" and one_of(silent).told == ""
    assert send(number) and not send(number) and not send(silent)
    assert texts(sms)[-1].startswith(f"您预约{number}的12月24日09:00，窗口临时不办理")
    assert not send(number, date(2010, 12, 23)) and len(sms.sent) == 2
    assert "系统已经发短信说明" in Walker("ma").open("/hall/appointments/").text
    with scoped(town.town_clerk):
        assert one_of(number).state == AppointmentState.BOOKED and len(queries.stranded(TOWN, DAY)) == 2


def test_a_hall_is_not_called_a_community_twice():
    """HALL-03: the register says 社区一站式服务大厅 of 和顺社区; residents read 和顺社区一站式服务大厅."""
    words = {"code": "370404001001", "level": Level.COMMUNITY, "above": "", "phone": ""}
    names = [PublicHall(area=area, name=name, **words).zh for area, name in (
        ("和顺社区", "社区一站式服务大厅"), ("峨上河村", "村行政服务中心"), ("和顺社区", "和顺社区大厅"),
        ("坛山街道", "服务中心"),
    )]  # fmt: skip
    assert names == ["和顺社区一站式服务大厅", "峨上河村行政服务中心", "和顺社区大厅", "坛山街道服务中心"]


def test_a_hall_is_told_with_its_street_because_communities_are_called_alike():
    words = {"level": Level.COMMUNITY, "phone": "", "code": "370404001001"}
    of = [PublicHall(area=area, above=above, name=name, **words).where for area, above, name in (
        ("和顺社区", "坛山街道", "社区一站式服务大厅"), ("坛山街道", "", "服务中心"),
        ("和顺社区", "吴林街道", "吴林街道和顺社区大厅"),
    )]  # fmt: skip
    assert of == ["坛山街道和顺社区一站式服务大厅", "坛山街道服务中心", "吴林街道和顺社区大厅"]
