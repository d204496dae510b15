"""Units and places are entered once, in the own area, and ended rather than deleted."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.registry.actions import (
    add_rooms,
    end_organisation,
    end_place,
    join_unit,
    leave_unit,
    move_person,
    record_death,
    register_organisation,
    register_place,
)
from linli.kernel.registry.queries import clear_number, organisations, places
from linli.kernel.registry.samples import make_household, make_number, make_person
from linli.kernel.registry.tests.test_pages import send, signed_in

DAY = date(2010, 12, 20)
HERE, FAR = "370404001001", "370404100201"
USCC = "91350100M000100Y43"


def test_a_unit_is_entered_once_with_its_credit_code(worker, neighbour):
    words = {"on": DAY, "name": "和顺便民超市", "kind": "company", "uscc": USCC}
    register_organisation(by=worker, area=HERE, **words)
    with pytest.raises(Refused, match="已经登记过") as fault:
        register_organisation(by=neighbour, area=FAR, **words)
    assert fault.value.field == "uscc"
    with scoped(neighbour):
        assert not organisations(DAY).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "castle"}, "kind"),
        ({"uscc": "91350100M000100Y44"}, "uscc"),
        ({"since": date(2011, 1, 1)}, "since"),
    ],
)
def test_a_wrong_unit_is_refused_at_its_field(worker, changes, field):
    words = {"name": "某店", "kind": "company", "area": HERE} | changes
    with pytest.raises(Refused) as fault:
        register_organisation(by=worker, on=DAY, **words)
    assert fault.value.field == field


def test_what_ended_is_history(worker):
    shop = register_organisation(by=worker, on=DAY, name="某店", kind="company", area=HERE, since=date(2010, 1, 5))
    tower = register_place(by=worker, on=DAY, name="3号楼", kind="building", area=HERE, since=date(2010, 1, 5))
    end_organisation(by=worker, on=DAY, organisation_id=shop.pk)
    end_place(by=worker, on=DAY, place_id=tower.pk)
    with scoped(worker):
        assert not organisations(DAY).exists() and not places(DAY).exists()
        assert organisations(date(2010, 6, 1)).get() == shop and places(date(2010, 6, 1)).get() == tower
    with pytest.raises(Refused, match="已经注销"):
        end_place(by=worker, on=DAY, place_id=tower.pk)


def test_nobody_ends_a_place_of_another_area(worker, neighbour):
    tower = register_place(by=worker, on=DAY, name="3号楼", kind="building", area=HERE, since=date(2010, 1, 5))
    with pytest.raises(Forbidden):
        end_place(by=neighbour, on=DAY, place_id=tower.pk)
    assert signed_in("qian").get(reverse("registry:end_place", args=[tower.pk])).status_code == 404


def test_all_units_are_entered_and_looked_up_at_any_time(worker, settings):
    """Mission row HALL-16: units and places of the community stand in lists, by kind and name."""
    settings.BUSINESS_DAY = DAY.isoformat()
    page = signed_in("li")
    sent = send(page, reverse("registry:new_organisation"), name="和顺便民超市", kind="company", area=HERE, uscc=USCC)
    assert sent["location"] == reverse("registry:organisations")
    send(page, reverse("registry:new_place"), name="社区服务站", kind="station", area=HERE)
    assert "和顺便民超市" in page.get(reverse("registry:organisations"), {"name": "和顺", "kind": "company"}).content.decode()
    assert "和顺便民超市" not in page.get(reverse("registry:organisations"), {"kind": "school"}).content.decode()
    assert "社区服务站" in page.get(reverse("registry:places")).content.decode()
    assert "所在地：和顺社区）" in plain(page.get(reverse("registry:places"), {"area": HERE})), "the area in words, not its code"


def test_a_building_shows_who_lives_behind_which_door_without_entering_it_twice(worker, settings):
    """HALL-16: dwellings and their people at a glance; the address of the household says where it lives."""
    settings.BUSINESS_DAY = DAY.isoformat()
    tower = register_place(by=worker, on=DAY, name="和平路12号3号楼", kind="building", area=HERE, address="和平路12号3号楼")
    add_rooms(by=worker, on=DAY, place_id=tower.pk, rooms="501、502")
    make_household(worker, DAY, ("李小明", "王芳", "李强"))
    make_household(worker, DAY, ("赵一", "钱二"), address="和平路12号3号楼901室")
    shown = plain(signed_in("li").get(reverse("registry:place", args=[tower.pk])))
    assert "501李小明户，3人" in shown and "502注销" in shown and "没有登记房间的家庭赵一户，2人" in shown


def test_a_unit_shows_its_people_and_a_person_where_they_work(worker, neighbour, settings):
    """HALL-16: units and their people; a person is named once, by the number that is registered."""
    settings.BUSINESS_DAY = DAY.isoformat()
    shop = register_organisation(by=worker, on=DAY, name="和顺便民超市", kind="shop", area=HERE, since=date(2010, 1, 5))
    head = make_person(worker, DAY, name="李小明")
    page, new = signed_in("li"), reverse("registry:new_unit_member", args=[shop.pk])
    assert "还没有登记人员" in plain(page.get(reverse("registry:organisation", args=[shop.pk])))
    wrong = send(page, new, number=make_number(seq=977), role="head")
    assert wrong.status_code == 422 and "本辖区内没有登记过这个人" in wrong.content.decode()
    with scoped(worker):
        number = clear_number(head)
    shown = page.get(send(page, new, number=number, role="head")["location"])
    assert "负责人李小明" in plain(shown)
    assert "工作单位（负责人）和顺便民超市" in plain(page.get(reverse("registry:person", args=[head.pk])))
    again = send(page, new, number=number, role="staff")
    assert again.status_code == 422 and "已登记为这个单位的负责人" in again.content.decode()
    assert signed_in("qian").get(reverse("registry:organisation", args=[shop.pk])).status_code == 404
    (leaving,) = html.fromstring(shown.content).xpath("//main//a[starts-with(normalize-space(), '办理离开')]/@href")
    page.get(send(page, leaving)["location"])
    assert "还没有登记人员" in plain(page.get(reverse("registry:organisation", args=[shop.pk])))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"role": "owner"}, "role", "请选择"),
        ({"since": date(2010, 12, 21)}, "since", "不能晚于"),
        ({"since": date(2009, 1, 1)}, "since", "不能早于"),
    ],
)
def test_a_wrong_member_of_a_unit_is_refused_at_its_field(worker, changes, field, words):
    shop = register_organisation(by=worker, on=DAY, name="某店", kind="shop", area=HERE, since=date(2010, 1, 5))
    given = {"organisation_id": shop.pk, "person_id": make_person(worker, DAY).pk, "role": "staff"} | changes
    with pytest.raises(Refused, match=words) as fault:
        join_unit(by=worker, on=DAY, **given)
    assert fault.value.field == field


def test_nobody_is_at_a_unit_that_ended_and_nobody_leaves_before_they_came(worker):
    shop = register_organisation(by=worker, on=DAY, name="某店", kind="shop", area=HERE, since=date(2010, 1, 5))
    given = {"by": worker, "on": DAY, "organisation_id": shop.pk}
    one = join_unit(person_id=make_person(worker, DAY).pk, role="staff", since=date(2010, 3, 1), **given)
    with pytest.raises(Refused, match="不能早于"):
        leave_unit(by=worker, on=DAY, member_id=one.pk, day=date(2010, 2, 1))
    end_organisation(day=date(2010, 12, 1), **given)
    with scoped(worker):
        one.refresh_from_db()
    assert one.until == date(2010, 12, 1)
    with pytest.raises(Refused, match="已经办理过离开"):
        leave_unit(by=worker, on=DAY, member_id=one.pk)
    with pytest.raises(Refused, match="已经注销"):
        join_unit(person_id=one.person_id, role="staff", **given)


def test_who_moved_away_or_died_is_still_told_of_at_the_unit(worker, neighbour, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    shop = register_organisation(by=worker, on=DAY, name="某店", kind="shop", area=HERE, since=date(2010, 1, 5))
    gone, dead = make_person(worker, DAY, name="王远行"), make_person(worker, DAY, name="赵已故")
    for one in (gone, dead):
        join_unit(by=worker, on=DAY, organisation_id=shop.pk, person_id=one.pk, role="staff", since=date(2010, 6, 1))
    move_person(by=worker, on=DAY, person_id=gone.pk, to=FAR, address="远处1号")
    record_death(by=worker, on=DAY, person_id=dead.pk, day=date(2010, 12, 1))
    shown = plain(signed_in("li").get(reverse("registry:organisation", args=[shop.pk])))
    assert "已迁出本辖区的人员" in shown and "王远行" not in shown and "赵已故" in shown and "已登记死亡" in shown


def test_a_community_is_seen_in_one_look_by_those_who_keep_it(worker, neighbour, settings):
    """HALL-16: residents, households, units, buildings and rooms, each number with its list."""
    settings.BUSINESS_DAY = DAY.isoformat()
    tower = register_place(by=worker, on=DAY, name="3号楼", kind="building", area=HERE)
    add_rooms(by=worker, on=DAY, place_id=tower.pk, rooms="101-104")
    register_organisation(by=worker, on=DAY, name="某店", kind="company", area=HERE)
    make_household(worker, DAY)
    answer = signed_in("li").get(reverse("registry:area", args=[HERE]))
    shown = plain(answer)
    assert "居民和单位一览" in shown
    for words in ("居民3人", "家庭1户", "企业1个", "楼栋1个", "登记的房间4间"):
        assert words in shown, shown[:600]
    assert f'href="/organisations/?area={HERE}&amp;kind=company"' in answer.content.decode()
    home = register_place(by=worker, on=DAY, name="敬老院", kind="home", area=HERE)
    add_rooms(by=worker, on=DAY, place_id=home.pk, rooms="1-2")
    page = html.fromstring(signed_in("li").get(reverse("registry:area", args=[HERE])).content)
    behind = page.xpath("//a[normalize-space()='6间']")[0].get("href")
    assert "敬老院" in plain(signed_in("li").get(behind)), "not buildings alone have rooms"
    assert "居民和单位一览" not in plain(signed_in("qian").get(reverse("registry:area", args=[HERE])))


def plain(answer) -> str:
    assert answer.status_code == 200
    return " ".join(html.fromstring(answer.content).xpath("string(//main)").split()).replace(" ", "")
