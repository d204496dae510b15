"""Writing a row: whom it is about, the form, correcting, ending, striking out; looking at hidden texts; destroying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.access.actions import attempt, record_refusal, record_seen
from linli.kernel.access.rules import Forbidden, Refused, page
from linli.kernel.records import actions, forms, queries
from linli.kernel.records.rules import Book, EntryState, Subject
from linli.kernel.registry.queries import household_of, memberships_of, person_by_id, rows_of, search

CHOSEN = {Subject.PERSON, Subject.HOUSEHOLD}


@page("records.write")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """First whom the row is about (the registry's own search), then what the registry does not know."""
    book = queries.writable_book(by=request.actor, key=key)
    if book.new:
        return redirect(book.new)
    if book.about in CHOSEN and "person" not in request.GET:
        return _choose(request, book)
    subject, known = _subject(request, book) if book.about in CHOSEN else ({}, [])
    initial = {book.subject: request.GET["area"]} if book.about is Subject.AREA and "area" in request.GET else {}
    words = {"scope": request.actor.scope, "initial": initial}
    form = forms.entry_form(book, request.today)(request.POST or None, request.FILES or None, **words)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            values, files = forms.values_from(book, form)
            made = actions.add_entry(by=request.actor, on=request.today, book=key, values=values | subject, files=files)
            return reverse("records:entry", args=[made.pk])

        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已登记。")
            return redirect(answer)
    context = {"form": form, "book": book, "known": known, "back": reverse("records:book", args=[key])}
    return render(request, "records/new.html", context, status=422 if form.is_bound else 200)


def _choose(request: HttpRequest, book: Book) -> HttpResponse:
    form, found = forms.Finding(request.POST or None), None
    if form.is_valid():
        found = search(form.cleaned_data["find"], on=request.today)
        record_seen(by=request.actor, verb="records.find", kind="registry.search", found=len(found.rows))
    context = {"book": book, "form": form, "found": found, "back": reverse("records:book", args=[book.key])}
    return render(request, "records/choose.html", context, status=422 if form.errors else 200)


def _subject(request: HttpRequest, book: Book) -> tuple[dict[str, Any], list[Any]]:
    """What the row is about, from the address, and what the registry knows of it."""
    number = request.GET.get("person", "")
    person = person_by_id(int(number)) if number.isascii() and number.isdecimal() and len(number) < 16 else None
    if person is None:
        raise Http404
    record_seen(by=request.actor, verb="records.about", kind="registry.person", subject=person.pk, area=person.area)
    if book.about is Subject.PERSON:
        return {book.subject: person.pk}, rows_of([person], request.today)
    household = household_of(person, request.today)
    if household is None:
        raise Refused(f"{person.name}还没有立户，请先在居民登记中立户，再登记《{book.zh}》。")
    members = [row.person for row in memberships_of(household, request.today)]
    return {book.subject: household.pk}, rows_of(members, request.today)


@page("records.write")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A new version of a row, with the reason."""
    row, book = _changeable(request, entry_id)
    if row.state != EntryState.STANDING:
        raise Refused(f"这条记录{EntryState(row.state).zh}，不能再改。")
    hidden = {field.key for field in book.fields if field.sensitive}
    known = {key: value for key, value in queries.values_of(book, row).items() if key not in hidden}
    made = forms.correction_form(book, request.today)
    form = made(request.POST or None, request.FILES or None, initial=known | {"version": row.version}, scope=request.actor.scope)

    def act() -> str:
        values, files = forms.values_from(book, form)
        words = {"version": form.cleaned_data["version"], "why": form.cleaned_data["why"]}
        actions.correct_entry(by=request.actor, on=request.today, entry_id=row.pk, values=values, files=files, **words)
        return reverse("records:entry", args=[row.pk])

    return _carry_out(request, row, book, form, act, title="更正", submit="保存更正", said="已更正，原内容可在经过中查到。")


@page("records.write")
@require_POST
def end(request: HttpRequest, entry_id: int) -> HttpResponse:
    row, book = _changeable(request, entry_id)
    form = forms.Ending(request.POST)

    def act() -> str:
        actions.end_entry(by=request.actor, on=request.today, entry_id=row.pk, **form.cleaned_data)
        return reverse("records:entry", args=[row.pk])

    return _carry_out(request, row, book, form, act, title="结束", submit="结束", said="已结束。")


@page("records.write")
@require_POST
def strike(request: HttpRequest, entry_id: int) -> HttpResponse:
    row, book = _changeable(request, entry_id)
    form = forms.Striking(request.POST)

    def act() -> str:
        actions.strike_entry(by=request.actor, on=request.today, entry_id=row.pk, **form.cleaned_data)
        return reverse("records:entry", args=[row.pk])

    return _carry_out(request, row, book, form, act, title="作废", submit="作废", said="已作废。")


def _changeable(request: HttpRequest, entry_id: int) -> tuple[Any, Book]:
    """The row of a book that this post may write by the kernel's own pages."""
    row, book = queries.entry_in_area(by=request.actor, entry_id=entry_id)
    queries.writable_book(by=request.actor, key=book.key)
    if book.own:
        raise Forbidden(f"《{book.zh}》的记录随业务办理产生，请在原业务页面更改。")
    return row, book


def _carry_out(request: HttpRequest, row: Any, book: Book, form: Any, act: Callable[[], str], **words: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (answer := attempt(by=request.actor, form=form, act=act)):
        messages.success(request, words["said"])
        return redirect(answer)
    context = {"form": form, "entry": row, "book": book, "name": queries.entry_title(book, row), **words}
    return render(request, "records/act.html", context, status=422 if form.is_bound else 200)


@page("records.reveal")
@require_POST
def reveal(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A hidden text in clear, for a stated purpose; never a page that can be loaded again."""
    row, book = queries.entry_in_area(by=request.actor, entry_id=entry_id)
    form = forms.Revealing(request.POST, fields=[field for field in book.fields if field.key in row.sealed])
    shown = ""
    if form.is_valid():
        try:
            shown = actions.reveal_text(by=request.actor, on=request.today, entry_id=row.pk, **form.cleaned_data)
        except Refused as fault:
            record_refusal(by=request.actor, verb="records.reveal", kind="records.entry", subject=row.pk, why=fault.message)
            form.add_error("purpose", fault.message)
    label = book.field(form.cleaned_data["field"]).zh if form.is_valid() else ""
    context = {"entry": row, "book": book, "form": form, "shown": shown, "label": label, "name": queries.entry_title(book, row)}
    answer = render(request, "records/revealed.html", context, status=200 if shown else 422)
    answer["Cache-Control"] = "no-store"
    return answer


@page("records.destroy")
@require_http_methods(["GET", "POST"])
def destroy(request: HttpRequest, key: str) -> HttpResponse:
    """Rows whose time of keeping is over, and the approval under which their content is destroyed."""
    book = queries.book_of(by=request.actor, key=key)
    over = queries.past_keeping(book, request.today).count()
    form = forms.Destroying(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            gone = actions.destroy_past_keeping(by=request.actor, on=request.today, book=key, why=form.cleaned_data["why"])
            messages.success(request, f"已销毁 {gone} {book.noun}记录的内容。")
            return reverse("records:book", args=[key])

        if answer := attempt(by=request.actor, form=form, act=act):
            return redirect(answer)
    context = {"form": form, "book": book, "over": over, "back": reverse("records:book", args=[key])}
    return render(request, "records/destroy.html", context, status=422 if form.is_bound else 200)
