"""What concerns several rows of a roster: the same number twice, and households that need exactly one head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from linli.kernel.imports.rules import Fault
from linli.kernel.registry.rules.codes import HEAD
from linli.kernel.registry.rules.roster import Roster


def judge_numbers(roster: Roster, row_numbers: Sequence[int], known: Mapping[int, str]) -> None:
    """An identity number stands once in the file and once in the district. ``known``: the town by row."""
    people = roster.people.select("row", "number").filter(pl.col("number").is_not_null())
    again = people.with_columns(first=pl.col("row").min().over("number")).filter(pl.col("row") > pl.col("first"))
    roster.faults += [
        Fault(row, "number", f"与第 {row_numbers[first]} 行的身份证号相同，只能写一次。")
        for row, first in again.select("row", "first").iter_rows()
    ]
    roster.faults += [
        Fault(row, "number", f"这个身份证号已在{town}登记；确系同一人的，请办理迁移或更正，不必再导入。")
        for row, town in known.items()
    ]


def judge_unnumbered(roster: Roster, row_numbers: Sequence[int], known: Sequence[int]) -> None:
    """Without an identity number, name, birth and place tell a person: once in the file, and not yet here (``known`` rows)."""
    people = unnumbered(roster)
    again = people.with_columns(first=pl.col("row").min().over("name", "birth", "area")).filter(pl.col("row") > pl.col("first"))
    roster.faults += [
        Fault(row, "name", f"与第 {row_numbers[first]} 行的姓名、出生日期和村居都相同，只能写一次。")
        for row, first in again.select("row", "first").iter_rows()
    ]
    reason = "库中已有姓名、出生日期相同而没有身份证号的人；确系另一人的，请在页面登记。"
    roster.faults += [Fault(row, "name", reason) for row in known]


def unnumbered(roster: Roster) -> pl.DataFrame:
    """Row, name, birth and area of the people without a number."""
    people = roster.people.select("row", "name", "birth", "area", "number").filter(pl.col("number").is_null())
    return people.drop("number").drop_nulls()


def judge_homes(roster: Roster, row_numbers: Sequence[int], known: pl.DataFrame) -> None:
    """Every household of the file has one head; rows without a head join the known one of their number.

    ``known``: area, home, household, owner (the keyed hash of its head's number). A household whose head row has a fault comes
    back as a whole, and so does one whose number another household has: offices number differently, and nobody may end up in
    a strange family. Where the head of the file is the known head, the others may join. Adds the columns ``household`` and
    ``owner`` of the known one.
    """
    people = roster.people
    roster.put(people["home"].is_not_null() & people["kin"].is_null(), "kin", "填写了户编号的，请填写与户主关系。")
    roster.put(people["home"].is_null() & people["kin"].is_not_null(), "home", "填写了与户主关系的，请填写户编号。")
    roster.people = people = people.join(known, on=["area", "home"], how="left", maintain_order="left")
    is_head = (pl.col("kin") == HEAD).fill_null(False)
    homes = people.with_columns(good=roster.good(), head=is_head).filter(
        pl.col("home").is_not_null() & pl.col("area").is_not_null()
    )
    homes = homes.with_columns(
        heads=pl.col("head").sum().over("area", "home"),
        first=pl.when("head").then("row").min().over("area", "home"),
    )
    homes = homes.with_columns(
        sound=(pl.col("good") & (pl.col("row") == pl.col("first")) & pl.col("household").is_null()).any().over("area", "home"),
        same=(pl.col("head") & (pl.col("digest") == pl.col("owner"))).fill_null(False).any().over("area", "home"),
    )
    new, old = homes.filter(pl.col("household").is_null()), homes.filter(pl.col("household").is_not_null())
    _say(roster, new.filter(heads=0), "home", "这一户没有户主：请在其中一行的“与户主关系”填写“户主”。")
    strange = old.filter(pl.col("head") & (~pl.col("same") | pl.col("good")))
    _say(roster, strange, "home", "这个户编号在库中已有一户；是另一户的请换编号，变更户主请在家庭页面办理。")
    for row, first in new.filter(pl.col("head") & (pl.col("row") > pl.col("first"))).select("row", "first").iter_rows():
        roster.faults.append(Fault(row, "kin", f"这一户在第 {row_numbers[first]} 行已有户主，一户只能有一个户主。"))
    lost = homes.filter((pl.col("heads") > 0) & ~pl.col("sound") & ~pl.col("same") & pl.col("good") & ~pl.col("head"))
    for row, first in lost.select("row", "first").iter_rows():
        roster.faults.append(Fault(row, "", f"同户的户主（第 {row_numbers[first]} 行）有问题，请改正后一并上传。"))
    joining = "将加入库中已有的这一户，请核对户编号。"
    joins = old.filter(((pl.col("heads") == 0) | pl.col("same")) & pl.col("good"))
    roster.warnings += [Fault(row, "home", joining) for row in joins["row"]]


def _say(roster: Roster, rows: pl.DataFrame, column: str, reason: str) -> None:
    roster.faults += [Fault(row, column, reason) for row in rows["row"]]
