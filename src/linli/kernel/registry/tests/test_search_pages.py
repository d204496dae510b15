"""The one box, as it is used: numbers go in the body and are kept nowhere, words have an address."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.registry.rules import tells_number
from linli.kernel.registry.samples import make_number, make_person
from linli.kernel.registry.tests.test_pages import DAY, signed_in
from linli.kernel.registry.tests.test_pages import text_of as spaced

NUMBER = make_number(date(1971, 2, 3), "2", seq=411)
BOX = "/search/"


def text_of(answer) -> str:
    return " ".join(spaced(answer).split())


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def person(worker):
    words = {"number": NUMBER, "birth": date(1971, 2, 3), "sex": "2", "phone": "13805471234", "address": "和平路12号"}
    return make_person(worker, DAY, "李小明", **words)


@pytest.fixture
def client(person):
    return signed_in("li")


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), "13805471234", "138-0547-1234", NUMBER[-4:], f"李小明 {NUMBER[-4:]}"])
def test_a_number_that_one_person_has_leads_to_the_person(client, person, typed):
    answer = client.post(BOX, {"q": typed})
    assert answer["location"] == reverse("registry:person", args=[person.pk])


def test_a_number_that_several_have_leads_to_a_list_whose_address_tells_nothing(client, worker, person):
    make_person(worker, DAY, "王五", phone="13900001234")
    answer = client.post(BOX, {"q": "1234"})
    assert answer.status_code == 302 and "1234" not in answer["location"]
    shown = client.get(answer["location"])
    assert "李小明" in text_of(shown) and "王五" in text_of(shown) and "找到 2 人" in text_of(shown)
    assert "13805471234" not in shown.content.decode() and NUMBER not in shown.content.decode()
    assert "李小明" in text_of(client.get(answer["location"]))  # the way back from a person's page
    assert "1234" not in str(dict(client.session))


def test_a_number_that_nobody_has_says_so_at_a_clean_address(client):
    nobody = make_number(date(1950, 1, 1), "1", seq=77)
    answer = client.post(BOX, {"q": nobody}, follow=True)
    assert nobody not in answer.redirect_chain[0][0] and nobody not in answer.content.decode()
    assert "本辖区内没有找到这样的人员" in text_of(answer)


def test_words_get_an_address_of_their_own(client, person):
    answer = client.post(BOX, {"q": "李小明"})
    assert answer["location"].startswith("/search/?q=")
    assert client.get(answer["location"])["location"] == reverse("registry:person", args=[person.pk])
    assert client.post(BOX, {"q": "  "})["location"] == BOX
    assert "在上方输入" in text_of(client.get(BOX))


@pytest.mark.parametrize(
    "typed", [NUMBER, "13805471234", NUMBER[-4:], NUMBER[:14], NUMBER[:-2] + "X", f"李小明 {NUMBER}", "李小明13805471234"]
)
def test_an_address_with_a_number_is_cleaned_and_finds_nothing(client, typed):
    answer = client.get(BOX, {"q": typed}, follow=True)
    assert answer.redirect_chain == [(BOX, 302)]
    assert "不能写在网址里" in text_of(answer) and typed not in answer.content.decode()
    with scoped(WHOLE):
        assert not AuditLine.objects.filter(verb="registry.search").exists()


def test_a_find_of_another_session_or_area_shows_nobody(client, worker, neighbour, person):
    make_person(worker, DAY, "王五", phone="13900001234")
    address = client.post(BOX, {"q": "1234"})["location"]
    other = signed_in("qian")
    assert "不再保留" in text_of(other.get(address, follow=True))
    session = other.session
    session["finds"] = client.session["finds"]
    session.save()
    assert "李小明" not in text_of(other.get(address))


def test_a_session_remembers_the_last_few_finds_only(client, worker):
    make_person(worker, DAY, "王五", phone="13900001234")
    first = client.post(BOX, {"q": "1234"})["location"]
    for _ in range(5):
        last = client.post(BOX, {"q": "1234"})["location"]
    assert len(client.session["finds"]) == 5
    assert "不再保留" in text_of(client.get(first, follow=True)) and "王五" in text_of(client.get(last))


def test_the_box_is_guarded_against_other_sites(person):
    strict = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    strict.cookies = signed_in("li").cookies
    assert strict.post(BOX, {"q": "李"}).status_code == 403
    page = strict.get(BOX).content.decode()
    form = page[page.index('class="find"') :]
    assert 'method="post"' in form[:200] and "csrfmiddlewaretoken" in form[:400]


@pytest.mark.parametrize(
    ("typed", "tells"),
    [
        ("李小明", False), ("lxm", False), ("和平路12号", False), ("3号楼501", False), ("501", False), ("", False),
        ("1234", True), ("123X", True), ("7711234", True), ("990404", True), ("9904041971", True), ("李小明 1234", True),
    ],
)  # fmt: skip
def test_what_must_not_stand_in_an_address(typed, tells):
    assert tells_number(typed) is tells
