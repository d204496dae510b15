"""Models are honoured, published as they agreed, and kept in touch with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.base.fields import Value
from linli.base.text import tidy
from linli.domains.federation.books import CONTACTS, HONOURS
from linli.domains.federation.queries import body_of_books, honour_case, honour_here, honour_name, is_minor, to_show
from linli.domains.federation.queries.honours import NOTICE
from linli.domains.federation.rules import KIND_HEART, Consent
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.publicity.actions import draft_notice, publish
from linli.kernel.publicity.queries import notice_kind
from linli.kernel.publicity.rules import Entry, Who, prepare_rows
from linli.kernel.records.actions import add_entry, correct_entry
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.queries import area_name, organisations, person_by_number

KIND = "federation.honour"


@action("federation.tell")
def award(*, by: Actor, on: date, values: Mapping[str, Value], number: str = "", letter: Any = None) -> Any:
    """Somebody is honoured. ``number``: the identity number of a resident whom the registry has, so that nobody stands twice.

    :raises Refused: the registry has no such person in this area, or under another name.
    """
    whole = dict(values)
    name, unit = tidy(str(values["name"])), bool(values.get("unit"))
    if number and unit:
        raise Refused("单位不填身份证号，请删去。", field="number")
    if number:
        person = person_by_number(number)
        if person is None:
            raise Refused("本辖区没有登记这个身份证号。不是本辖区居民的，不填身份证号即可。", field="number")
        if person.name != name:
            raise Refused("姓名与居民登记不一致，请核对姓名和身份证号。", field="name")
        whole["person"] = person.pk
    elif unit and (known := next((one for one in organisations(on, name=name) if one.name == name), None)):
        whole["organisation"] = known.pk
    row = add_entry(by=by, on=on, book=HONOURS.key, values=whole, files={"letter": letter} if letter else {})
    about(KIND, row.pk, area=row.area)
    return row


@action("federation.tell")
def publish_honours(*, by: Actor, on: date, year: int, contact: str) -> Any:
    """The honours of a year go up, of those who agreed: by name, or as 爱心人士 where the name is to stay out.

    :raises Refused: nobody of the year agreed who is not shown already.
    """
    fit, _ = to_show(year, on)
    fit = [row for row in fit if row.area == by.area]
    if not fit:
        raise Refused(f"{year}年没有可以公布的表彰：尚未征询、不同意公布和正在公布的不列入。", field="year")
    body = body_of_books(by.area, on)
    if body is None:
        raise Refused("本级慈善组织还没有登记，请先在“慈善组织网络”中登记。")
    place = area_name(by.area, on)
    draft = draft_notice(
        by=by, on=on, kind=NOTICE, area=by.area, area_name=place, issuer=body.organisation.name, contact=contact,
        entries=[_entry(row, on) for row in fit], words={"year": str(year), "body": body.organisation.name},
    )  # fmt: skip
    shown = publish(by=by, on=on, notice=draft)
    about(KIND, str(year), area=by.area, notice=shown.pk, lines=len(fit))
    return shown


def _entry(row: Any, on: date) -> Entry:
    named = row.values["consent"] == Consent.NAMED
    who = Who(honour_name(row), minor=is_minor(row, on)) if named else Who(KIND_HEART, minor=False)
    values = row.values
    shown = {"name": who, "title": values["title"], "body": values["body"], "day": row.day}
    return Entry(honour_case(row.pk), shown, person=row.person_id if named else None)


def shown_as(row: Any, on: date) -> dict[str, str] | None:
    """The line that the public would read of an honour today; None where it may not be published."""
    if not Consent(row.values["consent"]).allows:
        return None
    return prepare_rows(notice_kind(NOTICE), [_entry(row, on).row])[0]


@action("federation.tell")
def record_consent(
    *, by: Actor, on: date, honour_id: int, version: int, consent: Consent, asked_on: date, letter: Any = None
) -> Any:
    """What the honoured said to being published; taken back, a list that names them comes down at once (see heard)."""
    row = honour_here(by=by, entry_id=honour_id)
    values: dict[str, Value] = {"consent": consent.value, "asked_on": asked_on.isoformat()}
    files = {"letter": letter} if letter else {}
    why = f"征询公布意愿：{consent.zh}"
    row = correct_entry(by=by, on=on, entry_id=row.pk, version=version, values=values, files=files, why=why)
    about(KIND, row.pk, area=row.area, consent=consent.value)
    return row


@action("federation.tell")
def keep_in_touch(*, by: Actor, on: date, honour_id: int, values: Mapping[str, Value]) -> Any:
    """A model was visited, called or spoken with; the contact that was owed is done by it.

    :raises Refused: the honour was taken back, or the day lies before it.
    """
    row = honour_here(by=by, entry_id=honour_id)
    day = date.fromisoformat(str(values["day"]))
    if row.state != EntryState.STANDING or (row.until is not None and row.until <= day):
        raise Refused("这项表彰当天已经撤销或作废，请核对。", field="day")
    if day < row.day:
        raise Refused(f"日期早于授予日期{row.day:%Y-%m-%d}，请核对。", field="day")
    made = add_entry(by=by, on=on, book=CONTACTS.key, values=values, source=honour_case(row.pk))
    about(KIND, row.pk, area=row.area, contact=made.pk)
    return made
