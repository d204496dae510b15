"""Bulletins: the signed report that each rests on, its text for the public, questions, coverage, the notice that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from linli.domains.federation.books import BULLETINS, MEDIA, QUESTIONS
from linli.domains.federation.rules import pieces
from linli.gateways import documents
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.figures.queries import compose, report, reports
from linli.kernel.publicity.queries import notices_of_case
from linli.kernel.publicity.rules import NoticeState
from linli.kernel.records.queries import entry_in_area, standing

LONGEST = 390
REPORT = "figures.report:"


def report_source(report_id: int) -> str:
    """What names the report in the row of its bulletin."""
    return f"{REPORT}{report_id}"


def source_of(entry_id: int) -> str:
    """What names a bulletin in the rows of questions and coverage."""
    return f"federation.bulletin:{entry_id}"


bulletin_case = source_of
"""How the lines of a notice name the bulletin that they show."""


def bulletin_here(*, by: Actor, entry_id: int) -> Any:
    """The row of a bulletin. :raises Forbidden: there is none for this actor."""
    row, book = entry_in_area(by=by, entry_id=entry_id)
    if book.key != BULLETINS.key:
        raise Forbidden("没有这次发布，或它不在本辖区内。")
    return row


def used_reports() -> set[int]:
    """The reports on which a bulletin rests already."""
    sources = standing(BULLETINS).values_list("source", flat=True)
    return {int(source.removeprefix(REPORT)) for source in sources if source.startswith(REPORT)}


def reports_to_tell(area: str) -> list[Any]:
    """Signed reports of an area that no bulletin has told yet, newest first."""
    used = used_reports()
    return [one for one in reports(state="signed").filter(area=area)[:100] if one.pk not in used]


def report_of(bulletin: Any) -> Any | None:
    """The report on which a bulletin rests; None where the post may not see it."""
    try:
        return report(int(bulletin.source.removeprefix(REPORT)))
    except (Refused, ValueError):
        return None


def paragraphs(signed: Any) -> list[str]:
    """The text of a signed report, as lines that the public can read; its numbers are the frozen ones."""
    found: list[str] = []
    for block in documents.numbered(compose(signed).blocks):
        for text in _texts(block):
            found += pieces(text.strip(), LONGEST)
    return found


def _texts(block: Any) -> Iterator[str]:
    if isinstance(block, documents.Heading):
        yield block.text
    elif isinstance(block, documents.Paragraph):
        yield "".join(span.text for span in block.spans)
    elif isinstance(block, documents.Table):
        heads = [column.heading for column in block.columns]
        if block.caption:
            yield block.caption
        for row in block.rows:
            yield f"{row[0]}：" + "，".join(_said(head, cell) for head, cell in zip(heads[1:], row[1:], strict=True))


def _said(head: str, cell: str) -> str:
    """A cell of a table in words: 收入（元） and 500 are 收入500元."""
    name, _, unit = head.removesuffix("）").partition("（")
    return f"{name}{cell}{unit}"


def questions_of(bulletin: Any) -> list[Any]:
    """What was asked and answered, in order."""
    return list(standing(QUESTIONS).filter(source=source_of(bulletin.pk)).order_by("day", "id"))


def coverage_of(bulletin: Any) -> list[Any]:
    """What the media said of a bulletin, oldest first."""
    return list(standing(MEDIA).filter(source=source_of(bulletin.pk)).order_by("day", "id"))


def notice_of(case: str) -> Any | None:
    """The latest notice that shows or showed this; None where it was never shown, or the notice was withdrawn."""
    item = notices_of_case(case).exclude(notice__state=NoticeState.WITHDRAWN).first()
    return item.notice if item else None
