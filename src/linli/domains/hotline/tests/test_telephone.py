"""The telephone on the console: a call opens its caller, is answered, becomes an order with its recording, or is called back."""

from __future__ import annotations

import base64
import re
from datetime import datetime

import pytest
from django.test import Client, override_settings
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.domains.hotline.models import Draft
from linli.kernel.access.actions import scoped
from linli.kernel.calls.models import Call, Command
from linli.kernel.calls.samples import make_call, told
from linli.kernel.orders.models import Order
from linli.kernel.orders.samples import COMMUNITY, DAY, make_order
from linli.kernel.registry.actions import correct_person
from linli.kernel.registry.samples import make_household

PHONE, SECRET = "13805471234", "a secret of the exchange"
EVENTS = "/hotline/telephone/events/"


def now() -> datetime:
    """This moment of the business day: a command of an hour ago is void."""
    return datetime.combine(DAY, datetime.now(SHANGHAI).timetz())


def sit(username: str, number: str) -> Walker:
    return Walker(username).open("/hotline/extension/").send("登录", number=number)


def newest() -> Order:
    with scoped(WHOLE):
        return Order.objects.latest("id")


def caller_at_home(centre) -> object:
    home = make_household(centre.worker, DAY, names=("戚来电", "方氏"))
    person = home.head
    correct_person(by=centre.worker, on=DAY, person_id=person.pk, version=person.version, phone=PHONE)
    make_order(centre.operator, person=person.pk, caller="戚来电", phone=PHONE)
    return person


def test_a_ringing_call_opens_its_caller_and_becomes_an_order_with_its_recording(centre):
    """HOTLINE-01: the telephone rings; who calls, the household and past orders are there before anybody speaks."""
    person = caller_at_home(centre)
    console = sit("ming", "8001")
    assert "没有来电" in console.text
    call = told("c-1", "ringing", now(), PHONE)
    line = console.client.get("/hotline/line/?mark=0")
    assert "138****1234" in line.content.decode() and "rung" in line["HX-Trigger-After-Settle"]
    mark = re.search(r"mark=(\w+)&amp;known=([\w-]+)", line.content.decode())
    assert console.client.get(f"/hotline/line/?mark={mark[1]}&known={mark[2]}").status_code == 204
    console.open("/hotline/")
    assert "戚来电" in console.text and "20101201-00001" in console.text and PHONE not in console.text
    console.send("接听")
    with scoped(centre.operator):
        assert Command.objects.get().call_id == call.pk
    told("c-1", "answered", now(), PHONE, "8001")
    console.send("查来电人")
    typed = {name: console.page.get_element_by_id(f"id_{name}").get("value") for name in ("phone", "caller", "address")}
    assert "通话中" in console.text and typed == {"phone": PHONE, "caller": "戚来电", "address": person.address}
    console.send("派单", text="楼下垃圾没有人清", category="401010", place=COMMUNITY)
    told("c-1", "ended", now(), PHONE, "8001", recording="rec/c-1")
    order = newest()
    with scoped(centre.operator):
        assert Call.objects.get().order_id == order.pk
    assert order.person_id == person.pk and order.caller == "戚来电"
    page = Walker("ming").open(f"/hotline/orders/{order.pk}/")
    assert "rec/c-1" in page.text
    assert "录音编号" in page.open(f"/hotline/telephone/{call.pk}/").text
    with scoped(centre.operator):
        assert Draft.objects.count() == 0


def test_a_call_answered_at_the_telephone_itself_belongs_to_the_order_as_well(centre):
    console = sit("ming", "8001")
    told("c-1", "ringing", now(), PHONE)
    told("c-1", "answered", now(), PHONE, "8001")
    console.open("/hotline/").send("派单", text="路灯不亮", category="402010", place=COMMUNITY, caller="周某")
    with scoped(centre.operator):
        assert Call.objects.get().order_id == newest().pk


def test_the_next_call_takes_over_a_form_in_which_nothing_was_written(centre):
    """Else the number of the caller before would stand in the order of this one."""
    console = sit("ming", "8001")
    told("c-1", "ringing", now(), PHONE)
    told("c-1", "answered", now(), PHONE, "8001")
    console.open("/hotline/").send("查来电人")
    told("c-1", "ended", now(), PHONE, "8001")
    told("c-2", "ringing", now(), "13905470042")
    told("c-2", "answered", now(), "13905470042", "8001")
    console.send("查来电人")
    assert console.page.get_element_by_id("id_phone").get("value") == "13905470042"
    assert "上一个来电" not in console.text


