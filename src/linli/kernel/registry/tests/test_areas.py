"""Areas merge, split and turn; nothing is lost, and every day can be asked on the boundaries of every other."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.areas import WHOLE, Level
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Post
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.registry.actions import (
    found_area,
    merge_areas,
    recognise_status,
    rename_area,
    split_area,
    turn_area,
)
from linli.kernel.registry.models import Area, AreaSuccession, Household, Membership, Person, Residence, SearchToken, Status
from linli.kernel.registry.queries import (
    area_choices,
    area_name,
    area_on,
    area_path,
    area_tree,
    areas_on,
    members_of,
)
from linli.kernel.registry.rules import Change, NewArea, office_of, on_boundaries_of, recoded
from linli.kernel.registry.samples import make_household, make_person

FIRST, DAY = date(2010, 1, 1), date(2010, 12, 20)
SCOPED = (Person, Household, Membership, Residence, Status, SearchToken)


@pytest.fixture
def system(district):
    return district[0]


def counts():
    with scoped(WHOLE):
        return {model.__name__: model.objects.count() for model in SCOPED}


def test_the_demo_district_is_a_tree(system):
    tree = area_tree("370404000000", DAY)
    assert [node.area.name for node in tree.below][:2] == ["坛山街道", "吴林街道"]
    assert sum(len(town.below) for town in tree.below) == 7 * 12 + 6
    assert area_path("370404100201", DAY) == "古邵镇古上河村"


def test_a_new_name_does_not_change_the_past(system):
    rename_area(by=system, on=DAY, code="370404001001", name="新和顺社区")
    assert area_name("370404001001", DAY) == "新和顺社区"
    assert area_name("370404001001", DAY - timedelta(days=1)) == "和顺社区"
    rename_area(by=system, on=DAY, code="370404001001", name="和顺社区")


def test_merged_communities_hand_everything_to_the_new_one(system, worker):
    household = make_household(worker, DAY)
    recognise_status(by=worker, on=DAY, person_id=household.head_id, kind="ill", source="医院")
    before = counts()
    new = NewArea("370404001051", "和泰社区", "community")
    merge_areas(by=system, on=DAY, olds=["370404001001", "370404001002"], new=new, document="峄政字〔2010〕1号")
    assert counts() == before
    follower = make_staff("zhao", "赵社工", area=new.code)
    with scoped(follower):
        assert {model.__name__: model.objects.count() for model in SCOPED} == before
        assert len(members_of(household, DAY)) == 3
    assert Post.objects.filter(at="370404001001").count() == 0 and Post.objects.filter(staff=worker.staff_id).get().at == new.code
    assert area_on("370404001001", DAY) == (new.code,)
    assert area_on("370404001001", DAY - timedelta(days=1)) == ("370404001001",)
    assert area_on(new.code, DAY - timedelta(days=1)) == ("370404001001", "370404001002")
    with pytest.raises(Refused, match="村（居）"):
        make_person(worker, DAY, area="370404001001")


def test_a_town_becomes_a_street_with_its_villages(system, worker, neighbour):
    make_household(neighbour, DAY)
    before = counts()
    turn_area(by=system, on=DAY, old="370404100000", new=NewArea("370404003000", "古邵街道", "street"))
    assert counts() == before
    assert area_on("370404100201", DAY) == ("370404003201",)
    assert area_path("370404003201", DAY) == "古邵街道古上河村"
    assert not areas_on(DAY).filter(code__startswith="370404100").exists()
    with scoped(WHOLE):
        assert set(Person.objects.values_list("area", flat=True)) == {"370404003201"}
        assert set(Residence.objects.values_list("at", flat=True)) == {"370404100201"}  # the fact of that day stays


def test_a_split_takes_each_household_to_its_new_community(system, worker):
    one, other = make_household(worker, DAY), make_household(worker, DAY, names=("赵一", "钱二"))
    recognise_status(by=worker, on=DAY, person_id=other.head_id, kind="ill", source="医院")
    alone = make_person(worker, DAY, "孙三")
    before = counts()
    parts = [NewArea("370404001061", "和顺东社区", "community"), NewArea("370404001062", "和顺西社区", "community")]
    words = {"by": system, "on": DAY, "old": "370404001001", "parts": parts, "rest": parts[0].code}
    split_area(**words, homes={other.pk: parts[1].code})
    assert counts() == before
    with scoped(WHOLE):
        assert dict(Household.objects.values_list("id", "area")) == {one.pk: parts[0].code, other.pk: parts[1].code}
        assert Person.objects.get(pk=alone.pk).area == parts[0].code
        west = Person.objects.filter(area=parts[1].code).count(), Residence.objects.filter(area=parts[1].code).count()
        assert west == (2, 2)
        assert Status.objects.get().area == parts[1].code
        assert set(SearchToken.objects.filter(person=other.head_id).values_list("area", flat=True)) == {parts[1].code}
    assert area_on("370404001001", DAY) == (parts[0].code, parts[1].code)


def test_a_household_of_elsewhere_cannot_be_in_the_list_of_a_split(system, worker, neighbour):
    far = make_household(neighbour, DAY)
    parts = [NewArea("370404001061", "东社区", "community"), NewArea("370404001062", "西社区", "community")]
    words = {"by": system, "on": DAY, "old": "370404001001", "parts": parts, "rest": parts[0].code}
    with pytest.raises(Refused, match="1户不在"):
        split_area(**words, homes={far.pk: parts[1].code})
    with pytest.raises(Refused, match="拆分后的区划"):
        split_area(**words, homes={far.pk: "370404001099"})


@pytest.mark.parametrize(
    ("code", "name", "kind", "field"),
    [
        ("370404001", "短", "community", "code"),
        ("370405001000", "别区", "street", "code"),
        ("370404001001", "用过", "community", "code"),
        ("370404009001", "无上级", "community", "code"),
        ("370404001077", "级别不符", "street", "kind"),
        ("370404001077", " ", "community", "name"),
    ],
)
def test_a_wrong_area_is_refused_at_its_field(system, code, name, kind, field):
    with pytest.raises(Refused) as fault:
        found_area(by=system, on=DAY, code=code, name=name, kind=kind)
    assert fault.value.field == field


def test_a_code_that_ended_is_never_used_again(system):
    turn_area(by=system, on=DAY, old="370404100201", new=NewArea("370404100101", "上河社区", "community"))
    with pytest.raises(Refused, match="不再使用"):
        found_area(by=system, on=DAY, code="370404100201", name="上河村", kind="village")


def test_a_worker_cannot_change_areas(worker):
    with pytest.raises(Forbidden):
        rename_area(by=worker, on=DAY, code="370404001001", name="某社区")


def test_choices_are_the_areas_of_the_own_range(system, reviewer):
    assert len(area_choices(reviewer.scope)) == 13
    assert ("370404001001", "坛山街道和顺社区") in area_choices(reviewer.scope)


def _district(towns: int, communities: int) -> list[str]:
    """A district of so many streets and communities; the codes of the communities."""
    system, _ = make_founders()
    found_area(by=system, on=FIRST, code="370404000000", name="峄城区", kind="district")
    for town in range(towns):
        code = f"3704040{town + 1:02d}000"
        found_area(by=system, on=FIRST, code=code, name=f"{town + 1}街道", kind="street")
    codes = []
    for index in range(communities):
        codes.append(f"3704040{index % towns + 1:02d}{index // towns + 1:03d}")
        found_area(by=system, on=FIRST, code=codes[-1], name=f"第{index + 1}居委会", kind="community")
    return codes


def test_173_committees_become_87_communities_and_nobody_is_lost(db):
    """Mission row AFFAIRS-10."""
    codes = _district(9, 173)
    system, _ = make_founders()
    chance = random.Random(10)
    worker = make_staff("w", "王审批", role=Role.DISTRICT_APPROVER, area="370404000000")
    lived = Counter(chance.choices(codes, k=60))
    for code, count in lived.items():
        for _ in range(count):
            make_person(worker, DAY, area=code)
    by_town: dict[str, list[str]] = {}
    for code in codes:
        by_town.setdefault(code[:9], []).append(code)
    groups = _partition(by_town, 87, chance)
    before = counts()
    for number, group in enumerate(groups):
        if len(group) > 1:
            new = NewArea(f"{group[0][:9]}{number + 60:03d}", f"第{number + 1}社区", "community")
            merge_areas(by=system, on=DAY, olds=group, new=new)
    assert counts() == before
    assert areas_on(DAY).filter(level=5).count() == 87
    now = {code: area_on(code, DAY) for code in codes}
    assert all(len(found) == 1 for found in now.values())
    with scoped(WHOLE):
        lives = Counter(Person.objects.values_list("area", flat=True))
    wanted: Counter[str] = Counter()
    for code, count in lived.items():
        wanted[now[code][0]] += count
    assert lives == wanted


def _partition(by_town: dict[str, list[str]], wanted: int, chance: random.Random) -> list[list[str]]:
    groups = [[code] for codes in by_town.values() for code in codes]
    while len(groups) > wanted:
        one = chance.choice(groups)
        near = [group for group in groups if group is not one and group[0][:9] == one[0][:9]]
        other = chance.choice(near)
        groups.remove(other)
        one += other
    return groups


def test_nine_streets_become_five_with_all_their_communities(db):
    """Mission row AFFAIRS-09."""
    codes = _district(9, 45)
    system, _ = make_founders()
    worker = make_staff(area=codes[0])
    make_household(worker, DAY)
    before = counts()
    towns = [f"3704040{town:02d}000" for town in range(1, 10)]
    plan = [towns[0:2], towns[2:4], towns[4:6], towns[6:8]]
    for number, group in enumerate(plan):
        merge_areas(by=system, on=DAY, olds=group, new=NewArea(f"3704040{number + 20}000", f"新{number + 1}街道", "street"))
    assert areas_on(DAY).filter(level=4).count() == 5
    assert areas_on(DAY).filter(level=5).count() == 45
    assert counts() == before
    followers = [area_on(code, DAY) for code in codes]
    assert all(len(found) == 1 for found in followers)
    assert len({found[0] for found in followers}) == 45
    for found, code in zip(followers, codes, strict=True):
        assert area_on(found[0], FIRST) == (code,)
    assert AreaSuccession.objects.count() == 8 + 40
    assert not Area.objects.filter(until=None, parent__in=towns[:8]).exists()


@given(st.data())
def test_the_boundaries_of_a_day_are_a_partition(data):
    """However areas merge over the years, each early code has one successor on every later day, and the way back holds it."""
    present = {f"a{number}" for number in range(data.draw(st.integers(2, 8)))}
    first, changes = set(present), []
    for year in range(data.draw(st.integers(0, 6))):
        if len(present) < 2:
            break
        merged = data.draw(st.lists(st.sampled_from(sorted(present)), min_size=2, max_size=4, unique=True))
        changes += [Change(code, f"b{year}", date(2000 + year, 6, 1)) for code in merged]
        present = present - set(merged) | {f"b{year}"}
    day = date(2010, 1, 1)
    for code in first:
        (now,) = on_boundaries_of(code, day, changes)
        assert now in present
        assert code in on_boundaries_of(now, date(1999, 1, 1), changes)
        assert on_boundaries_of(code, date(1999, 1, 1), changes) == (code,)


@pytest.mark.parametrize(
    ("child", "taken", "code"),
    [
        ("370404100005", set(), "370404003005"),
        ("370404100005", {"370404003005"}, "370404003001"),
        ("370404100201", {"370404003201"}, "370404003200"),
    ],
)
def test_a_child_keeps_its_last_digits_where_they_are_free(child, taken, code):
    assert recoded(child, "370404003000", taken) == code


def test_a_full_class_of_codes_is_said():
    taken = {f"370404003{number:03d}" for number in range(1, 200)}
    with pytest.raises(ValueError, match="已用完"):
        recoded("370404100005", "370404003000", taken)


@pytest.mark.parametrize(
    ("place", "level", "body"),
    [
        ("峄城区", Level.DISTRICT, "峄城区民政局"), ("坛山街道", Level.TOWN, "坛山街道办事处"),
        ("峨山镇", Level.TOWN, "峨山镇人民政府"), ("区直单位", Level.TOWN, "区直单位"),
        ("和顺社区", Level.COMMUNITY, "和顺社区居民委员会"), ("古上河村", Level.COMMUNITY, "古上河村民委员会"),
        ("王庄", Level.COMMUNITY, "王庄居（村）民委员会"),
    ],
)  # fmt: skip
def test_who_signs_is_a_body_that_is_there(place, level, body):
    """A town has no bureau, a community no office."""
    assert office_of(place, level, "民政局") == body
