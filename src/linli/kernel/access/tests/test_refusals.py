"""What access refuses: a hand that had a hand in it, a machine as a person, what lies elsewhere, accounts and posts."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access import actions
from linli.kernel.access.actions import reach_district, scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.rules.actors import machine
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_founders, make_staff

DAY = date(2010, 12, 20)
TOWN = "370404001000"


@pytest.fixture
def admins(db):
    """Who makes accounts and posts, and who grants them."""
    return make_founders()


@pytest.fixture
def checker(admins):
    return make_staff("fuhe", "财复核", Role.FINANCE_CHECKER, DISTRICT, founders=admins)


def test_whoever_had_a_hand_in_it_is_refused_in_these_words_and_nobody_else(checker):
    checker.apart_from(None, checker.own_hand + 1, said="须由另一人复核。")
    for hands in ((checker.own_hand,), (None, checker.own_hand), (checker.own_hand + 1, checker.own_hand)):
        with pytest.raises(Refused, match="须由另一人复核"):
            checker.apart_from(*hands, said="须由另一人复核。")


def test_a_machine_is_no_second_person_also_where_a_machine_was_the_first():
    """Two empty ids are not two persons, nor one and the same."""
    with pytest.raises(Forbidden, match="须由工作人员办理，不能由系统任务自动办理"):
        machine(task="发放", area=DISTRICT, permissions=frozenset()).apart_from(None, said="须由另一人复核。")


def test_nobody_looks_past_the_own_area_by_a_right_that_does_not_reach(checker):
    for permission in ("ledgers.check_batch", "ledgers.claim"):
        with scoped(checker), pytest.raises(Forbidden, match="岗位不能查询本辖区以外的情况"), reach_district(checker, permission):
            pass


def test_what_is_refused_about_accounts(admins, checker):
    system, _ = admins
    with scoped(system):
        own, there = Staff.objects.get(pk=system.own_hand), Staff.objects.get(username="fuhe")
    words = {"by": system, "on": DAY}
    with pytest.raises(Refused, match="不能停用或启用本人的账号"):
        actions.set_staff_active(staff=own, active=False, **words)
    with pytest.raises(Refused, match="用户名“fuhe”已被使用") as caught:
        actions.create_staff(username="fuhe", name="另一人", password=PASSWORD, **words)
    assert caught.value.field == "username"
    with pytest.raises(Refused, match="本人的密码请在“修改密码”页面修改"):
        actions.set_password(staff=own, password=PASSWORD, **words)
    with pytest.raises(Refused, match="此人没有启用动态口令，无需重置"):
        actions.ask_factor_reset(staff=there, why="手机丢失", at=None, **words)


POSTS = [
    ({"role": Role.FINANCE_CHECKER, "at": DISTRICT}, "此人在这个区域已有同样的岗位", "role"),
    ({"role": Role.FINANCE_MAKER, "at": DISTRICT}, "不能由同一人担任", "role"),
    ({"role": Role.TOWN_REVIEWER, "at": DISTRICT}, "的任职区域应为.+一级", "at"),
]


@pytest.mark.parametrize(("words", "said", "field"), POSTS)
def test_which_posts_nobody_gets(admins, checker, words, said, field):
    system, _ = admins
    with scoped(system):
        staff = Staff.objects.get(username="fuhe")
    with pytest.raises(Refused, match=said) as caught:
        actions.create_post(by=system, on=DAY, staff=staff, since=DAY, **words)
    assert caught.value.field == field


def test_a_post_is_granted_by_neither_who_made_it_nor_who_holds_it(admins, checker):
    system, security = admins
    with scoped(system):
        staff = Staff.objects.get(username="fuhe")
    post = actions.create_post(by=system, on=DAY, staff=staff, role=Role.FINANCE_CHECKER, at=TOWN, since=DAY)
    with scoped(system):
        post.made_by_id = security.own_hand
    with pytest.raises(Refused, match="岗位须由另一人授权"):
        actions.grant_post(by=security, on=DAY, post=post)
    post.made_by_id, post.staff_id = system.own_hand, security.own_hand
    with pytest.raises(Refused, match="岗位须由另一人授权"):
        actions.grant_post(by=security, on=DAY, post=post)
