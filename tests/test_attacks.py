"""What a hostile or hurried hand sends: pages opened, forms without tokens, addresses with numbers that are none."""

from __future__ import annotations

import re
from ipaddress import ip_network

import pytest
from django.db import connection
from django.test import Client

from linli.base.areas import WHOLE
from linli.domains.charity.samples import DAY
from linli.kernel.access.actions import scoped
from linli.kernel.access.actions.secure import guarded_models
from linli.site.middleware import true_address
from tests.test_doors import ROUTES, example, signed_in

EVERYBODY = ("li", "zhao", "sys")
KEPT = {"access.AuditLine", "access.RequestKey"}  # opening a page may be a line of the trail
MARKED = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control")


def everything() -> dict[str, str]:
    """A digest of every table of ours."""
    found = {}
    with scoped(WHOLE), connection.cursor() as cursor:
        for model in guarded_models():
            if model._meta.label in KEPT or not model.rights.sql:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"select count(*), md5(string_agg(md5(t::text), '' order by md5(t::text))) from {table} t")
            found[model._meta.label] = str(cursor.fetchone())
    return found


def real_addresses() -> list[str]:
    """Every route with the ids of rows that exist, as far as rows of that name exist."""
    from tests.test_areas_apart import elsewhere, filled

    known = elsewhere("000000000000")
    return [address for route, pattern in ROUTES if not pattern.callback.door.public for address in filled(route, pattern, known)]


@pytest.mark.parametrize("username", EVERYBODY)
def test_opening_pages_changes_nothing_and_every_answer_carries_the_headers(world, username):
    client = signed_in(username)
    client.raise_request_exception = False
    before, opened = everything(), 0
    for address in real_addresses():
        answer = client.get(address)
        assert answer.status_code < 500, address
        assert not [name for name in MARKED if name not in answer.headers], address
        assert "no-store" in answer["Cache-Control"], address
        assert "unsafe" not in answer["Content-Security-Policy"], address
        opened += answer.status_code == 200
    assert opened >= 5 and everything() == before


BY_SECRET = {"hotline/telephone/events/"}
"""Doors for programs, which take no cookie: without their secret they do not exist."""


def test_no_form_is_taken_without_its_token(world):
    for username in ("li", "zhao", "wang", "zhou", "qian", "sun", "sys", "sec"):
        known = signed_in(username)
        client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
        client.cookies = known.cookies
        for route, pattern in ROUTES:
            answer = client.post(example(route, pattern), {"_key": "k"})
            closed = answer.status_code == 404 and (pattern.callback.door.public or route in BY_SECRET)
            assert answer.status_code in {403, 405} or closed, route


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_but_here(world, asked):
    from linli.kernel.access.samples import PASSWORD

    client = Client(HTTP_HOST="127.0.0.1")
    answer = client.post("/sign-in/", {"username": "li", "password": PASSWORD, "next": asked})
    assert answer.status_code == 302 and answer["Location"] == "/"


