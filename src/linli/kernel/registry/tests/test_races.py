"""Two clerks at once: one is through, the other is told, and nothing is doubled."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connections

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.jobs.samples import work_off
from linli.kernel.registry.actions import join_household, likeness, merge_persons, order_search, recognise_status
from linli.kernel.registry.models import Membership, Person, Status
from linli.kernel.registry.queries import last_pass
from linli.kernel.registry.rules import pairs_of
from linli.kernel.registry.samples import make_areas, make_household, make_number, make_person

DAY = date(2010, 12, 20)
HERE, FAR = "370404001001", "370404100201"


def outcomes(answers) -> Counter:
    """How the acts came out."""
    return Counter("refused" if isinstance(answer, Refused) else "done" for answer in answers)


@pytest.fixture
def office(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        founders = make_founders()
        make_areas(founders[0])
        yield make_staff(founders=founders), make_staff("qian", "钱社工", area=FAR, founders=founders)


def test_eight_clerks_of_two_towns_enter_one_number_once(office, at_once):
    number = make_number()
    acts = [
        lambda actor=actor, area=area: make_person(actor, DAY, number=number, area=area)
        for actor, area in zip(office * 4, (HERE, FAR) * 4, strict=True)
    ]
    assert outcomes(at_once(*acts)) == {"done": 1, "refused": 7}
    with scoped(WHOLE):
        assert Person.objects.count() == 1


def test_one_person_joins_one_of_four_households(office, at_once):
    worker, _ = office
    person = make_person(worker, DAY, "孙三")
    homes = [make_household(worker, DAY, names=(name,)) for name in ("赵一", "钱二", "周四", "吴五")]
    words = {"by": worker, "on": DAY, "person_id": person.pk, "kin": "99"}
    acts = [lambda home=home: join_household(household_id=home.pk, **words) for home in homes]
    assert outcomes(at_once(*acts)) == {"done": 1, "refused": 3}
    with scoped(WHOLE):
        assert Membership.objects.filter(person=person).count() == 1


def test_one_status_is_recognised_once(office, at_once):
    worker, _ = office
    person = make_person(worker, DAY)
    words = {"by": worker, "on": DAY, "person_id": person.pk, "kind": "ill", "source": "医院"}
    assert outcomes(at_once(*[lambda: recognise_status(**words)] * 6)) == {"done": 1, "refused": 5}
    with scoped(WHOLE):
        assert Status.objects.count() == 1


def test_two_rows_are_not_merged_into_each_other(office, at_once):
    worker, _ = office
    one, other = make_person(worker, DAY), make_person(worker, DAY, "李晓明")
    acts = [
        lambda: merge_persons(by=worker, on=DAY, survivor_id=one.pk, merged_id=other.pk),
        lambda: merge_persons(by=worker, on=DAY, survivor_id=other.pk, merged_id=one.pk),
    ]
    assert outcomes(at_once(*acts)) == {"done": 1, "refused": 1}
    with scoped(WHOLE):
        assert Person.objects.filter(merged_into=None).count() == 1


def test_how_far_a_search_is_can_be_seen_while_it_runs(fresh_database, django_db_blocker, monkeypatch):
    seen = []

    def look(people):
        with connections["owner"].cursor() as cursor:
            cursor.execute("select step, done, total from registry_duplicatepass")
            seen.extend(cursor.fetchall())
        return pairs_of(people)

    monkeypatch.setattr(likeness, "pairs_of", look)
    with django_db_blocker.unblock():
        founders = make_founders()
        make_areas(founders[0])
        approver = make_staff("zhou", "周审批", role=Role.DISTRICT_APPROVER, area="370404000000", founders=founders)
        make_person(approver, DAY, area=HERE)
        make_person(approver, DAY, "李晓明", area=FAR, no_number_reason="lost")
        ordered = order_search(by=approver, on=DAY)
        work_off()
        with scoped(approver):
            last = last_pass(approver.area)
    assert seen == [("读取人员", 0, 4)]
    assert last.pk == ordered.pk and last.ended_at and (last.people, last.proposed) == (2, 1)
