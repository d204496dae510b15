"""What the law is once something was agreed; as tables and as properties."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.dated import NoValue, Parameters, Value
from linli.kernel.standards.rules import Key, against, joined, strange

HERE, AREA = "370404", "370404001001"
FIRST = date(2010, 1, 1)


def value(fen, since, until=None, place=HERE, key="k", document="文件"):
    return Value(key, since, until, place, fen, "fen", document, "", "s")


BASE = Parameters([
    value(100, FIRST, date(2012, 12, 31)), value(300, date(2022, 1, 1)), value(50, FIRST, place=""), value(7, FIRST, key="other"),
])  # fmt: skip


def on(law, day, key="k"):
    try:
        return law.on(key, day, AREA).value
    except NoValue:
        return None


@pytest.mark.parametrize(("agreed", "asked"), [
    ([], {date(2010, 12, 31): 100, date(2011, 1, 1): 100, date(2013, 1, 1): 50, date(2022, 1, 1): 300}),
    ([value(120, date(2011, 1, 1))],
     {date(2010, 12, 31): 100, date(2011, 1, 1): 120, date(2013, 1, 1): 120, date(2021, 12, 31): 120, date(2022, 1, 1): 300}),
    ([value(120, date(2011, 1, 1), date(2011, 6, 30))], {date(2010, 12, 31): 100, date(2011, 6, 30): 120, date(2011, 7, 1): 50}),
    ([value(120, date(2011, 1, 1)), value(130, date(2011, 1, 1))], {date(2010, 12, 31): 100, date(2011, 1, 1): 130}),
    ([value(110, FIRST)], {FIRST: 110, date(2012, 12, 31): 110, date(2022, 1, 1): 300}),
    ([value(120, date(2012, 1, 1)), value(110, date(2011, 1, 1))],
     {date(2010, 12, 31): 100, date(2011, 12, 31): 110, date(2012, 1, 1): 120}),
    ([value(400, date(2023, 1, 1))], {date(2022, 12, 31): 300, date(2023, 1, 1): 400}),
    ([value(60, date(2011, 1, 1), place="3704")], {date(2011, 1, 1): 100, date(2013, 1, 1): 60}),
])  # fmt: skip
def test_a_later_value_ends_the_former_and_an_equal_beginning_corrects_it(agreed, asked):
    law = joined(BASE, agreed)
    assert {day: on(law, day) for day in asked} == asked
    assert on(law, date(2011, 1, 1), "other") == 7, "another key is left alone"


@pytest.mark.parametrize(("new", "correction", "said"), [
    (value(120, date(2011, 1, 1)), False, ""),
    (value(120, FIRST), False, "已有规定"),
    (value(120, FIRST), True, "执行到2012年12月31日"),
    (value(120, FIRST, date(2012, 12, 31)), True, ""),
    (value(320, date(2022, 1, 1)), True, ""),
    (value(120, date(2011, 1, 1)), True, "没有自2011年1月1日起"),
    (value(120, date(2020, 1, 1), date(2021, 12, 31)), False, ""),
    (value(120, date(2020, 1, 1), date(2022, 1, 1)), False, "自2022年1月1日起另有规定"),
    (value(120, FIRST, place="3704"), False, ""),
])  # fmt: skip
def test_what_stands_against_a_new_value_is_said(new, correction, said):
    found = against(BASE, new, correction=correction)
    assert (said in found) if said else not found


@pytest.mark.parametrize(("old", "new", "far"), [
    (100, 200, False), (100, 201, True), (100, 50, False), (100, 49, True), (None, 5, False), (0, 5, False), ("months", 5, False),
    (Fraction(3, 10), Fraction(3), True), (Fraction(3, 10), Fraction(1, 2), False),
])  # fmt: skip
def test_a_value_far_from_the_present_one_wants_a_second_look(old, new, far):
    assert strange(old, new) is far


@pytest.mark.parametrize(("unit", "text", "read", "shown"), [
    ("fen", "￥200.50", 20_050, "200.50 元/年"), ("fen", "200元", 20_000, "200.00 元/年"),
    ("ratio", "12.5%", Fraction(1, 8), "12.5%"),
    ("ratio", "1.5", Fraction(3, 2), "150%"), ("count", "24", 24, "24"),
])  # fmt: skip
def test_values_are_read_as_people_type_them_and_shown_as_they_say_them(unit, text, read, shown):
    key = Key("k", "某标准", unit)
    assert key.read(text) == read
    assert key.show(read, 12) == shown


@pytest.mark.parametrize(("key", "text", "said"), [
    (Key("k", "某标准", "fen", least=1), "0", "应大于0元"), (Key("k", "某标准", "fen"), "二百", "不是以元为单位"),
    (Key("k", "某标准", "fen"), "1000000.01", "核对单位"), (Key("k", "某标准", "ratio"), "三成", "应为比例"),
    (Key("k", "某标准", "ratio"), "11", "应在0%到1000%之间"),
    (Key("k", "某比例", "ratio", most=1), "1000%", "应在0%到100%之间"),
    (Key("k", "某线", "ratio", least=1), "0.5", "应在100%到1000%"),
    (Key("k", "某比例", "ratio"), "0.00001", "最多精确到万分之一"), (Key("k", "某标准", "count"), "2.5", "整数"),
    (Key("k", "某标准", "count", only=(1, 12)), "6", "应为1或12"),
])  # fmt: skip
def test_what_is_no_value_is_refused_with_the_mend(key, text, said):
    with pytest.raises(ValueError, match=said):
        key.read(text)


DAYS = st.dates(FIRST, date(2012, 1, 1))
AGREED = st.lists(st.builds(
    lambda fen, since, length, place: value(fen, since, since + timedelta(length) if length else None, place),
    st.integers(1, 999), DAYS, st.sampled_from([0, 0, 30, 400]), st.sampled_from([HERE, "3704"]),
), max_size=8)  # fmt: skip


@given(AGREED, DAYS)
def test_on_no_day_has_the_law_two_values_and_the_newest_word_on_a_beginning_holds(agreed, day):
    """`Parameters` itself refuses two values on one day, so that it can be made at all is half of the promise."""
    law = joined(BASE, agreed)
    last = {(one.place, one.since): one for one in agreed}
    for (place, since), one in last.items():
        found = [line for line in law.history("k") if (line.place, line.since) == (place, since)]
        assert [line.value for line in found] == [one.value]
    begun = [one for one in law.history("k") if one.place == HERE and one.since <= day]
    holding = [one for one in begun if one.until is None or day <= one.until]
    assert len(holding) <= 1
