"""The console in a browser: a call shows its caller by itself, and a whole order is taken without a mouse."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.domains.hotline.samples import make_articles
from linli.gateways.telephony import FakeExchange, SipFront
from linli.gateways.tests.brokers import until
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import business_moment
from linli.kernel.access.samples import make_founders
from linli.kernel.calls import actions, tasks
from linli.kernel.calls.models import Call
from linli.kernel.calls.queries import calls_of_order
from linli.kernel.orders.models import Order
from linli.kernel.orders.samples import DAY, make_centre, make_order
from linli.kernel.registry.actions import correct_person
from linli.kernel.registry.samples import make_areas, make_household

PHONE = "13805471234"
pytestmark = pytest.mark.nightly


@pytest.fixture
def centre(site: str, settings: Any) -> Any:
    """A hotline with a caller who is known: a household, an order of before, an article for the answer."""
    settings.BUSINESS_DAY = DAY.isoformat()
    founders = make_founders()
    make_areas(founders[0])
    found = make_centre(founders)
    Staff.objects.update(must_change_password=False)
    person = make_household(found.worker, DAY, names=("戚来电", "方氏")).head
    correct_person(by=found.worker, on=DAY, person_id=person.pk, version=person.version, phone=PHONE)
    make_order(found.operator, person=person.pk, caller="戚来电", phone=PHONE)
    make_articles(found.operator, DAY)
    actions.sign_on(by=found.operator, at=business_moment(), number="8001")
    return found


def beside(exchange: Any) -> Iterator[Any]:
    """The process beside the exchange, as a thread."""
    stopped = threading.Event()
    thread = threading.Thread(target=tasks.serve, args=(exchange, stopped), daemon=True)
    thread.start()
    time.sleep(0.3)
    yield exchange
    stopped.set()
    thread.join(10)


@pytest.fixture
def exchange(centre: Any) -> Iterator[Any]:
    yield from beside(FakeExchange(business_moment))


@pytest.fixture
def sip(centre: Any) -> Iterator[Any]:
    front = SipFront("127.0.0.1", 0, clock=business_moment)
    front.start()
    yield from beside(front)
    front.stop()


def alt(window: Any, letter: str) -> None:
    """Alt with a letter as a keyboard sends it: the driver's own press leaves out the text by which access keys are known."""
    wire = window.page.context.new_cdp_session(window.page)
    words = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
    wire.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, "unmodifiedText": letter, **words})
    wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **words})
    wire.detach()


def told(window: Any, words: str, seconds: float = 8) -> float:
    """Wait until the page says this; how long it took."""
    began = time.monotonic()
    window.page.wait_for_selector(f"text={words}", timeout=seconds * 1000)
    return time.monotonic() - began


def test_an_order_is_taken_from_the_ring_to_the_dispatch_by_keyboard_alone(visit: Any, centre: Any, exchange: Any) -> None:
    """Ring, person, category, article, proposal, dispatch: keys only, and nothing is loaded again."""
    window = visit("ming")
    window.go("/hotline/")
    page, keys = window.page, window.page.keyboard
    assert "没有来电" in page.inner_text("#line")
    exchange.ring(PHONE)
    assert told(window, "戚来电，50岁") < 2
    assert "20101201-00001" in page.inner_text("#callers") and "138****1234" in page.inner_text("#line")
    window.picture("console-ringing")
    alt(window, "n")
    told(window, "通话中")
    until(lambda: page.input_value("#id_caller") == "戚来电")
    assert page.input_value("#id_phone") == PHONE and page.input_value("#id_address")
    page.locator("#id_phone").focus()
    for _ in range(2):
        keys.press("Tab")
    keys.type("楼下垃圾三天没有人清运，味道很大。")
    alt(window, "c")
    keys.type("ljqy")
    keys.press("Enter")
    told(window, "垃圾清运")
    page.wait_for_selector("#pick-401010")
    for _ in range(12):
        keys.press("Tab")
        if page.evaluate("document.activeElement.name") == "pick":
            break
    assert page.evaluate("document.activeElement.name") == "pick", "the categories are reached by Tab"
    while page.evaluate("document.activeElement.value") != "401010":
        keys.press("ArrowDown")
    keys.press("Space")
    page.wait_for_selector("#proposed >> text=区环卫所")
    assert "职责" in page.inner_text("#proposed")
    window.picture("console-proposal")
    alt(window, "s")
    told(window, "已派给区环卫所")
    assert window.faults() == []
    alt(window, "g")
    told(window, "没有来电")
    with scoped(centre.chief):
        order = Order.objects.latest("id")
        assert [one.state for one in calls_of_order(order.pk)] == ["ended"]
        assert Order.objects.get(pk=order.pk).caller == "戚来电"
    assert not [words for words in window.said if "inline style" not in words], "a picture alone styles the page"


def test_what_is_typed_stays_when_another_call_rings_and_a_missed_one_is_to_be_called_back(
    visit: Any, centre: Any, exchange: Any
) -> None:
    window = visit("ming", size="phone")
    window.go("/hotline/")
    page = window.page
    call = exchange.ring("")
    told(window, "号码未显示")
    page.locator("#id_text").fill("正在写的诉求")
    exchange.ring(PHONE)
    exchange.give_up(call)
    told(window, "戚来电，50岁")
    assert page.input_value("#id_text") == "正在写的诉求" and window.too_wide() <= 0
    window.picture("console-phone")
    exchange.give_up("call-2")
    told(window, "没有来电")
    desk = visit("ming")
    desk.go("/")
    assert "138****1234来电未接" in desk.page.inner_text("main")
    assert window.faults() == []


def rings(centre: Any) -> bool:
    """Whether a call has been written down."""
    with scoped(centre.operator):
        return Call.objects.exists()


@pytest.mark.skipif(not shutil.which("sipp"), reason="sipp is not installed")
def test_a_real_caller_of_sipp_stands_on_the_console_within_a_second(visit: Any, centre: Any, sip: Any, tmp_path: Path) -> None:
    """HOTLINE-01: a real call comes in by SIP, its caller is on the screen, the operator answers it and it ends."""
    script = subprocess.run(["sipp", "-sd", "uac"], capture_output=True, text=True, check=False).stdout
    script = script[script.index("<?xml") :].replace("sipp <sip:sipp@", f"<sip:{PHONE}@").replace("sip:sipp@", f"sip:{PHONE}@")
    (tmp_path / "caller.xml").write_text(script)
    window = visit("ming")
    window.go("/hotline/")
    command = ["sipp", "-sf", "caller.xml", "-s", "96777", f"127.0.0.1:{sip.port}", "-i", "127.0.0.1", "-m", "1", "-d", "3000"]
    calling = subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        ring = time.monotonic()
        while not rings(centre) and time.monotonic() < ring + 8:
            time.sleep(0.02)
        assert told(window, "戚来电，50岁") < 1.5
        alt(window, "n")
        told(window, "通话中")
        told(window, "没有来电", 15)
        assert calling.wait(15) == 0
    finally:
        calling.kill()
    with scoped(centre.operator):
        one = Call.objects.get()
        assert (one.state, one.ending, one.operator_id) == ("ended", "normal", centre.operator.staff_id)
