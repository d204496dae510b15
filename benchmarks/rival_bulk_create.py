"""The rival: a roster as a careful Django programmer would load it, row by row and with bulk_create, the same checks."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.db import transaction

from linli.base.days import parse_day
from linli.base.identity import BadIdentity, read_id
from linli.base.names import clean_name, sort_key
from linli.base.text import tidy
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor
from linli.kernel.registry.models import Household, Membership, Person, Residence, Status
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import person_tokens, read_phone, seal_number, seal_phone
from linli.kernel.registry.rules.roster_columns import DIBAO, DISABLED, ETHNIC_CODES, KIN_CODES, MARITAL_CODES, TEKUN, read_other

BATCH = 5000
Faults = list[tuple[int, str, str]]


def load(content: bytes, by: Actor, on: date, codes: dict[str, str]) -> tuple[int, Faults]:
    """How many people were written, and the faults by row and column."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    faults: Faults = []
    good = [read for index, row in enumerate(rows) if (read := _read(index, row, on, codes, faults))]
    good = _once(good, faults)
    with transaction.atomic(), scoped(by):
        _refuse_known(good, faults)
        good = _with_heads(good, faults)
        _write(good, by, on)
    return len(good), faults


def _read(index: int, row: dict[str, str], on: date, codes: dict[str, str], faults: Faults) -> dict | None:
    before = len(faults)

    def read(column, reader):
        try:
            return reader(row[column])
        except (ValueError, KeyError) as fault:
            faults.append((index, column, str(fault)))
            return None

    for column, text in row.items():
        if text[:1] in ("=", "@") or len(text) > 200:
            faults.append((index, column, "像是公式，或过长"))
    found = {
        "index": index, "name": read("姓名", clean_name), "phone": read("电话", read_phone),
        "area": read("村居", lambda text: codes[text]), "ethnic": read("民族", lambda t: ETHNIC_CODES[t] if t else "01"),
        "marital": read("婚姻状况", lambda t: MARITAL_CODES[t] if t else ""),
        "kin": read("与户主关系", lambda t: KIN_CODES[t] if t else ""),
        "home": row["户编号"], "address": tidy(row["现住址"]), "registered": tidy(row["户籍地址"]),
    }  # fmt: skip
    found |= _identity(index, row, on, faults)
    found["statuses"] = read("其他类别", lambda t: read_other(t) if t else []) or []
    for column, kind, table in (("低保", "dibao", DIBAO), ("特困供养", "tekun", TEKUN), ("残疾", "disabled", DISABLED)):
        if row[column]:
            found["statuses"].append((kind, read(column, table.__getitem__)))
    return found if len(faults) == before else None


def _identity(index: int, row: dict[str, str], on: date, faults: Faults) -> dict:
    try:
        identity = read_id(row["身份证号"], on=on)
        if row["性别"] and {"男": "1", "女": "2"}.get(row["性别"]) != identity.sex:
            faults.append((index, "性别", "性别与身份证号不一致"))
        if row["出生日期"] and parse_day(row["出生日期"]) != identity.birth:
            faults.append((index, "出生日期", "出生日期与身份证号不一致"))
    except BadIdentity as fault:
        faults.append((index, "身份证号", str(fault)))
        return {}
    except ValueError as fault:
        faults.append((index, "出生日期", str(fault)))
        return {}
    return {"number": identity.number, "birth": identity.birth, "sex": identity.sex}


def _once(good: list[dict], faults: Faults) -> list[dict]:
    seen: set[str] = set()
    kept = []
    for row in good:
        if row["number"] in seen:
            faults.append((row["index"], "身份证号", "文件中重复"))
            continue
        seen.add(row["number"])
        kept.append(row)
    return kept


def _refuse_known(good: list[dict], faults: Faults) -> None:
    for row in good:
        row["sealed"] = seal_number(keyring(), row["number"])
    for start in range(0, len(good), BATCH):
        digests = {row["sealed"].digest: row for row in good[start : start + BATCH]}
        for digest in Person.objects.filter(number_digest__in=list(digests)).values_list("number_digest", flat=True):
            faults.append((digests[bytes(digest)]["index"], "身份证号", "已在库中"))
            digests[bytes(digest)]["kin"] = None


def _with_heads(good: list[dict], faults: Faults) -> list[dict]:
    heads: dict[tuple[str, str], int] = {}
    for row in good:
        if row["kin"] == "02":
            heads[row["area"], row["home"]] = row["index"]
    kept = []
    for row in good:
        if row["kin"] is None or (row["area"], row["home"]) not in heads:
            faults.append((row["index"], "户编号", "这一户没有户主，或户主有问题"))
            continue
        kept.append(row)
    return kept


def _write(good: list[dict], by: Actor, on: date) -> None:
    for row in good:
        phone, number = seal_phone(keyring(), row["phone"]), row["sealed"]
        row["person"] = Person(
            name=row["name"], sort_key=sort_key(row["name"]), sex=row["sex"], birth=row["birth"], number_sealed=number.sealed,
            number_digest=number.digest, number_tail=number.tail, phone_sealed=phone.sealed, phone_digest=phone.digest,
            phone_tail=phone.tail, ethnic=row["ethnic"], marital=row["marital"], address=row["address"], area=row["area"],
            registered_address=row["registered"], tokens=person_tokens(row["name"], row["address"]),
        )  # fmt: skip
    Person.objects.bulk_create([row["person"] for row in good], batch_size=BATCH)
    homes = {
        (row["area"], row["home"]): Household(
            number=row["home"], head=row["person"], kind="family", address=row["address"], since=on, area=row["area"]
        )
        for row in good
        if row["kin"] == "02"
    }
    Household.objects.bulk_create(homes.values(), batch_size=BATCH)
    members = [
        Membership(household=homes[row["area"], row["home"]], person=row["person"], kin=row["kin"], since=on, area=row["area"])
        for row in good
    ]
    Membership.objects.bulk_create(members, batch_size=BATCH)
    lived = [Residence(person=r["person"], at=r["area"], address=r["address"], since=on, area=r["area"]) for r in good]
    Residence.objects.bulk_create(lived, batch_size=BATCH)
    words = {"since": on, "source": "导入", "recognised_by_id": by.staff_id}
    statuses = [
        Status(person=row["person"], kind=kind, grade=grade, area=row["area"], **words)
        for row in good
        for kind, grade in row["statuses"]
    ]
    Status.objects.bulk_create(statuses, batch_size=BATCH)
