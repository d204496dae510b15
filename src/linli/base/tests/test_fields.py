"""Fields declared as data: what is typed is kept, and what is kept says what was typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.base.fields import Field, FieldKind, check_values, read_value, show_value

SIZE = Field("size", "面积", FieldKind.NUMBER, unit="平方米", places=2, least=0)
COUNT = Field("count", "人数", FieldKind.NUMBER, least=0, most=100)
MONEY = Field("money", "慰问金", FieldKind.MONEY, least=0)
DAY = Field("day", "日期", FieldKind.DAY)
SORT = Field("sort", "类别", FieldKind.CHOICE, choices=(("1", "走访"), ("2", "座谈")))
ASKED = Field("asked", "已征得同意", FieldKind.YES_NO)
PLACE = Field("place", "村居", FieldKind.AREA)
NOTE = Field("note", "情况", longest=500)


@pytest.mark.parametrize(
    ("field", "typed", "kept", "shown"),
    [
        (SIZE, " 12.5 ", "12.50", "12.50"),
        (SIZE, "１２", "12.00", "12.00"),
        (COUNT, "1,00", 100, "100"),
        (MONEY, "1,234.5元", 123450, "1,234.50"),
        (DAY, "2010年1月5日", "2010-01-05", "2010-01-05"),
        (SORT, "座谈", "2", "座谈"),
        (SORT, "1", "1", "走访"),
        (ASKED, "有", True, "是"),
        (ASKED, "否", False, "否"),
        (PLACE, "370404001001", "370404001001", "370404001001"),
        (NOTE, "家中三人。\n 老人 卧床 ", "家中三人。\n老人 卧床", "家中三人。\n老人 卧床"),
        (NOTE, "  ", None, ""),
    ],
)
def test_what_is_typed_is_kept_and_shown(field, typed, kept, shown):
    assert read_value(field, typed) == kept
    assert show_value(field, kept) == shown
    assert check_values((field,), {field.key: kept}) == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (SIZE, "12.345", "最多2位小数"),
        (SIZE, "-1", "不能小于0"),
        (COUNT, "1.5", "整数"),
        (COUNT, "101", "不能大于100"),
        (COUNT, "NaN", "过大"),
        (COUNT, "十", "数字"),
        (MONEY, "-5", "负数"),
        (DAY, "2010-2-30", "不存在"),
        (SORT, "电话", "走访、座谈"),
        (ASKED, "也许", "是"),
        (PLACE, "12", "12位"),
        (NOTE, "字" * 501, "501个"),
    ],
)
def test_what_cannot_be_read_says_why(field, typed, said):
    with pytest.raises(ValueError, match=said):
        read_value(field, typed)


@given(st.decimals(0, 10**9, places=2))
def test_every_number_comes_back_as_it_went(number):
    kept = read_value(SIZE, str(number))
    assert Decimal(str(kept)) == number
    assert check_values((SIZE,), {"size": kept}) == []


def test_a_day_that_may_not_precede_another_says_so():
    closes = Field("closes", "截止日期", FieldKind.DAY, not_before="day")
    assert check_values((DAY, closes), {"day": "2010-12-20", "closes": "2010-12-20"}) == []
    assert check_values((DAY, closes), {"closes": "2009-01-01"}) == [] == check_values((DAY, closes), {"day": "2010-12-20"})
    (said,) = check_values((DAY, closes), {"day": "2010-12-20", "closes": "2010-12-19"})
    assert said == ("closes", "截止日期不能早于日期2010-12-20，请修改。")
    with pytest.raises(ValueError, match="only a day"):
        Field("closes", "截止日期", not_before="day")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["size", "count", "money", "day", "sort", "asked", "place", "note", "other"]),
                       st.one_of(st.none(), st.text(max_size=8), st.integers(), st.booleans()), max_size=9))  # fmt: skip
def test_kept_values_are_judged_without_a_fault_and_unknown_fields_never_stand(values):
    fields = (SIZE, COUNT, MONEY, DAY, SORT, ASKED, PLACE, NOTE)
    faults = check_values(fields, values)
    assert {key for key, _ in faults} <= set(values)
    assert ("other" in values) <= any(key == "other" for key, _ in faults)
