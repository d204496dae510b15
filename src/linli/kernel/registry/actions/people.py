"""Entering, correcting and ending people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.identity import BadIdentity, read_id
from linli.base.names import clean_name, sort_key
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.registry.actions.common import digest_of, own_area, past_day, person_here
from linli.kernel.registry.actions.elsewhere import refuse_known_number
from linli.kernel.registry.models import Membership, Person, Residence, Status
from linli.kernel.registry.queries import facts_of, identities, keyring
from linli.kernel.registry.rules import (
    CORRECTABLE,
    ETHNIC,
    NO_NUMBER_REASONS,
    Marital,
    PersonFacts,
    Sex,
    person_tokens,
    read_phone,
    seal_number,
    seal_phone,
)


@action("registry.register")
def register_person(*, by: Actor, on: date, facts: PersonFacts, area: str, since: date | None = None) -> Person:
    """Enter a person who lives in ``area`` (since a day; else since today), once in the whole district.

    :raises Refused: a fact cannot be right, or the number is already registered (the answer names the town only).
    """
    own_area(by, area, on)
    facts = checked(facts, on)
    refuse_known_number(by=by, number=facts.number, on=on)
    since = past_day(since or on, on)
    person = Person(area=area, **columns(facts))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as fault:
        raise Refused("这个身份证号刚刚已由他人登记，请查询后再办理。", field="number") from fault
    Residence.objects.create(person=person, at=area, address=person.address, since=since, area=area)
    about("registry.person", person.pk, area=area)
    return person


@action("registry.correct")
def correct_person(*, by: Actor, on: date, person_id: int, version: int, **changes: Any) -> Person:
    """Correct facts of a person; the trail keeps the names of the fields and keyed hashes of the values, not the values.

    :raises Stale: somebody else corrected this person since the form was shown (``version``).
    """
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"a correction does not know {sorted(unknown)}")
    person = person_here(person_id)
    before = facts_of(person)
    after = checked(replace(before, **changes), on)
    changed = {name for name in CORRECTABLE if getattr(before, name) != getattr(after, name)}
    if not changed:
        return person
    if "number" in changed:
        refuse_known_number(by=by, number=after.number, on=on, but=person.pk)
    values = columns(after, keep=person if "number" not in changed and "phone" not in changed else None)
    try:
        with transaction.atomic():
            done = Person.objects.filter(pk=person.pk, version=version).update(**values, version=version + 1)
    except IntegrityError as fault:
        raise Refused("更正后的内容与已有登记相冲突，请核对身份证号和日期。", field="number") from fault
    if not done:
        raise Stale
    if "address" in changed:
        Residence.objects.filter(person=person, until=None).update(address=after.address)
    hashes = {name: [digest_of(getattr(before, name)), digest_of(getattr(after, name))] for name in sorted(changed)}
    about("registry.person", person.pk, area=person.area, changed=hashes)
    person.refresh_from_db()
    return person


@action("registry.correct")
def record_death(*, by: Actor, on: date, person_id: int, day: date) -> Person:
    """The person died on this day: household membership and statuses end with it."""
    person = person_here(person_id)
    if person.died_on:
        raise Refused("此人的死亡已经登记，无需再次办理。")
    if day < person.birth:
        raise Refused("死亡日期早于出生日期，请核对。", field="day")
    past_day(day, on, "day")
    rows, following = identities(person), day + timedelta(days=1)
    for model, words in ((Membership, {"left_because": "死亡"}), (Status, {"end_reason": "死亡"})):
        live = model.objects.filter(person__in=rows, since__lte=day)  # type: ignore[attr-defined]
        live.filter(until=None).update(until=following, **words)
    Residence.objects.filter(person__in=rows, until=None, since__lte=day).update(until=following)
    Person.objects.filter(pk=person.pk).update(died_on=day, version=person.version + 1)
    about("registry.person", person.pk, area=person.area)
    person.refresh_from_db()
    return person


def checked(facts: PersonFacts, on: date) -> PersonFacts:
    """The facts as stored: cleaned, with birth and sex from the number. :raises Refused: naming the field."""
    number, birth, sex, reason = facts.number, facts.birth, facts.sex, facts.no_number_reason
    if number:
        number, birth, sex = _from_number(facts, on)
        reason = ""
    elif reason not in NO_NUMBER_REASONS:
        raise Refused("没有身份证号的，请选择原因。", field="no_number_reason")
    if birth is None or birth > on:
        raise Refused("请填写出生日期，且不晚于办理当日。", field="birth")
    if sex not in set(Sex):
        raise Refused("请选择性别。", field="sex")
    if facts.ethnic not in ETHNIC:
        raise Refused("民族应按国家标准选择，请重新选择。", field="ethnic")
    if facts.marital and facts.marital not in set(Marital):
        raise Refused("婚姻状况应按国家标准选择，请重新选择。", field="marital")
    return replace(
        facts, name=_read(clean_name, facts.name, "name"), number=number, birth=birth, sex=sex, no_number_reason=reason,
        phone=_read(read_phone, facts.phone, "phone"), address=tidy(facts.address),
        registered_address=tidy(facts.registered_address),
    )  # fmt: skip


def _from_number(facts: PersonFacts, on: date) -> tuple[str, date, str]:
    try:
        identity = read_id(facts.number, on=on)
    except BadIdentity as fault:
        raise Refused(str(fault), field="number") from fault
    if facts.birth and facts.birth != identity.birth:
        raise Refused("出生日期与身份证号不一致，请对照证件核对。", field="birth")
    if facts.sex in (Sex.MALE, Sex.FEMALE) and facts.sex != identity.sex:
        raise Refused("性别与身份证号不一致，请对照证件核对。", field="sex")
    return identity.number, identity.birth, identity.sex


def _read(reader: Any, text: str, field: str) -> str:
    try:
        value: str = reader(text)
    except ValueError as fault:
        raise Refused(str(fault), field=field) from fault
    return value


def columns(facts: PersonFacts, keep: Person | None = None) -> dict[str, Any]:
    """The columns of a person for checked facts; ``keep`` leaves the sealed numbers as they are."""
    values: dict[str, Any] = {
        "name": facts.name, "sort_key": sort_key(facts.name), "sex": facts.sex, "birth": facts.birth,
        "no_number_reason": facts.no_number_reason, "ethnic": facts.ethnic, "marital": facts.marital,
        "address": facts.address, "registered_address": facts.registered_address,
        "registered_area": facts.registered_area, "tokens": person_tokens(facts.name, facts.address),
    }  # fmt: skip
    if keep is not None:
        return values
    number, phone = seal_number(keyring(), facts.number), seal_phone(keyring(), facts.phone)
    return values | {
        "number_sealed": number.sealed, "number_digest": number.digest, "number_tail": number.tail,
        "phone_sealed": phone.sealed, "phone_digest": phone.digest, "phone_tail": phone.tail,
    }  # fmt: skip


