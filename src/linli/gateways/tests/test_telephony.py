"""Calls: what an exchange tells, the front that real callers reach, and a day of fifty lines."""

from __future__ import annotations

import queue
import shutil
import socket
import subprocess
import threading
from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import SHANGHAI
from linli.gateways.telephony import (
    CallEvent,
    CannotDo,
    Day,
    Ending,
    FakeExchange,
    Happened,
    SipFront,
    Unreadable,
    clean_number,
    play,
    read_push,
    sip,
)  # fmt: skip
from linli.gateways.tests.brokers import until

AT = datetime(2010, 12, 20, 8, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("13806321234", "13806321234"), ("+86 138-0632-1234", "13806321234"), ("008606327711234", "06327711234"),
        ("sip:13806321234@10.0.0.1;user=phone", "13806321234"), ("tel:+8613806321234", "13806321234"),
        ("sip:anonymous@anonymous.invalid", ""), ("restricted", ""), ("", ""), ("<sip:96777@h>", "96777"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_exchanges_write_it(said, digits):
    assert clean_number(said) == digits


@pytest.mark.parametrize(
    "wrong",
    [
        {"call": ""}, {"call": "x" * 129}, {"at": AT.replace(tzinfo=None)}, {"ending": Ending.NORMAL}, {"what": Happened.ENDED},
    ],
)  # fmt: skip
def test_an_event_is_whole_or_is_none(wrong):
    with pytest.raises(ValueError):
        CallEvent(**({"call": "1", "what": Happened.RINGING, "at": AT} | wrong))


def test_events_that_an_exchange_pushes_are_read():
    said = {"event": "newCall", "callId": "7", "direction": "in", "from": "13806321234", "to": "96777"}
    assert read_push(said, at=AT) == CallEvent("7", Happened.RINGING, AT, "13806321234", "96777")
    hung_up = read_push(said | {"event": "hangup", "cause": "cancel"}, at=AT)
    assert hung_up.ending is Ending.ABANDONED
    assert read_push(said | {"direction": "out"}, at=AT) is None
    for wrong in ({"event": "x"}, {"callId": ""}, {"callId": "9" * 200}):
        with pytest.raises(Unreadable):
            read_push(said | wrong, at=AT)


@given(st.integers(1, 300), st.integers(1, 50), st.integers(0, 2**32))
def test_in_a_day_of_calls_no_desk_speaks_to_two_and_every_call_ends(calls, lines, seed):
    desks = [str(8000 + number) for number in range(lines)]
    day = Day(datetime(2010, 12, 20, tzinfo=SHANGHAI), calls, desks, ["13806321234", ""], seed)
    events = list(play(day))
    assert events == list(play(day))
    assert [event.at for event in events] == sorted(event.at for event in events)
    busy: dict[str, str] = {}
    told = defaultdict(list)
    for event in events:
        told[event.call].append(event.what)
        if event.what is Happened.ANSWERED:
            assert event.desk not in busy
            busy[event.desk] = event.call
        elif event.what is Happened.ENDED and event.desk:
            assert busy.pop(event.desk) == event.call
    assert len(told) == calls
    whole = ([Happened.RINGING, Happened.ANSWERED, Happened.ENDED], [Happened.RINGING, Happened.ENDED])
    assert all(course in whole for course in told.values())
    assert not busy


INVITE = (
    "INVITE sip:96777@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{branch}\r\n"
    "From: <sip:{number}@127.0.0.1>;tag=a\r\nTo: <sip:96777@127.0.0.1>\r\nCall-ID: {call}\r\nCSeq: 1 INVITE\r\n"
    "Contact: <sip:{number}@127.0.0.1:{port}>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
)


@pytest.fixture
def exchange():
    """The front on a free port, with what it told."""
    heard: queue.Queue[CallEvent] = queue.Queue()
    alarms: list[tuple[str, bytes]] = []
    front = SipFront("127.0.0.1", 0, clock=lambda: datetime.now(SHANGHAI), alarm=lambda who, body: alarms.append((who, body)))
    front.start()
    front.listen(heard.put)
    front.heard, front.alarms = heard, alarms
    yield front
    front.stop()


class Phone:
    """A caller with a socket."""

    def __init__(self, port: int) -> None:
        self.wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.wire.bind(("127.0.0.1", 0))
        self.wire.settimeout(5)
        self.port, self.front = self.wire.getsockname()[1], ("127.0.0.1", port)

    def call(self, call: str, number: str = "13806321234", method: str = "INVITE", tag: str = "") -> None:
        text = INVITE.format(port=self.port, number=number, call=call, branch=method + call)
        if method != "INVITE":
            text = text.replace("INVITE sip", f"{method} sip").replace("CSeq: 1 INVITE", f"CSeq: 1 {method}")
        self.wire.sendto(text.replace("To: <sip:96777@127.0.0.1>", f"To: <sip:96777@127.0.0.1>{tag}").encode(), self.front)

    def say(self, datagram: bytes) -> None:
        self.wire.sendto(datagram, self.front)

    def hear(self, first: str) -> str:
        """The next datagram that begins so; those before it are passed over."""
        while True:
            said = self.wire.recv(65536).decode()
            if said.startswith(first):
                return said


def test_a_call_rings_is_answered_by_one_desk_and_ends(exchange):
    phone = Phone(exchange.port)
    phone.call("c1")
    phone.hear("SIP/2.0 180")
    ringing = exchange.heard.get(timeout=5)
    assert (ringing.what, ringing.number, ringing.dialled) == (Happened.RINGING, "13806321234", "96777")
    phone.call("c1")  # the network repeats it: no second call
    phone.hear("SIP/2.0 180")
    exchange.answer("c1", "8001")
    answer = phone.hear("SIP/2.0 200")
    assert "m=audio" in answer
    with pytest.raises(CannotDo, match="已被接听"):
        exchange.answer("c1", "8002")
    phone.hear("SIP/2.0 200")  # not acknowledged yet: it comes again
    phone.call("c1", method="ACK")
    phone.call("c1", method="BYE")
    phone.hear("SIP/2.0 200")
    events = [exchange.heard.get(timeout=5) for _ in range(2)]
    assert [(event.what, event.desk, event.ending) for event in events] == [
        (Happened.ANSWERED, "8001", None), (Happened.ENDED, "8001", Ending.NORMAL),
    ]  # fmt: skip
    phone.call("c1", method="BYE")
    phone.hear("SIP/2.0 481")


def test_a_caller_who_gives_up_is_told_as_abandoned(exchange):
    phone = Phone(exchange.port)
    phone.call("c2", number="anonymous")
    phone.hear("SIP/2.0 180")
    phone.call("c2", method="CANCEL")
    phone.hear("SIP/2.0 487")
    phone.call("c2", method="ACK")
    events = [exchange.heard.get(timeout=5) for _ in range(2)]
    assert (events[0].number, events[1].ending) == ("", Ending.ABANDONED)
    with pytest.raises(CannotDo):
        exchange.answer("c2", "8001")


def test_a_caller_who_vanished_without_a_word_rings_no_longer_than_the_front_waits():
    heard: queue.Queue[CallEvent] = queue.Queue()
    front = SipFront("127.0.0.1", 0, clock=lambda: datetime.now(SHANGHAI), rings=0.2)
    front.start()
    front.listen(heard.put)
    phone = Phone(front.port)
    phone.call("c9")
    phone.hear("SIP/2.0 480")
    events = [heard.get(timeout=5) for _ in range(2)]
    assert [(one.what, one.ending) for one in events] == [(Happened.RINGING, None), (Happened.ENDED, Ending.ABANDONED)]
    phone.call("c9", method="ACK")
    phone.call("taken")
    phone.hear("SIP/2.0 180")
    front.answer("taken", "8001")
    phone.hear("SIP/2.0 200")
    phone.call("taken", method="ACK")
    threading.Event().wait(0.4)
    assert [heard.get(timeout=5).what for _ in range(2)] == [Happened.RINGING, Happened.ANSWERED] and heard.empty()
    front.stop()


def test_the_desk_hangs_up(exchange):
    phone = Phone(exchange.port)
    phone.call("c3")
    exchange.heard.get(timeout=5)
    exchange.answer("c3", "8001")
    phone.hear("SIP/2.0 200")
    phone.call("c3", method="ACK")
    exchange.hang_up("c3")
    assert "Call-ID: c3" in phone.hear("BYE sip:13806321234@127.0.0.1")
    exchange.hang_up("c3")


def test_an_alarm_that_comes_as_a_message_is_handed_on(exchange):
    phone = Phone(exchange.port)
    body = b"<mrq><cid>d9</cid></mrq>"
    head = INVITE.format(port=phone.port, number="d9", call="m1", branch="m1").replace("INVITE", "MESSAGE")
    phone.say(head.replace("Content-Length: 0", f"Content-Length: {len(body)}").encode() + body)
    phone.hear("SIP/2.0 200")
    assert exchange.alarms == [("sip:d9@127.0.0.1", body)]


@pytest.mark.parametrize(
    "datagram",
    [
        b"", b"\r\n\r\n", b"\x00" * 100, b"GET / HTTP/1.1\r\n\r\n", b"INVITE sip:x SIP/2.0\r\n\r\n", b"SIP/2.0 200 OK\r\n\r\n",
        b"INVITE sip:x SIP/2.0\r\nVia\r\n\r\n", b"A" * 60000,
        INVITE.format(port=1, number=1, call=1, branch=1).replace("CSeq: 1 INVITE", "CSeq: 1 BYE").encode(),
        INVITE.format(port=1, number=1, call=1, branch=1).replace("Content-Length: 0", "Content-Length: 99999").encode(),
        INVITE.format(port=1, number=1, call=1, branch=1).replace("Call-ID: 1", "Call-ID: 1\r\nCall-ID: 2").encode(),
    ],
)  # fmt: skip
def test_what_is_no_request_is_dropped_and_the_front_stays(exchange, datagram):
    phone = Phone(exchange.port)
    phone.say(datagram)
    phone.call("o1", method="OPTIONS")
    phone.hear("SIP/2.0 200")
    assert exchange.heard.empty()


@given(st.binary(max_size=3000))
def test_a_datagram_of_anybody_is_read_or_refused(datagram):
    try:
        found = sip.read(datagram)
    except sip.NotSip:
        return
    assert found is None or found.call


def test_the_fake_keeps_the_same_promises():
    heard = []
    fake = FakeExchange(lambda: AT)
    fake.listen(heard.append)
    call = fake.ring("+8613806321234")
    assert [event.call for event in fake.ringing] == [call]
    fake.answer(call, "8001")
    with pytest.raises(CannotDo, match="已被接听"):
        fake.answer(call, "8002")
    fake.transfer(call, "8003")
    fake.hang_up(call)
    fake.hang_up(call)
    gone = fake.ring("")
    fake.give_up(gone)
    with pytest.raises(CannotDo):
        fake.transfer(gone, "8001")
    with pytest.raises(CannotDo):
        fake.dial("8001", "nobody")
    fake.dial("8001", "0632-7711234")
    assert [event.what for event in heard if event.call == call] == list(Happened)
    assert heard[-2].ending is Ending.ABANDONED
    own = fake.ring("13806321234", desk="8001")
    assert heard[-1].desk == "8001" and fake.desk_of(own) == ""


@pytest.mark.skipif(not shutil.which("sipp"), reason="sipp is not installed")
def test_real_callers_of_sipp_are_all_answered(exchange, tmp_path):
    events, done = [], threading.Event()

    def desk() -> None:
        while not done.is_set():
            try:
                event = exchange.heard.get(timeout=0.1)
            except queue.Empty:
                continue
            events.append(event)
            if event.what is Happened.RINGING:
                exchange.answer(event.call, "8001")

    worker = threading.Thread(target=desk, daemon=True)
    worker.start()
    fifty = ["-m", "50", "-r", "50", "-l", "50", "-d", "100"]
    command = ["sipp", "-sn", "uac", f"127.0.0.1:{exchange.port}", "-i", "127.0.0.1", *fifty]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:]
    until(lambda: sum(event.what is Happened.ENDED for event in events) == 50)
    done.set()
    worker.join(5)
    assert sum(event.what is Happened.ANSWERED for event in events) == 50
    assert all(event.ending is Ending.NORMAL for event in events if event.what is Happened.ENDED)


def test_a_day_begins_slowly_and_is_loud_in_the_morning():
    day = Day(datetime(2010, 12, 20, tzinfo=SHANGHAI), 2000, ["1"] * 50, ["1"])
    events = [event for event in play(day) if event.what is Happened.RINGING]
    nights = sum(event.at < AT - timedelta(hours=2) for event in events)
    mornings = sum(AT <= event.at < AT + timedelta(hours=4) for event in events)
    assert mornings > 5 * nights
