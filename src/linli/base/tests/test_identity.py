from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.identity import (
    RESERVED_AREA,
    BadIdentity,
    Identity,
    area_known,
    check_digit,
    make_id,
    normalise_id,
    read_id,
    read_uscc,
)

# The two examples of the standard GB 11643-1999 itself.
STANDARD = [("11010519491231002X", date(1949, 12, 31), "2"), ("440524188001010014", date(1880, 1, 1), "1")]

births = st.dates(date(1900, 1, 1), date(2026, 11, 21))
made_up = st.builds(make_id, st.just(RESERVED_AREA), births, st.integers(0, 999))


@pytest.mark.parametrize(("number", "birth", "sex"), STANDARD)
def test_the_examples_of_the_standard_are_read(number: str, birth: date, sex: str) -> None:
    assert read_id(number) == Identity(number, birth, sex, number[:6])


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X\n",
        "110105-19491231-002X",
        "\u202d11010519491231002X\u202c\ufeff",
        "11010519491231002×",
        "11010519491231002\u0425",
    ],
)
def test_a_number_is_read_as_people_and_spreadsheets_hand_it_over(text: str) -> None:
    assert normalise_id(text) == "11010519491231002X"
    assert read_id(text).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "fault", "words"),
    [
        ("", "empty", "没有填写"),
        ("\u200b ", "empty", "没有填写"),
        ("110105491231002", "old", "15位的旧号码"),
        ("1101051949123100", "length", "现为16位"),
        ("1101051949123100231", "length", "现为19位"),
        ("1.10105194912E+17", "length", "现为17位"),
        ("1101051949123100AX", "characters", "17位数字"),
        ("11010519491231002Y", "characters", "17位数字"),
        ("１１０１０５19491231٠02X", "characters", "17位数字"),
        ("110105194902300025", "date", "不是实有的出生日期"),
        ("110105194913010025", "date", "不是实有的出生日期"),
        ("110105000012310025", "date", "不是实有的出生日期"),
        ("110105184912310025", "date", "过早"),
        ("110105185001010022", "check", "对不上"),
        ("110105194912310021", "check", "对不上"),
        ("11010519491231020X", "check", "对不上"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_with_the_fault_and_the_mend(text: str, fault: str, words: str) -> None:
    with pytest.raises(BadIdentity, match=words) as refusal:
        read_id(text)
    assert refusal.value.fault == fault


@given(made_up)
def test_the_refusal_tells_neither_the_number_nor_the_right_last_digit(number: str) -> None:
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    with pytest.raises(BadIdentity) as refusal:
        read_id(wrong)
    message = str(refusal.value)
    assert number[:17] not in message
    assert message == str(read_fault("110105194912310021"))


def read_fault(text: str) -> BadIdentity:
    with pytest.raises(BadIdentity) as refusal:
        read_id(text)
    return refusal.value


@given(births, st.integers(0, 999))
def test_a_made_up_number_says_what_it_was_made_of(birth: date, seq: int) -> None:
    person = read_id(make_id(RESERVED_AREA, birth, seq))
    assert (person.birth, person.area6) == (birth, RESERVED_AREA)
    assert person.sex == ("1" if seq % 2 else "2")
    assert person.area_known


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_is_that_of_the_standards_weights(first17: str) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, first17, strict=True))
    assert check_digit(first17) == "10X98765432"[total % 11]


@given(made_up, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, shift: int) -> None:
    digit = str((int(number[place]) + shift) % 10)
    with pytest.raises(BadIdentity):
        read_id(number[:place] + digit + number[place + 1 :])


@given(made_up, st.integers(0, 16))
def test_two_neighbouring_digits_exchanged_are_always_found(number: str, place: int) -> None:
    one, other = number[place], number[place + 1]
    if one != other:
        with pytest.raises(BadIdentity):
            read_id(number[:place] + other + one + number[place + 2 :])


def test_a_birth_after_the_business_day_is_refused_only_where_a_day_is_given() -> None:
    number = make_id(RESERVED_AREA, date(2026, 11, 22), 1)
    assert read_id(number).birth == date(2026, 11, 22)
    assert read_id(number, on=date(2026, 11, 22)).sex == "1"
    with pytest.raises(BadIdentity, match="晚于办理日期") as refusal:
        read_id(number, on=date(2026, 11, 21))
    assert refusal.value.fault == "future"


@pytest.mark.parametrize(
    ("area6", "known"),
    [("370404", True), ("110105", True), ("990404", True), ("370499", False), ("000000", False)],
)
def test_the_area_digits_are_a_warning(area6: str, known: bool) -> None:
    assert area_known(area6) is known
    assert read_id(make_id(area6, date(1950, 1, 1), 1)).area_known is known


@pytest.mark.parametrize(("area6", "seq"), [("99040", 1), ("99040x", 1), (RESERVED_AREA, 1000), (RESERVED_AREA, -1)])
def test_a_number_is_not_made_of_unfit_parts(area6: str, seq: int) -> None:
    with pytest.raises(ValueError, match="顺序码"):
        make_id(area6, date(1950, 1, 1), seq)


@pytest.mark.parametrize("text", ["91350100M000100Y43", "９１３５０１００m000100y43", "91350100-M000100Y4 3"])
def test_a_credit_code_is_read(text: str) -> None:
    assert read_uscc(text) == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "现为0位"),
        ("91350100M000100Y4", "现为17位"),
        ("91350100M000100Y44", "对不上"),
        ("91350100M000100I43", "不会出现的字符"),
        ("9135010AM000100Y43", "不会出现的字符"),
    ],
)
def test_what_is_no_credit_code_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_uscc(text)
