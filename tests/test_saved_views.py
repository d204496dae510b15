"""A list's filter is kept under a name by its user and stands as a tab above the list; every list does so by itself."""

from __future__ import annotations

import re
from html import unescape

import pytest

from linli.base.areas import WHOLE
from linli.domains.charity.samples import DAY
from linli.kernel.access.actions import keep_view, scoped
from linli.kernel.access.models import AuditLine, SavedView
from linli.kernel.access.rules import Refused
from tests.test_doors import ROUTES, signed_in

PEOPLE = "/people/"


def tabs(page: str) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is the present one) of the tabs above a list."""
    bar = re.search(r'<nav class="views".*?</nav>', page, re.S)
    if not bar:
        return []
    found = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', bar[0])
    return [(name, unescape(href), bool(here)) for href, here, name in found]


def kept_words(page: str) -> str:
    return unescape(re.search(r'action="/views/".*?name="words" value="([^"]*)"', page, re.S)[1])


def keep(client, address: str, name: str):
    page = client.get(address).content.decode()
    path = address.split("?")[0]
    key = re.search(r'action="/views/".*?name="_key" value="([^"]+)"', page)[1]
    return client.post("/views/", {"_key": key, "page": path, "name": name, "words": kept_words(page)})


def test_a_filter_is_kept_shown_as_a_tab_and_dropped(world):
    client = signed_in("zhou")
    assert not tabs(client.get(PEOPLE).content.decode()) and 'class="keep"' not in client.get(PEOPLE).content.decode()
    answer = keep(client, "/people/?status=dibao&sex=2&sort=-age&page=1&name=", "女性低保")
    assert answer["Location"] == "/people/?status=dibao&sex=2&sort=-age"
    page = client.get(answer["Location"]).content.decode()
    assert tabs(page) == [("全部", PEOPLE, False), ("女性低保", answer["Location"], True)]
    assert 'class="keep"' not in page
    assert [here for _, _, here in tabs(client.get(PEOPLE).content.decode())] == [True, False]
    assert not tabs(signed_in("li").get(PEOPLE).content.decode())  # nobody else's
    drop = re.search(r'action="(/views/[0-9]+/drop/)"', page)[1]
    assert signed_in("li").post(drop, {"_key": "another"}).status_code == 422 and SavedView.objects.count() == 1
    key = {"_key": re.search(r'name="_key" value="([^"]+)"[^>]*><button class="btn btn-plain">删去', page)[1]}
    assert client.post(drop, key)["Location"] == client.post(drop, key)["Location"] == PEOPLE, "a second click leads there too"
    assert not SavedView.objects.exists()
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(verb="access.keep_view", outcome="done")
        assert set(lines.values_list("subject", flat=True)) == {PEOPLE}


def test_the_same_name_is_written_over(world):
    client = signed_in("zhou")
    keep(client, "/people/?sex=1", "常用")
    keep(client, "/people/?sex=2", "常用")
    assert list(SavedView.objects.values_list("name", "words")) == [("常用", "sex=2")]


@pytest.mark.parametrize("number", ["990404196005010013", "13805471234", "6222 0202 0011 2233 445"])
def test_a_view_never_keeps_a_number_of_a_person(world, number):
    here, _ = world
    for words in ({"name": number, "words": "sex=1"}, {"name": "某人", "words": f"name={number}"}):
        with pytest.raises(Refused, match="不能存入视图"):
            keep_view(by=here.worker, on=DAY, page=PEOPLE, **words)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "视图名称"), ({"name": "长" * 21}, "视图名称"), ({"words": "page=2&export=1"}, "筛选条件"),
        ({"words": "a=" + "b" * 600}, "减少几项"), ({"page": "//evil.example/"}, "没有这个清单"),
        ({"page": "/nowhere/"}, "没有这个清单"),
        ({"page": f"/areas/{'9' * 200}/"}, "没有这个清单"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said(world, change, said):
    here, _ = world
    words = {"page": PEOPLE, "name": "常用", "words": "sex=1"} | change
    with pytest.raises(Refused, match=said):
        keep_view(by=here.worker, on=DAY, **words)


def test_a_list_has_so_many_views_and_no_more(world):
    here, _ = world
    for number in range(12):
        keep_view(by=here.worker, on=DAY, page=PEOPLE, name=f"视图{number}", words=f"age_from={number}")
    with pytest.raises(Refused, match="最多保存12个"):
        keep_view(by=here.worker, on=DAY, page=PEOPLE, name="再一个", words="sex=1")
    keep_view(by=here.worker, on=DAY, page=PEOPLE, name="视图3", words="sex=1")


@pytest.mark.parametrize("everybody", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["first", "everybody"])
def test_every_list_with_a_filter_keeps_views(world, everybody):
    met = 0
    seen: set[str] = set()
    for username in ("zhou", "qian", "wei", "sys", "shen"):
        client = signed_in(username)
        for route, pattern in ROUTES:
            if "<" in route or route in seen or pattern.callback.door.public or pattern.callback.door.open:
                continue
            page = client.get(f"/{route}").content.decode()
            bar = re.search(r'<form method="get"[^>]*class="filters".*?</form>', page, re.S)
            if 'id="listing"' not in page or not bar:
                continue
            choice = re.search(r'<select name="(\w+)"(?:(?!</select>).)*?<option value="([^"]+)"', bar[0], re.S)
            word = choice.groups() if choice else (re.search(r'<input[^>]* name="(\w+)"', bar[0])[1], "甲")
            answer = keep(client, f"/{route}?{word[0]}={word[1]}", "我的")
            assert answer.status_code == 302, route
            shown = tabs(client.get(answer["Location"]).content.decode())
            assert ("我的", answer["Location"], True) in shown, route
            met += 1
            if not everybody:
                seen.add(route)
    assert met > 25
