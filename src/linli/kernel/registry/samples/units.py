"""Made-up units and places of the demo district: what stands in each town and in each community."""

from __future__ import annotations

import re
from datetime import date

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import BEGUN, demo_actor
from linli.kernel.registry.actions import add_rooms, join_unit, register_organisation, register_place
from linli.kernel.registry.queries import organisations, people_list

SHOPS = ("惠民超市", "便民粮油店", "百姓药房", "兴旺五金店", "老街面馆", "新华书店", "顺达修配厂", "金秋理发店")


HOME, BUILDINGS = re.compile(r"(.+楼)(\d+)室"), 4


def demo_units(plan: DemoPlan, towns: list[tuple[str, str, str]], homes: dict[str, list[tuple[str, str]]]) -> None:
    """Each town's offices in its first community, and in each community its committee, a shop, the service station and a square.

    ``homes``: code and name of the communities of each town.
    """
    total, done = sum(map(len, homes.values())), 0
    for index, (town, name, _) in enumerate(towns, 1):
        clerk = demo_actor(f"town{index}", plan.on)
        _town(clerk, BEGUN, homes[town][0][0], name)
        for order, (code, community) in enumerate(homes[town]):
            plan.tell("登记单位与场所", done, total)
            _community(clerk, BEGUN, code, community, SHOPS[(index + order) % len(SHOPS)])
            done += 1


def demo_buildings(plan: DemoPlan, homes: dict[str, list[tuple[str, str]]]) -> None:
    """The first buildings of each community; their rooms are where its households live, so these were there before.

    Its grown-up people lead its shop and its committee, and work there.
    """
    for index, codes in enumerate(homes.values(), 1):
        clerk = demo_actor(f"town{index}", plan.on)
        for code, _ in codes:
            _buildings(clerk, BEGUN, code)
            _members(clerk, plan.on, code)


def _members(clerk: Actor, on: date, area: str) -> None:
    with scoped(clerk):
        grown = iter([one.pk for one in people_list(on=on, area=area)[:200] if 25 <= on.year - one.birth.year <= 55])
        units = [one.pk for one in organisations(on, area=area) if one.kind in ("shop", "self_government")]
    for unit in units:
        for role, person in zip(("head", "contact", "staff"), grown, strict=False):
            join_unit(by=clerk, on=on, organisation_id=unit, person_id=person, role=role, since=on.replace(month=1, day=4))


def _buildings(clerk: Actor, on: date, area: str) -> None:
    """The first buildings of a community with their rooms, as the addresses of its households name them."""
    with scoped(clerk):
        said = [one.address for one in people_list(on=on, area=area)[:200]]
    found: dict[str, set[str]] = {}
    for building, room in (match.groups() for text in said if (match := HOME.fullmatch(text))):
        found.setdefault(building, set()).add(room)
    for building in sorted(found)[:BUILDINGS]:
        made = register_place(by=clerk, on=on, name=building, kind="building", area=area, address=building)
        add_rooms(by=clerk, on=on, place_id=made.pk, rooms="、".join(sorted(found[building])))


def _town(clerk: Actor, on: date, area: str, name: str) -> None:
    office = "街道办事处" if name.endswith("街道") else "人民政府"
    short = name.removesuffix("街道").removesuffix("镇")
    seat = f"{name.removesuffix('街道')}{office}"
    for unit, kind in ((seat, "office"), (f"{short}中心小学", "school"), (f"{short}卫生院", "hospital")):
        register_organisation(by=clerk, on=on, name=unit, kind=kind, area=area, address=f"{name}驻地")
    register_place(by=clerk, on=on, name=f"{name}便民服务中心", kind="hall", area=area, address=f"{name}驻地")
    register_place(by=clerk, on=on, name=f"{name}敬老院", kind="home", area=area, address=f"{name}敬老路1号")


def _community(clerk: Actor, on: date, area: str, name: str, shop: str) -> None:
    village = name.endswith("村")
    committee = f"{name}村民委员会".replace("村村", "村") if village else f"{name}居民委员会"
    register_organisation(by=clerk, on=on, name=committee, kind="self_government", area=area)
    register_organisation(by=clerk, on=on, name=f"{name.removesuffix('社区')}{shop}", kind="shop", area=area)
    register_place(by=clerk, on=on, name=f"{name}{'综合服务站' if village else '服务站'}", kind="station", area=area)
    register_place(by=clerk, on=on, name=f"{name}{'文化广场' if village else '健身广场'}", kind="square", area=area)
