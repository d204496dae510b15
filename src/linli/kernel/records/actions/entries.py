"""Rows are added, corrected by new versions, ended, struck out, and destroyed after the time of keeping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from linli.base.fields import REFERENCES, Value
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.records.actions.content import checked, content, hear, keep_files, place_of, references_of
from linli.kernel.records.models import Entry
from linli.kernel.records.queries import entry_in_area, past_keeping, sealed_text, values_of, writable_book
from linli.kernel.records.rules import Book, EntryState

KIND = "records.entry"


@action("records.write")
def add_entry(
    *, by: Actor, on: date, book: str, values: Mapping[str, Value], files: Mapping[str, Any] | None = None, source: str = ""
) -> Entry:
    """A new row of a book. ``values`` by field, references as ids; ``files`` are uploads by field.

    ``source`` names what the row came from, where a package writes it beside other work.

    :raises Refused: a value is missing or wrong, or a standing row has the same unique fields.
    """
    kept = writable_book(by=by, key=book)
    references = references_of(kept, values)
    area = place_of(kept, values, references, by)
    values = {**values, **keep_files(kept, files or {}, by=by, on=on, area=area)}
    whole = checked(kept, values, references)
    row = Entry(
        book=book, subject=kept.about.value, source=source[:80], area=area, created_by_id=by.staff_id, created_on=on,
        changed_by_id=by.staff_id, changed_on=on, **content(kept, whole, on),
        **{f"{kind}_id": pk for kind, pk in references.items()},
    )  # fmt: skip
    _write(kept, row.save)
    row.refresh_from_db(fields=["area"])
    hear(kept, [row], "added", by=by, on=on)
    about(KIND, row.pk, area=row.area, book=book)
    return row


def _write(book: Book, write: Any) -> Any:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as fault:
        if "entry_once_in_a_book" not in str(fault):
            raise
        names = "、".join(book.field(key).zh for key in book.unique)
        raise Refused(f"《{book.zh}》中已有{names}相同的在册记录，请在原记录上更正。", field=book.unique[0]) from fault


@action("records.write")
def correct_entry(
    *, by: Actor, on: date, entry_id: int, version: int, values: Mapping[str, Value], why: str,
    files: Mapping[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """A row corrected by a new version; the former one stays readable. What it is about cannot be changed.

    :raises Stale: somebody corrected it since ``version`` was shown.
    """
    entry, book = _standing(by, entry_id)
    if len(tidy(why)) < 2:
        raise Refused("请填写更正的原因。", field="why")
    former = values_of(book, entry)
    fixed = {book.subject} | {field.key for field in book.fields if field.kind in REFERENCES}
    given = {key: value for key, value in values.items() if key not in fixed}
    given |= keep_files(book, files or {}, by=by, on=on, area=entry.area)
    now = {field.key for field in book.present}
    whole = checked(book, {key: value for key, value in (former | given).items() if key in now}, _references(entry))
    dropped = {key: value for key, value in entry.values.items() if key not in now}
    written = content(book, whole, on)
    written["values"] |= dropped
    _change(book, entry, version, by, on, why, "corrected", **written)
    return entry


def _references(entry: Entry) -> dict[str, int]:
    found = {kind.value: getattr(entry, f"{kind}_id") for kind in REFERENCES}
    return {kind: pk for kind, pk in found.items() if pk is not None}


@action("records.write")
def end_entry(*, by: Actor, on: date, entry_id: int, version: int, until: date, why: str) -> Entry:
    """A lasting row ends: ``until`` is the first day on which it does not stand any more."""
    entry, book = _standing(by, entry_id)
    if not book.lasting:
        raise Refused("这本台账的记录没有起止，不需要结束；登记有误的请作废。")
    if entry.until is not None:
        raise Stale
    if not entry.day < until <= on:
        raise Refused(f"结束日期应晚于{entry.day:%Y-%m-%d}，且不晚于办理当日。", field="until")
    if len(tidy(why)) < 2:
        raise Refused("请填写结束的原因。", field="why")
    _change(book, entry, version, by, on, why, "ended", until=until)
    return entry


@action("records.write")
def strike_entry(*, by: Actor, on: date, entry_id: int, version: int, why: str) -> Entry:
    """A row that should not be there is struck out, with the reason; it stays readable and counts nowhere."""
    entry, book = _standing(by, entry_id)
    if len(tidy(why)) < 2:
        raise Refused("请填写作废的原因。", field="why")
    _change(book, entry, version, by, on, why, "struck", state=EntryState.STRUCK.value)
    return entry


def _standing(by: Actor, entry_id: int) -> tuple[Entry, Book]:
    entry, book = entry_in_area(by=by, entry_id=entry_id)
    writable_book(by=by, key=book.key)
    if entry.state != EntryState.STANDING:
        raise Refused(f"这条记录{EntryState(entry.state).zh}，不能再改。")
    return entry, book


def _change(book: Book, entry: Entry, version: int, by: Actor, on: date, why: str, what: str, **columns: Any) -> None:
    words = {"version": version + 1, "changed_by_id": by.staff_id, "changed_on": on, "why": tidy(why)[:200]}
    rows = Entry.objects.filter(pk=entry.pk, version=version, state=EntryState.STANDING)
    if not _write(book, lambda: rows.update(**words, **columns)):
        raise Stale
    entry.refresh_from_db()
    hear(book, [entry], what, by=by, on=on)
    about(KIND, entry.pk, area=entry.area, book=book.key, version=entry.version)


@action("records.reveal")
def reveal_text(*, by: Actor, on: date, entry_id: int, field: str, purpose: str) -> str:
    """The clear text of a sensitive field, for a stated purpose; the trail keeps who looked, at what, and why."""
    entry, book = entry_in_area(by=by, entry_id=entry_id)
    if field not in {one.key for one in book.fields if one.sensitive}:
        raise Forbidden("这一项不能查看。")
    if len(tidy(purpose)) < 2:
        raise Refused("请填写查看的用途。", field="purpose")
    about(KIND, entry.pk, area=entry.area, purpose=tidy(purpose), book=book.key, field=field)
    return sealed_text(entry, field)


@action("records.destroy")
def destroy_past_keeping(*, by: Actor, on: date, book: str, why: str) -> int:
    """Destroy the content of all rows of a book whose time of keeping is over; how many. That there were rows remains.

    Source: 个人信息保护法 §19, §47 (no longer than needed; then erased).
    """
    kept = writable_book(by=by, key=book)
    if kept.after.value != "destroy":
        raise Refused(f"《{kept.zh}》保管期满后移交档案馆，不在系统中销毁。")
    if len(tidy(why)) < 2:
        raise Refused("请填写批准销毁的文号或依据。", field="why")
    rows = list(past_keeping(kept, on).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("select records_destroy(%s, %s, %s)", [rows, by.staff_id, on])
        gone = int(cursor.fetchone()[0])
    about("records.book", book, area=by.area, purpose=tidy(why), rows=gone)
    return gone