def test_whoever_was_chosen_before_the_call_is_not_its_caller(centre):
    """The draft of a look at somebody's file, of which nothing was written, waited for the next caller."""
    person = caller_at_home(centre)
    console = sit("ming", "8001").open("/hotline/").send("查来电人", find="戚来电", person=str(person.pk))
    assert console.page.get_element_by_id("id_caller").get("value") == "戚来电"
    told("c-1", "ringing", now(), "13905470042")
    told("c-1", "answered", now(), "13905470042", "8001")
    console.open("/hotline/").send("查来电人")
    typed = {name: console.page.get_element_by_id(f"id_{name}").get("value") for name in ("phone", "caller", "address")}
    assert typed == {"phone": "13905470042", "caller": None, "address": None}
    console.send("派单", text="楼下垃圾没有人清", category="401010", place=COMMUNITY)
    assert newest().person_id is None


def test_whoever_is_looked_for_next_takes_the_place_of_who_was_chosen(centre):
    person, other = caller_at_home(centre), make_household(centre.worker, DAY, names=("褚另外", "方氏")).head
    console = Walker("ming").open("/hotline/").send("查来电人", find="戚来电", person=str(person.pk))
    console.send("查来电人", find="褚另外")
    assert not console.page.get_element_by_id("id_caller").get("value")
    console.send("查来电人", person=str(other.pk))
    assert console.page.get_element_by_id("id_caller").get("value") == "褚另外"


def test_what_was_written_of_a_call_is_not_mixed_with_the_next_one(centre):
    console = sit("ming", "8001")
    first = told("c-1", "ringing", now(), PHONE)
    told("c-1", "answered", now(), PHONE, "8001")
    console.open("/hotline/").send("查来电人", text="楼下垃圾没有人清")
    told("c-1", "ended", now(), PHONE, "8001")
    told("c-2", "ringing", now(), "13905470042")
    told("c-2", "answered", now(), "13905470042", "8001")
    console.send("查来电人")
    assert console.page.get_element_by_id("id_phone").get("value") == PHONE and "还是上一个来电的内容" in console.text
    console.send("派单", category="401010", place=COMMUNITY)
    with scoped(centre.operator):
        assert Call.objects.get(pk=first.pk).order_id == newest().pk


@pytest.mark.parametrize("number", ["13905470042", ""])
def test_what_was_written_of_a_visitor_is_not_mixed_with_who_calls_meanwhile(centre, number):
    """Neither the visitor's words under the caller's name, nor the caller's recording in the visitor's order."""
    person = caller_at_home(centre)
    console = sit("ming", "8001").open("/hotline/").send("查来电人", text="楼下垃圾没有人清", person=str(person.pk))
    told("c-1", "ringing", now(), number)
    told("c-1", "answered", now(), number, "8001")
    console.send("查来电人")
    assert console.page.get_element_by_id("id_caller").get("value") == "戚来电" and "另一位来电人的内容" in console.text
    console.send("派单", category="401010", place=COMMUNITY)
    with scoped(centre.operator):
        assert newest().person_id == person.pk and Call.objects.get().order_id is None
    console.open("/hotline/")
    assert "另一位来电人" not in console.text, "the form is empty, and the caller's own number stands in it"
    assert (console.page.get_element_by_id("id_phone").get("value") or "") == number


def test_what_was_written_before_the_answer_belongs_to_the_call_of_that_very_person(centre):
    person = caller_at_home(centre)
    console = sit("ming", "8001").open("/hotline/").send("查来电人", text="楼下垃圾没有人清", person=str(person.pk))
    told("c-1", "ringing", now(), PHONE)
    told("c-1", "answered", now(), PHONE, "8001")
    console.send("查来电人").send("派单", category="401010", place=COMMUNITY)
    with scoped(centre.operator):
        assert Call.objects.get().order_id == newest().pk and newest().person_id == person.pk


def test_who_sits_at_no_telephone_sees_no_calls(centre):
    told("c-1", "ringing", now(), PHONE)
    page = Walker("ming").open("/hotline/")
    assert "没有登录分机" in page.text and "138****1234" not in page.text
    assert Walker("ming").client.get("/hotline/line/?mark=0").status_code == 204
    worker = Walker("hu").open("/hotline/")
    assert "登录分机" not in worker.text
    assert worker.client.get("/hotline/line/").status_code == 403


