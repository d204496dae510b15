"""What a declared comparison promises: found once, gone and back, told only to those who read it, counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.findings import actions, queries
from linli.kernel.findings.rules import Answer, Found, Rows, Search, Side, nothing
from linli.kernel.registry.samples import make_areas, make_person

DAY, TOLD = date(2010, 12, 1), []
HERE = "linli.kernel.findings.tests.test_findings"
WORDS = {"read": "registry.read", "answer": "registry.read"}
MISSED = Search("sample.missed", "漏了的人", Side.MISSED, "sample", "与名册比对", f"{HERE}.told", **WORDS)
UNKNOWN = Search("sample.unknown", "还没有规定", Side.PAST, "sample", "与名册比对", f"{HERE}.unknown", **WORDS)


def told(on):
    return Rows(list(TOLD), "某办法 §1")


def unknown(on):
    return nothing()


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "searches", (), raising=False)
    monkeypatch.setattr(apps.get_app_config("findings"), "searches", (MISSED, UNKNOWN), raising=False)
    queries.searches.cache_clear()
    TOLD.clear()
    yield
    monkeypatch.undo()
    queries.searches.cache_clear()


@pytest.fixture
def worker(db):
    founders = make_founders()
    make_areas(founders[0])
    return make_staff(founders=founders)


def rows(worker, **words):
    with scoped(worker):
        return list(queries.findings(queries.searches_for(worker), **words))


def test_a_fact_is_found_once_and_goes_and_comes_with_the_registers(worker):
    person = make_person(worker, DAY, "张三")
    TOLD.append(Found(person.pk, "a", "情况一"))
    assert actions.look(by=worker, on=DAY)["sample.missed"] == (1, 0, 0)
    assert actions.look(by=worker, on=DAY)["sample.missed"] == (0, 0, 0)
    TOLD[:] = [Found(person.pk, "b", "情况二"), Found(person.pk, "b", "又一次")]
    assert actions.look(by=worker, on=DAY)["sample.missed"] == (1, 0, 1)
    TOLD.append(Found(person.pk, "a", "情况一"))
    assert actions.look(by=worker, on=DAY)["sample.missed"] == (0, 1, 0)
    assert [one.fact for one in rows(worker, state="open")] and rows(worker)[0].law == "某办法 §1"


def test_an_answer_stands_and_needs_a_day_and_a_reason(worker):
    person = make_person(worker, DAY, "张三")
    TOLD.append(Found(person.pk, "a", "情况"))
    actions.look(by=worker, on=DAY)
    (one,) = rows(worker)
    words = {"by": worker, "on": DAY, "finding": one, "visited_on": DAY, "note": "与子女同住"}
    for wrong, said in (
        ({"note": " "}, "理由"), ({"visited_on": DAY + timedelta(1)}, "走访日期"), ({"answer": Answer.FITS}, "选择"),
        ({"answer": Answer.APPLIED}, "受理申请"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            actions.answer_finding(**words | {"answer": Answer.UNFIT} | wrong)
    actions.answer_finding(**words, answer=Answer.UNFIT)
    with pytest.raises(Stale):
        actions.answer_finding(**words, answer=Answer.DECLINED)
    TOLD.clear()
    assert actions.look(by=worker, on=DAY)["sample.missed"] == (0, 0, 0), "what was answered stays"


def test_an_act_of_the_package_answers_and_its_decision_comes_true(worker):
    person, other = make_person(worker, DAY, "张三"), make_person(worker, DAY, "李四")
    TOLD[:] = [Found(person.pk, "a", "情况"), Found(other.pk, "a", "情况")]
    actions.look(by=worker, on=DAY)
    words = {"by": worker, "on": DAY, "group": "sample", "side": Side.MISSED, "people": [person.pk]}
    assert actions.follow(**words) == 0, "nothing was taken up yet"
    assert actions.take_up(**words, note="受理申请") == 1
    assert actions.follow(**words) == 1
    with scoped(worker):
        tally = queries.tally(queries.findings(["sample.missed"]))
    assert (tally.found, tally.waiting, tally.visited, tally.taken_up, tally.followed) == (2, 1, 1, 1, 1)


def test_who_may_not_answer_is_refused(worker, monkeypatch):
    person = make_person(worker, DAY, "张三")
    TOLD.append(Found(person.pk, "a", "情况"))
    actions.look(by=worker, on=DAY)
    (one,) = rows(worker)
    for_others = Search("sample.missed", "漏", Side.MISSED, "sample", "比对", f"{HERE}.told", "registry.read", "ledgers.spend")
    monkeypatch.setattr(apps.get_app_config("findings"), "searches", (for_others,), raising=False)
    queries.searches.cache_clear()
    with pytest.raises(Forbidden):
        actions.answer_finding(by=worker, on=DAY, finding=one, answer=Answer.UNFIT, visited_on=DAY, note="不符合")


def test_a_comparison_says_what_it_compares():
    with pytest.raises(ValueError, match="begins with its group"):
        Search("other.key", "漏", Side.MISSED, "sample", "比对", f"{HERE}.told", **WORDS)
