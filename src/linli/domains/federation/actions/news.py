"""Bulletins are held on a signed report and published; questions and coverage are kept with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.base.fields import Value
from linli.domains.federation.books import BULLETINS, MEDIA, QUESTIONS
from linli.domains.federation.queries import (
    body_of_books,
    bulletin_case,
    bulletin_here,
    notice_of,
    paragraphs,
    questions_of,
    report_of,
    report_source,
    reports_to_tell,
    source_of,
)
from linli.domains.federation.rules import BULLETIN_KINDS
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.publicity.actions import draft_notice, publish
from linli.kernel.publicity.rules import Entry
from linli.kernel.records.actions import add_entry
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.queries import area_name

NOTICE = "federation.bulletin"
KIND = "federation.bulletin"


@action("federation.tell")
def hold(*, by: Actor, on: date, report_id: int, values: Mapping[str, Value], photo: Any = None) -> Any:
    """A press conference or bulletin, whose text is a signed report of the own area.

    :raises Refused: the report is not signed, was told already, or was signed later than the day.
    """
    told = next((one for one in reports_to_tell(by.area) if one.pk == report_id), None)
    if told is None:
        raise Refused("这份报表还没有签发、已经撤回，或已用于另一次发布，请重新选择。", field="report")
    day = date.fromisoformat(str(values["day"]))
    if told.signed_on is not None and day < told.signed_on:
        raise Refused(f"报表{told.signed_on:%Y-%m-%d}才签发，发布日期不能更早。", field="day")
    files = {"photo": photo} if photo else {}
    words: dict[str, Any] = {"book": BULLETINS.key, "values": values, "files": files, "source": report_source(report_id)}
    row = add_entry(by=by, on=on, **words)
    about(KIND, row.pk, area=row.area, report=report_id)
    return row


def _standing(by: Actor, bulletin_id: int) -> Any:
    row = bulletin_here(by=by, entry_id=bulletin_id)
    if row.state != EntryState.STANDING:
        raise Refused("这次发布已经作废，不能再办理。")
    return row


@action("federation.tell")
def publish_bulletin(*, by: Actor, on: date, bulletin_id: int, contact: str) -> Any:
    """The text of the signed report, and what was asked and answered, go up on the public pages.

    ``contact``: where questions are heard. :raises Refused: it is public already, or its report was withdrawn.
    """
    row = _standing(by, bulletin_id)
    body, signed = body_of_books(by.area, on), report_of(row)
    if body is None:
        raise Refused("本级慈善组织还没有登记，请先在“慈善组织网络”中登记。")
    if signed is None or signed.state != "signed":
        raise Refused("这次发布所依据的报表已经撤回，不能公布。请用新签发的报表另行发布。")
    if notice_of(bulletin_case(row.pk)) is not None:
        raise Refused("这次发布已经公布，无需再次办理。")
    asked = [f"{lead}：{one.values[key]}" for one in questions_of(row) for lead, key in (("问", "question"), ("答", "answer"))]
    lines = [Entry(bulletin_case(row.pk) if number == 0 else "", {"text": text})
             for number, text in enumerate([*paragraphs(signed), *asked])]  # fmt: skip
    place, day = area_name(by.area, on), f"{row.day.year}年{row.day.month}月{row.day.day}日"
    words = {"title": row.values["title"], "body": body.organisation.name, "day": day, "kind": BULLETIN_KINDS[row.values["kind"]]}
    draft = draft_notice(
        by=by, on=on, kind=NOTICE, area=by.area, area_name=place, issuer=body.organisation.name, contact=contact, entries=lines,
        words=words,
    )  # fmt: skip
    shown = publish(by=by, on=on, notice=draft)
    about(KIND, row.pk, area=row.area, notice=shown.pk, lines=len(lines))
    return shown


@action("federation.tell")
def record_answer(*, by: Actor, on: date, bulletin_id: int, values: Mapping[str, Value]) -> Any:
    """A question that was asked at or after a bulletin, and its answer."""
    row = _standing(by, bulletin_id)
    _not_before(row, values)
    made = add_entry(by=by, on=on, book=QUESTIONS.key, values=values, source=source_of(row.pk))
    about(KIND, row.pk, area=row.area, question=made.pk)
    return made


@action("federation.tell")
def record_coverage(*, by: Actor, on: date, bulletin_id: int, values: Mapping[str, Value], clipping: Any = None) -> Any:
    """What a medium said of a bulletin."""
    row = _standing(by, bulletin_id)
    _not_before(row, values)
    files = {"clipping": clipping} if clipping else {}
    made = add_entry(by=by, on=on, book=MEDIA.key, values=values, files=files, source=source_of(row.pk))
    about(KIND, row.pk, area=row.area, media=made.pk)
    return made


def _not_before(row: Any, values: Mapping[str, Value]) -> None:
    if date.fromisoformat(str(values["day"])) < row.day:
        raise Refused(f"日期早于发布日期{row.day:%Y-%m-%d}，请核对。", field="day")
