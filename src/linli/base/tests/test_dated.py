from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.dated import NoValue, Parameters, Value, load
from linli.base.days import Term

TOWN = "370404001000"

LAW = """
[[value]]
key = "charity.spend.min"
from = 2016-09-01
value = "70%"
unit = "ratio"
document = "中华人民共和国慈善法"
article = "§60"
certainty = "M"

[[value]]
key = "charity.spend.min"
from = 2024-09-05
value = "0.70"
unit = "ratio"
document = "中华人民共和国慈善法"
article = "§61"
certainty = "S"

[[value]]
key = "aid.amount"
from = 2010-01-01
until = 2010-12-31
place = "370404"
value = 50000
unit = "fen"
document = "情暖万家实施方案"
article = "三"
certainty = "s"

[[value]]
key = "aid.amount"
from = 2010-06-01
until = 2010-06-30
place = "370404001"
value = 60000
unit = "fen"
document = "镇街补充方案"
article = "一"
certainty = "M"
note = "仅当月"

[[value]]
key = "gov.info.answer"
from = 2019-05-15
value = 20
unit = "working"
document = "政府信息公开条例"
article = "§33"
certainty = "S"

[[value]]
key = "dibao.notice"
from = 2021-07-01
value = true
unit = "flag"
document = "民发〔2021〕57号"
article = "§19"
certainty = "S"

[[value]]
key = "aid.kinds"
from = 2010-01-01
value = ["重病", "重残"]
unit = "text"
document = "情暖万家实施方案"
article = "二"
certainty = "s"
"""


