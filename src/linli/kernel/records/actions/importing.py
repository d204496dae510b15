"""Each book can be imported: a kind of the import engine, made from the book's declaration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.fields import Field, FieldKind, Value, read_value
from linli.base.identity import read_id
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.imports.rules import Checked, Fault, ImportColumn, ImportKind, Sheet, Tell, Undone
from linli.kernel.records.actions.content import checked as stands
from linli.kernel.records.actions.content import content, hear
from linli.kernel.records.models import Entry
from linli.kernel.records.queries.books import books
from linli.kernel.records.rules import Book, EntryState, Subject, unique_key
from linli.kernel.registry.queries import area_choices, area_names, households_of, organisations, people_by_numbers, places
from linli.kernel.ui.forms.declared import offered

CHUNK = 2000
BY_NUMBER = frozenset({FieldKind.PERSON, FieldKind.HOUSEHOLD})
BY_NAME = frozenset({FieldKind.ORGANISATION, FieldKind.PLACE})
NO, YES = "否", "是"


def import_kinds() -> tuple[ImportKind, ...]:
    """One kind for each book whose rows are entered by its fields alone and can stand in a table; a file cannot."""
    return tuple(_kind(book) for book in books().values() if not book.new and not _needs_file(book))


def _needs_file(book: Book) -> bool:
    return any(one.kind is FieldKind.FILE and one.required for one in book.present)


def _kind(book: Book) -> ImportKind:
    return ImportKind(
        key=f"records.{book.key}", zh=book.zh, permission=book.write, columns=_columns(book),
        check=_check(book), apply=_apply(book), undo=_undo(book),
        notes=(
            f"用途：{book.purpose}。依据：{book.basis}。", "人员和家庭由身份证号找到，姓名、住址等不用填。",
            "一行一条；已在册的请在原记录上更正。",
        ),
    )  # fmt: skip


def _columns(book: Book) -> tuple[ImportColumn, ...]:
    return tuple(_column(one) for one in book.present if one.kind is not FieldKind.FILE)


def _column(one: Field) -> ImportColumn:
    words: dict[str, Any] = {"required": one.required, "help": one.help}
    if one.kind in BY_NUMBER:
        words |= {"number": True, "help": "18 位；须已在居民登记中建档", "example": "990404196005010016"}
        heading = "身份证号" if one.kind is FieldKind.PERSON else "户主或成员身份证号"
        return ImportColumn(one.key, heading, aliases=("身份证号码", "身份证号"), **words)
    if one.kind is FieldKind.CHOICE:
        words["choices"] = tuple(zh for _, zh in one.choices)
    if one.kind is FieldKind.YES_NO:
        words["choices"] = (YES, NO)
    return ImportColumn(one.key, one.head, longest=max(one.longest, 20), aliases=(one.zh,) if one.head != one.zh else (), **words)


@dataclass
class _Rows:
    """The rows of a sheet while they are judged."""

    values: dict[int, dict[str, Value]]
    faults: list[Fault] = field(default_factory=list)

    def reject(self, row: int, column: str, reason: str) -> None:
        self.faults.append(Fault(row, column, reason))
        self.values.pop(row, None)


def _check(book: Book) -> Callable[..., Checked]:
    def check(sheet: Sheet, faults: list[Fault], by: Actor, on: date, tell: Tell) -> Checked:
        wrong = {fault.row for fault in faults}
        rows = _Rows({row: {} for row in range(len(sheet)) if row not in wrong}, faults)
        for one in book.present:
            if one.kind is not FieldKind.FILE:
                _READERS.get(one.kind, _read_typed)(book, one, sheet.frame[one.key].to_list(), rows, by, on)
        made = _judge(book, rows, by, on, tell, len(sheet))
        return Checked(len(sheet), rows.faults, rows=made)

    return check


def _judge(book: Book, rows: _Rows, by: Actor, on: date, tell: Tell, total: int) -> list[dict[str, Any]]:
    """Judge each row as a whole; the columns of those that stand."""
    made: list[dict[str, Any]] = []
    taken = _taken(book, rows)
    for row, values in sorted(rows.values.items()):
        references = {one.kind.value: int(str(values[one.key])) for one in book.present
                      if one.kind in BY_NUMBER | BY_NAME and one.key in values}  # fmt: skip
        try:
            columns = content(book, stands(book, values, references), on)
        except Refused as fault:
            rows.reject(row, fault.field or "", fault.message)
            continue
        if columns["unique"] and columns["unique"] in taken:
            rows.reject(row, book.unique[0], "与本表的另一行重复，或已有在册的记录。")
            continue
        taken.add(columns["unique"])
        area = str(values[book.subject]) if book.about is Subject.AREA else by.area
        made.append(columns | {f"{kind}_id": pk for kind, pk in references.items()} | {"area": area})
        tell("检查", row + 1, total)
    return made


def _taken(book: Book, rows: _Rows) -> set[str]:
    keys = {unique_key(book, values) for values in rows.values.values()} - {""}
    there = Entry.objects.filter(book=book.key, state=EntryState.STANDING, until=None, unique__in=keys)
    return set(there.values_list("unique", flat=True))


def _each(texts: list[str | None], rows: _Rows) -> Iterable[tuple[int, str]]:
    """The filled cells of a column in the rows that still stand."""
    return [(row, text) for row, text in enumerate(texts) if text and row in rows.values]


def _read_typed(book: Book, one: Field, texts: list[str | None], rows: _Rows, by: Actor, on: date) -> None:
    for row, text in _each(texts, rows):
        try:
            rows.values[row][one.key] = read_value(one, text)
        except ValueError as fault:
            rows.reject(row, one.key, str(fault))


def _read_numbers(book: Book, one: Field, texts: list[str | None], rows: _Rows, by: Actor, on: date) -> None:
    numbers: dict[int, str] = {}
    for row, text in _each(texts, rows):
        try:
            numbers[row] = read_id(text).number
        except ValueError as fault:
            rows.reject(row, one.key, str(fault))
    people = people_by_numbers(set(numbers.values()))
    homes = households_of([person.pk for person in people.values()], on) if one.kind is FieldKind.HOUSEHOLD else {}
    for row, number in numbers.items():
        if (person := people.get(number)) is None:
            rows.reject(row, one.key, "本辖区没有登记这个身份证号，请核对，或先在居民登记中建档。")
        elif one.kind is FieldKind.PERSON:
            rows.values[row][one.key] = person.pk
        elif person.pk in homes:
            rows.values[row][one.key] = homes[person.pk]
        else:
            rows.reject(row, one.key, "这个人还没有立户，请先在居民登记中立户。")


def _read_names(book: Book, one: Field, texts: list[str | None], rows: _Rows, by: Actor, on: date) -> None:
    wanted = {text for _, text in _each(texts, rows)}
    there = (organisations(on) if one.kind is FieldKind.ORGANISATION else places(on)).filter(name__in=wanted)
    ids: dict[str, list[int]] = {}
    for pk, name in there.values_list("pk", "name"):
        ids.setdefault(name, []).append(pk)
    for row, text in _each(texts, rows):
        if len(found := ids.get(text, [])) == 1:
            rows.values[row][one.key] = found[0]
        else:
            rows.reject(row, one.key, "有多个同名的，请在页面上登记。" if found else "本辖区没有登记这个名称，请核对或先登记。")


def _read_areas(book: Book, one: Field, texts: list[str | None], rows: _Rows, by: Actor, on: date) -> None:
    there = dict(area_choices(offered(one, by.scope), None, on))
    bare = area_names(frozenset(there), on)
    once = {name for name, count in Counter(bare.values()).items() if count == 1}
    names = {name: code for code, name in bare.items() if name in once}
    names |= {code: code for code in there} | {name: code for code, name in there.items()}
    for row, text in _each(texts, rows):
        if text in names:
            rows.values[row][one.key] = names[text]
        else:
            rows.reject(row, one.key, "没有这个区域，或它不在可选范围内；请填写 12 位代码或全称。")


_READERS = {
    FieldKind.PERSON: _read_numbers, FieldKind.HOUSEHOLD: _read_numbers, FieldKind.ORGANISATION: _read_names,
    FieldKind.PLACE: _read_names, FieldKind.AREA: _read_areas,
}  # fmt: skip


def _apply(book: Book) -> Callable[..., dict[str, Any]]:
    def apply(judged: Checked, run: int, by: Actor, on: date, tell: Tell) -> dict[str, Any]:
        words = {
            "book": book.key, "subject": book.about.value, "run": run, "created_by_id": by.staff_id, "created_on": on,
            "changed_by_id": by.staff_id, "changed_on": on, "why": "导入",
        }  # fmt: skip
        rows = [Entry(**words, **columns) for columns in judged.rows]
        try:
            with transaction.atomic():
                for start in range(0, len(rows), CHUNK):
                    Entry.objects.bulk_create(rows[start : start + CHUNK])
                    tell("写入", min(start + CHUNK, len(rows)), len(rows))
        except IntegrityError as fault:
            raise Refused("表中有记录与辖区外的在册记录重复，没有写入。请与区级经办核对后再导入。") from fault
        hear(book, list(Entry.objects.filter(book=book.key, run=run)), "added", by=by, on=on)
        return {"made": [[book.zh, len(rows)]]}

    return apply


def _undo(book: Book) -> Callable[..., Undone]:
    def undo(facts: dict[str, Any], run: int, by: Actor, on: date) -> Undone:
        rows = Entry.objects.filter(book=book.key, run=run, state=EntryState.STANDING)
        touched = [f"编号{pk}的记录导入后已有更正，没有撤回。" for pk in rows.exclude(version=1).values_list("pk", flat=True)]
        words = {"state": EntryState.STRUCK.value, "changed_by_id": by.staff_id, "changed_on": on, "why": "撤回导入"}
        struck = list(rows.filter(version=1).values_list("pk", flat=True))
        count = rows.filter(pk__in=struck).update(version=2, **words)
        hear(book, list(Entry.objects.filter(pk__in=struck)), "struck", by=by, on=on)
        return Undone(count, tuple(touched))

    return undo
