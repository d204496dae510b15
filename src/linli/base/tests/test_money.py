from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.money import MAX_FEN, in_words, parse_yuan, show_wan, show_yuan, split

amounts = st.integers(-MAX_FEN, MAX_FEN)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("500", 50_000),
        ("1,234.5", 123_450),
        ("￥500元", 50_000),
        ("¥ 500.05", 50_005),
        ("５００．５０元", 50_050),
        ("１，２３４", 123_400),
        ("人民币500元整", 50_000),
        ("0", 0),
        ("3.", 300),
        (" 12 ", 1_200),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "没有填写金额"),
        ("元", "没有填写金额"),
        ("1.234", "小数超过两位"),
        ("1,23", "不是以元为单位的金额"),
        ("50万", "不是以元为单位的金额"),
        ("五百", "不是以元为单位的金额"),
        ("1e3", "不是以元为单位的金额"),
        ("=500", "不是以元为单位的金额"),
        (".5", "不是以元为单位的金额"),
        ("-5", "是负数"),
        ("1000000000000", "过大"),
        ("9" * 5000, "过长"),
        ("٥٠٠", "不是以元为单位的金额"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_fault_and_the_mend(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_yuan(text)


@given(amounts)
def test_an_amount_shown_is_read_back_the_same(fen: int) -> None:
    assert parse_yuan(show_yuan(fen), signed=True) == fen


@pytest.mark.parametrize(
    ("fen", "yuan", "wan"),
    [
        (0, "0.00", "0"),
        (5, "0.05", "0.000005"),
        (-5, "-0.05", "-0.000005"),
        (123_450, "1,234.50", "0.12345"),
        (50_000_000, "500,000.00", "50"),
        (152_500_000, "1,525,000.00", "152.5"),
        (-123_456_789, "-1,234,567.89", "-123.456789"),
    ],
)
def test_an_amount_is_shown_in_yuan_and_in_wan(fen: int, yuan: str, wan: str) -> None:
    assert show_yuan(fen) == yuan
    assert show_wan(fen) == wan


@given(amounts)
def test_an_amount_in_wan_loses_nothing_and_has_no_needless_zeros(fen: int) -> None:
    shown = show_wan(fen)
    whole, _, decimals = shown.lstrip("-").partition(".")
    assert (int(whole) * 1_000_000 + int(decimals.ljust(6, "0"))) * (-1 if shown[0] == "-" else 1) == fen
    assert not decimals.endswith("0")


# The first seven are the examples of the rule on filling in vouchers (支付结算办法 附件一).
@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (123_450, "壹仟贰佰叁拾肆元伍角整"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1_005, "壹拾元零伍分"),
        (50_000, "伍佰元整"),
        (10_000_010_000, "壹亿零壹佰元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (10_010_000_000, "壹亿零壹拾万元整"),
        (1_100_000, "壹万壹仟元整"),
        (1_099_900, "壹万零玖佰玖拾玖元整"),
        (-50_000, "负伍佰元整"),
    ],
)
def test_an_amount_in_capital_characters(fen: int, words: str) -> None:
    assert in_words(fen) == words


def read_words(words: str) -> int:
    """Fen of an amount in capital characters: the reverse of the rule, written without looking at it."""
    sign, words = (-1, words[1:]) if words[0] == "负" else (1, words)
    total = group = digit = 0
    for character in words:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            group += digit * {"拾": 10, "佰": 100, "仟": 1000}[character]
            digit = 0
        elif character in "万亿":
            total += (group + digit) * {"万": 10**4, "亿": 10**8}[character] * 100
            group = digit = 0
        elif character == "元":
            total += (group + digit) * 100
            group = digit = 0
        elif character in "角分":
            total += digit * {"角": 10, "分": 1}[character]
            digit = 0
    return sign * total


@given(amounts)
def test_capital_characters_say_the_amount_and_no_other(fen: int) -> None:
    words = in_words(fen)
    assert read_words(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))


def test_an_amount_beyond_the_limit_has_no_words() -> None:
    with pytest.raises(ValueError, match="过大"):
        in_words(MAX_FEN + 1)


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_parts_sum_to_the_whole_and_are_fair_to_a_fen(fen: int, weights: list[int]) -> None:
    parts = split(fen, weights)
    assert sum(parts) == fen
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - fen * weight) < total
        assert weight or part == 0


def test_among_equals_the_earlier_part_gets_the_odd_fen() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(-100, [1, 1, 1]) == [-34, -33, -33]
    assert split(10, [0, 1]) == [0, 10]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_share_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="权数"):
        split(100, weights)
