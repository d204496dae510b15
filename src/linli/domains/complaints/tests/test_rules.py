"""What belongs to somebody is found in a text for everybody; remedies run in the days of their day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import official_calendar
from linli.domains.complaints.rules import (
    RemedyKind,
    blots_in,
    is_complaint,
    is_petition,
    remedy_due,
    remedy_open_until,
    shown_public,
)
from linli.domains.complaints.rules.joint import Paper, faults_of, read_names
from linli.domains.complaints.rules.words import Handing

AREA = "370404001001"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("某居民反映窗口拖延，已道歉并补办。", set()),
        ("居民张三丰反映窗口拖延", {"姓名"}),
        ("居民张 三　丰反映窗口拖延", {"姓名"}),
        ("居民张\u200b三丰反映", {"姓名"}),
        ("电话１３８０５４７９００１", {"手机号"}),
        ("身份证 110101199003070011 核对", {"身份证号"}),
        ("住和平路15号院", {"门牌地址", "住址"}),
        ("住和平路 15 号 院", {"住址", "门牌地址"}),
        ("3号楼2单元的邻居", {"门牌地址"}),
        ("于2010年12月1日受理，7个工作日办结", set()),
    ],
)
def test_names_numbers_and_doors_are_found_however_they_are_spaced(text, kinds):
    found = blots_in(text, names=["张三丰", "李"], places=["和平路15号院"])
    assert {one.zh for one in found} >= (kinds - {"门牌地址"}) and bool(found) is bool(kinds), shown_public(found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_is_found_wherever_it_stands(before, after):
    assert any(one.zh == "姓名" for one in blots_in(f"{before}欧阳未到{after}", names=["欧阳未到"]))


@pytest.mark.parametrize(
    ("kind", "told", "last", "source"),
    [
        (RemedyKind.REVIEW, "2010-12-01", "2010-12-31", "信访条例 §34"),
        (RemedyKind.RECHECK, "2010-12-01", "2010-12-31", "信访条例 §35"),
        (RemedyKind.REVIEW, "2022-09-01", "2022-10-08", "信访工作条例 §35"),  # 1 October and the days after are days off
        (RemedyKind.RECHECK, "2023-03-01", "2023-03-31", "信访工作条例 §36"),
    ],
)
def test_a_remedy_can_be_asked_for_in_thirty_days_by_the_rules_of_the_day(kind, told, last, source):
    told_on = date.fromisoformat(told)
    assert remedy_open_until(kind, told_on, AREA, official_calendar()) == (date.fromisoformat(last), source)
    assert remedy_due(kind, told_on, AREA, official_calendar())[0] == date.fromisoformat(last)


def test_complaints_and_petitions_are_told_apart_by_their_category():
    assert is_complaint("501010") and is_complaint("502010") and not is_complaint("503010")
    assert is_petition("701010") and not is_petition("501010")


TODAY, LATER = date(2010, 12, 20), date(2010, 12, 21)
FIVE = tuple("甲乙丙丁戊")


@pytest.mark.parametrize(
    ("paper", "visit", "field"),
    [
        (Paper(), True, ""), (Paper(people=2), False, ""), (Paper(people=2), True, "representatives"),
        (Paper(people=2, representatives=("甲",)), True, ""), (Paper(people=9, representatives=FIVE), True, ""),
        (Paper(people=9, representatives=(*FIVE, "己")), True, "representatives"),
        (Paper(people=2, representatives=("甲", "乙")), True, ""),
        (Paper(people=2, representatives=("甲", "乙", "丙")), True, "people"),
        (Paper(people=1, representatives=("甲",)), True, "people"), (Paper(Handing.ASSIGN), True, "report_due"),
        (Paper(Handing.ASSIGN, report_due=TODAY), True, "report_due"), (Paper(Handing.ASSIGN, report_due=LATER), True, ""),
        (Paper(report_due=TODAY), True, "report_due"), (Paper(report_due=LATER), True, ""),
    ],
)  # fmt: skip
def test_who_speaks_for_several_and_by_when_a_report_is_due(paper, visit, field):
    found = faults_of(paper, most=5, visit=visit, on=TODAY)
    assert (found[0] if found else "") == field


def test_names_stand_apart_by_whatever_people_type_between_them_and_count_once():
    assert read_names("甲、乙，丙；丁 甲\n戊,己;") == ("甲", "乙", "丙", "丁", "戊", "己") and read_names(" 、 ") == ()
