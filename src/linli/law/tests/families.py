"""Families of the tables of examples, from TOML to facts. Amounts in the tables are in 元, kinds in Chinese."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from linli.law import Disability, Flow, Holding, Household, Item, Member, Scheme, Standing, Study, Work, Zone

HERE = Path(__file__).parent
KINDS = {item.zh: item for item in Item}
DISABILITIES = {
    zh: Disability(i) for i, zh in enumerate(("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"))
}
WORDS = {"study": Study, "standing": Standing, "work": Work, "scheme": Scheme}


def table(name: str) -> list[dict]:
    """The rows of a table of examples."""
    return tomllib.loads((HERE / "examples" / f"{name}.toml").read_text())["example"]


def fen(yuan: float) -> int:
    return round(yuan * 100)


def month(text: str) -> date:
    year, number = text.split("-")
    return date(int(year), int(number), 1)


def member_of(row: dict) -> Member:
    given = dict(row)
    words = given.pop("disabled", "")
    if words:
        given |= {"disability": DISABILITIES[words[:2]], "level": int(words[2])}
    for key, enum in WORDS.items():
        if key in given:
            given[key] = enum[given[key].upper()]
    if "other_care" in given:
        given["other_care"] = fen(given["other_care"])
    return Member(**given)


def household_of(row: dict) -> Household:
    """The family of a row. A line is [kind, whose, 元, first month, last month] or [kind, whose, 元 or number]."""
    members = tuple(member_of(one) for one in row["members"])
    place = {one.name: i for i, one in enumerate(members)}
    flows, holdings = [], []
    for kind, whose, number, *period in row.get("lines", ()):
        item = KINDS[kind]
        if 41 <= item <= 50:
            holdings.append(Holding(item, place[whose], number=number))
        elif 31 <= item <= 40:
            holdings.append(Holding(item, place[whose], fen(number)))
        else:
            flows.append(Flow(item, place[whose], fen(number), month(period[0]), month(period[1])))
    return Household(
        area=row["area"],
        zone=Zone[row.get("zone", "urban").upper()],
        applied=row["day"],
        members=members,
        flows=tuple(flows),
        holdings=tuple(holdings),
        alone=row.get("alone", False),
        single_parent=row.get("single_parent", False),
        received=fen(row.get("received", 0)),
        new_job=row.get("new_job"),
    )