def write(folder: Path, text: str, name: str = "law.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def law(tmp_path: Path) -> Parameters:
    return load([write(tmp_path, LAW)])


@pytest.mark.parametrize(
    ("key", "day", "area", "value"),
    [
        ("charity.spend.min", "2016-09-01", TOWN, Fraction(7, 10)),
        ("aid.amount", "2010-01-01", TOWN, 50_000),
        ("aid.amount", "2010-05-31", TOWN, 50_000),
        ("aid.amount", "2010-06-01", TOWN, 60_000),
        ("aid.amount", "2010-06-30", "370404001002", 60_000),
        ("aid.amount", "2010-06-30", "370404002000", 50_000),
        ("aid.amount", "2010-07-01", TOWN, 50_000),
        ("aid.amount", "2010-12-31", TOWN, 50_000),
        ("aid.kinds", "2026-01-01", "", ("重病", "重残")),
    ],
)
def test_the_value_of_the_day_and_the_nearest_place_is_in_force(
    law: Parameters, key: str, day: str, area: str, value: object
) -> None:
    assert law.on(key, date.fromisoformat(day), area).value == value


def test_a_change_of_law_is_a_new_line_that_ends_the_old_one(law: Parameters) -> None:
    day = date(2024, 9, 5)
    assert law.on("charity.spend.min", day - timedelta(days=1), TOWN).article == "§60"
    assert law.on("charity.spend.min", day, TOWN).article == "§61"
    assert [value.since for value in law.history("charity.spend.min")] == [date(2016, 9, 1), day]


@pytest.mark.parametrize(
    ("key", "day", "area"),
    [
        ("aid.amount", "2009-12-31", TOWN),
        ("aid.amount", "2011-01-01", TOWN),
        ("aid.amount", "2010-06-15", "370402001000"),
        ("aid.amount", "2010-06-15", "370400000000"),
        ("no.such.key", "2010-06-15", TOWN),
    ],
)
def test_where_no_value_is_in_force_the_message_names_key_day_and_place(law: Parameters, key: str, day: str, area: str) -> None:
    with pytest.raises(NoValue) as missing:
        law.on(key, date.fromisoformat(day), area)
    assert all(part in str(missing.value) for part in (key, day, area))


def test_a_value_is_read_by_its_unit_and_tells_its_source(law: Parameters) -> None:
    day = date(2026, 1, 1)
    assert law.on("charity.spend.min", day, TOWN).ratio == Fraction(7, 10)
    assert law.on("charity.spend.min", day, TOWN).source == "中华人民共和国慈善法 §61"
    assert law.on("gov.info.answer", day, TOWN).term == Term("working", 20)
    assert law.on("dibao.notice", day, TOWN).flag is True
    assert law.on("aid.amount", date(2010, 6, 1), TOWN).fen == 60_000
    assert law.on("aid.amount", date(2010, 6, 1), TOWN).certainty == "M"


@pytest.mark.parametrize(("key", "unit"), [("aid.kinds", "text"), ("tiers", "fen"), ("shares", "ratio")])
def test_a_list_is_read_as_a_tuple_and_not_as_one_value(tmp_path: Path, key: str, unit: str) -> None:
    lists = entry(key='"tiers"', unit='"fen"', value="[1, 2]") + entry(key='"shares"', unit='"ratio"', value='["1/3", "2/3"]')
    value = load([write(tmp_path, LAW + lists)]).on(key, date(2026, 1, 1), TOWN)
    assert isinstance(value.value, tuple)
    with pytest.raises(TypeError, match=f"not one {unit}"):
        getattr(value, unit)


def test_a_value_may_be_in_force_for_one_day(tmp_path: Path) -> None:
    law = load([write(tmp_path, entry(until="2020-01-01"))])
    assert law.on("a.b", date(2020, 1, 1), TOWN).count == 5
    with pytest.raises(NoValue, match="全国"):
        law.on("a.b", date(2020, 1, 2), "")


@pytest.mark.parametrize("wrong", ["fen", "count", "flag", "text", "term"])
def test_a_value_is_not_read_as_what_it_is_not(law: Parameters, wrong: str) -> None:
    with pytest.raises(TypeError, match=r"charity\.spend\.min is a ratio"):
        getattr(law.on("charity.spend.min", date(2026, 1, 1), TOWN), wrong)


def test_a_value_stored_is_the_same_when_read_again(law: Parameters) -> None:
    values = list(law)
    assert len(values) == 7
    for value in values:
        assert Value.from_json(json.loads(json.dumps(value.to_json()))) == value


GOOD = {
    "key": '"a.b"',
    "from": "2020-01-01",
    "value": "5",
    "unit": '"count"',
    "document": '"办法"',
    "article": '"§1"',
    "certainty": '"S"',
}


def entry(**changes: str | None) -> str:
    fields = {**GOOD, **{name.rstrip("_"): text for name, text in changes.items()}}
    return "[[value]]\n" + "".join(f"{name} = {text}\n" for name, text in fields.items() if text is not None)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"article": None}, "缺少 article"),
        ({"colour": '"red"'}, "不认识 colour"),
        ({"from_": '"2020-01-01"'}, "应为日期"),
        ({"from_": "2020-01-01T00:00:00"}, "应为日期"),
        ({"until": "2019-12-31"}, "until 早于 from"),
        ({"place": '"37040"'}, "place 应为"),
        ({"place": "370404"}, "place.*应为文字"),
        ({"place": '"370404000000"'}, "不带末尾的0"),
        ({"place": '"370404000"'}, "不带末尾的0"),
        ({"place": '"370400"'}, "不带末尾的0"),
        ({"value": "0.7"}, "应为整数"),
        ({"value": "true"}, "应为整数"),
        ({"value": "[1, 2.5]"}, "应为整数"),
        ({"unit": '"yuan"'}, "unit 应为"),
        ({"unit": '"ratio"', "value": '"七成"'}, "看不懂"),
        ({"unit": '"ratio"', "value": '"1/0"'}, "看不懂"),
        ({"unit": '"ratio"', "value": "0.7"}, "文字形式的比例"),
        ({"certainty": '"A"'}, "certainty 应为"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_by_file_and_number(
    tmp_path: Path, changes: dict[str, str | None], fault: str
) -> None:
    path = write(tmp_path, entry(key='"fine"') + entry(**changes))
    with pytest.raises(ValueError, match=f"law.toml 第2条.*{fault}"):
        load([path])


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({}, {}, "区划全国）在2020-01-01有两个"),
        ({"until": "2021-12-31"}, {"from_": "2021-12-31"}, "应止于2021-12-30"),
        ({"place": '"37"'}, {"place": '"37"', "value": "6"}, "区划37）在2020-01-01有两个"),
    ],
)
def test_two_values_in_force_at_once_are_refused(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], message: str
) -> None:
    one, other = write(tmp_path, entry(**first), "one.toml"), write(tmp_path, entry(**second), "other.toml")
    with pytest.raises(ValueError, match=message):
        load([one, other])


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=8, unique=True),
    st.dates(date(1999, 1, 1), date(2031, 1, 1)),
)
def test_the_latest_line_not_after_the_day_is_in_force(starts: list[date], day: date) -> None:
    law = Parameters(Value("k", since, None, "", i, "count", "办法", "§1", "S") for i, since in enumerate(starts))
    before = [since for since in starts if since <= day]
    if not before:
        with pytest.raises(NoValue):
            law.on("k", day, TOWN)
    else:
        assert law.on("k", day, TOWN).since == max(before)
