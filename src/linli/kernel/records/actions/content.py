"""What is written of a row: checked values, references of the present scope, sealed texts, stored files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.module_loading import import_string

from linli.base.fields import REFERENCES, FieldKind, Value, check_values
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.files.actions import store_file
from linli.kernel.records.queries.entries import SEALED
from linli.kernel.records.rules import Book, Subject, day_of, search_words, split_sensitive, unique_key
from linli.kernel.registry.queries import household_by_id, keyring, organisation_by_id, person_by_id, place_by_id

FINDERS: dict[str, Callable[[int], Any]] = {
    "person": person_by_id, "household": household_by_id, "organisation": organisation_by_id, "place": place_by_id,
}  # fmt: skip
OWNER = "records.entry"


def references_of(book: Book, values: Mapping[str, Value]) -> dict[str, int]:
    """The row's references by kind, each found in the present scope; a merged person as the survivor."""
    found: dict[str, int] = {}
    for field in book.present:
        if field.kind in REFERENCES and (given := values.get(field.key)):
            row = FINDERS[field.kind](int(given))
            if row is None:
                raise Refused(f"本辖区内没有这个{Subject(field.kind.value).zh}，请重新选择{field.zh}。", field=field.key)
            found[field.kind.value] = row.pk
    return found


def checked(book: Book, values: Mapping[str, Value], references: Mapping[str, int]) -> dict[str, Value]:
    """The values with the references resolved. :raises Refused: at the first field that does not stand."""
    whole: dict[str, Value] = {key: value for key, value in values.items() if value not in (None, "")}
    whole |= {field.key: references[field.kind] for field in book.present if field.kind in references}
    if faults := check_values(book.present, whole):
        key, reason = faults[0]
        raise Refused(reason, field=key)
    return whole


def content(book: Book, values: Mapping[str, Value], on: date) -> dict[str, Any]:
    """The columns of the row that hold these values."""
    day = day_of(book, values, on)
    if day > on:
        raise Refused(f"{book.field(book.day).zh}不能晚于办理当日，请修改。", field=book.day)
    references = {field.key for field in book.fields if field.kind in REFERENCES}
    plain = {key: value for key, value in values.items() if key not in references}
    clear, hidden = split_sensitive(book, plain)
    return {
        "values": clear, "sealed": {key: keyring().seal(text, SEALED).hex() for key, text in hidden.items()}, "day": day,
        "definition": book.version, "unique": unique_key(book, values), "words": search_words(book, values),
    }  # fmt: skip


def place_of(book: Book, values: Mapping[str, Value], references: Mapping[str, int], by: Actor) -> str:
    """The area of a new row: its subject's, which the database holds it to, else the writer's."""
    if (subject := book.about.value) in references:
        return str(getattr(FINDERS[subject](references[subject]), "area", by.area))
    if book.about is not Subject.AREA:
        return by.area
    if not values.get(book.subject):
        raise Refused(f"请填写{book.field(book.subject).zh}。", field=book.subject)
    code = str(values[book.subject])
    if not by.covers(code):
        raise Refused("这个区域不在本辖区内，请重新选择。", field=book.subject)
    return code


def hear(book: Book, entries: Sequence[Any], what: str, *, by: Actor, on: date) -> None:
    """Let the declaring package do what follows from rows that were written."""
    if book.heard and entries:
        import_string(book.heard)(by=by, on=on, entries=entries, what=what)


def keep_files(book: Book, files: Mapping[str, Any], *, by: Actor, on: date, area: str) -> dict[str, Value]:
    """Store what was uploaded; the ids of the files by field."""
    stored: dict[str, Value] = {}
    for field in book.present:
        if field.kind is FieldKind.FILE and (sent := files.get(field.key)):
            kept = store_file(
                by=by, on=on, name=sent.name, content=sent.content, need=book.read, owner_kind=OWNER, owner_id=book.key[:40],
                area=area,
            )  # fmt: skip
            stored[field.key] = kept.pk
    return stored
