"""The pages of the duties, driven as their users drive them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import machine_actor
from linli.kernel.duties import actions
from linli.kernel.duties.models import Occurrence, Shift, Swap
from linli.kernel.duties.samples import DAY, JOINT_OFFICE, SUMMARY, WATCH

HERE = "370404001001"


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Staff.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(worker):
    actions.plan(by=machine_actor("duties.plan", "370404000000"), on=DAY)
    return signed_in("li")


def key_of(answer) -> str:
    return re.search(r'name="_key" value="([^"]+)"', answer.content.decode())[1]


def send(client: Client, page: str, **fields):
    return client.post(page, fields | {"_key": key_of(client.get(page))})


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def owed(by, duty, **words) -> Occurrence:
    with scoped(by):
        return Occurrence.objects.filter(duty=duty.key, **words).order_by("first", "number").first()


def page(name, *args):
    return reverse(f"duties:{name}", args=args)


def test_what_is_due_is_opened_from_the_workbench_and_entered(client, worker):
    row = owed(worker, JOINT_OFFICE, first=date(2010, 12, 1))
    bench = client.get("/", {"kind": "联合办公"})
    assert page("occurrence", row.pk) in bench.content.decode()
    shown = client.get(page("occurrence", row.pk))
    assert "待办" in text_of(shown) and page("do", row.pk) in shown.content.decode()
    words = {"done_on": "2010-12-18", "topics": "5", "minutes": "300"}
    short = send(client, page("do", row.pk), **words)
    assert short.status_code == 422 and "不少于480分钟" in text_of(short)
    assert send(client, page("do", row.pk), **words | {"minutes": "480"}).status_code == 302
    after = text_of(client.get(page("occurrence", row.pk)))
    assert "按期已办" in after and "李社工" in after
    key = key_of(client.get(page("occurrence", row.pk)))
    assert client.post(page("take_back", row.pk), {"why": "日期有误", "_key": key}).status_code == 302
    assert "待办" in text_of(client.get(page("occurrence", row.pk)))


def test_the_overview_counts_and_each_number_opens(client, worker):
    seen = client.get(page("overview"), {"month": "2010-11"})
    said = text_of(seen)
    assert "社情民意汇总" in said and "逾期未办" in said
    hrefs = re.findall(r'href="([^"]*state=missed[^"]*)"', seen.content.decode())
    for href in hrefs:
        listing = client.get(href.replace("&amp;", "&")).context["listing"]
        assert listing.total > 0 and {row.done_on for row in listing.page} == {None}
    assert hrefs


def test_the_calendar_shows_a_month_and_its_days_off(client):
    shown = client.get(page("calendar"), {"month": "2010-12"})
    assert "2010年12月工作日历" in text_of(shown)
    days = [one["cell"].day for week in shown.context["weeks"] for one in week if one["cell"].inside]
    assert len(days) == 31
    off = {one["cell"].day.day for week in shown.context["weeks"] for one in week if one["cell"].inside and one["off"]}
    assert off == {4, 5, 11, 12, 18, 19, 25, 26}


def test_a_roster_is_set_printed_attended_and_swapped(client, worker, mate):
    here = page("roster", WATCH.key)
    words = {"day": "2010-12-20", "through": "2010-12-24", "staff": [worker.staff_id, mate.staff_id]}
    assert send(client, here, **words).status_code == 302
    shown = client.get(here)
    assert text_of(shown).count("孙社工") >= 5 and "data-print" in shown.content.decode()
    with scoped(worker):
        today, later = (Shift.objects.get(staff=worker.staff_id, day=date(2010, 12, day)) for day in (20, 22))
    assert send(client, page("shift", today.pk), note="平安无事").status_code == 302
    assert "已到岗" in text_of(client.get(page("shift", today.pk)))
    asked = send(client, page("ask_swap", later.pk), to=mate.staff_id, why="外出培训")
    assert asked.status_code == 422 and "对方当天也值班" in text_of(asked)
    mates = {"day": "2010-12-22", "staff": [worker.staff_id]}
    send(client, here, **mates)
    assert send(client, page("ask_swap", later.pk), to=mate.staff_id, why="外出培训").status_code == 302
    with scoped(worker):
        swap = Swap.objects.get()
    other = signed_in("sun")
    assert "换班待同意" in other.get("/").content.decode()
    assert send(other, page("swap", swap.pk), agree="yes").status_code == 302
    with scoped(worker):
        assert Shift.objects.get(day=later.day, active=True).staff_id == mate.staff_id


def test_past_days_are_not_set_and_the_form_says_so(client, worker):
    answer = send(client, page("roster", WATCH.key), day="2010-12-01", staff=[worker.staff_id])
    assert answer.status_code == 422 and "过去的日子不能再排班" in text_of(answer)


def test_what_lies_elsewhere_is_answered_like_nothing(client, neighbour):
    row = owed(neighbour, SUMMARY)
    for name in ("occurrence", "do"):
        assert client.get(page(name, row.pk)).status_code == 403
    assert client.get(page("roster", "no.such")).status_code == 404


def test_the_pages_cost_as_many_queries_in_a_full_month_as_in_an_empty_one(client):
    def cost(address, **words):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, words).status_code == 200
        return len(asked)

    cost(page("overview"))
    assert cost(page("calendar"), month="2010-11") == cost(page("calendar"), month="2010-12")
    assert cost(page("list"), duty=WATCH.key) <= cost(page("list"), duty=SUMMARY.key) + 1


def test_a_town_is_told_what_is_late_below(client, reviewer):
    town = signed_in("zheng")
    shown = town.get(page("overview"), {"month": "2010-11"})
    assert "按区域" in text_of(shown) and HERE in shown.content.decode()
