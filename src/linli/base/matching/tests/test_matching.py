"""Two rows are compared by what both know; one person, two people, or a question to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.base.identity import RESERVED_AREA, check_digit, make_id
from linli.base.matching import (
    PEOPLE,
    Comparison,
    Key,
    Level,
    Model,
    Same,
    Verdict,
    candidates,
    check_digits,
    day_code,
    explain,
    fit,
    judge,
    link,
    number_code,
    patterns,
    person_columns,
    weights_of,
)
from linli.base.names import sort_key

DAY = date(1960, 5, 1)
NUMBER = make_id(RESERVED_AREA, DAY, 17)
OTHER_DAY = make_id(RESERVED_AREA, date(1960, 5, 21), 17)
TWIN = make_id(RESERVED_AREA, DAY, 37)
BASE = {"name": "李小明", "number": NUMBER, "birth": DAY, "sex": "1", "phone": "13800000001", "address": "和平路1号"}
SCHEMA = {"name": pl.String, "number": pl.String, "birth": pl.Date, "sex": pl.String, "phone": pl.String, "address": pl.String}


def people(*rows):
    frame = pl.DataFrame([BASE | row for row in rows], schema=SCHEMA)
    return person_columns(frame.with_columns(sort_key=pl.col("name").map_elements(sort_key, return_dtype=pl.String)))


def found(one, other):
    """What is said of each comparison of two rows, whichever comes first."""
    left, right = people(one), people(other)
    pair = pl.Series([0], dtype=pl.UInt64)
    there, back = patterns(PEOPLE, left, right, pair)[0], patterns(PEOPLE, right, left, pair)[0]
    assert there == back
    return {reason.zh: reason.found for reason in explain(PEOPLE, int(there))}


def slipped(number, at, digit):
    return number[:at] + digit + number[at + 1 :]


@pytest.mark.parametrize(
    ("column", "one", "other", "said"),
    [
        ("身份证号", {}, {}, "相同"),
        ("身份证号", {}, {"number": NUMBER[:6] + NUMBER[8:17]}, "相同"),
        ("身份证号", {}, {"number": slipped(NUMBER, 12, "7")}, "仅差一处笔误"),
        ("身份证号", {}, {"number": NUMBER[:4] + NUMBER[5] + NUMBER[4] + NUMBER[6:]}, "仅差一处笔误"),
        ("身份证号", {}, {"number": NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")}, "仅差一处笔误"),
        ("身份证号", {}, {"number": NUMBER[:6] + slipped(NUMBER[8:17], 3, "9")}, "仅差一处笔误"),
        ("身份证号", {}, {"number": TWIN}, "两个号码都正确而不同"),  # no slip leaves the check digit right
        ("身份证号", {}, {"number": slipped(slipped(NUMBER, 12, "7"), 3, "9")}, "不同"),
        ("身份证号", {}, {"number": slipped(slipped(NUMBER, 2, "7"), 9, "9")}, "仅月日和顺序码相同"),
        ("身份证号", {}, {"number": slipped(slipped(NUMBER, 11, "9"), 13, "9")}, "仅区划和年份相同"),
        ("身份证号", {}, {"number": ""}, None),
        ("身份证号", {}, {"number": "护照E1234"}, None),
        ("姓名", {}, {}, "相同"),
        ("姓名", {}, {"name": "李晓明"}, "同音"),
        ("姓名", {}, {"name": "李明小"}, "字序颠倒"),
        ("姓名", {}, {"name": "李小刚"}, "差一个字"),
        ("姓名", {}, {"name": "王小明"}, "差一个字"),
        ("姓名", {}, {"name": "王五"}, "不同"),
        ("姓名", {"name": "曾伟"}, {"name": "增伟"}, "同音"),
        ("姓名", {"name": "单伟"}, {"name": "丹伟"}, "不同"),  # the surname 单 is read shan
        ("出生日期", {}, {}, "相同"),
        ("出生日期", {}, {"birth": date(1960, 5, 7)}, "仅差一处笔误"),
        ("出生日期", {}, {"birth": date(1960, 5, 10)}, "仅差一处笔误"),
        ("出生日期", {"birth": date(1960, 5, 12)}, {"birth": date(1960, 12, 5)}, "月日颠倒"),
        ("出生日期", {}, {"birth": date(1971, 8, 30)}, "不同"),
        ("出生日期", {"number": ""}, {"number": "", "birth": None}, None),
        ("出生日期", {}, {"birth": None}, "相同"),  # the number says it
        ("出生日期", {}, {"birth": None, "number": NUMBER[:6] + NUMBER[8:17]}, "相同"),
        ("性别", {}, {"sex": "2"}, "不同"),
        ("电话", {}, {"phone": "13800000002"}, "不同"),
        ("电话", {}, {"phone": ""}, None),
        ("住址", {}, {"address": "和平路1号"}, "相同"),
        ("住址", {}, {"address": ""}, None),
    ],
)
def test_what_is_said_of_two_rows(column, one, other, said):
    assert found(one, other).get(column) == said


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ({}, {}, Verdict.SAME),
        ({}, {"number": ""}, Verdict.SAME),
        ({}, {"number": slipped(NUMBER, 12, "7"), "address": "新华街8号", "phone": ""}, Verdict.SAME),
        ({}, {"number": "", "name": "李晓明", "phone": ""}, Verdict.SAME),
        ({}, {"number": "", "phone": "", "address": "新华街8号"}, Verdict.ASK),  # name, birth and sex: there may be two
        ({}, {"number": "", "birth": None, "phone": ""}, Verdict.ASK),
        ({}, {"name": "王五"}, Verdict.ASK),  # one number, two names: somebody has to look
        ({}, {"sex": "2"}, Verdict.ASK),
        ({"number": ""}, {"number": "", "name": "李小亮"}, Verdict.ASK),  # twins, or a wrong character
        ({}, {"number": TWIN, "name": "李小亮"}, Verdict.ASK),
        ({}, {"number": OTHER_DAY, "birth": date(1960, 5, 21), "name": "王五", "phone": "", "address": ""}, None),
        ({}, {"number": "", "birth": date(1999, 1, 1), "phone": "", "address": ""}, None),
        ({}, {"name": "王芳", "number": "", "birth": date(1962, 1, 1), "sex": "2"}, None),  # a wife
    ],
)
def test_the_verdict_over_two_rows(one, other, verdict):
    lines = link(PEOPLE, people(one), people(other))["verdict"].to_list()
    assert lines == ([] if verdict is None else [verdict.value])


def test_a_person_decides_between_two_who_are_as_like():
    lines = link(PEOPLE, people({}), people({"number": ""}, {"number": ""}))
    assert lines["verdict"].to_list() == ["ask"] and lines["right"].to_list() == [0]


def test_everybody_is_linked_once_and_to_the_likest():
    left = people({}, {"number": "", "phone": ""})
    right = people({"number": ""}, {})
    assert set(link(PEOPLE, left, right).select("left", "right").rows()) == {(0, 1), (1, 0)}


def test_a_key_that_a_crowd_shares_makes_no_pairs():
    rows = [{"name": f"{chr(0x4E00 + i)}明", "number": "", "birth": date(1930 + i, 1, 1)} for i in range(40)]
    frame = people(*rows)
    assert candidates(frame, None, (Key(("sex",), most=39),)).is_empty()
    assert len(candidates(frame, None, (Key(("sex",), most=40),))) == 40 * 39 // 2


def test_an_address_of_a_whole_village_tells_nothing():
    village = [{"number": "", "name": f"{chr(0x4E00 + i)}明", "address": "古邵镇一村", "phone": ""} for i in range(31)]
    assert people(*village)["address"].null_count() == 31
    assert people(*village[:30], {"address": "和平路1号"})["address"].null_count() == 0


def test_an_empty_list_has_nobody_in_common():
    nobody, somebody = people({}).clear(), people({})
    assert link(PEOPLE, nobody, somebody).is_empty() and link(PEOPLE, somebody, nobody).is_empty()
    assert judge(PEOPLE, nobody).is_empty()


def test_weights_are_learnt_without_knowing_who_is_who():
    drawn, count = np.random.default_rng(4), 4000
    kinds, wrong = {"a": 1000, "b": 900, "c": 90, "d": 60, "e": 40}, {"a": 0.05, "b": 0.10, "c": 0.20, "d": 0.30, "e": 0.15}
    first = pl.DataFrame({name: drawn.integers(0, most, count).astype(np.uint64) for name, most in kinds.items()})
    second = first.with_columns(
        pl.Series(name, np.where(drawn.random(count) < share, drawn.permutation(first[name].to_numpy()), first[name].to_numpy()))
        for name, share in wrong.items()
    )
    levels = {name: (Level("same", Same(name), 0.8, 0.1), Level("other", None, 0.2, 0.9)) for name in wrong}
    comparisons = tuple(Comparison(name, name, two) for name, two in levels.items())
    model = fit(Model((Key(("a",)), Key(("b",))), comparisons, expected=1.0), first, second)
    for one, share in zip(model.comparisons, wrong.values(), strict=True):
        assert one.levels[0].m == pytest.approx(1 - share, abs=0.03)
        assert one.levels[0].u == pytest.approx(1 / kinds[one.zh], rel=0.3)
    linked = link(model, first, second)
    assert (linked["left"] == linked["right"]).mean() > 0.99


def test_a_comparison_takes_what_is_left_last():
    with pytest.raises(ValueError, match="last level"):
        Comparison("a", "a", (Level("other", None, 0.5, 0.5), Level("same", Same("a"), 0.5, 0.5)))


def test_agreement_always_weighs_more_than_difference():
    for one in PEOPLE.comparisons:
        bits = [level.bits for level in one.levels]
        assert bits[0] == max(bits) > 0 > bits[-1]
        assert sum(level.m for level in one.levels) == pytest.approx(1, abs=0.011)


rows = st.fixed_dictionaries({
    "name": st.sampled_from(["李小明", "李晓明", "李明小", "李小亮", "王芳", "阿依古丽·买买提", "王五"]),
    "number": st.sampled_from(["", NUMBER, TWIN, OTHER_DAY, slipped(NUMBER, 9, "7"), NUMBER[:6] + NUMBER[8:17], "不详"]),
    "birth": st.sampled_from([None, DAY, date(1960, 1, 5), date(1960, 5, 21), date(1999, 12, 31)]),
    "sex": st.sampled_from(["", "1", "2"]),
    "phone": st.sampled_from(["", "13800000001", "13800000002"]),
    "address": st.sampled_from(["", "和平路1号", "新华街8号"]),
})  # fmt: skip
lists = st.lists(rows, min_size=1, max_size=12)


@given(lists, lists)
@settings(max_examples=60)
def test_changing_over_the_lists_changes_nothing(one, other):
    there, back = link(PEOPLE, people(*one), people(*other)), link(PEOPLE, people(*other), people(*one))
    columns = ["left", "right", "pattern", "bits", "verdict"]
    turned = back.rename({"left": "right", "right": "left"}).select(columns)
    assert there.select(columns).sort("left").equals(turned.sort("left"))


@given(lists, lists)
@settings(max_examples=60)
def test_nobody_is_linked_twice_and_nothing_that_speaks_against_it_is_decided_alone(one, other):
    left, right = people(*one), people(*other)
    linked = link(PEOPLE, left, right)
    assert linked["left"].is_unique().all() and linked["right"].is_unique().all()
    against = {(one.zh, level.zh) for one in PEOPLE.comparisons for level in one.levels if level.against}
    for line in linked.filter(verdict="same").iter_rows(named=True):
        said = {(reason.zh, reason.found) for reason in explain(PEOPLE, line["pattern"])}
        assert not said & against and line["chance"] >= PEOPLE.sure
        rivals = judge(PEOPLE, left, right).filter((pl.col("left") == line["left"]) ^ (pl.col("right") == line["right"]))
        assert (line["bits"] - rivals["bits"] >= PEOPLE.margin).all()


@given(rows)
@settings(max_examples=60)
def test_a_row_is_never_unlike_itself(row):
    said = found(row, row)
    assert set(said.values()) == {"相同"}


@given(lists)
@settings(max_examples=40)
def test_the_reasons_add_up_to_the_weight(one):
    bits, _ = weights_of(PEOPLE)
    for line in judge(PEOPLE, people(*one)).iter_rows(named=True):
        assert line["left"] < line["right"]
        assert sum(reason.bits for reason in explain(PEOPLE, line["pattern"])) == pytest.approx(bits[line["pattern"]])


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999), st.integers(0, 16), st.sampled_from("0123456789"))
@settings(max_examples=60)
def test_one_wrong_digit_is_a_slip_wherever_it_is(birth, seq, at, digit):
    number = make_id(RESERVED_AREA, birth, seq)
    wrong = slipped(number, at, digit)
    expected = "相同" if wrong == number or at in (6, 7) else "仅差一处笔误"
    assert found({"number": number}, {"number": wrong})["身份证号"] == expected


@given(st.text("0123456789", min_size=17, max_size=17))
def test_check_digits_of_a_column_are_those_of_each_number(first17):
    assert pl.DataFrame({"n": [first17 + "0"]}).select(check_digits(pl.col("n"))).item() == check_digit(first17)


def test_codes_can_be_read():
    frame = pl.DataFrame({"n": ["99040419600501001X", "990404600501001", "x"], "d": [DAY, None, None]})
    codes = frame.select(n=number_code(pl.col("n")), d=day_code(pl.col("d")))
    assert [value and hex(value) for value in codes["n"]] == ["0x990404600501001a", "0x990404600501001f", None]
    assert hex(codes["d"][0]) == "0x19600501"


def test_what_is_certain_is_a_matter_of_the_model():
    careful = replace(PEOPLE, sure=1 - 1e-15)
    assert link(careful, people({}), people({"number": ""}))["verdict"].to_list() == ["ask"]
