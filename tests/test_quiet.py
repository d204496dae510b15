"""A page that asks by itself costs nothing while nothing happens, and learns at once of what does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from linli.base.days import SHANGHAI
from linli.kernel.access.samples import make_founders, one_hash
from linli.kernel.calls import actions
from linli.kernel.calls.samples import told
from linli.kernel.orders.samples import DAY, make_centre
from linli.kernel.registry.samples import make_areas
from linli.site import quiet
from linli.site.quiet import FRESH, Quiet, Watch
from tests.journeys.walker import Walker


def until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """A watch that has heard nothing and trusts its line."""
    one = Watch()
    one.since, one.alive_until = time.monotonic(), time.monotonic() + 60
    one.begin = lambda: None  # type: ignore[method-assign]
    return one


@pytest.fixture
def listening(monkeypatch) -> Iterator[Watch]:
    monkeypatch.setattr(quiet, "BEAT", 1.0)
    watch, goes_on = Watch(), threading.Event()
    watch.begin = lambda: None  # type: ignore[method-assign]
    goes_on.set()
    thread = threading.Thread(target=watch.listen, args=(goes_on.is_set,))
    thread.start()
    assert until(lambda: watch.nothing_of(["calls."], time.monotonic()))
    yield watch
    goes_on.clear()
    thread.join()


class Page:
    """A view that says "nothing new" and counts how often it is asked."""

    def __init__(self, *names: str) -> None:
        self.names, self.asked, self.status = names, 0, 204

    def __call__(self, request) -> HttpResponse:
        self.asked += 1
        if self.names:
            request.quiet_about = set(self.names)
        return HttpResponse(status=self.status)


def ask(door: Quiet, path: str = "/hotline/line/?mark=m1", session: str = "one", poll: bool = True) -> int:
    request = RequestFactory().get(path, headers={"X-Linli-Poll": "1"} if poll else {})
    request.COOKIES["linli"] = session
    return door(request).status_code


@pytest.fixture(autouse=True)
def _listens(settings) -> None:
    settings.LISTENS = True


def test_the_same_question_is_answered_from_memory_until_something_is_told(watch):
    page = Page("calls.8001", "calls.")
    door = Quiet(page, watch)
    assert [ask(door) for _ in range(5)] == [204] * 5 and page.asked == 1
    watch.hear("calls.8002")
    assert ask(door) == 204 and page.asked == 1, "what happens at another telephone asks nobody here"
    watch.hear("calls.")
    page.status = 200
    assert ask(door) == 200 and page.asked == 2
    assert ask(door) == 200 and page.asked == 3, "an answer that shows something is never kept"


def test_another_mark_another_session_and_another_page_ask_for_themselves(watch):
    page = Page("calls.8001")
    door = Quiet(page, watch)
    ask(door)
    ask(door, path="/hotline/line/?mark=m2")
    ask(door, session="two")
    ask(door, poll=False)
    assert page.asked == 4


def test_a_view_that_names_nothing_is_always_asked(watch):
    page = Page()
    door = Quiet(page, watch)
    assert [ask(door), ask(door)] == [204, 204] and page.asked == 2


def test_what_was_told_while_the_question_was_being_answered_is_asked_for_again(watch):
    page = Page("calls.8001")

    def answered_late(request):
        watch.hear("calls.8001")  # the database was read before, the answer goes out after
        return page(request)

    door = Quiet(answered_late, watch)
    ask(door)
    door.get_response = page
    ask(door)
    assert page.asked == 2


def test_after_some_seconds_or_without_a_line_every_question_is_asked(watch, monkeypatch):
    page = Page("calls.8001")
    door = Quiet(page, watch)
    ask(door)
    watch.alive_until = time.monotonic() - 1
    ask(door)
    assert page.asked == 2, "the line is silent: nobody knows"
    watch.alive_until = time.monotonic() + 60
    later = time.monotonic() + FRESH + 1
    monkeypatch.setattr(quiet.time, "monotonic", lambda: later)
    ask(door)
    assert page.asked == 3, "a session that ended elsewhere comes to the door"


def test_a_line_that_hands_nothing_on_is_no_line(fresh_database, django_db_blocker, monkeypatch):
    """Behind a pooler that gives every statement another connection, what is told gets lost."""
    monkeypatch.setattr(quiet, "BEAT", 0.2)
    monkeypatch.setattr(psycopg.Connection, "notifies", lambda self, **words: iter(()))
    watch = Watch()
    with pytest.raises(psycopg.OperationalError, match="pooler"):
        watch.listen(lambda: True)
    assert not watch.nothing_of(["calls."], time.monotonic())


def test_a_line_that_breaks_is_no_line(fresh_database, django_db_blocker, listening):
    with django_db_blocker.unblock():
        pids = "select pid from pg_stat_activity where query like %s and pid <> pg_backend_pid() and datname = current_database()"
        with pytest.MonkeyPatch.context() as quietly:
            quietly.setattr(threading, "excepthook", lambda fault: None)
            with connection.cursor() as cursor:
                cursor.execute(f"select pg_terminate_backend(pid) from ({pids}) p", ["select 1%"])
                assert cursor.rowcount == 1
            connection.close()
            assert until(lambda: not listening.nothing_of(["calls."], time.monotonic()))


def test_a_ring_is_told_to_every_console_and_a_call_to_its_own(fresh_database, django_db_blocker, listening, settings):
    """HOTLINE-01: the console learns of a call at once, and asks the database for nothing while there is none."""
    settings.BUSINESS_DAY = DAY.isoformat()
    now = datetime.combine(DAY, datetime.now(SHANGHAI).timetz())
    with django_db_blocker.unblock():
        founders = make_founders()
        make_areas(founders[0])
        with one_hash():
            centre = make_centre(founders)
        actions.sign_on(by=centre.operator, at=now, number="8001")
        console = Walker("ming").open("/hotline/").client
        door = Quiet(lambda request: _view(console, request), listening)
        mark = _mark(console)
        assert until(lambda: "calls.8001" in listening.heard)
        assert ask(door, f"/hotline/line/?mark={mark}") == 204
        before = listening.heard.copy()
        with connection.execute_wrapper(_nothing):
            assert ask(door, f"/hotline/line/?mark={mark}") == 204
        told("c-1", "ringing", now)
        assert until(lambda: listening.heard.get("calls.", 0) > before.get("calls.", 0))
        assert ask(door, f"/hotline/line/?mark={mark}") == 200, "it rings"
        quiet_at = time.monotonic()
        told("c-1", "answered", now, desk="8002")
        assert until(lambda: not listening.nothing_of(["calls.8002"], quiet_at))
        assert not listening.nothing_of(["calls."], quiet_at), "it rings no more"
        assert listening.nothing_of(["calls.8001"], quiet_at)
        connection.close()


def _nothing(execute, sql, params, many, context):
    raise AssertionError(f"asked of the database: {sql}")


def _mark(console) -> str:
    return console.get("/hotline/line/?mark=0").content.decode().split("mark=")[1].split("&")[0]


def _view(console, request) -> HttpResponse:
    """The site behind the door, which puts what the view named on the request."""
    with override_settings(LISTENS=False):
        answer = console.get(request.get_full_path(), headers={"X-Linli-Poll": "1"})
    request.quiet_about = getattr(answer.wsgi_request, "quiet_about", None)
    return answer
