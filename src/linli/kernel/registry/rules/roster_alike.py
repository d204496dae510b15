"""Rows of a roster that may be somebody who is registered already, where no number can tell: a hint, never a refusal."""

from __future__ import annotations

import polars as pl

from linli.base.matching import candidates, explain, judge, person_columns
from linli.base.names import sort_key
from linli.kernel.imports.rules import Fault
from linli.kernel.registry.rules.duplicates import REGISTRY
from linli.kernel.registry.rules.roster import Roster


def judge_alike(roster: Roster, phones: pl.Series, known: pl.DataFrame) -> None:
    """Warn of each good row that is like a registered person, if one of the two has no identity number.

    ``phones``: hashes as ``known`` has them, for each row. ``known``: as the search for duplicates reads people.
    """
    rows = roster.people.with_columns(phone=phones).filter(roster.good())
    names = rows["name"].unique()
    spelt = names.map_elements(sort_key, return_dtype=pl.String)
    rows = rows.with_columns(sort_key=rows["name"].replace_strict(names, spelt, return_dtype=pl.String))
    left, right = (person_columns(side.with_columns(number=pl.lit(""))) for side in (rows, known))
    pairs = candidates(left, right, REGISTRY.keys)
    both = rows["number"].is_not_null()[pairs // 2**32] & known["numbered"][pairs % 2**32]
    found = judge(REGISTRY, left, right, pairs=pairs.filter(~both)).unique("left", keep="first", maintain_order=True)
    for row, other, pattern in found.select("left", "right", "pattern").iter_rows():
        grounds = "、".join(one.zh + one.found for one in explain(REGISTRY, pattern) if one.bits > 0)
        told = f"与库中编号{known['id'][other]}的人相像（{grounds}），可能是同一人，请核对；导入后会列入“疑似重复”。"
        roster.warnings.append(Fault(rows["row"][row], "name", told))
