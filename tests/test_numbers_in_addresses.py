"""Numbers of persons never stand in an address: in no form that is sent by GET, in no answer, no log, and not in the trail."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from linli.base.areas import WHOLE
from linli.domains.charity.samples import DAY
from linli.kernel.access.actions import record_refusal, record_seen, scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.records.queries import books
from linli.kernel.records.views.acts import CHOSEN
from linli.site.logs import Masked
from linli.site.serving import server_words
from tests.test_areas_apart import elsewhere, filled
from tests.test_doors import ROUTES, signed_in
from tests.world import make_world

TAKEN = re.compile("身份证|证件号|电话|手机|账号|帐号|银行卡号|尾号|末四位")
TYPED = {"text", "search", "tel", "number"}
NUMBERS = ("990404196005010013", "13805471234", "6222020200112233445", "0632-7711234")
STAFF = ("li", "zhou", "qian", "shen", "qin", "wei", "sys", "sec")


class Forms(HTMLParser):
    """The forms of a page that are sent by GET: action, and of each field that is typed into what the page says about it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inside, self.label, self.labels = False, "", {}
        self.feed(text)
        for _, fields in self.found:
            for name, (ident, said) in list(fields.items()):
                fields[name] = said + self.labels.get(ident, "")

    def handle_starttag(self, tag, attrs):
        words = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = words.get("method", "get").lower() == "get"
            if self.inside:
                self.found.append((words.get("action", ""), {}))
        elif tag == "label":
            self.label = words.get("for", "")
        elif self.inside and (tag == "textarea" or (tag == "input" and words.get("type", "text") in TYPED)):
            said = " ".join(words.get(key, "") for key in ("placeholder", "aria-label", "title"))
            self.found[-1][1][words.get("name", "")] = (words.get("id", ""), said)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"
        self.label = "" if tag == "label" else self.label

    def handle_data(self, data):
        if self.label:
            self.labels[self.label] = self.labels.get(self.label, "") + data


@pytest.fixture
def open_world(fresh_database, django_db_blocker, settings):
    """With commits, for the pages that residents see."""
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        yield make_world()


def every_address() -> list[str]:
    """An address of every route, with the id of a row that exists where one is needed."""
    known = elsewhere("000000000000")
    found = [address for route, pattern in ROUTES for address in filled(route, pattern, known)[:1]]
    about_somebody = [key for key, one in books().items() if one.about in CHOSEN]
    return found + [reverse("records:new", args=[key]) for key in about_somebody]


def forms_met(addresses: list[str], everybody: bool):
    """(visitor, address of a page, where its form leads, fields) of all forms that are sent by GET; each form once.

    Each page as the first sees it who may open it, or as ``everybody`` does.
    """
    met: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for visitor in (Client(HTTP_HOST="127.0.0.1"), *map(signed_in, STAFF)):
        for address in addresses:
            if address in seen:
                continue
            answer = visitor.get(address)
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                continue
            if not everybody:
                seen.add(address)
            for action, fields in Forms(answer.content.decode()).found:
                fresh = {name: said for name, said in fields.items() if (action or address, name) not in met}
                met |= {(action or address, name) for name in fresh}
                yield visitor, address, action or address, fresh


@pytest.mark.parametrize("everybody", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["first", "everybody"])
def test_no_form_that_is_sent_by_get_takes_a_number_of_a_person(open_world, everybody):
    met = 0
    for visitor, page, target, fields in forms_met(every_address(), everybody):
        for name, said in fields.items():
            met += 1
            assert not TAKEN.search(said), f"{page}: {name} ({said}) is sent in the address"
            for number in NUMBERS:
                answer = visitor.get(target, {name: f"李 {number}"})
                assert answer.status_code == 302, f"{target}?{name}="
                assert number not in answer["Location"] and name not in answer["Location"], target
    assert met > 15  # the lists' filters were really met


def test_the_word_of_a_number_in_an_address_is_told_and_the_rest_of_the_filter_stays(world):
    client = signed_in("li")
    answer = client.get("/people/", {"name": NUMBERS[0], "sex": "2"}, follow=True)
    assert answer.redirect_chain == [("/people/?sex=2", 302)]
    assert "不能写在网址里" in answer.content.decode() and NUMBERS[0] not in answer.content.decode()
    part = client.get("/people/", {"name": NUMBERS[1]}, headers={"HX-Request": "true"})
    assert part.status_code == 200 and part.headers["HX-Redirect"] == "/people/"


def test_a_resident_is_told_too(world):
    answer = Client(HTTP_HOST="127.0.0.1").get("/bulletin/", {"words": NUMBERS[1]}, follow=True)
    assert "不能写在网址里" in answer.content.decode()


def test_the_server_keeps_no_list_of_addresses():
    words = server_words(8000)
    assert "--no-access-log" in words and "--access-log" not in words


def test_a_log_line_never_holds_a_number(settings):
    console = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["formatters"][console["formatter"]]["()"] == "linli.site.logs.Masked"
    assert not settings.LOGGING["loggers"]["django"]["handlers"]
    try:
        raise ValueError(f"no such person: {NUMBERS[0]}")
    except ValueError as fault:
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Not Found: %s", (f"/people/{NUMBERS[1]}/",),
                                   (ValueError, fault, fault.__traceback__))  # fmt: skip
    said = Masked().format(record)
    assert "Not Found: /people/***********/" in said and "no such person: ***" in said
    assert not any(number in said for number in NUMBERS)


def test_the_trail_never_holds_a_number_that_was_typed_into_a_purpose_or_a_fault(world):
    here, _ = world
    for number in NUMBERS:
        record_refusal(by=here.worker, verb="registry.search", kind="page", subject=f"/x/{number}/", why=f"“{number}”不是日期")
        with scoped(here.worker):
            words = {"purpose": f"核对{number}", "note": [number], "more": {"a": number}}
            record_seen(by=here.worker, verb="registry.search", kind="page", **words)
    with scoped(WHOLE):
        lines = list(AuditLine.objects.values_list("subject", "purpose", "facts"))
    assert not any(number in str(line) for line in lines for number in NUMBERS)
    assert any("核对****" in line[1] for line in lines)
