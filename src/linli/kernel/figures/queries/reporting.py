"""Reports: their numbers (live in a draft, frozen when signed) and the document made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from linli.base.areas import level_of
from linli.base.shares import percent
from linli.gateways import documents
from linli.gateways.documents.model import day_in_words
from linli.kernel.access.queries import business_day
from linli.kernel.access.rules import Refused, Role
from linli.kernel.figures.models import Report, ReportFigure
from linli.kernel.figures.queries.boundaries import boundary_day
from linli.kernel.figures.queries.values import (
    LEVELS,
    broken_down,
    check_relations,
    figure,
    figures,
    places,
    relations,
    rows_hash,
    value,
)
from linli.kernel.figures.rules import (
    APART,
    Check,
    FigureTable,
    Head,
    Period,
    Reference,
    ReportTemplate,
    Slot,
    Text,
    covered,
    fill,
    references_in,
    show,
    stray_braces,
    whole,
)
from linli.kernel.registry.queries import area_when_made
from linli.kernel.ui.queries import declared_by_key

Numbers = Mapping[tuple[str, str], int]


@cache
def templates() -> dict[str, ReportTemplate]:
    """Every report template that the installed packages declare, by key."""
    found = declared_by_key("reports", ReportTemplate)
    for one in found.values():
        unknown = {reference.figure for reference in one.references()} - figures().keys()
        unknown |= {key for table in one.tables() for key, _, _ in table.columns} - figures().keys()
        if unknown:
            raise LookupError(f"the report {one.key} names unknown figures {sorted(unknown)}")
    return found


def report(report_id: int) -> Report:
    """The report with this id in the viewer's area; Refused when there is none."""
    found = Report.objects.select_related("made_by", "signed_by").filter(pk=report_id).first()
    if found is None:
        raise Refused("没有这份报表，或它不在本辖区内。")
    return found


def reports(*, state: str = "", template: str = "", words: str = "", year: int | None = None) -> QuerySet[Report]:
    """Reports in the viewer's area, newest first. ``words``: of the title, or the number; ``year``: the period touches it."""
    wanted = {name: word for name, word in (("state", state), ("template", template)) if word}
    found = Report.objects.select_related("made_by", "signed_by").filter(**wanted).order_by("-id")
    if words:
        found = found.filter(Q(title__icontains=words) | Q(number=words))
    return found.filter(first__year__lte=year, last__year__gte=year) if year else found


def area_of(one: Report) -> str:
    """The area that a report speaks of. A signed one goes on speaking of it when the area has become another."""
    if one.state == "draft":
        return one.area
    known: str | None = getattr(one, "_area_of", None)
    if known is None:
        number = ReportFigure.objects.filter(report=one).order_by("pk").first()  # made when the report was signed
        known = one._area_of = area_when_made(number) if number else one.area  # type: ignore[attr-defined]
    return known


def period_of(one: Report) -> Period:
    """The report's period; a signed one keeps the boundaries of the day on which it was signed, and what was late on it."""
    signed = min(one.last, one.signed_on) if one.signed_on else None
    return Period(one.first, one.last, one.period_zh, signed, one.signed_on or business_day())


def template_of(one: Report) -> ReportTemplate:
    return templates()[one.template]


def texts_of(one: Report) -> dict[str, str]:
    """The writer's words for each slot; the template's first draft where nothing was written."""
    return {key: one.texts.get(key, slot.start) for key, slot in template_of(one).slots().items()}


@dataclass(frozen=True)
class Frozen:
    """One number with what proves it."""

    figure: str
    cell: str
    zh: str
    unit: str
    value: int
    row_count: int
    rows_digest: str


def wanted_numbers(one: Report) -> set[tuple[str, str]]:
    """Every (figure, cell) that the report's texts and relations name; tables are added part by part."""
    template = template_of(one)
    found = {(reference.figure, reference.cell) for reference in template.references()}
    for text in texts_of(one).values():
        found |= {(reference.figure, reference.cell) for reference in references_in(text)}
    for relation in relations():
        if relation.key in template.relations:
            found |= {_cell_of(term) for term in (*relation.left, *relation.right)}
    return found


