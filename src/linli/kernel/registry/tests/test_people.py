"""A person is entered once, where the person lives, and stays the same person whoever asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.registry.actions import (
    correct_person,
    found_household,
    join_household,
    known_elsewhere,
    leave_household,
    move_household,
    recognise_status,
    record_death,
    register_person,
    reveal,
)
from linli.kernel.registry.models import Household, Membership, Person, Residence, SearchToken
from linli.kernel.registry.queries import (
    household_of,
    members_of,
    people,
    people_with_status,
    person_by_id,
    person_by_number,
    statuses_of,
)
from linli.kernel.registry.rules import PersonFacts
from linli.kernel.registry.samples import make_household, make_number, make_person

DAY = date(2010, 12, 1)
HERE, NEXT_DOOR, FAR = "370404001001", "370404001002", "370404100201"



def test_a_registered_person_is_found_by_number(worker):
    number = make_number()
    person = make_person(worker, DAY, number=number)
    with scoped(worker):
        assert person_by_number(number) == person
        assert (person.sex, person.birth) == ("1", date(1960, 5, 1))


def test_the_worker_of_another_community_finds_nobody(worker, neighbour):
    person = make_person(worker, DAY)
    with scoped(neighbour):
        assert person_by_id(person.pk) is None
        assert not people().exists()
        assert not SearchToken.objects.exists()
    with pytest.raises(Forbidden):
        correct_person(by=neighbour, on=DAY, person_id=person.pk, version=1, name="王五")


def test_nobody_is_entered_twice_in_the_district(worker, neighbour):
    number = make_number()
    make_person(worker, DAY, number=number)
    with pytest.raises(Refused, match="已在坛山街道登记"):
        make_person(neighbour, DAY, number=number, area=FAR)
    assert known_elsewhere(by=neighbour, on=DAY, number=number) == "已在坛山街道登记"
    assert known_elsewhere(by=neighbour, on=DAY, number=make_number()) == ""


def test_the_database_itself_refuses_the_same_number_twice(worker):
    one, other = make_person(worker, DAY), make_person(worker, DAY, name="王二")
    with scoped(worker), pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(number_digest=one.number_digest)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "李小明", "number": "370404196005010011"}, "number"),
        ({"name": "李小明"}, "no_number_reason"),
        ({"name": "李小明", "no_number_reason": "newborn", "sex": "1"}, "birth"),
        ({"name": "李小明", "no_number_reason": "newborn", "birth": date(2011, 1, 1), "sex": "1"}, "birth"),
        ({"name": "李小明", "no_number_reason": "newborn", "birth": DAY, "sex": "7"}, "sex"),
        ({"name": "李3", "no_number_reason": "newborn", "birth": DAY, "sex": "1"}, "name"),
        ({"name": "李小明", "no_number_reason": "newborn", "birth": DAY, "sex": "1", "phone": "12"}, "phone"),
        ({"name": "李小明", "no_number_reason": "newborn", "birth": DAY, "sex": "1", "ethnic": "77"}, "ethnic"),
    ],
)
def test_a_wrong_fact_is_refused_at_its_field(worker, facts, field):
    with pytest.raises(Refused) as fault:
        register_person(by=worker, on=DAY, facts=PersonFacts(**facts), area=HERE)
    assert fault.value.field == field


def test_a_correction_leaves_the_names_of_fields_but_no_values(worker):
    person = make_person(worker, DAY)
    correct_person(by=worker, on=DAY, person_id=person.pk, version=1, name="李晓明", phone="13800138000")
    with scoped(WHOLE):
        line = AuditLine.objects.filter(verb="registry.correct").get()
        assert set(line.facts["changed"]) == {"name", "phone"}
        assert "李晓明" not in str(line.facts) and "13800138000" not in str(line.facts)
        assert set(SearchToken.objects.filter(person=person).values_list("token", flat=True)) >= {"晓明", "lxm"}
        assert not SearchToken.objects.filter(token="小明").exists()


def test_the_second_of_two_corrections_at_once_is_told(worker):
    person = make_person(worker, DAY)
    correct_person(by=worker, on=DAY, person_id=person.pk, version=1, name="李晓明")
    with pytest.raises(Stale):
        correct_person(by=worker, on=DAY, person_id=person.pk, version=1, name="李大明")


def test_a_reveal_answers_once_and_leaves_a_line_with_its_purpose(worker):
    number = make_number()
    person = make_person(worker, DAY, number=number)
    assert reveal(by=worker, on=DAY, person_id=person.pk, field="number", purpose="办理低保申请") == number
    with scoped(WHOLE):
        line = AuditLine.objects.get(verb="registry.reveal")
    assert (line.subject, line.purpose, line.facts["field"]) == (str(person.pk), "办理低保申请", "number")
    with pytest.raises(Refused):
        reveal(by=worker, on=DAY, person_id=person.pk, field="number", purpose=" ")


def test_a_family_is_one_household_with_the_head_first(worker):
    household = make_household(worker, DAY)
    with scoped(worker):
        assert [person.name for person in members_of(household, DAY)] == ["李小明", "王芳", "李强"]


def test_the_database_holds_one_household_at_a_time(worker):
    one, other = make_household(worker, DAY), make_household(worker, DAY, names=("赵一", "钱二"))
    with scoped(worker):
        person = members_of(one, DAY)[1]
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(household=other, person=person, kin="99", since=DAY)
    with pytest.raises(Refused, match="已属于一户"):
        join_household(by=worker, on=DAY, household_id=other.pk, person_id=person.pk, kin="99")


def test_who_left_may_join_another_household_on_that_day(worker):
    one, other = make_household(worker, DAY), make_household(worker, DAY, names=("赵一", "钱二"))
    with scoped(worker):
        son = members_of(one, DAY)[2]
    later = date(2010, 12, 20)
    leave_household(by=worker, on=later, person_id=son.pk, because="结婚")
    join_household(by=worker, on=later, household_id=other.pk, person_id=son.pk, kin="28")
    with scoped(worker):
        assert household_of(son, later) == other and household_of(son, date(2010, 12, 10)) == one


def test_a_household_that_moves_to_another_town_is_in_its_hands_and_no_longer_in_ours(worker, neighbour):
    household = make_household(worker, DAY)
    with scoped(worker):
        head = members_of(household, DAY)[0]
    recognise_status(by=worker, on=DAY, person_id=head.pk, kind="dibao", grade="urban", source="区民政局")
    moved = move_household(by=worker, on=date(2010, 12, 20), household_id=household.pk, to=FAR, address="上河村3组8号")
    assert moved.away and moved.message == "已转往古邵镇古上河村。"
    with scoped(worker):
        assert not Household.objects.exists() and not people().exists() and not Residence.objects.exists()
    with scoped(neighbour):
        assert len(members_of(household, date(2010, 12, 20))) == 3
        assert [row.at for row in Residence.objects.filter(person=head).order_by("since")] == [HERE, FAR]
        assert statuses_of(head).count() == 1
        assert SearchToken.objects.filter(token="@上河村").count() == 3


def test_nobody_moves_a_household_that_is_not_theirs(worker, neighbour):
    household = make_household(worker, DAY)
    with pytest.raises(Forbidden):
        move_household(by=neighbour, on=DAY, household_id=household.pk, to=FAR, address="某处")


def test_the_application_cannot_move_a_row_by_itself(reviewer):
    from django.db.utils import ProgrammingError

    person = make_person(reviewer, DAY, area=HERE)
    with scoped(reviewer), pytest.raises(ProgrammingError, match="re-homing"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(area=NEXT_DOOR)


def test_a_death_ends_membership_and_statuses(worker):
    household = make_household(worker, DAY)
    with scoped(worker):
        wife = members_of(household, DAY)[1]
    recognise_status(by=worker, on=DAY, person_id=wife.pk, kind="ill", source="医院")
    record_death(by=worker, on=date(2010, 12, 20), person_id=wife.pk, day=date(2010, 12, 18))
    with scoped(worker):
        assert wife not in members_of(household, date(2010, 12, 20))
        assert not people_with_status("ill", date(2010, 12, 20)).exists()
        assert people_with_status("ill", date(2010, 12, 18)).exists()


def test_the_same_status_does_not_run_twice(worker):
    person = make_person(worker, DAY)
    words = {"by": worker, "on": DAY, "person_id": person.pk, "kind": "disabled", "source": "残联"}
    recognise_status(**words, grade="41")
    with pytest.raises(Refused, match="已认定"):
        recognise_status(**words, grade="42")
    with pytest.raises(Refused, match="等级"):
        recognise_status(**words | {"kind": "tekun"}, grade="nowhere")


def test_the_head_does_not_leave_the_others_without_a_head(worker):
    household = make_household(worker, DAY)
    with pytest.raises(Refused, match="变更户主"):
        leave_household(by=worker, on=DAY, person_id=household.head_id, because="迁出")


def test_a_household_is_founded_in_the_own_area_only(worker, neighbour):
    person = make_person(neighbour, DAY, area=FAR)
    with pytest.raises(Forbidden):
        found_household(by=worker, on=DAY, head_id=person.pk)
