"""Layers of the system of assistance, the five kinds of aid, and the streams of aid that packages declare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from linli.base.named import Named


class Layer(Named):
    """Which part of the system of assistance gives (以低保为基础，五保和慈善为辅助，临时救助和社会帮扶为补充)."""

    BASE = "base", "基础"
    AUXILIARY = "auxiliary", "辅助"
    SUPPLEMENT = "supplement", "补充"


class Help(Named):
    """What aid is for: the five aids (五助)."""

    HARDSHIP = "hardship", "助困"
    STUDY = "study", "助学"
    MEDICAL = "health", "助医"
    HOUSING = "housing", "助房"
    JOB = "job", "助就业"


LAYER_WORDS: dict[Layer, str] = {
    Layer.BASE: "最低生活保障", Layer.AUXILIARY: "五保供养、慈善救助", Layer.SUPPLEMENT: "临时救济救助、社会帮扶",
}  # fmt: skip
UNSORTED = "未归类"


@dataclass(frozen=True)
class Stream:
    """One stream of aid, in a package's manifest (``deliveries = (Stream(…),)``): which layer, what for, and where it is kept.

    Exactly one of these says where: ``programme`` (recurring money), ``purposes`` (payment orders to people) with ``slips``
    (the beginning of what goods slips name as their source), ``book`` (a record book about people or households; ``money``
    are its fields of money, ``helps`` a choice field and what each of its values is for), ``rows`` (the dotted path of
    ``f() -> Rows`` for tables of the package's own). A book may name ``purposes`` and ``slips`` beside: its rows say the
    same as these orders and slips, which are then not counted. ``named``: whether a list of many families tells the name;
    not where the aid itself tells an illness. ``route`` is the page of one of the ``rows``.
    """

    key: str
    zh: str
    layer: Layer
    help: Help
    programme: str = ""
    purposes: tuple[str, ...] = ()
    slips: str = ""
    book: str = ""
    money: tuple[str, ...] = ()
    helps: tuple[str, tuple[tuple[str, Help], ...]] = ("", ())
    rows: str = ""
    named: bool = True
    route: str = ""

    def __post_init__(self) -> None:
        ways = [self.programme, self.book, self.rows]
        if sum(map(bool, ways)) > 1 or not (any(ways) or self.purposes or self.slips):
            raise ValueError(f"{self.key}: a stream says in exactly one way where its aid is kept")


class Rows(NamedTuple):
    """Rows of a package's own table that are aid: a queryset with ``area``, and the names of its columns for the day, the sum
    in fen, the name of who was helped, the person and the household ("": it keeps none)."""

    found: Any
    day: str
    amount: str
    name: str
    person: str = "person_id"
    household: str = "household_id"


def faults(streams: Mapping[str, Stream]) -> list[str]:
    """What is wrong with the declarations together: aid that would be counted twice."""
    seen: dict[str, str] = {}
    found = []
    for one in streams.values():
        for mark in (*one.purposes, one.slips and f"slips {one.slips}", one.programme and f"programme {one.programme}"):
            if mark and seen.setdefault(mark, one.key) != one.key:
                found.append(f"{one.key}: {mark} is declared by {seen[mark]}, too")
    return found
