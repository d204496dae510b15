"""One row: what it says, whom it is about, its files, and every version that it had."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.base.fields import FieldKind
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.files.queries import files_of
from linli.kernel.records import forms, queries
from linli.kernel.records.rules import Book, EntryState, Subject, keeping_ends
from linli.kernel.records.views.books import badge
from linli.kernel.registry.queries import memberships_of, rows_of
from linli.kernel.ui.rules import Event, Fact, Tone


def facts_of(book: Book, row: Any) -> list[Fact]:
    """What a row says, in the fields of its own version; sensitive ones stay hidden."""
    facts = [Fact("编号", row.pk, "code")]
    if name := queries.subject_name(row):
        facts.append(Fact(book.field(book.subject).zh, name, href=subject_address(row)))
    facts.append(Fact("所在地", row.area, "area"))
    facts += [Fact(field.head, said or None) for field, said in queries.named_values(book, row)]
    if not book.day:
        facts.append(Fact("登记日", row.day, "day"))
    return [*facts, Fact("结束日期", row.until, "day")] if row.until else facts


def subject_address(row: Any) -> str:
    """The page of what the row is about."""
    if row.subject == Subject.PERSON:
        return reverse("registry:person", args=[row.person.merged_into_id or row.person_id])
    return reverse("registry:household", args=[row.household_id]) if row.subject == Subject.HOUSEHOLD else ""


def known_of(row: Any, on: Any) -> list[Any]:
    """The people whom the row is about as the registry knows them: one person, or the household's members."""
    if row.subject == Subject.PERSON:
        return rows_of([row.person.merged_into or row.person], on)
    if row.subject == Subject.HOUSEHOLD:
        return rows_of([one.person for one in memberships_of(row.household, on)], on)
    return []


def _files(book: Book, row: Any) -> list[tuple[str, Any]]:
    wanted = {int(pk): field.zh for field in book.fields if field.kind is FieldKind.FILE and (pk := row.values.get(field.key))}
    found = files_of("records.entry", book.key[:40]).filter(pk__in=wanted) if wanted else []
    return [(wanted[one.pk], one) for one in found]


@page("records.see")
@require_GET
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    row, book = queries.entry_in_area(by=request.actor, entry_id=entry_id)
    record_seen(by=request.actor, verb="records.open", kind="records.entry", subject=row.pk, area=row.area, book=book.key)
    standing = row.state == EntryState.STANDING
    may = standing and not book.own and request.actor.may(book.write) and request.actor.may("records.write")
    hidden = [field for field in book.fields if field.key in row.sealed]
    context = {
        "entry": row, "book": book, "title": queries.entry_title(book, row), "state": badge(book, row, request.today),
        "facts": facts_of(book, row), "known": known_of(row, request.today), "files": _files(book, row),
        "events": _history(book, row), "can_write": may, "can_end": may and book.lasting and row.until is None,
        "reveal": forms.Revealing(fields=hidden) if hidden and request.actor.may("records.reveal") else None,
        "kept_until": keeping_ends(book, row.until or row.day) if not book.lasting or row.until else None,
        "strike_form": forms.Striking(initial={"version": row.version}),
        "end_form": forms.Ending(initial={"version": row.version}),
    }  # fmt: skip
    return render(request, "records/entry.html", context)


def _history(book: Book, row: Any) -> list[Event]:
    """Every version, newest first, with what it changed against the one before."""
    versions = queries.versions_of(row)
    events = []
    for number, version in enumerate(versions):
        before = versions[number + 1] if number + 1 < len(versions) else None
        title = _title(version, before)
        tone = Tone.BAD if version.state != EntryState.STANDING else Tone.QUIET
        changed = "；".join(_differences(book, before, version)) if before else ""
        text = "；".join(part for part in (version.why, changed) if part)
        who = version.changed_by.name if version.changed_by else "系统"
        events.append(Event(version.at, title, who, text, tone))
    return events


def _title(version: Any, before: Any) -> str:
    if before is None:
        return "登记"
    if version.state != EntryState.STANDING:
        return "作废" if version.state == EntryState.STRUCK else "销毁"
    return "结束" if version.until and not before.until else "更正"


def _differences(book: Book, before: Any, after: Any) -> list[str]:
    if after.state != EntryState.STANDING:
        return []
    former = {field.key: said for field, said in queries.named_values(book, before)}
    found = []
    for field, said in queries.named_values(book, after):
        sealed = field.sensitive and queries.sealed_text(before, field.key) != queries.sealed_text(after, field.key)
        if sealed:
            found.append(f"{field.zh}有更改")
        elif former.get(field.key, "") != said:
            found.append(f"{field.zh}由“{former.get(field.key) or '空'}”改为“{said or '空'}”")
    return found


@page("records.see")
@require_GET
def print_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One row on A4, with boxes to sign."""
    row, book = queries.entry_in_area(by=request.actor, entry_id=entry_id)
    record_seen(by=request.actor, verb="records.print", kind="records.entry", subject=row.pk, area=row.area, book=book.key)
    context = {"entry": row, "book": book, "facts": facts_of(book, row), "known": known_of(row, request.today)}
    return render(request, "records/print_entry.html", context)