def _cell_of(term: str) -> tuple[str, str]:
    key, _, cell = term.rsplit("*", 1)[-1].partition("@")
    return key, cell


def live_numbers(one: Report) -> dict[tuple[str, str], int]:
    """The report's numbers as the records stand now: one query a number, one a column of a table."""
    period = period_of(one)
    found = {}
    for key, cell in sorted(wanted_numbers(one)):
        found[key, cell] = value(figure(key), period, area_of(one), Reference(key, cell).where)
    for table in template_of(one).tables():
        for key, _, _ in table.columns:
            found.setdefault((key, ""), value(figure(key), period, area_of(one)))
            for part in broken_down(figure(key), period, area_of(one), table.by):
                found[key, _part_cell(table.by, part.key)] = part.value
    return found


def _part_cell(by: str, key: str) -> str:
    return key if by in LEVELS else f"{by}={key}"


def freeze(one: Report) -> list[Frozen]:
    """All numbers with the digest of their rows, as signing keeps them."""
    period, kept = period_of(one), []
    for (key, cell), number in sorted(live_numbers(one).items()):
        definition = figure(key)
        digest, count = rows_hash(definition, period, area_of(one), Reference(key, cell).where)
        kept.append(Frozen(key, cell, definition.zh, definition.unit.value, number, count, digest))
    return kept


