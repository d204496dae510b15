"""Reading and judging whole columns of the population roster (人口花名册), without the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from linli.base.days import parse_day
from linli.base.identity import BadIdentity, area_known, normalise_id, read_id
from linli.base.matching import check_digits
from linli.base.names import clean_name
from linli.base.text import plain, tidy
from linli.kernel.imports.rules import Fault
from linli.kernel.registry.rules.codes import NO_NUMBER_REASONS, Marital
from linli.kernel.registry.rules.numbers import read_phone
from linli.kernel.registry.rules.roster_columns import (
    DIBAO,
    DISABLED,
    ETHNIC_CODES,
    KIN_CODES,
    MARITAL_CODES,
    TEKUN,
    Places,
    read_other,
)

_USUAL_NAME = r"^[\x{4e00}-\x{9fff}]{1,20}(·[\x{4e00}-\x{9fff}]{1,20})?$"
_USUAL_TEXT = r"^[\p{Han}0-9A-Za-z\-#()（）]+$"
_USUAL_PHONE = r"^1[3-9][0-9]{9}$"
_USUAL_NUMBER = r"^[0-9]{17}[0-9X]$"
_USUAL_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_OLD = 110


@dataclass
class Roster:
    """A roster as read: one row of ``people`` for each row of the file, nothing where a cell could not be read.

    ``statuses`` has a line (row, kind, grade) for each status.
    """

    people: pl.DataFrame
    statuses: pl.DataFrame
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def put(self, mask: pl.Series, column: str, reason: str) -> None:
        """The same fault for every row of the mask."""
        self.faults += [Fault(row, column, reason) for row in mask.fill_null(False).arg_true()]

    def good(self) -> pl.Series:
        """Which rows have no fault."""
        return ~mask_of({fault.row for fault in self.faults}, len(self.people))


def mask_of(rows: Iterable[int], count: int) -> pl.Series:
    """These rows of ``count``, as a mask."""
    mask = bytearray(count)
    for row in rows:
        mask[row] = 1
    return pl.Series(mask, dtype=pl.UInt8).cast(pl.Boolean)


def read_roster(frame: pl.DataFrame, faults: list[Fault], places: Places, on: date) -> Roster:
    """Read every column and judge what can be said without the database."""
    roster = Roster(pl.DataFrame({"row": pl.int_range(len(frame), eager=True)}), pl.DataFrame(), list(faults))
    read = _Reader(roster, frame)
    columns = [
        read.each("name", clean_name, usual=_USUAL_NAME),
        read.each("home", plain, usual=r"^[0-9A-Za-z]+$"),
        read.each("kin", _word(KIN_CODES, "与户主关系应按国家标准填写，如户主、配偶、子、女、父亲、母亲。")),
        read.each("address", tidy, usual=_USUAL_TEXT).fill_null(""),
        read.each("registered_address", tidy, usual=_USUAL_TEXT).fill_null(""),
        read.each("phone", read_phone, usual=_USUAL_PHONE).fill_null(""),
        read.each("ethnic", _word(ETHNIC_CODES, "民族应按国家标准填写，如汉族、回族。")).fill_null("01"),
        read.each("marital", _word(MARITAL_CODES, f"婚姻状况应填写：{'、'.join(one.zh for one in Marital)}。")).fill_null(""),
        _area(read, places),
        read.choice("no_number_reason", {zh: code for code, zh in NO_NUMBER_REASONS.items()}).fill_null(""),
    ]
    roster.people = roster.people.with_columns(columns)
    roster.people = roster.people.with_columns(_identity(roster, read, frame, on))
    roster.statuses = _statuses(roster, frame)
    return roster


class _Reader:
    """Reads columns by their distinct values, so that a word is judged once however often it stands there."""

    def __init__(self, roster: Roster, frame: pl.DataFrame) -> None:
        self.roster, self.frame = roster, frame

    def each(self, key: str, read: Callable[[str], Any], usual: str = "", dtype: Any = pl.String) -> pl.Series:
        """The column read by ``read``; texts of the usual form stand as they are. A ValueError is the cell's fault."""
        texts = self.frame[key]
        odd = texts.filter(~texts.str.contains(usual)) if usual else texts
        good: dict[str, Any] = {}
        bad: dict[str, str] = {}
        for text in odd.drop_nulls().unique().to_list():
            try:
                good[text] = read(text)
            except ValueError as fault:
                bad[text] = str(fault)
        if not good and not bad and usual:
            return texts.cast(dtype)
        if bad:
            rows = texts.is_in(list(bad)).arg_true()
            self.roster.faults += [
                Fault(row, key, bad[text]) for row, text in zip(rows, texts.gather(rows), strict=True)
            ]
        if usual:
            return texts.replace(list(good) + list(bad), list(good.values()) + [None] * len(bad)).alias(key)
        return texts.replace_strict(good, default=None, return_dtype=dtype).alias(key)

    def choice(self, key: str, codes: Mapping[str, str]) -> pl.Series:
        """The codes of a column whose words were checked before."""
        return self.frame[key].replace_strict(dict(codes), default=None, return_dtype=pl.String).alias(key)


def _area(read: _Reader, places: Places) -> pl.Series:
    found = read.each("place", _place(places)).alias("area")
    if places.own:
        return found.fill_null(places.own)
    read.roster.put(read.frame["place"].is_null(), "place", "没有填写村居。")
    return found