def test_wrong_tries_lock_this_account_from_this_address_and_no_colleague(world, settings):
    from linli.kernel.access.samples import PASSWORD

    client = Client(HTTP_HOST="127.0.0.1")
    for _ in range(5):
        client.post("/sign-in/", {"username": "li", "password": "wrong"})
    assert client.post("/sign-in/", {"username": "li", "password": PASSWORD}).status_code == 429
    assert client.post("/sign-in/", {"username": "zhao", "password": PASSWORD}).status_code == 302
    elsewhere = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.1.1.9")
    assert elsewhere.post("/sign-in/", {"username": "li", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("loss", ["account", "post", "other"])
def test_what_is_taken_away_is_gone_with_the_next_request(world, loss):
    from linli.kernel.access.models import Staff

    client = signed_in("li")
    assert client.get("/people/").status_code == 200
    person = Staff.objects.get(username="li")
    if loss == "account":
        Staff.objects.filter(pk=person.pk).update(is_active=False)
    elif loss == "post":
        person.posts.update(until=DAY)
    else:
        person.posts.update(role="leader", at="370404000000")
    answer = client.get("/people/")
    assert answer.status_code in {302, 403} and "赵一" not in answer.content.decode()


HUGE = ("99999999999999999999999", "9223372036854775808", "²", "-1", "0x10", "%00", "1'--", "١")


@pytest.mark.parametrize("username", ["zhao", "qian"])
def test_no_number_in_an_address_is_a_fault(world, username):
    client = signed_in(username)
    client.raise_request_exception = False
    wrong = []
    for route, pattern in ROUTES:
        if pattern.callback.door.public:
            continue
        plain = example(route, pattern)
        tries = [re.sub(r"987654321", "9223372036854775808999", plain)] if "<int" in route else []
        if "<" not in route:
            names = ("ids", "page", "size", "sort", "campaign", "area", "period", "by", "cell", "year", "day", "state", "fund")
            tries += [f"{plain}?" + "&".join(f"{name}={word}" for name in names) for word in HUGE]
        for address in tries:
            for call in (client.get, client.post):
                if call(address).status_code >= 500:
                    wrong.append(f"{call.__name__} {address}")
    assert not wrong, "\n".join(wrong)


PROXIES = ("127.0.0.1", "10.9.0.0/16")
FORWARDED = [
    ("203.0.113.7", (), "198.51.100.1", "203.0.113.7"),  # nobody is believed: the header is the visitor's own
    ("203.0.113.7", PROXIES, "198.51.100.1", "203.0.113.7"),
    ("127.0.0.1", PROXIES, "198.51.100.1", "198.51.100.1"),
    ("127.0.0.1", PROXIES, "198.51.100.99, 198.51.100.1", "198.51.100.1"),  # what stands left of it came from outside
    ("127.0.0.1", PROXIES, "198.51.100.1, 10.9.8.7", "198.51.100.1"),
    ("127.0.0.1", PROXIES, "10.9.8.7", "10.9.8.7"),
    ("127.0.0.1", PROXIES, "198.51.100.1, unknown", "127.0.0.1"),
    ("127.0.0.1", PROXIES, "", "127.0.0.1"),
    ("127.0.0.1", PROXIES, "[2001:db8::1]:4711", "2001:db8::1"),
    ("127.0.0.1", PROXIES, "198.51.100.1:4711", "198.51.100.1"),
    ("::1", ("::1",), "2001:db8::1", "2001:db8::1"),
]


@pytest.mark.parametrize(("peer", "trusted", "said", "client"), FORWARDED)
def test_a_proxy_is_believed_and_a_visitor_is_not(settings, rf, peer, trusted, said, client):
    settings.PROXIES = [ip_network(one) for one in trusted]
    request = rf.get("/", REMOTE_ADDR=peer, **({"HTTP_X_FORWARDED_FOR": said} if said else {}))
    assert true_address(lambda given: given.META["REMOTE_ADDR"])(request) == client


def test_behind_a_proxy_one_visitor_who_tries_too_often_stops_nobody_else(world, settings):
    settings.PROXIES = [ip_network("127.0.0.1")]
    tries = {"number": "20101220-00001", "secret": "13900000000"}

    def look(address, number):
        client = Client(HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_FOR=address)
        return client.post("/ask/progress/", tries | {"number": number}).content.decode()

    said = [look("198.51.100.1", f"20101220-{number:05d}") for number in range(32)]
    assert "太频繁" in said[-1]
    assert "太频繁" not in look("198.51.100.2", "20101220-00099")
    assert "太频繁" in look("9.9.9.9, 198.51.100.1", "20101220-00098"), "an address of his own making helps him nothing"


LOOK_UPS = [
    ("/ask/progress/", {"secret": "13900000000"}, ("20101220-00001", "20101220 00001", "20101220-０0001")),
    ("/guide/appointments/", {"secret": "13900000000"}, ("Y0000123", "y123", "123", "0-1-2-3", "１２３")),
    ("/guide/progress/", {"phone": "13900000000"}, ("370404001000-1",)),
    ("/assistance/public/progress/", {"secret": "13900000000"}, ("低保〔2010〕000001号", "2010 000001", "２０１０000001号")),
    ("/complaints/public/progress/", {}, ("AB23CD45EF", "ab23 cd45ef")),
    ("/services/confirm/", {"code": "123456", "grade": "5"}, ("20101220-00001",)),
]


@pytest.mark.parametrize(("address", "words", "ways"), LOOK_UPS, ids=[one[0] for one in LOOK_UPS])
def test_many_addresses_and_many_ways_of_writing_do_not_try_out_one_number(world, address, words, ways):
    name = "receipt" if "complaints" in address else "number"
    answers = []
    for turn in range(24):
        client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.5.{turn}")
        answers.append(client.post(address, words | {name: ways[turn % len(ways)]}).content.decode())
    assert "太频繁" not in answers[0] and all("太频繁" in said for said in answers[-2:])


def test_one_ipv6_network_is_one_address(world):
    answers = [
        Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"2001:db8:0:1::{turn:x}").post(
            "/ask/progress/", {"number": f"20101220-{turn:05d}", "secret": "13900000000"}
        ) for turn in range(32)
    ]  # fmt: skip
    assert "太频繁" in answers[-1].content.decode()