def digest_of(kept: list[Frozen], texts: Mapping[str, str]) -> str:
    """The digest that a signature stands for: all numbers, their rows, and the writer's words."""
    plain = [[one.figure, one.cell, one.value, one.row_count, one.rows_digest] for one in kept]
    return hashlib.sha256(json.dumps([plain, dict(texts)], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def frozen_numbers(one: Report) -> list[Frozen]:
    """The numbers as they were signed."""
    found = ReportFigure.objects.filter(report=one).order_by("figure", "cell")
    return [Frozen(f.figure, f.cell, f.zh, f.unit, f.value, f.row_count, f.rows_digest) for f in found]


def numbers_of(one: Report) -> dict[tuple[str, str], int]:
    """Live numbers of a draft, frozen ones of a signed report."""
    if one.state == "draft":
        return live_numbers(one)
    return {(kept.figure, kept.cell): kept.value for kept in frozen_numbers(one)}


def checks_of(one: Report, numbers: Numbers) -> list[Check]:
    """The relations that the template asks for, judged on the report's numbers."""
    values = {f"{key}@{cell}" if cell else key: number for (key, cell), number in numbers.items()}
    wanted = [relation for relation in relations() if relation.key in template_of(one).relations]
    return check_relations(values, wanted)


def stray_words(one: Report) -> list[str]:
    """Braces in the writer's words that name no figure; references to figures that do not exist."""
    found = []
    for text in texts_of(one).values():
        found += stray_braces(text)
        found += [reference.figure for reference in references_in(text) if reference.figure not in figures()]
    return found


def signed_early(one: Report) -> str:
    """What a report says of itself that was signed before its period was over: half a month must not be read as a whole one."""
    if one.signed_on is None or one.signed_on > one.last:
        return ""
    return f"本报表统计期至{day_in_words(one.last)}，签发时尚未结束，数字截至{day_in_words(one.signed_on)}。"


def covered_in(one: Report, known: Numbers, role: Role) -> dict[tuple[str, str], str]:
    """What stands in place of the numbers of people that this reader does not see, told by the breakdowns and relations."""
    numbers = {key: number for key, number in known.items() if figure(key[0]).persons}
    parts: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key, cell in numbers:
        if cell:
            parts.setdefault((key, cell.partition("=")[0] if "=" in cell else str(level_of(cell))), []).append((key, cell))
    sums = [whole((key, ""), cells) for (key, _), cells in parts.items() if (key, "") in numbers]
    for relation in relations():
        if relation.key in template_of(one).relations and relation.operator == "=":
            terms = [(_cell_of(term), 1) for term in relation.left] + [(_cell_of(term), -1) for term in relation.right]
            if all(key in numbers for key, _ in terms) and not any("*" in term for term in (*relation.left, *relation.right)):
                sums.append(dict(terms))
    return covered(numbers, sums, role)


def compose(one: Report, numbers: Numbers | None = None, role: Role | None = None) -> documents.Document:
    """The report as an official document: the same numbers on the page, in .docx, PDF and .xlsx. ``role``: of the reader."""
    known = numbers_of(one) if numbers is None else numbers
    template, apart = template_of(one), covered_in(one, known, role) if role else {}

    def number(reference: Reference) -> str:
        if (here := apart.get((reference.figure, reference.cell))) and not reference.whole:
            return here
        if whole := reference.whole:
            if here or (whole.figure, whole.cell) in apart:
                return APART
            part, of = known[reference.figure, reference.cell], known[whole.figure, whole.cell]
            return percent(Fraction(part, of) if of else None, 2)
        return show(known[reference.figure, reference.cell], figure(reference.figure).unit, reference.show)

    blocks: list[Any] = [documents.Paragraph(early)] if (early := signed_early(one)) else []
    for block in template.blocks:
        if isinstance(block, Head):
            blocks.append(documents.Heading(block.level, fill(block.text, number)))
        elif isinstance(block, Text):
            blocks.append(documents.Paragraph(fill(block.text, number)))
        elif isinstance(block, Slot):
            words = texts_of(one)[block.key]
            blocks += [documents.Paragraph(fill(line, number)) for line in words.splitlines() if line.strip()]
        else:
            blocks.append(table_of(one, block, known, apart))
    return documents.Document(
        issuer=template.issuer, title=one.title, number=one.number, addressee=template.addressee,
        blocks=tuple(blocks), signature=template.signature, date=one.signed_on or one.made_on,
    )  # fmt: skip


def table_of(
    one: Report, table: FigureTable, numbers: Numbers, apart: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> documents.Table:
    """One table: a line for each part in order, the total below. ``apart``: what the reader sees in place of numbers."""

    def shown(key: str, cell: str, how: str) -> str:
        return apart.get((key, cell)) or _shown(numbers.get((key, cell), 0), key, how)

    names = _part_names(one, table)
    cells = [cell for cell in names if any((key, cell) in numbers for key, _, _ in table.columns)]
    lines = [
        (names[cell], *(shown(key, cell, how) for key, _, how in table.columns)) for cell in cells
    ]
    if table.total:
        lines.append(("合计", *(shown(key, "", how) for key, _, how in table.columns)))
    heads = (documents.Column(table.first), *(documents.Column(head, "right") for _, head, _ in table.columns))
    return documents.Table(columns=heads, rows=tuple(lines), caption=table.caption)


def _shown(number: int, key: str, how: str) -> str:
    return show(number, figure(key).unit, how)


def _part_names(one: Report, table: FigureTable) -> dict[str, str]:
    if table.by in LEVELS:
        return places(area_of(one), LEVELS[table.by], boundary_day(area_of(one), period_of(one)))
    breakdown = figure(table.columns[0][0]).breakdown(table.by)
    names = breakdown.names() if callable(breakdown.names) else breakdown.names
    return {_part_cell(table.by, key): zh for key, zh in names.items()}


@dataclass(frozen=True)
class Difference:
    """A signed number whose rows are not the same today."""

    zh: str
    cell: str
    signed: int
    now: int


def verify_report(one: Report) -> tuple[bool, list[Difference]]:
    """Whether the signature still fits the kept numbers, and which of them the records would give otherwise today."""
    kept = frozen_numbers(one)
    fits = digest_of(kept, one.texts) == one.digest
    changed, period = [], period_of(one)
    for number in kept:
        where = Reference(number.figure, number.cell).where
        digest, _ = rows_hash(figure(number.figure), period, area_of(one), where)
        if digest != number.rows_digest:
            now = value(figure(number.figure), period, area_of(one), where)
            changed.append(Difference(number.zh, number.cell, number.value, now))
    return fits, changed
