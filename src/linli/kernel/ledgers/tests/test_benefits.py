"""Nobody is helped twice, wherever and under whatever household; nobody is kept from help that was given up."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connections

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Benefit
from linli.kernel.ledgers.rules import AlreadyHelped, town_of
from linli.kernel.ledgers.samples import make_desk, make_payees, make_purposes
from linli.kernel.registry.models import Person

DAY = date(2010, 12, 20)
VILLAGE, FAR = "370404100201", "370404101202"
PEOPLE: dict[int, int] = {}
"""The person that a test means by 1, 2, 3 …"""


def make_people(count=20):
    PEOPLE.clear()
    PEOPLE.update(enumerate((payee.person for payee in make_payees(count, banked=False)), 1))


@pytest.fixture
def towns(db):
    founders = make_founders()
    make_people(4)
    near = make_staff("gushao", "古审核", Role.TOWN_REVIEWER, "370404100000", founders=founders)
    far = make_staff("yinping", "阴审核", Role.TOWN_REVIEWER, "370404101000", founders=founders)
    return near, far


def claim(by, persons, source="charity.grant:1", area=VILLAGE, group="aid.warmth", period="2010", **words):
    return actions.claim_benefit(
        by=by,
        on=DAY,
        group=group,
        period=period,
        persons=[PEOPLE[person] for person in persons],
        source=source,
        area=area,
        **words,
    )


def test_a_household_is_entered_for_all_its_members(towns):
    near, _ = towns
    assert claim(near, [3, 1, 2, 2], amount=50_000) == 3
    with scoped(near):
        assert [row.person_id for row in queries.benefits_of_source("charity.grant:1")] == [PEOPLE[n] for n in (1, 2, 3)]


def test_a_second_claim_in_another_town_learns_no_more_than_the_town(towns):
    near, far = towns
    claim(near, [1, 2])
    with pytest.raises(AlreadyHelped) as told:
        claim(far, [2, 3], "charity.grant:2", FAR)
    assert told.value.area == "370404100000"
    assert told.value.person == PEOPLE[2]
    assert told.value.message == "已在古邵镇登记享受“aid.warmth”（2010），不能重复享受。"
    assert VILLAGE not in told.value.message
    with scoped(far):
        assert not Benefit.objects.exists()


def test_a_word_in_time_names_the_town_and_enters_nothing(towns):
    near, far = towns
    words = {"on": DAY, "group": "aid.warmth", "period": "2010", "persons": [PEOPLE[2], PEOPLE[3]]}
    assert actions.helped_already(by=far, **words) is None
    claim(near, [1, 2])
    told = actions.helped_already(by=far, **words)
    assert told is not None
    assert told.message == "已在古邵镇登记享受“aid.warmth”（2010），不能重复享受。"
    assert actions.helped_already(by=far, **{**words, "period": "2011"}) is None
    with scoped(far):
        assert not Benefit.objects.exists()


def test_splitting_the_family_does_not_help(towns):
    near, _ = towns
    claim(near, [1, 2, 3])
    with pytest.raises(AlreadyHelped):
        claim(near, [3, 4], "charity.grant:2")


def test_another_year_or_another_group_may_help_again(towns):
    near, _ = towns
    claim(near, [1])
    claim(near, [1], "charity.grant:2", period="2011")
    claim(near, [1], "charity.grant:3", group="aid.illness")


def test_a_person_who_was_merged_keeps_what_she_received(towns):
    near, _ = towns
    claim(near, [1])
    with scoped(WHOLE):
        Person.objects.filter(pk=PEOPLE[1]).update(merged_into=PEOPLE[2])
    for number in (1, 2):
        asked = {"by": near, "on": DAY, "group": "aid.warmth", "period": "2010", "persons": [PEOPLE[number]]}
        assert actions.helped_already(**asked) is not None
        with pytest.raises(AlreadyHelped):
            claim(near, [number], f"charity.grant:{number + 1}")


def test_help_that_was_given_up_can_be_given_again(towns):
    near, far = towns
    claim(near, [1, 2])
    assert actions.release_benefit(by=near, on=DAY, source="charity.grant:1") == 2
    assert actions.release_benefit(by=near, on=DAY, source="charity.grant:1") == 0
    claim(far, [2], "charity.grant:2", FAR)


def test_a_town_cannot_give_up_what_another_town_entered(towns):
    near, far = towns
    claim(near, [1])
    assert actions.release_benefit(by=far, on=DAY, source="charity.grant:1") == 0
    with pytest.raises(AlreadyHelped):
        claim(far, [1], "charity.grant:2", FAR)


def test_a_claim_lies_in_the_actors_area(towns):
    near, _ = towns
    with pytest.raises(Exception, match="outside of the scope"):
        claim(near, [1], area=FAR)


def test_nobody_to_enter_is_refused(towns):
    with pytest.raises(Refused, match="没有可登记的人员"):
        claim(towns[0], [])


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        ("2010", "2010", True),
        ("2010", "2010-11", True),
        ("2010-11", "2010", True),
        ("2010-11", "2010-12", False),
        ("2010", "2011", False),
    ],
)
def test_groups_that_exclude_each_other_do_so_in_periods_that_meet(towns, first, second, meets):
    near, _ = towns
    desk = make_desk()
    make_purposes(desk.maker)
    actions.exclude_groups(by=desk.maker, on=DAY, group="aid.warmth", other="aid.illness", basis="暂行办法第九条")
    claim(near, [1], period=first)
    words = {"source": "charity.grant:2", "group": "aid.illness", "period": second}
    if not meets:
        assert claim(near, [1], **words) == 1
        return
    with pytest.raises(AlreadyHelped, match="情暖万家"):
        claim(near, [1], **words)


def test_an_auditor_cannot_claim(towns):
    auditor = make_staff("shenji", "审计员", Role.AUDITOR, "370404000000")
    with pytest.raises(Forbidden):
        claim(auditor, [1])


@pytest.mark.parametrize(("area", "town"), [(VILLAGE, "370404100000"), ("370404000000", "370404000000")])
def test_a_place_is_told_by_its_town(area, town):
    assert town_of(area) == town


def test_of_sixteen_claims_at_once_one_is_entered(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        make_people(17)
        near = make_staff("gushao", "古审核", Role.TOWN_REVIEWER, "370404100000")
        for period in ("2010", "2011", "2012"):
            families = [[1, 2 + n] if n % 2 else [2 + n, 1] for n in range(16)]
            acts = [
                lambda n=n, family=family, period=period: claim(near, family, f"g:{period}:{n}", period=period)
                for n, family in enumerate(families)
            ]
            answers = at_once(*acts)
            assert (answers.count(2), sum(isinstance(answer, AlreadyHelped) for answer in answers)) == (1, 15)
        with scoped(WHOLE):
            assert Benefit.objects.filter(person_id=PEOPLE[1]).count() == 3
        connections.close_all()


def test_of_two_groups_that_exclude_each_other_one_wins_at_once(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        desk = make_desk()
        make_people(5)
        near = make_staff("gushao", "古审核", Role.TOWN_REVIEWER, "370404100000")
        actions.exclude_groups(by=desk.maker, on=DAY, group="a", other="b", basis="办法")
        for person in range(1, 6):
            acts = [
                lambda n=n, person=person: claim(near, [person], f"g:{person}:{n}", group="ab"[n % 2], period="2010")
                for n in range(8)
            ]
            assert sum(isinstance(answer, AlreadyHelped) for answer in at_once(*acts)) == 7
        connections.close_all()
