"""The page of ten decisions says what the rules say today."""

from __future__ import annotations

from pathlib import Path

from linli.law.tests.explained import page

PAGE = Path(__file__).parents[4] / "docs" / "explained.md"


def test_the_page_of_ten_decisions_is_what_the_rules_tell():
    assert PAGE.read_text() == page(), "run: python -m linli.law.tests.explained > docs/explained.md"


def test_ten_are_told_and_each_has_reasons_a_calculation_and_its_law():
    parts = page().split("\n## ")[1:]
    assert len(parts) == 10
    assert all(word in part for part in parts for word in ("结果：", "一、理由", "二、怎样计算", "三、依据"))
    old = [part for part in parts if "（2010-" in part.splitlines()[0] or "（2019-" in part.splitlines()[0]]
    assert len(old) >= 3 and not [part for part in old if "社会救助法" in part or "57号" in part]
    assert "国务院令第271号" in old[0] and "178.00元" in old[0]
