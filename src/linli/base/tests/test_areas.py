from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.areas import (
    HIGHEST,
    WHOLE,
    Level,
    Scope,
    ancestors,
    check_code,
    is_unit_area,
    level_of,
    parent_of,
    prefix_of,
    scope_of,
)

PLACES = [
    ("370000000000", Level.PROVINCE, "37", "380000000000"),
    ("370400000000", Level.CITY, "3704", "370500000000"),
    ("370404000000", Level.DISTRICT, "370404", "370405000000"),
    ("370404001000", Level.TOWN, "370404001", "370404002000"),
    ("370404001002", Level.COMMUNITY, "370404001002", "370404001003"),
    ("370499999999", Level.COMMUNITY, "370499999999", "370500000000"),
    ("441900003000", Level.TOWN, "441900003", "441900004000"),
    ("990404000000", Level.DISTRICT, "990404", "990405000000"),
    ("990000000000", Level.PROVINCE, "99", HIGHEST),
]

codes = st.builds(
    lambda p, c, d, t, v: f"{p:02d}{c:02d}{d:02d}{t:03d}{v:03d}",
    st.integers(11, 98),
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from([0, 1, 100, 901, 999]),
    st.sampled_from([0, 1, 200, 999]),
)


@pytest.mark.parametrize(("code", "level", "prefix", "end"), PLACES)
def test_a_code_tells_its_level_prefix_and_reach(code: str, level: Level, prefix: str, end: str) -> None:
    assert level_of(code) is level
    assert prefix_of(code) == prefix
    assert scope_of(code) == Scope(code, end)


def test_the_levels_have_their_chinese_names() -> None:
    assert [level.zh for level in Level] == ["省", "市", "区", "镇街", "村居"]


def test_a_community_knows_all_above_it_nearest_first() -> None:
    assert ancestors("370404001002") == ("370404001000", "370404000000", "370400000000", "370000000000")
    assert parent_of("370404001002") == "370404001000"
    assert parent_of("370000000000") is None


def test_a_town_directly_under_a_city_belongs_to_the_city() -> None:
    assert parent_of("441900003000") == "441900000000"


@given(codes)
def test_an_area_lies_in_the_reach_of_each_ancestor(code: str) -> None:
    own = scope_of(code)
    assert own.contains(code)
    assert WHOLE.covers(own)
    for above in ancestors(code):
        assert scope_of(above).contains(code)
        assert scope_of(above).covers(own)
        assert not own.contains(above)


@given(codes, codes)
def test_a_reach_holds_exactly_the_codes_with_its_prefix(area: str, code: str) -> None:
    assert scope_of(area).contains(code) == code.startswith(prefix_of(area))


def test_a_neighbouring_town_is_out_of_reach() -> None:
    town = scope_of("370404001000")
    assert not town.contains("370404002000")
    assert not town.contains("370404000000")
    assert not town.covers(scope_of("370404000000"))
    assert not town.covers(scope_of("370404002000"))
    assert not scope_of("370404002000").covers(town)
    assert town.covers(town)


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("370404901000", True),
        ("370404901017", True),
        ("370404001002", False),
        ("370404000000", False),
        ("990404000000", False),
    ],
)
def test_district_units_stand_under_the_pseudo_town(code: str, unit: bool) -> None:
    assert is_unit_area(code) is unit


def test_a_code_is_read_with_blanks_and_full_width_digits() -> None:
    assert check_code(" ３７０４０４ 001002\u200b") == "370404001002"


@pytest.mark.parametrize("text", ["", "370404", "37040400100X", "3704040010021", "000404001002", HIGHEST])
def test_what_is_no_code_is_refused_with_a_plain_message(text: str) -> None:
    with pytest.raises(ValueError, match="区划代码"):
        check_code(text)


@pytest.mark.parametrize(("lo", "hi"), [("370404000000", "370404000000"), ("38", "39"), ("2" * 12, "1" * 12)])
def test_a_reach_cannot_be_empty_or_upside_down(lo: str, hi: str) -> None:
    with pytest.raises(ValueError, match="区划范围"):
        Scope(lo, hi)
