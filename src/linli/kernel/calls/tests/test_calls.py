"""One call whatever the exchange tells and in whatever order; missed callers are called back once."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import SHANGHAI
from linli.gateways.telephony import CallEvent, Ending, FakeExchange, Happened
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role, Stale
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.calls import actions, queries, tasks
from linli.kernel.calls.models import Call, Command, Extension
from linli.kernel.calls.rules import Known, State, Told, Wish, heard
from linli.kernel.calls.samples import machine, make_call, read, told
from linli.kernel.orders.samples import make_desks, make_order, moment
from linli.kernel.registry.samples import make_areas

AT = moment()
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
COURSE = [
    Told("ringing", AT, "13805471234", "96777"), Told("answered", AT + SECOND, "13805471234", "96777", "8001"),
    Told("transferred", AT + 2 * SECOND, extension="8002"), Told("transferred", AT + 3 * SECOND, extension="8003"),
    Told("ended", AT + 4 * SECOND, extension="8003", ending="normal", recording="rec/1"),
]  # fmt: skip


def whole(events) -> Known:
    known = Known()
    for event in events:
        known = heard(known, event)
    return known


def test_what_is_known_of_a_call_does_not_depend_on_the_order_of_its_events():
    ends = {whole(order) for order in permutations(COURSE)}
    assert len(ends) == 1
    one = ends.pop()
    assert (one.extension, one.state, one.missed, one.recording) == ("8003", State.ENDED, False, "rec/1")


@given(st.lists(st.sampled_from(COURSE), min_size=1, max_size=12))
def test_an_event_told_again_changes_nothing(events):
    once = whole(dict.fromkeys(events))
    assert whole(events) == once


@pytest.fixture
def centre(db):
    founders = make_founders()
    make_areas(founders[0])
    return [make_staff(name, zh, Role.HOTLINE_OPERATOR, DISTRICT, on=FIRST_DAY, founders=founders)
            for name, zh in (("ming", "明坐席"), ("qiu", "邱坐席"))]  # fmt: skip


def follow(call) -> tuple[str, int]:
    found = read(call.pk)
    return found.follow, found.repeats


def test_a_call_has_its_operator_its_recording_and_its_order(centre):
    ming, _ = centre
    chief = make_staff("fu", "傅值班", Role.DISTRICT_APPROVER, DISTRICT, on=FIRST_DAY)
    make_desks(chief)
    actions.sign_on(by=ming, at=AT, number="8001")
    call = make_call("c-1", AT, desk="8001")
    assert (call.state, call.operator_id, call.recording, call.follow) == ("ended", ming.staff_id, "rec/c-1", "none")
    order = make_order(ming)
    assert actions.tie(by=ming, call_id=call.pk, order_id=order.pk)
    assert not actions.tie(by=ming, call_id=call.pk, order_id=order.pk), "a call belongs to one order"
    with scoped(ming):
        assert [one.recording for one in queries.calls_of_order(order.pk)] == ["rec/c-1"]
        assert queries.number_of(queries.call_by_id(call.pk)) == "13805471234"
        assert b"13805471234" not in bytes(Call.objects.get().number_sealed)


def test_ten_thousand_rings_of_one_number_are_one_call_to_return(centre):
    first = make_call("c-0", AT)
    for number in range(1, 40):
        make_call(f"c-{number}", AT + number * MINUTE)
    assert follow(first) == ("due", 39)
    with scoped(centre[0]):
        assert [one.pk for one in queries.due_calls()] == [first.pk]
        assert Call.objects.filter(follow="joined").count() == 39
    actions.sign_on(by=centre[0], at=AT, number="8001")
    make_call("c-40", AT + timedelta(hours=1), desk="8001")
    settled = read(first.pk)
    assert (settled.follow, settled.followed_by_id) == ("done", centre[0].staff_id)


def test_an_answer_that_is_told_late_takes_the_call_off_the_list(centre):
    call = make_call("c-1", AT)
    assert follow(call) == ("due", 0)
    assert told("c-1", "answered", AT + SECOND, desk="8001").follow == "none"


def test_a_missed_caller_is_called_back_by_a_person_and_once(centre):
    ming, qiu = centre
    call = make_call("c-1", AT)
    with pytest.raises(Refused, match="回电情况"):
        actions.call_returned(by=ming, at=AT, call=call, note=" ")
    done = actions.call_returned(by=ming, at=AT, call=call, note="已回电，问清事由。")
    assert (done.follow, done.followed_by_id) == ("done", ming.staff_id)
    with pytest.raises(Stale):
        actions.call_returned(by=qiu, at=AT, call=call, note="再回一次")


def test_a_caller_without_a_number_is_a_call_and_nobody_to_be_called_back(centre):
    call = make_call("c-1", AT, "")
    assert (call.follow, queries.number_of(call), call.number_digest) == ("none", "", None)
    odd = make_call("c-2", AT, "99", desk="8001")
    assert queries.number_of(odd) == "99"


def test_one_person_sits_at_one_telephone_and_the_last_one_has_it(centre):
    ming, qiu = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    actions.sign_on(by=ming, at=AT, number="8002")
    actions.sign_on(by=qiu, at=AT, number="8002")
    with scoped(ming):
        assert [(one.number, one.staff_id) for one in Extension.objects.all()] == [("8002", qiu.staff_id)]
    with pytest.raises(Stale):
        actions.sign_off(by=ming)
    with pytest.raises(Refused, match="登录分机"):
        actions.ask(by=ming, at=AT, call=told("c-1", "ringing", AT), wish=Wish.ANSWER)
    for wrong in ("", "1", "12a", "1" * 11, "８００１"):
        with pytest.raises(Refused, match="分机号"):
            actions.sign_on(by=ming, at=AT, number=wrong)


def test_a_call_without_an_end_is_ended_and_a_missed_one_waits(centre):
    ringing = told("c-1", "ringing", AT)
    talking = told("c-2", "answered", AT, "13905470002", "8001")
    assert actions.end_lost(by=machine(), at=AT + 11 * MINUTE) == 1
    assert follow(ringing) == ("due", 0) and read(talking.pk).state == "talking"
    assert actions.end_lost(by=machine(), at=AT + 5 * 60 * MINUTE) == 1
    assert read(talking.pk).ending == "lost"


class Beside:
    """The process beside an exchange, in the test's own thread: it stops when it has looked so often."""

    def __init__(self, exchange, looks: int = 3) -> None:
        self.stopped, self.left = threading.Event(), looks
        tasks.serve(exchange, self.stopped, looked=self.look)

    def look(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.stopped.set()


@pytest.fixture
def exchange(centre, monkeypatch, settings):
    settings.BUSINESS_DAY = AT.date().isoformat()
    monkeypatch.setattr(tasks, "LOOKS_EVERY", 0.01)
    monkeypatch.setattr(tasks, "business_moment", lambda: AT)
    return FakeExchange(lambda: AT)


class Ringing:
    """Lets the exchange ring after somebody listens."""

    def __init__(self, exchange, numbers) -> None:
        self.exchange, self.numbers, self.keys = exchange, numbers, []

    def __getattr__(self, name):
        return getattr(self.exchange, name)

    def listen(self, hear) -> None:
        self.exchange.listen(hear)
        self.keys = [self.exchange.ring(number) for number in self.numbers]


def test_what_an_operator_asks_the_exchange_does(centre, exchange):
    ming, qiu = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    actions.sign_on(by=qiu, at=AT, number="8002")
    Beside(Ringing(exchange, ["13805471234"]))
    with scoped(ming):
        line = queries.line_of(ming, AT)
    assert [one.key for one in line.ringing] == ["call-1"] and line.own is None
    for _ in range(2):
        actions.ask(by=ming, at=AT, call=line.first, wish=Wish.ANSWER)
    actions.ask(by=qiu, at=AT, call=line.first, wish=Wish.ANSWER)
    Beside(exchange)
    with scoped(ming):
        assert Command.objects.filter(asked_by=ming.staff_id).count() == 1, "pressed twice it is one command"
        mine, other = queries.line_of(ming, AT), queries.line_of(qiu, AT)
    assert mine.own.key == "call-1" and mine.mark != line.mark and not mine.fault
    assert other.own is None and "已被接听" in other.fault
    with pytest.raises(Refused, match="本分机"):
        actions.ask(by=qiu, at=AT, call=mine.own, wish=Wish.HANG_UP)
    actions.ask(by=ming, at=AT, call=mine.own, wish=Wish.TRANSFER, to="8002")
    Beside(exchange)
    with scoped(qiu):
        own = queries.line_of(qiu, AT).own
    assert own.key == "call-1" and own.operator_id == ming.staff_id
    actions.ask(by=qiu, at=AT, call=own, wish=Wish.HANG_UP)
    Beside(exchange)
    assert read(own.pk).state == "ended"


def test_a_caller_whose_end_was_lost_stands_before_nobody(centre, exchange):
    ming, _ = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    gone, waits = told("gone", "ringing", AT - MINUTE), told("waits", "ringing", AT)
    with scoped(ming):
        assert queries.line_of(ming, AT).first == gone
    actions.ask(by=ming, at=AT - SECOND, call=gone, wish=Wish.ANSWER)
    Beside(exchange)  # no exchange knows of such a call
    with scoped(ming):
        line = queries.line_of(ming, AT + SECOND)
    assert line.first == waits and line.fault and line.ringing == (waits, gone), "it is still shown, behind those who wait"


def test_of_two_exchanges_the_one_that_has_the_call_carries_out_what_is_asked(centre, exchange):
    """The demo's calls come beside those of a real front; the other one refused every second answer."""
    ming, _ = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    Beside(Ringing(exchange, ["13805471234"]))
    other = FakeExchange(lambda: AT, name="other")
    with scoped(ming):
        call = queries.line_of(ming, AT).first
    for wish, state in ((Wish.ANSWER, "talking"), (Wish.HANG_UP, "ended")):
        actions.ask(by=ming, at=AT, call=call, wish=wish)
        Beside(other)
        with scoped(ming):
            assert not queries.line_of(ming, AT).fault
        Beside(exchange)
        assert read(call.pk).state == state


def test_a_number_is_dialled_without_being_shown(centre, exchange):
    ming, _ = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    actions.dial(by=ming, at=AT, number="0632-7711234")
    Beside(exchange)
    with scoped(ming):
        call = Call.objects.get()
        assert (call.direction, call.state, queries.number_of(call)) == ("out", "talking", "0632-7711234")
        assert call.operator_id == ming.staff_id
    with pytest.raises(Refused, match="号码"):
        actions.dial(by=ming, at=AT, number="")


def test_who_dials_another_number_is_not_put_through_to_the_first(centre, exchange):
    ming, _ = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    first = actions.dial(by=ming, at=AT, number="0632-7711234")
    assert actions.dial(by=ming, at=AT, number="0632-7711234") == first
    second = actions.dial(by=ming, at=AT, number="0632-7711235")
    with scoped(ming):
        assert list(queries.open_commands(AT)) == [second]
    Beside(exchange)
    with scoped(ming):
        assert queries.number_of(Call.objects.get()) == "0632-7711235"


def test_who_sits_at_a_telephone_already_may_say_so_again(centre, exchange):
    ming, _ = centre
    first = actions.sign_on(by=ming, at=AT, number="8001")
    assert actions.sign_on(by=ming, at=AT + 9 * SECOND, number="8001").since == first.since


def test_what_nobody_carries_out_is_void(centre, exchange):
    ming, _ = centre
    actions.sign_on(by=ming, at=AT, number="8001")
    ringing = told("c-1", "ringing", AT)
    actions.ask(by=ming, at=AT - 9 * SECOND, call=ringing, wish=Wish.ANSWER)
    with scoped(ming):
        assert "没有应答" in queries.line_of(ming, AT).fault and not queries.open_commands(AT)
    actions.ask(by=ming, at=AT, call=ringing, wish=Wish.ANSWER)
    with scoped(ming):
        assert Command.objects.filter(done_at=None).count() == 1


def test_events_wait_while_the_database_is_away(centre, exchange, monkeypatch):
    real, failing = actions.hear, [2]

    def hear(**words):
        if failing[0]:
            failing[0] -= 1
            raise OperationalError("away")
        return real(**words)

    monkeypatch.setattr(tasks.actions, "hear", hear)
    monkeypatch.setattr(tasks.connection, "close", lambda: None)
    Beside(Ringing(exchange, ["13805471234", "13905470002"]))
    with scoped(centre[0]):
        assert sorted(Call.objects.values_list("key", flat=True)) == ["call-1", "call-2"]


def test_an_event_that_can_never_be_written_does_not_hold_up_the_others(centre, exchange):
    class Odd(Ringing):
        def listen(self, hear) -> None:
            hear(CallEvent("odd", Happened.ENDED, AT.astimezone(SHANGHAI), "1" * 20, "9" * 60, ending=Ending.NORMAL))
            super().listen(hear)

    Beside(Odd(exchange, ["13805471234"]))
    with scoped(centre[0]):
        assert list(Call.objects.values_list("key", flat=True)) == ["call-1"]
