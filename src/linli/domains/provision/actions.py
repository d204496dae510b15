"""Opening a scheme, and furnishing the rooms of a home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from linli.base.text import tidy
from linli.domains.provision.models import Scheme
from linli.domains.provision.queries import law, rooms_without
from linli.domains.provision.rules import HOMES, HOMES_ZH
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions import furnish_rooms, open_goods, open_purpose
from linli.kernel.ledgers.rules import goods_key

if TYPE_CHECKING:
    from linli.kernel.ledgers.models import Fund


@action("provision.scheme")
def open_scheme(*, by: Actor, on: date, title: str, name: str, measure: str, due_on: date) -> Scheme:
    """Announce that every room of the homes is to have one ``name`` until a day; its purpose is opened in the books.

    How many a room may have is a dated value, which the kind of goods carries from then on.

    :raises Refused: the title or the kind of goods is taken, or the kind was entered without a limit for rooms.
    """
    try:
        key = goods_key(tidy(name), tidy(measure))
    except ValueError as fault:
        raise Refused(str(fault), field="name") from fault
    if Scheme.objects.filter(area=by.area, title=tidy(title)).exists():
        raise Refused("这个到房项目已经建立，请直接使用或换一个名称。", field="title")
    if Scheme.objects.filter(goods=key).exists():
        raise Refused("这种物资已有到房项目，请直接使用。", field="name")
    most = law().on("provision.homes.per_room", on, by.area).count
    goods = open_goods(by=by, on=on, key=key, name=tidy(name), measure=tidy(measure), per_room=most)
    if goods.per_room != most:
        raise Refused(f"“{goods}”登记时没有限定每间房的数量，请换一个品名，例如写明规格。", field="name")
    open_purpose(by=by, on=on, key=HOMES, name=HOMES_ZH)
    made = Scheme.objects.create(title=tidy(title)[:60], goods=goods, due_on=due_on, made_by_id=by.own_hand, area=by.area)
    about("provision.scheme", made.pk, area=made.area)
    return made


@action("provision.furnish")
def furnish_home(
    *, by: Actor, on: date, scheme: Scheme, fund: Fund, home: int, rooms: Iterable[int], proof: str, key: str
) -> int:
    """One piece for each of these rooms of a home, out of the goods of a fund, against a signature. How many.

    :raises Refused: a room is not one of the home's that wait for it, or the store has too few.
    """
    wanted = sorted(set(rooms))
    waiting = set(rooms_without(scheme, on, home).values_list("pk", flat=True))
    if not wanted or not set(wanted) <= waiting:
        raise Refused("请选择还没有配备的房间；有的房间刚才已经配备或已注销，请刷新后再选。", field="rooms")
    done = furnish_rooms(by=by, on=on, fund=fund, goods=scheme.goods_id, rooms=wanted, proof=proof, key=key)
    about("provision.scheme", scheme.pk, area=scheme.area, rooms=done)
    return done
