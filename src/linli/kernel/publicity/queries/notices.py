"""Notices as the staff see them, and how a case stands with its notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from linli.kernel.publicity.models import Inbox, Notice, NoticeItem, NoticeProof, Objection
from linli.kernel.publicity.rules import OPEN, MessageKind, NoticeState, ObjectionState, Standing

SHOWN = (NoticeState.UP, NoticeState.DOWN)


def notices(*, state: str = "", kind: str = "", words: str = "") -> QuerySet[Notice]:
    """Notices in the present scope, newest first. ``words`` is a number or a piece of the title."""
    found = Notice.objects.order_by("-id")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if words.isdecimal() and len(words) <= 9:
        found = found.filter(pk=int(words))
    elif words:
        found = found.filter(title__contains=words)
    open_ones = Count("objections", filter=Q(objections__state__in=OPEN), distinct=True)
    return found.annotate(open_objections=open_ones, proof_count=Count("proofs", distinct=True))


def kinds_used() -> list[tuple[str, str]]:
    """The kinds of which there are notices in the present scope, with their names."""
    return list(Notice.objects.order_by("kind", "kind_zh").values_list("kind", "kind_zh").distinct())


def notice(notice_id: int) -> Notice | None:
    """The notice with this number, if it lies in the present scope."""
    return Notice.objects.select_related("drafted_by", "published_by").filter(pk=notice_id).first()


def items_of(shown: Notice) -> QuerySet[NoticeItem]:
    """The lines of a notice in their order."""
    return NoticeItem.objects.filter(notice=shown).order_by("number")


def proofs_of(shown: Notice) -> QuerySet[NoticeProof]:
    """The photographs of a notice, oldest first."""
    return NoticeProof.objects.filter(notice=shown).select_related("added_by").order_by("taken_on", "id")


def proof(proof_id: int) -> NoticeProof | None:
    """The photograph with this id, if it lies in the present scope."""
    return NoticeProof.objects.filter(pk=proof_id).first()


def notices_due(on: date) -> QuerySet[Notice]:
    """Notices that are still up though their last day is over."""
    return Notice.objects.filter(state=NoticeState.UP, until__lt=on).order_by("id")


def districts_due(on: date) -> list[str]:
    """The districts that have notices to be taken down."""
    return sorted({area[:6] + "000000" for area in notices_due(on).values_list("area", flat=True)})


def cases_on_show(cases: Iterable[str], kind: str) -> QuerySet[NoticeItem]:
    """Lines of these cases in notices of this kind that are drafted or up. A line with an upheld objection is struck."""
    shown = NoticeItem.objects.filter(notice__kind=kind, notice__state__in=[NoticeState.DRAFT, NoticeState.UP])
    return shown.filter(case__in=list(cases)).exclude(objections__upheld=True)


def notice_standings(cases: Iterable[str], on: date, *, kind: str = "") -> dict[str, Standing]:
    """How each case stands with its latest notice (of this kind) on this day, in a fixed number of queries.

    A case that was never shown, or whose latest notice was withdrawn, stands without a notice.
    """
    wanted = list(dict.fromkeys(cases))
    items = NoticeItem.objects.filter(case__in=wanted, notice__published_on__isnull=False)
    if kind:
        items = items.filter(notice__kind=kind)
    latest = {item.case: item for item in items.select_related("notice").order_by("notice_id")}
    latest = {case: item for case, item in latest.items() if item.notice.state in SHOWN}
    held = _Held({item.notice_id for item in latest.values()})
    found = {case: Standing(case) for case in wanted}
    for case, item in latest.items():
        opened, upheld = held.of(item)
        found[case] = Standing(case, item.notice_id, item.notice.until, on, opened, upheld)
    return found


class _Held:
    """What is open or upheld, by notice and line; an objection to the whole notice holds every line."""

    def __init__(self, notice_ids: set[int]) -> None:
        self.open: dict[tuple[int, int | None], int] = {}
        self.upheld: set[tuple[int, int | None]] = set()
        rows = Objection.objects.filter(notice__in=notice_ids, kind=MessageKind.OBJECTION)
        for notice_id, number, state, upheld in rows.values_list("notice_id", "item__number", "state", "upheld"):
            if state in OPEN:
                self._add(notice_id, number)
            elif state == ObjectionState.ANSWERED and upheld:
                self.upheld.add((notice_id, number))
        waiting = Inbox.objects.filter(notice__in=notice_ids, kind=MessageKind.OBJECTION)
        for message in waiting.values_list("notice", "item_number"):
            self._add(*message)

    def _add(self, notice_id: int, number: int | None) -> None:
        self.open[notice_id, number] = self.open.get((notice_id, number), 0) + 1

    def of(self, item: NoticeItem) -> tuple[int, bool]:
        own, whole = (item.notice_id, item.number), (item.notice_id, None)
        return self.open.get(own, 0) + self.open.get(whole, 0), own in self.upheld or whole in self.upheld


def notice_standing(case: str, on: date, *, kind: str = "") -> Standing:
    """How one case stands with its latest notice on this day."""
    return notice_standings([case], on, kind=kind)[case]


def notice_passed(case: str, on: date, *, kind: str = "") -> bool:
    """Whether the case may go on: its notice hung for all its days, and no objection is open or was upheld."""
    return notice_standing(case, on, kind=kind).passed


def notices_passed(cases: Iterable[str], on: date, *, kind: str = "") -> set[str]:
    """Those of the cases that may go on."""
    return {case for case, standing in notice_standings(cases, on, kind=kind).items() if standing.passed}


def notices_of_case(case: str) -> QuerySet[NoticeItem]:
    """Every line that showed this case, newest notice first: for the timeline of the case."""
    return NoticeItem.objects.filter(case=case).select_related("notice").order_by("-notice_id")