def _word(codes: Mapping[str, str], reason: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = codes.get(text) or codes.get(plain(text))
        if found is None:
            raise ValueError(reason)
        return found

    return read


def _place(places: Places) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = plain(text)
        if word in places.codes:
            return places.codes[word]
        if word in places.double:
            raise ValueError("有几个同名的村居，请在前面写上镇街名称，或填写12位代码。")
        if word in places.elsewhere:
            raise ValueError("这个村居不在本辖区内，请由所在镇街或区级导入。")
        raise ValueError("没有这个村居，请按区划名称或12位代码填写。")

    return read


def _identity(roster: Roster, read: _Reader, frame: pl.DataFrame, on: date) -> list[pl.Series]:
    """Number, birth and sex, which have to agree."""
    texts = frame["number"]
    odd = texts.filter(~texts.str.contains(_USUAL_NUMBER)).drop_nulls().unique().to_list()
    numbers = texts.replace(odd, [normalise_id(text) for text in odd]) if odd else texts
    known = {fault.row for fault in roster.faults if fault.column == "number"}
    birth, sex, right = _from_number(numbers, on)
    for row in (numbers.is_not_null() & ~right).arg_true():
        if row not in known:
            _say_why(roster, row, numbers[row], on)
    said_sex = read.choice("sex", {"男": "1", "女": "2"})
    said_birth = read.each("birth", _day, usual=_USUAL_DAY).str.to_date("%Y-%m-%d", strict=False)
    lost = frame["birth"].is_not_null() & frame["birth"].str.contains(_USUAL_DAY) & said_birth.is_null()
    roster.put(lost, "birth", _DAY_FAULT)
    roster.put(right & (said_sex != sex), "sex", "性别与身份证号不一致，请对照证件核对。")
    roster.put(right & (said_birth != birth), "birth", "出生日期与身份证号不一致，请对照证件核对。")
    without = numbers.is_null() & ~mask_of(known, len(frame))
    reason = roster.people["no_number_reason"]
    roster.put(without & (reason == ""), "number", "没有填写身份证号；确实没有的，请填写“无身份证号原因”。")
    roster.put(without & (reason != "") & said_birth.is_null(), "birth", "没有身份证号的，请填写出生日期。")
    roster.put(without & (reason != "") & said_sex.is_null(), "sex", "没有身份证号的，请填写性别。")
    roster.put(without & (said_birth > on), "birth", "出生日期晚于办理日期，请核对。")
    roster.put(right & (reason != ""), "no_number_reason", "已填写身份证号，请清空“无身份证号原因”。")
    birth = pl.select(pl.coalesce(birth, said_birth)).to_series()
    sex = pl.select(pl.coalesce(sex, said_sex)).to_series()
    _warn(roster, numbers, right, birth, on)
    number = pl.select(pl.when(right).then(numbers)).to_series()
    return [number.alias("number"), birth.alias("birth"), sex.alias("sex")]


def _from_number(numbers: pl.Series, on: date) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Birth, sex and whether the number is right (form, real date, check digit: GB 11643), for whole columns."""
    formed = numbers.str.contains(_USUAL_NUMBER).fill_null(False)
    whole = pl.when(formed).then(pl.col("n"))
    digits = whole.str.slice(0, 17).cast(pl.Int64)
    birth = whole.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    frame = pl.DataFrame({"n": numbers}).lazy().select(
        birth=birth,
        sex=pl.when(digits % 2 == 1).then(pl.lit("1")).otherwise(pl.lit("2")),
        right=(whole.str.slice(17, 1) == check_digits(whole)) & birth.is_between(date(1850, 1, 1), on),
    ).collect()  # fmt: skip
    right = frame["right"].fill_null(False)
    return frame["birth"].set(~right, None), frame["sex"].set(~right, None), right


def _say_why(roster: Roster, row: int, number: str, on: date) -> None:
    try:
        read_id(number, on=on)
    except BadIdentity as fault:
        roster.faults.append(Fault(row, "number", str(fault)))


_DAY_FAULT = "出生日期看不懂或不存在，请写成 1980-01-05 的样子。"


def _day(text: str) -> str:
    try:
        return parse_day(text).isoformat()
    except ValueError as fault:
        raise ValueError(_DAY_FAULT) from fault


def _warn(roster: Roster, numbers: pl.Series, right: pl.Series, birth: pl.Series, on: date) -> None:
    heads = numbers.str.slice(0, 6).set(~right, None)
    strange = [head for head in heads.drop_nulls().unique() if not area_known(head)]
    rows = list(heads.is_in(strange).fill_null(False).arg_true()) if strange else []
    roster.warnings += [Fault(row, "number", "身份证号前6位不是已知的区划，请留意。") for row in rows]
    old = (birth < date(on.year - _OLD, on.month, min(on.day, 28))).fill_null(False).arg_true()
    roster.warnings += [Fault(row, "birth", f"年龄超过{_OLD}岁，请核实是否在世。") for row in old]


def _statuses(roster: Roster, frame: pl.DataFrame) -> pl.DataFrame:
    rows = pl.int_range(len(frame), dtype=pl.Int64, eager=True)
    lines = [pl.DataFrame(schema={"row": pl.Int64, "kind": pl.String, "grade": pl.String})]
    for key, codes in (("dibao", DIBAO), ("tekun", TEKUN), ("disabled", DISABLED)):
        grades = frame[key].replace_strict(codes, default=None, return_dtype=pl.String)
        lines.append(pl.DataFrame({"row": rows, "kind": key, "grade": grades}).drop_nulls())
    words = frame["other"]
    for text in words.drop_nulls().unique().to_list():
        here = (words == text).fill_null(False).arg_true()
        try:
            found = read_other(text)
        except ValueError as fault:
            roster.faults += [Fault(row, "other", str(fault)) for row in here]
            continue
        for kind, grade in found:
            lines.append(pl.DataFrame({"row": here.cast(pl.Int64), "kind": kind, "grade": grade}))
    return pl.concat(lines).unique(["row", "kind"], maintain_order=True)
