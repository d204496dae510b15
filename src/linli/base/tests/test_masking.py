from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.identity import RESERVED_AREA, make_id
from linli.base.masking import (
    Audience,
    holds_number,
    mask_account,
    mask_address,
    mask_id,
    mask_name,
    mask_phone,
    without_numbers,
)

STAFF, PUBLIC = Audience.STAFF, Audience.PUBLIC


@pytest.mark.parametrize(
    ("name", "adult", "minor"),
    [
        ("李明", "李*", "李某"),
        ("李小明", "李**", "李某"),
        ("欧阳明", "欧阳*", "欧阳某"),
        ("欧阳", "欧*", "欧某"),
        ("𠮷小明", "𠮷**", "𠮷某"),
        ("阿不都·买买提", "阿**·***", "阿某"),
        ("Maria Lopez", "M**** *****", "M某"),
        ("李", "*", "*"),
        ("", "", ""),
    ],
)
def test_a_name_shows_the_surname_only(name: str, adult: str, minor: str) -> None:
    assert mask_name(name) == adult
    assert mask_name(name, minor=True) == minor


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
def test_birth_and_last_digits_are_never_shown_together(birth: date, seq: int) -> None:
    number = make_id(RESERVED_AREA, birth, seq)
    assert mask_id(number) == "*" * 14 + number[-4:]
    assert mask_id(number, PUBLIC) == number[:4] + "*" * 14


@pytest.mark.parametrize(
    ("number", "staff", "public"),
    [
        ("11010519491231002X", "**************002X", "1101**************"),
        ("110105 19491231 002x", "**************002x", "1101**************"),
        ("110105491231002", "***********1002", "1101***********"),
        ("12345678901", "***********", "***********"),
        ("123456789012", "********9012", "1234********"),
        ("", "", ""),
    ],
)
def test_an_identity_number_by_who_looks_on(number: str, staff: str, public: str) -> None:
    assert mask_id(number, STAFF) == staff
    assert mask_id(number, PUBLIC) == public


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812341234", "138****1234"),
        ("+86 138-1234-1234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("0632-7711234", "0632-***1234"),
        ("06327711234", "*******1234"),
        ("7711234", "***1234"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_phone_number_keeps_its_last_four_digits(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("6222021001116245702", "********5702"),
        ("6222 0210 0111 6245", "********6245"),
        ("123456789", "********"),
        ("1234567890", "********7890"),
        ("", ""),
    ],
)
def test_an_account_shows_neither_its_digits_nor_its_length(number: str, masked: str) -> None:
    assert mask_account(number) == masked


@pytest.mark.parametrize(
    ("address", "staff", "public"),
    [
        (
            "山东省枣庄市峄城区坛山街道东关社区3号楼2单元501",
            "山东省枣庄市峄城区坛山街道东关社区***",
            "山东省枣庄市峄城区坛山街道***",
        ),
        ("枣庄市 峄城区 阴平镇 李庄村12号", "枣庄市峄城区阴平镇李庄村***", "枣庄市峄城区阴平镇***"),
        ("枣庄市市中区光明路街道东湖社区", "枣庄市市中区光明路街道东湖社区", "枣庄市市中区光明路街道***"),
        (
            "江苏省镇江市润州区宝塔路街道宝塔社区1号",
            "江苏省镇江市润州区宝塔路街道宝塔社区***",
            "江苏省镇江市润州区宝塔路街道***",
        ),
        ("坛山街道办事处东关社区", "坛山街道办事处东关社区", "坛山街道办事处***"),
        ("城关镇东街村3组", "城关镇东街村***", "城关镇***"),
        ("乡宁县昌宁镇迎旭村", "乡宁县昌宁镇迎旭村", "乡宁县昌宁镇***"),
        ("阴平镇李庄小区3号", "阴平镇***", "阴平镇***"),
        ("峄城区承水路5号", "峄城区***", "峄城区***"),
        ("北京市朝阳区建国路88号", "北京市朝阳区***", "北京市朝阳区***"),
        ("阳光小区3号楼", "***", "***"),
        ("3号楼501室", "***", "***"),
        ("阴平镇", "阴平镇", "阴平镇"),
        ("", "", ""),
    ],
)
def test_an_address_ends_with_the_village_for_staff_and_the_town_for_the_public(address: str, staff: str, public: str) -> None:
    assert mask_address(address, STAFF) == staff
    assert mask_address(address, PUBLIC) == public


@given(st.text("省市区县镇乡街道社村路号0189８９山东李庄楼 ", max_size=40), st.sampled_from(Audience))
def test_no_address_shows_a_digit(address: str, audience: Audience) -> None:
    assert not any(character.isdigit() for character in mask_address(address, audience))


@pytest.mark.parametrize(
    "text",
    [
        "99040419600501001X", "99040419600501001x", "990404196005010013",
        "９９０４０４１９６００５０１００１Ｘ", "990404 19600501 001X",
        "9904 0419 6005 0100 13", "990404600501001", "13805471234", "138 0547 1234", "138-0547-1234", "0632-7711234",
        "06327711234", "6222020200112233445", "6222 0202 0011 2233 445", "李小明13805471234", "电话:13805471234,急",
        "李小明 990404196005010013", "138\u200b0547\u200b1234", "电话１３８０５４７１２３４", "138　0547　1234", "0632 - 7711234",
        "1 3 8 0 5 4 7 1 2 3 4",
    ],
)  # fmt: skip
def test_a_number_of_a_person_is_seen_wherever_it_stands(text: str) -> None:
    assert holds_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "李小明", "370404001001", "2010-12-20", "2010-01-01..2010-09-30", "QN20101234567890", "370404001-2010-000123",
        "和平路12号3号楼501室", "20101220", "1234", "0.1234567890123", "f3a1c0de13805471234",
        "00000000-0000-4000-8000-000000000000",
        "2010-12-20 2010-12-31", "987654321",
    ],
)  # fmt: skip
def test_codes_days_and_addresses_are_no_number_of_a_person(text: str) -> None:
    assert not holds_number(text)
    assert without_numbers(text) == text


def test_a_log_line_keeps_its_words_and_loses_the_number() -> None:
    assert without_numbers("Not Found: /people/990404196005010013/") == f"Not Found: /people/{'*' * 18}/"
    assert without_numbers("致电13805471234核对") == f"致电{'*' * 11}核对"


@pytest.mark.parametrize("number", ["１３８０５４７１２３４", "138　0547　1234", "138－0547－1234", "99040419６００５０１0013"])
def test_a_number_in_full_width_is_starred_and_the_words_around_it_stay(number: str) -> None:
    assert without_numbers(f"㈠请致电｢{number}｣，谢谢！") == f"㈠请致电｢{'*' * len(number)}｣，谢谢！"


def test_signs_that_show_nothing_hide_no_number() -> None:
    hidden = without_numbers("致电138\u200b0547\u200b1234核对")
    assert not any(sign.isdigit() for sign in hidden) and hidden.startswith("致电") and hidden.endswith("核对")
