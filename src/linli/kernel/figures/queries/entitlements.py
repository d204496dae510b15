"""Figures of recurring money: each programme is counted without a word of code in its domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from linli.base.masking import mask_name
from linli.base.money import show_yuan
from linli.kernel.entitlements.queries import amounts_on, begun, component_zh, ended, issues_in, programmes, spells_on
from linli.kernel.entitlements.rules import ItemKind, Programme, Unit
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation
from linli.kernel.figures.rules import Unit as Counted

Rows = Callable[[Period], Any]
KINDS = {kind.value: kind.zh for kind in ItemKind}
ALL = "全部待遇"


def entitlement_figures() -> Iterator[Figure]:
    """Of every programme, and of all together: entitlements, people, new, removed, fen a month as decided, fen paid."""
    if not programmes():
        return
    yield from _of("", None)
    for key, one in programmes().items():
        yield from _of(key, one)


def entitlement_relations() -> Iterator[Relation]:
    """The programmes' parts are the whole; no family has fewer people than one; what began less what ended is the growth."""
    for name in ("count", "persons", "new", "removed", "monthly", "paid") if programmes() else ():
        parts = tuple(f"entitlement.{key}.{name}" for key in programmes())
        said = f"各项目{NAMES[name]}之和等于{ALL}{NAMES[name]}"
        yield Relation(f"entitlement.{name}.parts", said, (f"entitlement.{name}",), "=", parts)
    for key, one in programmes().items():
        if one.unit is Unit.HOUSEHOLD:
            people, homes = f"entitlement.{key}.persons", f"entitlement.{key}.count"
            yield Relation(f"entitlement.{key}.people", f"{one.zh}人数不少于户数", (people,), ">=", (homes,))


NAMES = {
    "count": "在享份数", "persons": "保障人数", "new": "新增", "removed": "终止", "monthly": "月核定金额", "paid": "发放金额",
}  # fmt: skip


def _of(key: str, one: Programme | None) -> Iterator[Figure]:
    stem, zh = f"entitlement.{key}" if key else "entitlement", one.zh if one else ALL
    unit = Counted.HOUSEHOLD if one and one.unit is Unit.HOUSEHOLD else Counted.PERSON if one else Counted.PIECE
    basis = one.basis if one else "各项目的法律依据"
    spell, plain, part = tuple(_by_spell(one)), tuple(_by_grade(one, "grade")), tuple(_by_part(one))

    def figure(name: str, words: str, kind: Kind, rows: Rows, **more: Any) -> Figure:
        more.setdefault("unit", unit)
        more.setdefault("persons", True)
        return Figure(f"{stem}.{name}", f"{zh}{NAMES[name]}", words, kind=kind, rows=rows, basis=basis, **more)

    money: dict[str, Any] = {"unit": Counted.FEN, "measure": "sum:amount", "persons": False}
    yield figure(
        "count", f"期末所在月份享受{zh}的{unit.value}数，含暂停发放的", Kind.STOCK, lambda period: spells_on(period.last, key),
        breakdowns=spell, describe=_spell,
    )  # fmt: skip
    yield figure(
        "persons", f"期末所在月份{zh}的保障人数", Kind.STOCK, lambda period: spells_on(period.last, key), unit=Counted.PERSON,
        measure="sum:persons", breakdowns=spell, describe=_spell,
    )  # fmt: skip
    yield figure(
        "new", f"享受起始月在统计期内的{unit.value}数", Kind.FLOW, lambda period: begun(period.first, period.last, key),
        breakdowns=plain, describe=_entitlement,
    )  # fmt: skip
    yield figure(
        "removed", f"终止月在统计期内的{unit.value}数", Kind.FLOW, lambda period: ended(period.first, period.last, key),
        breakdowns=plain, describe=_entitlement,
    )  # fmt: skip
    yield figure(
        "monthly", f"期末所在月份{zh}的核定金额，含暂停发放的", Kind.STOCK, lambda period: amounts_on(period.last, key),
        breakdowns=part[:1], describe=_amount, **money,
    )  # fmt: skip
    yield figure(
        "paid", f"统计期内开单发放{zh}的金额，取消和追回的不计，抵扣的扣除", Kind.FLOW,
        lambda period: issues_in(period.first, period.last, key), breakdowns=part, describe=_issue, **money,
    )  # fmt: skip


def _programme_names() -> dict[str, str]:
    return {key: one.zh for key, one in programmes().items()}


def _by_grade(one: Programme | None, column: str) -> Iterator[Breakdown]:
    if one is None:
        yield Breakdown("programme", "项目", "programme", _programme_names)
    elif one.grades:
        yield Breakdown("grade", "类别", column, dict(one.grades))


def _by_spell(one: Programme | None) -> Iterator[Breakdown]:
    if one is None:
        yield Breakdown("programme", "项目", "entitlement__programme", _programme_names)
    elif one.grades:
        yield Breakdown("grade", "类别", "grade", dict(one.grades))


def _by_part(one: Programme | None) -> Iterator[Breakdown]:
    if one is None:
        yield from _by_spell(None)
    else:
        yield Breakdown("component", "组成部分", "component", {part.key: part.zh for part in one.components})
    yield Breakdown("kind", "性质", "kind", KINDS)
    if one is not None and one.grades:
        yield Breakdown("grade", "类别", "grade", dict(one.grades))


def _spell(row: Any) -> tuple[str, str]:
    return f"{mask_name(row.entitlement.person.name)}　{row.persons}人", _href(row.entitlement_id)


def _entitlement(row: Any) -> tuple[str, str]:
    return f"{mask_name(row.person.name)}　自{row.since:%Y-%m}" + (f"至{row.until:%Y-%m}" if row.until else ""), _href(row.pk)


def _amount(row: Any) -> tuple[str, str]:
    said = component_zh(row.entitlement.programme, row.component)
    return f"{mask_name(row.entitlement.person.name)}　{said} {show_yuan(row.amount)}元", _href(row.entitlement_id)


def _issue(row: Any) -> tuple[str, str]:
    said = component_zh(row.programme, row.component)
    who = mask_name(row.entitlement.person.name)
    return f"{who}　{row.for_month:%Y-%m} {said} {show_yuan(row.amount)}元", _href(row.entitlement_id)


def _href(entitlement_id: int) -> str:
    return reverse("entitlements:entitlement", args=[entitlement_id])
