"""When a vote carries, how lists of names are read, and how the account adds up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domains.mutual.queries import law
from linli.domains.mutual.rules import Need, Votes, account, decide, read_names

THEN, NOW = date(2010, 12, 20), date(2026, 8, 10)
AREA = "370404001001"


@pytest.mark.parametrize(
    ("called", "came", "agreed", "carries"),
    [
        (9, 6, 4, True), (9, 5, 5, False),  # 三分之二以上 of 9 are 6
        (9, 8, 4, False), (9, 8, 5, True), (9, 7, 4, True), (9, 7, 3, False),  # 过半数 of 8 are 5, of 7 are 4
        (51, 34, 18, True), (51, 33, 33, False), (1, 1, 1, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("on", [THEN, NOW])
def test_two_thirds_come_and_more_than_half_of_them_agree(called, came, agreed, carries, on):
    votes = Votes(called, came, agreed, came - agreed, 0)
    outcome = decide(votes, law(), amount=500_00, asked=500_00, on=on, area=AREA)
    assert (outcome.granted, outcome.amount) == (carries, 500_00 if carries else 0)
    assert outcome.reasons and all(step.value for step in outcome.steps)


def test_who_steps_back_came_and_does_not_agree():
    votes = Votes(9, 8, 4, 0, 0, stepped_back=4)
    assert not votes.faults
    outcome = decide(votes, law(), amount=1, asked=1, on=NOW, area=AREA)
    assert [reason.code for reason in outcome.reasons] == ["majority"]


def test_every_ground_against_is_named_at_once():
    outcome = decide(Votes(9, 2, 1, 1, 0), law(), amount=1, asked=1, on=NOW, area=AREA)
    assert [reason.code for reason in outcome.reasons] == ["quorum", "majority"]


@pytest.mark.parametrize(("agreed", "against", "abstained", "back"), [(9, 0, 0, 0), (3, 3, 1, 0), (4, 2, 2, 1)])
def test_hands_that_do_not_make_up_those_who_came_are_refused(agreed, against, abstained, back):
    ((field, words),) = Votes(9, 8, agreed, against, abstained, back).faults
    assert field == "agreed" and "与到会8人不一致" in words


@given(called=st.integers(1, 400), agreed=st.integers(0, 400), against=st.integers(0, 400))
def test_nothing_carries_against_half_of_those_who_came(called, agreed, against):
    outcome = decide(Votes(called, agreed + against, agreed, against, 0), law(), amount=1, asked=1, on=NOW, area=AREA)
    assert outcome.granted == (3 * (agreed + against) >= 2 * called and agreed > against)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李一、王二", ("李一", "王二")), (" 李一，王二；张三\n欧阳小明 ", ("李一", "王二", "张三", "欧阳小明")),
        ("阿依古丽·买买提、李一。", ("阿依古丽·买买提", "李一")),
    ],
)  # fmt: skip
def test_names_are_read_as_people_write_them(text, names):
    assert read_names(text) == names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("、、", "请填写姓名"), ("李一、李一", "出现了两次"), ("李一、王2", "数字"), ("李*", "隐去"),
        ("、".join(chr(0x4E00 + n) + chr(0x5B00 + n) for n in range(301)), "不能超过300人"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_names_is_said(text, words):
    with pytest.raises(ValueError, match=words):
        read_names(text)


def test_the_account_tells_needs_that_were_met_and_adds_up():
    used = [(Need.ILLNESS, 5_000_00), (Need.SCHOOL, 1_000_00), (Need.SCHOOL, 200_00)]
    items = account(100_00, [8_000_00, 2_000_00], used, 3_900_00)
    assert [(item.what, item.times, item.amount) for item in items] == [
        ("上期结余", None, 100_00), ("居民捐款", 2, 10_000_00), ("用于助学", 2, 1_200_00), ("用于就医", 1, 5_000_00),
        ("期末结余", None, 3_900_00),
    ]  # fmt: skip


@pytest.mark.parametrize(("closing", "what", "amount"), [(150_00, "更正增加", 50_00), (30_00, "更正减少", 70_00)])
def test_what_was_put_right_since_stands_in_the_account(closing, what, amount):
    items = account(100_00, [], [], closing)
    assert [(item.what, item.amount) for item in items[2:]] == [(what, amount), ("期末结余", closing)]
