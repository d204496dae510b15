"""Figures of proactive discovery: for each kind of help who was found, visited, took it up, and is helped since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.urls import reverse

from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Unit
from linli.kernel.findings.queries import counted, searches
from linli.kernel.findings.rules import Answer, Side

WORDS: dict[Side, tuple[tuple[str, str, str], ...]] = {
    Side.MISSED: (
        ("found", "可能应享未享线索", "统计期内比对登记情况新发现的线索数"),
        ("visited", "应享未享线索已走访", "统计期内走访核查的线索数"),
        ("taken_up", "应享未享线索已受理", "统计期内走访后本人申请、已受理的线索数"),
        ("followed", "应享未享线索已纳入救助", "统计期内已批准救助的线索数"),
    ),
    Side.PAST: (
        ("found", "可能不再符合线索", "统计期内比对登记情况新发现的线索数"),
        ("visited", "可能不再符合已走访", "统计期内走访核查的线索数"),
        ("taken_up", "可能不再符合已办理复核", "统计期内核查后办理复核或终止的线索数"),
        ("followed", "可能不再符合已调整终止", "统计期内救助已按复核调整或终止的线索数"),
    ),
}


def finding_figures() -> Iterator[Figure]:
    """Four figures for each side of each group of comparisons, broken down by comparison and answer."""
    for group in dict.fromkeys(one.group for one in searches().values()):
        called = apps.get_app_config(group).verbose_name
        for side, words in WORDS.items():
            if not any(one.group == group and one.side is side for one in searches().values()):
                continue
            for what, zh, said in words:
                key, parts = f"finding.{group}.{side.value}.{what}", (_by_search(group, side), BY_ANSWER)
                yield Figure(
                    key, f"{called}{zh}", said, Unit.PIECE, Kind.FLOW, _rows(group, side, what), breakdowns=parts,
                    describe=_describe, persons=True, basis="主动发现、应保尽保",
                )  # fmt: skip


BY_ANSWER = Breakdown("answer", "核查结果", "answer", {one.value: one.zh for one in Answer} | {"": "待走访"})


def _by_search(group: str, side: Side) -> Breakdown:
    names = {key: one.zh for key, one in searches().items() if one.group == group and one.side is side}
    return Breakdown("search", "比对规则", "search", names)


def _rows(group: str, side: Side, what: str) -> Callable[[Period], Any]:
    ask = partial(counted, group, side, what)
    return lambda period: ask(period.first, period.last)


def _describe(row: Any) -> tuple[str, str]:
    return f"{searches()[row.search].zh} {row.found_on:%Y-%m-%d}", reverse("findings:finding", args=[row.pk])
