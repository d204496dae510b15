"""Figures of the duties: of each one what fell due in the period, what was done in time, made up, and missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.urls import reverse

from linli.kernel.duties.queries import counted, duties
from linli.kernel.figures.rules import Figure, Kind, Period, Unit

WORDS = (
    ("due", "应办", "期限在统计期内的应办次数"),
    ("done", "按期办理", "期限在统计期内、按期办理的次数"),
    ("late", "逾期补办", "期限在统计期内、逾期后在统计期内补办的次数"),
    ("missed", "逾期未办", "期限在统计期内、到期末仍未办理的次数"),
)


def duty_figures() -> Iterator[Figure]:
    """Four figures of every declared duty; due is the sum of the other three and of what is still open on the last day."""
    for key, lines in duties().items():
        for kind, zh, words in WORDS:
            yield Figure(
                f"duty.{key}.{kind}", f"{lines[-1].zh}{zh}", f"“{lines[-1].zh}”{words}", Unit.TIME, Kind.FLOW, _rows(key, kind),
                describe=_describe, basis=lines[-1].basis,
            )  # fmt: skip


def _rows(key: str, kind: str) -> Callable[[Period], Any]:
    ask = partial(counted, key, kind)
    return lambda period: ask(period.first, period.last, period.known)


def _describe(row: Any) -> tuple[str, str]:
    said = f"{row.subject_zh} {row.first:%Y-%m-%d}至{row.last:%Y-%m-%d} 第{row.number}次"
    return said, reverse("duties:occurrence", args=[row.pk])
