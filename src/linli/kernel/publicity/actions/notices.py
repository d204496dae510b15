"""A notice's life: drafted from lawful fields, looked at again and published, extended, withdrawn, taken down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.db import connection
from django.db.models import F

from linli.base.days import Term, official_calendar
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.publicity import queries
from linli.kernel.publicity.actions.listeners import tell_of_notice
from linli.kernel.publicity.models import Notice, NoticeItem, PublishedItem, PublishedNotice
from linli.kernel.publicity.rules import (
    OFFICE,
    Entry,
    NoticeKind,
    NoticeState,
    NotLawful,
    Place,
    personal_data_in,
    prepare_rows,
)

LONGEST_EXTENSION = 90
_TEXTS = (
    ("title", "标题", 120), ("lead", "正文", 400), ("area_name", "区域名称", 60), ("issuer", "公示单位", 60),
    ("contact", "受理方式", 200),
)  # fmt: skip
COPIED = (
    "kind", "kind_zh", "title", "lead", "law", "heads", "area", "area_name", "issuer", "contact", "objection",
    "item_count", "published_on", "since", "until",
)  # fmt: skip


@action("publicity.draft")
def draft_notice(
    *, by: Actor, on: date, kind: str, area: str, area_name: str, issuer: str, contact: str, entries: Sequence[Entry],
    words: Mapping[str, str] | None = None, places: Collection[Place] | None = None, term: Term | None = None,
    law: str = "",
) -> Notice:  # fmt: skip
    """A draft from the lawful fields of the entries. ``words`` fill the kind's title and lead ({area} is given).

    ``issuer`` is the unit that signs, ``contact`` where objections are heard (an office's desk, no private number),
    ``term`` the days on show when the parameter in force differs from the kind's, ``law`` the articles where they depend on who
    is in the list.

    :raises NotLawful: anything beyond the field list, or personal data in any text.
    :raises Refused: no lines, a case twice, or a case that is on show already.
    """
    declared = queries.notice_kind(kind)
    if not by.covers(area):
        raise Refused("公示的区域不在本辖区内，请重新选择。")
    rows = prepare_rows(declared, [entry.row for entry in entries])
    _check_cases(declared, entries)
    title, lead = _written(declared, {"area": area_name, **(words or {})})
    term = term or declared.term
    drafted = Notice(
        kind=kind, kind_zh=declared.zh, title=title, lead=lead, law=law or declared.law_on(on), area=area, area_name=area_name,
        heads=[{"key": one.key, "heading": one.heading, "show": one.show, "law": one.law_on(on)} for one in declared.fields],
        issuer=issuer, contact=contact, places=_places(declared, places), objection=declared.objection,
        term_kind=term.kind, term_days=term.n, item_count=len(rows), drafted_by_id=by.staff_id, drafted_on=on,
    )  # fmt: skip
    check_texts(drafted)
    drafted.save()
    NoticeItem.objects.bulk_create(
        [
            NoticeItem(
                notice=drafted, number=number, case=entry.case, person_id=entry.person, household_id=entry.household, row=row
            )
            for number, (entry, row) in enumerate(zip(entries, rows, strict=True), 1)
        ],
        batch_size=1000,
    )
    about("publicity.notice", drafted.pk, area=area, kind_of_notice=kind, items=len(rows))
    return drafted


def _check_cases(kind: NoticeKind, entries: Sequence[Entry]) -> None:
    if not entries:
        raise Refused("没有可以公示的对象，请先选择。")
    cases = [entry.case for entry in entries if entry.case]
    if len(set(cases)) != len(cases):
        raise Refused("同一办件在这份公示中出现了两次，请核对名单。")
    if shown := queries.cases_on_show(cases, kind.key).select_related("notice").first():
        raise Refused(f"名单中有办件已在第{shown.notice.number}号“{shown.notice.title}”中，请先撤回那一份或从名单中去掉。")


def _written(kind: NoticeKind, words: dict[str, str]) -> tuple[str, str]:
    try:
        return kind.written(kind.title, words), kind.written(kind.lead, words)
    except ValueError as fault:
        raise Refused(str(fault)) from fault


def _places(kind: NoticeKind, places: Collection[Place] | None) -> list[str]:
    chosen = frozenset(places) if places else kind.places
    if beyond := chosen - kind.places:
        raise Refused(f"“{kind.zh}”不能公示在{'、'.join(sorted(place.zh for place in beyond))}，请重新选择地点。")
    return sorted(place.value for place in chosen)


def check_texts(shown: Notice) -> None:
    """Refuse personal data in what stands around the list. An office may give its own desk telephone and door."""
    for name, label, longest in _TEXTS:
        text = getattr(shown, name)
        if not text.strip():
            raise Refused(f"没有填写{label}，请补充。")
        if len(text) > longest:
            raise Refused(f"{label}超过{longest}个字，请缩短。")
        if found := personal_data_in(text, allowed=OFFICE if name == "contact" else frozenset()):
            raise NotLawful(f"{label}中含有{found[0].zh}，不能公布，请删去。")


@action("publicity.publish")
def publish(*, by: Actor, on: date, notice: Notice) -> Notice:
    """Put a draft up: on show from the day after ``on``, for all days of its term, the last one inclusive.

    Every text is scanned once more. The copies for the public are made in the same transaction.

    :raises NotLawful: personal data was found in a text.
    :raises Stale: it is no draft any more.
    """
    due = Term(notice.term_kind, notice.term_days).due(on, official_calendar())  # type: ignore[arg-type]
    if due.provisional:
        raise Refused("公示期的最后一天超出了已公布的放假安排，暂时不能确定。请先补录放假安排，再发布。")
    days = {"published_on": on, "since": on + timedelta(days=1), "until": due.day}
    changed = Notice.objects.filter(pk=notice.pk, state=NoticeState.DRAFT)
    if not changed.update(state=NoticeState.UP, published_by_id=by.staff_id, **days):
        raise Stale
    notice.refresh_from_db()
    _check_rows(notice)
    check_texts(notice)
    if Place.SITE in notice.places:
        _copy(notice)
    tell_of_notice(notice, by=by, on=on)
    about("publicity.notice", notice.pk, area=notice.area, until=due.day.isoformat(), items=notice.item_count)
    return notice


def _check_rows(notice: Notice) -> None:
    for number, row in queries.items_of(notice).values_list("number", "row"):
        for text in row.values():
            if found := personal_data_in(text):
                raise NotLawful(f"第{number}行含有{found[0].zh}，不能公布。请撤回后重新拟稿。")


def _copy(notice: Notice) -> None:
    copy = PublishedNotice.objects.create(id=notice.pk, **{name: getattr(notice, name) for name in COPIED})
    lines = queries.items_of(notice).values_list("number", "row")
    PublishedItem.objects.bulk_create(
        [PublishedItem(notice=copy, number=number, row=row) for number, row in lines], batch_size=1000
    )


def _erase_copies(notice_ids: Collection[int]) -> None:
    PublishedItem.objects.filter(notice__in=notice_ids).delete()
    PublishedNotice.objects.filter(pk__in=notice_ids).delete()


@action("publicity.extend")
def extend_notice(*, by: Actor, on: date, notice: Notice, days: int, why: str, known: date | None = None) -> Notice:
    """Add the days on which the notice could not be seen (board torn down, site out of order), and say why.

    ``known``: its last day as the page showed it.

    :raises Refused: the term is over already: the notice has to be published anew.
    :raises Stale: somebody has added days meanwhile.
    """
    if not 1 <= days <= LONGEST_EXTENSION:
        raise Refused(f"补足天数应为1至{LONGEST_EXTENSION}天，请修改。", field="days")
    if not why.strip():
        raise Refused("请写明补足天数的原因。", field="why")
    if notice.until is None or on > notice.until:
        raise Refused("公示期已满，不能再补足。确需补足天数的，请重新公示。")
    if known is not None and known != notice.until:
        raise Stale
    until = notice.until + timedelta(days=days)
    changed = Notice.objects.filter(pk=notice.pk, state=NoticeState.UP, until=notice.until)
    if not changed.update(until=until, extended_days=F("extended_days") + days, why=why.strip()):
        raise Stale
    PublishedNotice.objects.filter(pk=notice.pk).update(until=until)
    notice.refresh_from_db()
    tell_of_notice(notice, by=by, on=on)
    about("publicity.notice", notice.pk, area=notice.area, days=days, until=until.isoformat())
    return notice


@action("publicity.withdraw")
def withdraw_notice(*, by: Actor, on: date, notice: Notice, why: str) -> Notice:
    """Take a draft or a notice back before its term is over. Its cases have then not been shown."""
    if not why.strip():
        raise Refused("请写明撤回的原因。", field="why")
    standing = Notice.objects.filter(pk=notice.pk, state__in=[NoticeState.DRAFT, NoticeState.UP])
    if not standing.update(state=NoticeState.WITHDRAWN, ended_on=on, why=why.strip()):
        raise Stale
    _erase_copies([notice.pk])
    notice.refresh_from_db()
    tell_of_notice(notice, by=by, on=on)
    about("publicity.notice", notice.pk, area=notice.area)
    return notice


@action("publicity.take_down")
def take_down_due(*, by: Actor, on: date) -> int:
    """Take down every notice of the actor's area whose last day is over; how many. Nothing of them stays public."""
    due = list(queries.notices_due(on).select_for_update(skip_locked=True))
    _erase_copies([notice.pk for notice in due])
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(state=NoticeState.DOWN, ended_on=on)
    for notice in due:
        notice.refresh_from_db()
        tell_of_notice(notice, by=by, on=on)
    about("publicity.notice", "due", count=len(due))
    return len(due)


def forget_senders() -> int:
    """Erase the sending allowances of addresses that are a day old: they limit nothing any more. No act of the office."""
    with connection.cursor() as cursor:
        cursor.execute("delete from bulletin.bucket where at < clock_timestamp() - interval '1 day'")
        count: int = cursor.rowcount
    return count
