"""Areas come, merge, split and change their kind; what belongs to them follows."""

from __future__ import annotations

from datetime import date

from linli.base.areas import Level, check_code, level_of, parent_of
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.registry.models import Area
from linli.kernel.registry.queries import area_on_day
from linli.kernel.registry.rules import area_kinds


@action("registry.change_areas")
def found_area(*, by: Actor, on: date, code: str, name: str, kind: str, since: date | None = None) -> Area:
    """A new area of this code, name and kind from a day. Its parent is read off the code and has to exist.

    :raises Refused: the code is wrong, of another level than the kind, was used before, or lies outside the district.
    """
    since = since or on
    try:
        code = check_code(code)
    except ValueError as fault:
        raise Refused(str(fault), field="code") from fault
    if not tidy(name):
        raise Refused("请填写名称。", field="name")
    if not by.covers(code):
        raise Refused("这个代码不在本区范围内，请核对。", field="code")
    if kind not in area_kinds(code):
        raise Refused("代码的层级与类别不符，请核对。", field="kind")
    if Area.objects.filter(code=code).exists():
        raise Refused("这个代码已经使用过；区划代码撤销后不再使用，请另编。", field="code")
    parent = (parent_of(code) or "") if level_of(code) > Level.DISTRICT else ""
    if parent and area_on_day(parent, since) is None:
        raise Refused("上级区划还没有设立，请先设立上级。", field="code")
    area = Area.objects.create(code=code, name=tidy(name)[:60], kind=kind, level=level_of(code), parent=parent, since=since)
    about("registry.area", code, area=code)
    return area
