from __future__ import annotations

import pytest

from linli.base.text import is_formula_like, plain, running, safe_cell, tidy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("370404", "370404"),
        (" ３７０４\u3000０４ｘ\n", "370404x"),
        ("\ufeff138\u200b 0013\u00a08000\u202e", "13800138000"),
        ("6222\t0000", "62220000"),
        ("a\x00b", "ab"),
    ],
)
def test_a_code_loses_blanks_widths_and_what_cannot_be_seen(text: str, code: str) -> None:
    assert plain(text) == code


@pytest.mark.parametrize(
    "typed", ["20101220-00145", "2010122000145", "２０１０１２２０－００１４５", "20101220—00145", "20101220 00145"]
)
def test_a_number_of_the_day_is_known_however_its_hyphen_was_typed(typed: str) -> None:
    assert running(typed) == "20101220-00145"
    for other in ("201012200001451", "戚来电", "13805471234"):
        assert running(other) == other


def test_free_text_keeps_its_characters_and_single_blanks() -> None:
    assert tidy("  坛山街道\u200b\n 东关社区３号 ") == "坛山街道 东关社区３号"
    assert tidy("𠮷䶮㛃") == "𠮷䶮㛃"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r1", " =1", "\u200b=1", "＝1+1", "－x", "=", "-"])
def test_what_a_spreadsheet_might_run_is_shown_not_run(text: str) -> None:
    assert is_formula_like(text)
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "李明", "-5", "+3.5", "-1,234.50", "12%", "3-5", "a=b", " -5 "])
def test_plain_text_and_signed_numbers_stay_as_they_are(text: str) -> None:
    assert not is_formula_like(text)
    assert safe_cell(text) == text
