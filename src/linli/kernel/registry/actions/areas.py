"""Areas come, are renamed, merge, split and change their kind; what belongs to them follows to the successors.

Every change of boundaries takes fresh codes: a code that stood for one territory never stands for another, so that a
figure of any year can be asked on the boundaries of any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from linli.base.areas import Level, check_code, level_of, parent_of
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.models import Area, AreaSuccession, Household
from linli.kernel.registry.queries import area_on_day, areas_below
from linli.kernel.registry.rules import NewArea, Succession, area_kinds, recoded

PERMISSION = "registry.change_areas"


@action(PERMISSION)
def found_area(*, by: Actor, on: date, code: str, name: str, kind: str, since: date | None = None) -> Area:
    """A new area of this code, name and kind from a day. Its parent is read off the code and has to exist.

    :raises Refused: the code is wrong, of another level than the kind, was used before, or lies outside the district.
    """
    area = _found(by, NewArea(code, name, kind), since or on)
    about("registry.area", area.code, area=area.code)
    return area


@action(PERMISSION)
def rename_area(*, by: Actor, on: date, code: str, name: str) -> Area:
    """The same territory under another name from today."""
    area = _present(by, code, on)
    if not tidy(name) or tidy(name) == area.name:
        raise Refused("请填写新的名称。", field="name")
    if area.since == on:
        Area.objects.filter(pk=area.pk).update(name=tidy(name)[:60])
        area.refresh_from_db()
    else:
        Area.objects.filter(pk=area.pk).update(until=on)
        words = {"code": code, "kind": area.kind, "level": area.level, "parent": area.parent, "since": on}
        area = Area.objects.create(name=tidy(name)[:60], **words)
    about("registry.area", code, area=code)
    return area


@action(PERMISSION)
def merge_areas(*, by: Actor, on: date, olds: Sequence[str], new: NewArea, document: str = "") -> Area:
    """Several areas of one level become one from today; of towns, the villages and communities come along with new codes."""
    if len(set(olds)) < 2:
        raise Refused("请选择两个以上要合并的区划。", field="olds")
    return _succeed(by, on, sorted(set(olds)), new, Succession.MERGE, document)


@action(PERMISSION)
def turn_area(*, by: Actor, on: date, old: str, new: NewArea, document: str = "") -> Area:
    """An area becomes one of another kind or code from today (撤镇建街道, 村改居)."""
    return _succeed(by, on, [old], new, Succession.TURN, document)


@action(PERMISSION)
def split_area(
    *, by: Actor, on: date, old: str, parts: Sequence[NewArea], homes: Mapping[int, str], rest: str, document: str = ""
) -> list[Area]:
    """A village or community becomes several from today. ``homes`` names the new code of each household; people and records
    that no household takes along go to ``rest``.

    :raises Refused: a household of the list does not live there, or its new code is none of the parts.
    """
    area = _present(by, old, on)
    codes = {part.code for part in parts}
    if level_of(old) is not Level.COMMUNITY or len(codes) < 2 or len(codes) != len(parts):
        raise Refused("只有村（居）可以拆分，且须拆为两个以上。", field="parts")
    if rest not in codes or not set(homes.values()) <= codes:
        raise Refused("家庭名单中的新区划须是拆分后的区划之一，请核对。", field="homes")
    here = Household.objects.filter(pk__in=list(homes), area=old).count()
    if here != len(homes):
        raise Refused(f"家庭名单中有{len(homes) - here}户不在{area.name}，请核对。", field="homes")
    made = [_found(by, part, on) for part in parts]
    _close([area], made, on, Succession.SPLIT, document)
    with connection.cursor() as cursor:
        cursor.execute("select registry_split_area(%s, %s::jsonb, %s, %s)", [old, json.dumps(dict(homes)), rest, on])
    about("registry.area", old, area=area.parent, into=sorted(codes), households=len(homes))
    return made


def _succeed(by: Actor, on: date, olds: list[str], new: NewArea, kind: Succession, document: str) -> Area:
    """The old areas end today, the new one begins; all that belongs to them, and the areas below them, follow."""
    former = [_present(by, code, on) for code in olds]
    if len({area.level for area in former}) > 1 or level_of(check_code(new.code)) != former[0].level:
        raise Refused("合并或改设的区划与新区划应为同一层级。", field="code")
    made = _found(by, new, on)
    children = [child for area in former for child in areas_below(area.code, on)]
    _close(former, [made], on, kind, document)
    moved = sum(_rehome(area.code, made.code, on) for area in former)
    taken = set(Area.objects.filter(code__startswith=made.code[:9]).values_list("code", flat=True))
    for child in children:
        code = _read(recoded, child.code, made.code, taken)
        taken.add(code)
        follower = _found(by, NewArea(code, child.name, child.kind), on)
        _close([child], [follower], on, Succession.TURN, document)
        moved += _rehome(child.code, code, on)
    about("registry.area", made.code, area=made.code, olds=olds, rows=moved)
    return made


def _found(by: Actor, new: NewArea, since: date) -> Area:
    code = _read(check_code, new.code)
    if not tidy(new.name):
        raise Refused("请填写名称。", field="name")
    if not by.covers(code):
        raise Refused("这个代码不在本区范围内，请核对。", field="code")
    if new.kind not in area_kinds(code):
        raise Refused("代码的层级与类别不符，请核对。", field="kind")
    if Area.objects.filter(code=code).exists():
        raise Refused("这个代码已经使用过；区划代码撤销后不再使用，请另编。", field="code")
    parent = (parent_of(code) or "") if level_of(code) > Level.DISTRICT else ""
    if parent and area_on_day(parent, since) is None:
        raise Refused("上级区划还没有设立，请先设立上级。", field="code")
    words = {"kind": new.kind, "level": level_of(code), "parent": parent, "since": since}
    return Area.objects.create(code=code, name=tidy(new.name)[:60], **words)


def _present(by: Actor, code: str, on: date) -> Area:
    if not by.covers(code):
        raise Forbidden("这个区划不在本辖区内。")
    area = Area.objects.select_for_update().filter(Q(until=None) | Q(until__gt=on), code=code, since__lte=on).first()
    if area is None:
        raise Refused("这个区划已经撤销，或还没有设立。", field="code")
    return area


def _close(former: Iterable[Area], made: Iterable[Area], on: date, kind: Succession, document: str) -> None:
    for area in former:
        if area.since >= on:
            raise Refused(f"{area.name}今天才设立，请次日再调整。")
        Area.objects.filter(pk=area.pk).update(until=on)
        for new in made:
            words = {"day": on, "kind": kind, "document": tidy(document)[:100]}
            AreaSuccession.objects.create(old=area.code, new=new.code, **words)


def _rehome(old: str, new: str, on: date) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select registry_rehome_area(%s, %s, %s)", [old, new, on])
            return int(cursor.fetchone()[0])
    except IntegrityError as fault:
        raise Refused(f"{old}与{new}有相互冲突的记录，不能自动移交，请先由经办部门核对。") from fault


def _read(reader: object, *words: object) -> str:
    try:
        return str(reader(*words))  # type: ignore[operator]
    except ValueError as fault:
        raise Refused(str(fault), field="code") from fault
