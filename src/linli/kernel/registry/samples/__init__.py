"""Made-up places and people for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date
from itertools import count

from linli.base.identity import RESERVED_AREA, make_id
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import BEGUN, DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.registry.actions import found_area, found_household, join_household, register_person
from linli.kernel.registry.models import Area, Household, Person
from linli.kernel.registry.rules import AreaKind, PersonFacts
from linli.kernel.registry.samples import units
from linli.kernel.registry.samples.rosters import load_population

TOWNS = (
    ("370404001000", "坛山街道", "street"), ("370404002000", "吴林街道", "street"), ("370404100000", "古邵镇", "town"),
    ("370404101000", "阴平镇", "town"), ("370404102000", "底阁镇", "town"), ("370404103000", "榴园镇", "town"),
    ("370404104000", "峨山镇", "town"),
)  # fmt: skip
UNITS = "370404901000"
COMMUNITIES = (
    "和顺", "安泰", "清源", "柳溪", "书香", "石榴", "朝阳", "文昌", "锦绣", "春晖", "南苑", "仁和",
)  # fmt: skip
VILLAGES = (
    "上河", "下河", "东庄", "西庄", "前湾", "后湾", "大桥", "小桥", "北岭", "南岭", "泉头", "槐树",
)  # fmt: skip
UNIT_NAMES = ("区第一中学", "区实验小学", "区人民医院", "区文化馆", "区供电所", "区环卫所")
DISTRICT_STAFF = (
    ("district", "周区审", Role.DISTRICT_APPROVER), ("federation", "吴善行", Role.FEDERATION_CLERK),
    ("federation2", "郑慈心", Role.FEDERATION_CLERK), ("clerk", "孙窗口", Role.HALL_CLERK),
    ("maker", "钱经办", Role.FINANCE_MAKER),
    ("checker", "孙复核", Role.FINANCE_CHECKER), ("auditor", "冯审计", Role.AUDITOR), ("leader", "陈领导", Role.LEADER),
    ("operator", "何坐席", Role.HOTLINE_OPERATOR), ("operator2", "吕坐席", Role.HOTLINE_OPERATOR),
    ("chief", "施值班", Role.DISTRICT_APPROVER),
    ("trail", "卫留痕", Role.AUDIT_ADMIN),
)  # fmt: skip
CLERKS = ((5, "电守业"), (6, "洁小环"))
"""Units of the district with a clerk in the demo: the number of the unit, and the name."""
_numbers = count(1)


def make_areas(by: Actor | None = None, on: date = FIRST_DAY) -> list[Area]:
    """The demo district: seven towns and streets with twelve made-up communities or villages each, and its own units."""
    by = by or make_founders()[0]
    plan = [(DISTRICT, "峄城区", AreaKind.DISTRICT.value), *TOWNS, (UNITS, "区直单位", AreaKind.UNITS.value)]
    for town, town_name, kind in TOWNS:
        street = kind == "street"
        plan += [(code, name, "community" if street else "village") for code, name in _communities(town, town_name, street)]
    plan += [(f"{UNITS[:9]}{index + 1:03d}", name, "unit") for index, name in enumerate(UNIT_NAMES)]
    return [found_area(by=by, on=on, code=code, name=name, kind=kind, since=on) for code, name, kind in plan]


def _communities(town: str, town_name: str, street: bool) -> list[tuple[str, str]]:
    """Code and name of the twelve communities of a street, or villages of a town."""
    if street:
        return [(f"{town[:9]}{index:03d}", f"{name}社区") for index, name in enumerate(COMMUNITIES, 1)]
    return [(f"{town[:9]}{index:03d}", f"{town_name[:1]}{name}村") for index, name in enumerate(VILLAGES, 201)]


def demo_areas(plan: DemoPlan) -> None:
    """The district with its areas, for the demo."""
    make_areas(make_founders(since=BEGUN)[0], BEGUN)


def demo_staff(plan: DemoPlan) -> None:
    """One account for each role at the district; in each town a reviewer (town1 …) and a community worker (worker1 …)."""
    founders = make_founders(since=BEGUN)
    posts = [(username, name, role, DISTRICT) for username, name, role in DISTRICT_STAFF]
    for index, (town, name, kind) in enumerate(TOWNS, 1):
        first = "001" if kind == "street" else "201"
        posts.append((f"worker{index}", f"李{name[:2]}", Role.COMMUNITY_WORKER, town[:9] + first))
        posts.append((f"town{index}", f"王{name[:2]}", Role.TOWN_REVIEWER, town))
    posts += [(f"desk{number}", name, Role.DESK_CLERK, f"{UNITS[:9]}{number:03d}") for number, name in CLERKS]
    for done, (username, name, role, area) in enumerate(posts):
        plan.tell("建立账号", done, len(posts))
        make_staff(username, name, role, area, BEGUN, founders)


def demo_people(plan: DemoPlan) -> None:
    """The district's people as they were at the beginning of the year before, by the import of rosters."""
    load_population(demo_actor("district", plan.on), date(plan.on.year - 1, 1, 1), plan.people, say=plan.tell)


def demo_places(plan: DemoPlan) -> None:
    """The district's units and places."""
    units.demo_units(plan, list(TOWNS), _homes())


def demo_buildings(plan: DemoPlan) -> None:
    """Buildings with the rooms in which those people live."""
    units.demo_buildings(plan, _homes())


def _homes() -> dict[str, list[tuple[str, str]]]:
    return {town: _communities(town, name, kind == "street") for town, name, kind in TOWNS}


def make_number(birth: date = date(1960, 5, 1), sex: str = "1", seq: int | None = None) -> str:
    """The next identity number of a made-up person with this birth and sex."""
    place = (2 * (next(_numbers) if seq is None else seq) + (sex == "1")) % 1000
    return make_id(RESERVED_AREA, birth, place)


def make_person(
    by: Actor, on: date = FIRST_DAY, name: str = "李小明", area: str | None = None, birth: date = date(1960, 5, 1),
    sex: str = "1", **facts: str,
) -> Person:  # fmt: skip
    """A person with a number of an own, in the actor's own community unless said otherwise."""
    if "no_number_reason" not in facts:
        facts.setdefault("number", make_number(birth, sex))
    entered = PersonFacts(name=name, birth=birth, sex=sex, **facts)
    return register_person(by=by, on=on, facts=entered, area=area or by.area)


def make_household(
    by: Actor, on: date = FIRST_DAY, names: tuple[str, ...] = ("李小明", "王芳", "李强"), area: str | None = None,
    address: str = "和平路12号3号楼501室", number: str = "",
) -> Household:  # fmt: skip
    """A household of a head, a wife and children, in this order."""
    births = (date(1960, 5, 1), date(1962, 7, 9), date(1988, 3, 15), date(1992, 11, 2), date(1995, 1, 20))
    kin = ("02", "12", "20", "30", "20")
    sexes = ("1", "2", "1", "2", "1")
    people = [
        make_person(by, on, name, area, birth, sex, address=address)
        for name, birth, sex in zip(names, births, sexes, strict=False)
    ]
    household = found_household(by=by, on=on, head_id=people[0].pk, address=address, number=number)
    for person, relation in list(zip(people, kin, strict=False))[1:]:
        join_household(by=by, on=on, household_id=household.pk, person_id=person.pk, kin=relation)
    return household
