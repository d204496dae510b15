"""Deadlines are watched from above: what is late or ends soon, by kind of work and area, without a name."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import combinations

import pytest
from lxml import html

from linli.base.areas import WHOLE
from linli.domains.charity.samples import DAY
from linli.kernel.access.actions import scoped
from linli.kernel.registry.queries import people_list
from tests.test_doors import signed_in

LATER = DAY + timedelta(days=40)


@pytest.fixture
def late_district(world, settings):
    """Nobody has worked for forty days."""
    settings.BUSINESS_DAY = LATER.isoformat()
    return world


def lines(client, **words) -> list:
    return list(client.get("/watch/", {"size": "100"} | words).context["listing"].rows)


@pytest.mark.parametrize("username", ["zhou", "zhao", "shen"])
def test_a_line_opens_as_many_late_ones_as_it_says(late_district, username):
    client = signed_in(username)
    opened = {one.kind.split("·")[0]: one for one in lines(client) if one.href}
    assert len(opened) > 1, opened
    for one in (one for one in lines(client) if one.href):
        answer = client.get(one.href)
        assert answer.status_code == 200 and answer.context["listing"].total == one.late, one


def test_the_longest_late_stands_first_and_what_ends_soon_last(late_district):
    found = lines(signed_in("shen"))
    late = [one.oldest for one in found if one.late]
    assert late == sorted(late) and late[-1] < LATER
    assert [bool(one.late) for one in found] == sorted((bool(one.late) for one in found), reverse=True)
    assert all(one.late or one.soon for one in found)


def test_a_leader_sees_what_is_late_on_the_first_page_and_opens_no_row_of_it(late_district):
    client = signed_in("qin")
    page = client.get("/").content.decode()
    shown = html.fromstring(page).xpath("//section[h2='辖区内逾期的工作']")[0]
    assert len(shown.xpath(".//tbody/tr")) > 1 and not shown.xpath(".//tbody//a")
    assert not any(one.href for one in lines(client))
    with scoped(WHOLE):
        names = {one.name for one in people_list(on=LATER)}
    whole = client.get("/watch/?size=100").content.decode()
    assert names and not any(name in page or name in whole for name in names)


def test_a_town_sees_its_own_communities_and_the_district_its_towns(late_district):
    town, district = lines(signed_in("zhao")), lines(signed_in("shen"))
    assert {len(one.area.rstrip("0")) > 9 for one in town} == {True}
    assert len({one.area for one in district}) > 1 and not any(one.area[9:] != "000" for one in district)
    of_the_town = {one.area[:9] for one in town}.pop() + "000"
    cases = re.compile("^(?!工单|例行工作)")
    here = sum(one.late for one in town if cases.match(one.kind))
    assert here == sum(one.late for one in district if one.area == of_the_town and cases.match(one.kind))


def test_the_list_is_narrowed_by_kind_area_and_lateness(late_district):
    client = signed_in("shen")
    first = lines(client)[0]
    assert {one.kind for one in lines(client, words=first.kind)} == {first.kind}
    assert {one.area for one in lines(client, area=first.area)} == {first.area}
    assert all(one.late for one in lines(client, late="on"))
    assert not lines(client, words="没有这样的工作")


def test_what_waits_beside_cases_and_orders_is_watched_too(late_district):
    """Wishes from the web, callers whom nobody rang back, errands of agents, poor judgements and reviews of petitions."""
    found = {one.kind: one for one in lines(signed_in("shen")) if one.late}
    wanted = ("网上救助申请·等待受理", "未接来电·回电", "服务大厅·代办任务", "服务大厅·差评回访", "信访·复查复核")
    assert set(wanted) <= set(found), set(wanted) - set(found)
    assert all(found[kind].href for kind in wanted if kind != "未接来电·回电"), "calls lie at the centre alone"


def work_of(client, on) -> dict:
    """What waits for somebody and whether it is late: (door, row) of each task, and of each row of the list that a task opens."""
    found: dict = {}
    for task in client.get("/", {"size": "100"}).context["listing"].rows:
        answer = client.get(task.href, follow=True)
        assert answer.status_code == 200, (task, "a task opens for whom it stands with")
        listing = answer.context and answer.context.get("listing")
        rows = [("", task.href)] if listing is None else [(listing.title, line.ident) for line in listing.lines]
        whole = {(task.kind, *row) for row in rows}
        found |= dict.fromkeys(whole, bool(task.due and task.due < on))
    return found


@pytest.mark.parametrize("after", [0, 40])
def test_a_task_stands_with_who_can_act_and_above_only_when_it_is_late(world, settings, after):
    """Whatever package it comes from: one level owes it, and whoever supervises that level hears of it when its day is over."""
    on = DAY + timedelta(days=after)
    settings.BUSINESS_DAY = on.isoformat()
    desks = [work_of(signed_in(username), on) for username in ("li", "zhao", "wang")]
    for below, above in combinations(desks, 2):
        twice = {what for what in below if what in above and not above[what]}
        assert not twice, twice
    assert len(desks[0]) > 5 and len(desks[1]) > 5
