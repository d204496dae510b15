"""The platform that checks a family's economic situation (居民家庭经济状况核对): a request a family, an answer by register.

Exchanged as files, because the platforms of provinces differ and often stand on another network: a request is one JSON file
in ``out``, an answer one of the same name in ``in``. The fake answers what it was told. A request names people by their
identity numbers, so its file is removed as soon as its answer was read.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from linli.gateways.faults import BadFile

_KEY = re.compile(r"[0-9A-Za-z-]{1,60}")
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Subject:
    """A person to be checked. ``reference`` is our own word for the person; ``consent_until`` the last day of the consent."""

    reference: str
    name: str
    number: str
    consent_until: date


@dataclass(frozen=True, slots=True)
class Request:
    """A family to be checked; ``key``: the same request handed over again stays one."""

    key: str
    district: str
    asked_on: date
    scope: str
    people: tuple[Subject, ...]

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError("a request has a key of letters, digits and hyphens")
        if not self.people:
            raise ValueError("核对请求中没有人员。")
        if late := [one.name for one in self.people if one.consent_until < self.asked_on]:
            raise ValueError(f"{'、'.join(late)}的核对授权已过期，请重新签署授权书。")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one register says of one person. ``amount`` in fen; ``first`` and ``last`` are the months of an income."""

    reference: str
    register: str
    item: str
    as_of: date
    amount: int = 0
    number: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to a request: findings, the registers that did not answer, until when it may be used."""

    key: str
    answered_on: date
    until: date
    findings: tuple[Finding, ...] = ()
    silent: tuple[str, ...] = ()


class EconomicCheck(Protocol):
    def ask(self, request: Request) -> None:
        """Hands the request over. Under a used key nothing is sent again; another request under it raises ValueError."""

    def fetch(self, key: str) -> Report | None:
        """The answer, or None as long as there is none. Raises BadFile for an answer that cannot be read."""


@dataclass
class FakeCheck:
    """Keeps requests in memory and answers with what it was told, by identity number."""

    known: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    on: date = date(2010, 12, 1)
    until: date = date(2011, 6, 1)
    waiting: bool = False
    asked: dict[str, Request] = field(default_factory=dict)

    def ask(self, request: Request) -> None:
        if self.asked.setdefault(request.key, request) != request:
            raise ValueError("another request was made under this key")

    def fetch(self, key: str) -> Report | None:
        request = self.asked.get(key)
        if request is None or self.waiting:
            return None
        found = [replace(one, reference=who.reference) for who in request.people for one in self.known.get(who.number, ())]
        return Report(key, self.on, self.until, tuple(found))


class FolderCheck:
    """Requests and answers as files of a folder that the platform's own client reads and fills."""

    def __init__(self, folder: Path) -> None:
        self.out, self.answers = folder / "out", folder / "in"
        for one in (self.out, self.answers):
            one.mkdir(parents=True, exist_ok=True, mode=0o700)

    def ask(self, request: Request) -> None:
        path = self._path(self.out, request.key)
        if self._path(self.answers, request.key).exists():
            return
        body = json.dumps(asdict(request), ensure_ascii=False, default=_day, sort_keys=True)
        if path.exists():
            if path.read_text("utf-8") != body:
                raise ValueError("another request was made under this key")
            return
        handle, fresh = tempfile.mkstemp(dir=self.out, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(body)
        os.replace(fresh, path)

    def fetch(self, key: str) -> Report | None:
        path = self._path(self.answers, key)
        if not path.exists():
            return None
        if path.stat().st_size > LARGEST:
            raise BadFile("核对结果文件过大，请与核对平台联系。")
        report = read_report(path.read_bytes())
        if report.key != key:
            raise BadFile("核对结果文件的编号与请求不一致，请与核对平台联系。")
        self._path(self.out, key).unlink(missing_ok=True)
        return report

    def _path(self, folder: Path, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("a request has a key of letters, digits and hyphens")
        return folder / f"{key}.json"


def read_report(content: bytes) -> Report:
    """The answer in a file. Raises BadFile, in Chinese, naming the entry that cannot be read."""
    try:
        data = json.loads(content)
        rows = list(data["findings"])
        head = Report(
            str(data["key"]), date.fromisoformat(data["answered_on"]), date.fromisoformat(data["until"]), (),
            tuple(map(str, data.get("silent", ()))),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as fault:
        raise BadFile("核对结果文件看不懂，请与核对平台联系。") from fault
    if head.until < head.answered_on:
        raise BadFile("核对结果的有效期早于答复日期，请与核对平台联系。")
    return Report(head.key, head.answered_on, head.until, tuple(_finding(row, i) for i, row in enumerate(rows, 1)), head.silent)


def _finding(row: Any, line: int) -> Finding:
    try:
        days = {name: date.fromisoformat(row[name]) if row.get(name) else None for name in ("first", "last")}
        amount, number = row.get("amount", 0), row.get("number", 0)
        if type(amount) is not int or type(number) is not int or amount < 0 or number < 0:
            raise ValueError(amount)
        whose, register, item = (str(row[name]) for name in ("reference", "register", "item"))
        return Finding(whose, register, item, date.fromisoformat(row["as_of"]), amount, number, days["first"], days["last"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadFile(f"核对结果第{line}条看不懂，请与核对平台联系。", line=line) from fault


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)