def test_a_button_too_late_says_so_and_the_typing_stays(centre):
    console = sit("ming", "8001")
    told("c-1", "ringing", now(), PHONE)
    console.open("/hotline/")
    told("c-1", "answered", now(), PHONE, "8002")
    console.send("接听", text="已经写了一半")
    assert "已被接听" in console.text and "已经写了一半" in console.text


def test_a_missed_caller_is_a_task_and_is_called_back(centre):
    missed = make_call("c-1", now(), PHONE)
    desk = Walker("ming").open("/")
    assert "138****1234来电未接" in desk.text
    page = sit("ming", "8001").open(f"/hotline/telephone/{missed.pk}/").send("拨打")
    with scoped(centre.operator):
        assert Command.objects.get().wish == "dial"
    page.open(f"/hotline/telephone/{missed.pk}/").send("登记回电", note="已回电，问的是低保。")
    assert "已回电" in page.text and "来电未接" not in Walker("ming").open("/").text
    listed = page.open("/hotline/telephone/?state=missed")
    assert "138****1234" in listed.text


def test_an_order_s_caller_is_dialled_by_who_may_read_the_number(centre):
    order = make_order(centre.operator, send=False, phone=PHONE)
    page = sit("ming", "8001").open(f"/hotline/orders/{order.pk}/").send("拨打电话")
    with scoped(centre.operator):
        asked = Command.objects.get()
        assert asked.order_id == order.pk and PHONE.encode() not in bytes(asked.number_sealed)
    assert PHONE not in page.text
    sit("fu", "8002").open(f"/hotline/orders/{make_order(centre.operator).pk}/")
    refused = Walker("fu").client.post(f"/hotline/orders/{make_order(centre.operator).pk}/dial/", {})
    assert refused.status_code in (302, 403, 422)
    with scoped(centre.operator):
        assert Command.objects.count() == 1


def pushed(said, **more):
    return Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True).post(EVENTS, said, **more)


def bearer(secret=SECRET):
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


RING = {"event": "newCall", "callId": "z-1", "direction": "in", "from": PHONE, "to": "96777"}


@override_settings(EXCHANGE_SECRET=SECRET)
def test_an_exchange_pushes_events_and_proves_itself(centre):
    assert pushed(RING, **bearer()).status_code == 204
    assert pushed(RING, **bearer()).status_code == 204
    basic = base64.b64encode(f"exchange:{SECRET}".encode()).decode()
    hung_up = RING | {"event": "hangup", "cause": "cancel"}
    assert pushed(hung_up, content_type="application/json", HTTP_AUTHORIZATION=f"Basic {basic}").status_code == 204
    with scoped(centre.operator):
        call = Call.objects.get()
        assert (call.state, call.follow, call.ending) == ("ended", "due", "abandoned")


@override_settings(EXCHANGE_SECRET=SECRET)
@pytest.mark.parametrize(
    ("said", "more", "status"),
    [
        (RING, {}, 401), (RING, bearer("wrong"), 401), (RING, {"HTTP_AUTHORIZATION": "Basic %%%"}, 401),
        (RING, {"HTTP_AUTHORIZATION": "Basic /////w=="}, 401), ({"event": "x"}, bearer(), 400), ({}, bearer(), 400),
        (RING | {"callId": "x" * 200}, bearer(), 400), (RING | {"from": "9" * 9000}, bearer(), 400),
        (RING | {"direction": "out"}, bearer(), 204),
    ],
)  # fmt: skip
def test_what_is_pushed_wrongly_is_answered_and_changes_nothing(centre, said, more, status):
    assert pushed(said, **more).status_code == status
    with scoped(centre.operator):
        assert not Call.objects.exists()


RINGS = b'{"event": "newCall", "callId": "%s", "user": "%s"}'
ODD = ((b"\\ud800", b""), (b"a\\u0000", b""), (b"a", b"\\ud800"))


@override_settings(EXCHANGE_SECRET=SECRET)
def test_words_in_a_wrong_encoding_and_odd_bodies_break_nothing(centre):
    gbk = "event=newCall&callId=来电1&direction=in&from=13805471234".encode("gbk")
    assert pushed(gbk, content_type="application/x-www-form-urlencoded", **bearer()).status_code == 204
    for body in (b"\xff\xfe", b"[1]", b"{", b"[" * 5000, b'{"event": 5}', *map(RINGS.__mod__, ODD)):
        assert pushed(body, content_type="application/json", **bearer()).status_code == 400
    with scoped(centre.operator):
        assert Call.objects.count() == 1


def test_without_a_secret_there_is_no_door(centre):
    assert pushed(RING, **bearer("")).status_code == 404
