"""A family is asked about once, with consents that hold; the answer is read whole or refused in words."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from linli.gateways.checking import EconomicCheck, FakeCheck, Finding, FolderCheck, Request, Subject, read_report
from linli.gateways.faults import BadFile

DAY, LATER = date(2010, 12, 1), date(2011, 6, 1)
NUMBER = "110105194912310021"
WAGE = Finding("7", "tax", "wage", date(2010, 11, 30), 360_000, 0, date(2010, 1, 1), date(2010, 11, 1))
REQUEST = Request("A-1", "370404000000", DAY, "收入", (Subject("7", "李小明", NUMBER, LATER),))


class Platform:
    """The other side of the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def answer(self, key: str) -> None:
        asked = json.loads((self.folder / "out" / f"{key}.json").read_text())
        found = [asdict(replace(WAGE, reference=one["reference"])) for one in asked["people"] if one["number"] == NUMBER]
        report = {"key": key, "answered_on": DAY, "until": LATER, "findings": found, "silent": ["bank"]}
        (self.folder / "in" / f"{key}.json").write_text(json.dumps(report, default=str))


@pytest.fixture(params=["memory", "folder"])
def gateway(request: pytest.FixtureRequest, tmp_path: Path):
    """A gateway, and what the platform does when it answers."""
    if request.param == "folder":
        return FolderCheck(tmp_path), Platform(tmp_path).answer
    fake = FakeCheck({NUMBER: [WAGE]}, on=DAY, until=LATER, waiting=True)
    return fake, lambda key: setattr(fake, "waiting", False)


def test_an_answer_comes_after_the_request_and_names_our_person(gateway) -> None:
    check: EconomicCheck = gateway[0]
    check.ask(REQUEST)
    assert check.fetch("A-1") is None
    gateway[1]("A-1")
    report = check.fetch("A-1")
    assert report is not None
    assert report.findings == (WAGE,)
    assert (report.answered_on, report.until) == (DAY, LATER)


def test_the_same_request_again_is_one_and_another_under_its_key_an_error(gateway) -> None:
    check: EconomicCheck = gateway[0]
    check.ask(REQUEST)
    check.ask(REQUEST)
    with pytest.raises(ValueError):
        check.ask(replace(REQUEST, scope="存款"))


def test_nobody_is_asked_about_after_the_consent_has_ended() -> None:
    with pytest.raises(ValueError, match="授权已过期"):
        replace(REQUEST, asked_on=date(2011, 6, 2))


def test_the_numbers_do_not_stay_on_the_disk(tmp_path: Path) -> None:
    check = FolderCheck(tmp_path)
    check.ask(REQUEST)
    assert NUMBER in (tmp_path / "out" / "A-1.json").read_text()
    assert (tmp_path / "out" / "A-1.json").stat().st_mode & 0o077 == 0
    Platform(tmp_path).answer("A-1")
    assert check.fetch("A-1") is not None
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("key", ["", "../x", "a/b", "x" * 61, "甲"])
def test_a_key_is_no_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError):
        FolderCheck(tmp_path).fetch(key)


GOOD = {"key": "A-1", "answered_on": "2010-12-01", "until": "2011-06-01", "findings": []}
BAD: tuple[dict, ...] = ({"amount": -1}, {"amount": 1.5}, {"as_of": "昨天"}, {"amount": True})
ROW = {"reference": "7", "register": "tax", "item": "wage", "as_of": "2010-11-30", "amount": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b'{"key": 1}', json.dumps(GOOD | {"until": "2010-11-30"}).encode(),
        *(json.dumps(GOOD | {"findings": [ROW | bad]}).encode() for bad in BAD), json.dumps(GOOD | {"findings": ["x"]}).encode(),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        read_report(content)


def test_an_answer_to_something_else_is_refused(tmp_path: Path) -> None:
    check = FolderCheck(tmp_path)
    (tmp_path / "in" / "A-1.json").write_text(json.dumps(GOOD | {"key": "A-2"}))
    with pytest.raises(BadFile, match="编号"):
        check.fetch("A-1")
