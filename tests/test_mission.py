"""docs/mission.toml says what works; nothing may be named there that does not exist."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, get_resolver

ROOT = Path(__file__).parents[1]
MISSION = tomllib.loads((ROOT / "docs" / "mission.toml").read_text())
ROWS = {
    "DIBAO": 13, "WUBAO": 7, "RELIEF": 17, "CHARITY": 22, "DISASTER": 7, "HONOUR": 12, "ELDER": 12, "LEFT": 5,
    "HALL": 17, "HOTLINE": 14, "JOBS": 19, "WORKER": 19, "DEMOCRACY": 14, "ASSESS": 20, "FACILITY": 22, "LAND": 16,
    "SOCIAL": 13, "SAFETY": 19, "AFFAIRS": 11, "ENV": 12, "HEALTH": 20, "STEER": 17,
}  # fmt: skip
STARTED = {key: row for key, row in MISSION.items() if row["state"] != "planned"}


def test_every_row_of_the_mission_is_listed_once():
    assert Counter(key.split("-")[0] for key in MISSION) == ROWS
    assert {row["state"] for row in MISSION.values()} <= {"works", "partly", "planned"}


@cache
def _routes() -> set[str]:
    def walk(resolver, space=""):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                yield from walk(entry, f"{entry.namespace}:" if entry.namespace else space)
            elif entry.name:
                yield f"{space}{entry.name}"

    return set(walk(get_resolver()))


@pytest.mark.parametrize("key", STARTED)
def test_the_pages_of_a_row_are_routes(key):
    for name in STARTED[key].get("pages", ()):
        assert name in _routes(), name


@pytest.mark.parametrize("key", STARTED)
def test_the_actions_of_a_row_are_actions(key):
    for name in STARTED[key].get("actions", ()):
        module, function = name.rsplit(".", 1)
        assert getattr(getattr(import_module(f"linli.{module}"), function), "permission", ""), name


@pytest.mark.parametrize("key", STARTED)
def test_the_figures_of_a_row_are_declared(key):
    wanted = STARTED[key].get("figures", ())
    if wanted:
        from linli.kernel.figures.queries import figures

        for name in wanted:
            assert name in figures(), name


@pytest.mark.parametrize("key", STARTED)
def test_the_tests_of_a_row_exist_and_carry_its_id(key):
    row = STARTED[key]
    assert row.get("tests") or row["state"] != "works", "a row works only when a test walks it"
    for name in row.get("tests", ()):
        path, function = name.split("::")
        tree = ast.parse((ROOT / path).read_text())
        found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == function]
        assert found, name
        assert key in (ast.get_docstring(found[0]) or ""), f"{function} does not say that it walks {key}"


def test_no_reverse_match_is_the_fault_that_a_missing_route_gives():
    from django.urls import reverse

    with pytest.raises(NoReverseMatch):
        reverse("access:nowhere")
