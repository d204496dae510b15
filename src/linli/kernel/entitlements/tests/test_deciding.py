"""The life of an entitlement: granted, changed, held back, resumed, tapered off, ended; nobody twice, nothing rewritten."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.entitlements import queries
from linli.kernel.entitlements.actions import change, end, grant, resume, suspend, taper
from linli.kernel.entitlements.models import Amount, Covered, Decision, Entitlement, Suspension
from linli.kernel.entitlements.queries.declared import programmes
from linli.kernel.entitlements.rules import Component, Ground, Programme, Unit, later
from linli.kernel.entitlements.samples import LIVING, MONTH, make_entitlement, make_why, sample_programmes
from linli.kernel.registry.actions import record_death
from linli.kernel.registry.samples import make_household, make_person

DAY = date(2010, 11, 25)
JANUARY, FEBRUARY, MARCH = (date(2011, month, 1) for month in (1, 2, 3))


@pytest.fixture
def home(office):
    return make_household(office.worker)


@pytest.fixture
def living(office, home):
    return make_entitlement(by=office.approver, household=home, amounts={"basic": 300_00, "category": 60_00}, grade="A")


def amounts(office, row, month):
    with scoped(office.approver):
        return queries.amounts_in(row, month)


def fresh(office, row):
    with scoped(office.approver):
        return Entitlement.objects.get(pk=row.pk)


def test_money_is_held_back_from_the_next_month_at_the_latest_and_that_can_be_taken_back(office, living):
    """Typed far ahead it could not be held back earlier any more: the money went on for months."""
    words = {"by": office.reviewer, "on": DAY, "why": make_why(Ground.UNREACHABLE)}
    with pytest.raises(Refused, match="暂停最迟自2011年1月起"):
        suspend(entitlement=living, since=date(2011, 8, 1), **words)
    suspend(entitlement=living, since=JANUARY, **words)
    cleared = {"by": office.reviewer, "on": DAY, "why": make_why(Ground.CLEARED), "pay_back": False}
    resume(entitlement=fresh(office, living), since=JANUARY, **cleared)
    suspend(entitlement=fresh(office, living), since=date(2010, 12, 1), **words)
    with scoped(office.reviewer):
        (one,) = Suspension.objects.filter(void=False)
    assert (one.since, one.until) == (date(2010, 12, 1), None)


def test_an_entitlement_says_who_counts_how_much_and_why(office, home, living):
    with scoped(office.worker):
        assert queries.amounts_in(living, MONTH) == {"basic": 300_00, "category": 60_00}
        assert [person.name for person in queries.covered_in(living, MONTH)] == ["李小明", "王芳", "李强"]
        (made,) = queries.decisions_of(living)
    assert (made.deed, made.reasons, made.articles) == ("grant", ["below_line"], ["《示例办法》第四条"])
    assert (made.paper, made.before, made.after, made.decided_on) == ("峄民助〔2010〕1号", 0, 360_00, DAY)
    assert living.area == home.area == "370404001001"


def test_another_community_does_not_see_it(office, living):
    with scoped(office.neighbour), pytest.raises(Forbidden):
        queries.entitlement_of(living.pk, MONTH)


def test_nobody_is_in_one_programme_twice_and_the_office_hears_where(office, home, living):
    other = make_household(office.worker, names=("赵六", "钱七"))
    with scoped(office.approver):
        member = Covered.objects.filter(entitlement=living, lane="sample_living").last().person_id
    with pytest.raises(Refused, match="已在坛山街道享受“示例生活补助”，同一人不能重复享受"):
        make_entitlement(by=office.approver, household=other, covered=[other.head_id, member])
    with scoped(office.approver):
        assert Entitlement.objects.count() == 1


def test_programmes_that_exclude_each_other_are_kept_apart_by_the_database(office, home, living):
    words = {"on": DAY, "programme": "sample_care", "since": MONTH, "amounts": {"basic": 800_00}, "why": make_why()}
    with pytest.raises(Refused, match="不能同时享受示例供养"):
        grant(by=office.approver, person_id=home.head_id, **words)
    end(by=office.approver, on=DAY, entitlement=living, since=JANUARY, why=make_why(Ground.OTHER_PROGRAMME))
    cared = grant(by=office.approver, person_id=home.head_id, **words | {"since": JANUARY})
    assert amounts(office, cared, JANUARY) == {"basic": 800_00}


def test_a_programme_that_excludes_nothing_may_stand_beside_another(office, home, living):
    words = {"on": DAY, "programme": "sample_elder", "since": MONTH, "amounts": {"allowance": 50_00}, "why": make_why()}
    assert grant(by=office.approver, person_id=home.head_id, **words).persons == 1


def test_somebody_of_another_town_is_found_although_the_reviewer_cannot_see_him(office, home):
    away = make_household(office.neighbour, names=("孙八",))
    make_entitlement(by=office.approver, household=away)
    here = make_person(office.worker, name="孙八")
    with scoped(office.approver):
        with connection.cursor() as cursor:
            cursor.execute("select area from registry_person where id = %s", [here.pk])
            assert cursor.fetchone()[0] != away.area
    with pytest.raises(Refused, match="不在本辖区的人口登记中"):
        make_entitlement(by=office.reviewer, household=home, covered=[home.head_id, away.head_id])


def test_a_change_holds_from_its_month_and_the_past_stays(office, living):
    change(by=office.approver, on=DAY, entitlement=living, since=FEBRUARY, amounts={"basic": 312_00}, why=make_why(Ground.INCOME))
    assert amounts(office, living, JANUARY) == {"basic": 300_00, "category": 60_00}
    assert amounts(office, living, FEBRUARY) == {"basic": 312_00}
    with scoped(office.approver):
        old = Amount.objects.get(entitlement=living, component="basic", until=FEBRUARY)
        assert old.ended_by.deed == "change" and old.decision.deed == "grant"


def test_a_change_sets_aside_what_was_to_begin_later(office, living):
    change(by=office.approver, on=DAY, entitlement=living, since=MARCH, amounts={"basic": 999_00}, why=make_why(Ground.MENDED))
    row = fresh(office, living)
    change(by=office.approver, on=DAY, entitlement=row, since=JANUARY, amounts={"basic": 312_00}, why=make_why(Ground.INCOME))
    assert [amounts(office, living, month) for month in (MONTH, JANUARY, MARCH)] == [
        {"basic": 300_00, "category": 60_00}, {"basic": 312_00}, {"basic": 312_00},
    ]  # fmt: skip
    with scoped(office.approver):
        assert Amount.objects.get(entitlement=living, void=True).amount == 999_00


def test_class_and_people_have_their_history(office, home, living):
    with scoped(office.approver):
        people = list(Covered.objects.filter(entitlement=living, lane="sample_living").values_list("person", flat=True))
    change(
        by=office.approver, on=DAY, entitlement=living, since=JANUARY, covered=people[:2], grade="B", amounts={"basic": 200_00},
        why=make_why(Ground.FAMILY),
    )  # fmt: skip
    with scoped(office.approver):
        spells = [(one.since, one.until, one.grade, one.persons) for one in queries.spells_of(living)]
        assert spells == [(JANUARY, None, "B", 2), (MONTH, JANUARY, "A", 3)]
        assert len(queries.covered_in(living, MONTH)) == 3 and len(queries.covered_in(living, JANUARY)) == 2
    assert fresh(office, living).grade == "B"
    other = make_household(office.worker, names=("周九",))
    with pytest.raises(Refused, match="重复享受"):  # still counted in December
        make_entitlement(by=office.approver, household=other, covered=[other.head_id, people[2]], since=MONTH)
    make_entitlement(by=office.approver, household=other, covered=[other.head_id, people[2]], since=JANUARY)


def test_what_is_held_back_is_paid_later_or_not(office, living):
    suspend(by=office.reviewer, on=DAY, entitlement=living, since=JANUARY, why=make_why(Ground.UNREACHABLE))
    row = fresh(office, living)
    with pytest.raises(Refused, match="已暂停发放"):
        suspend(by=office.reviewer, on=DAY, entitlement=row, since=FEBRUARY, why=make_why(Ground.UNREACHABLE))
    with pytest.raises(Refused, match="不能早于暂停月份"):
        resume(by=office.reviewer, on=DAY, entitlement=row, since=MONTH, why=make_why(Ground.CLEARED), pay_back=True)
    resume(by=office.reviewer, on=DAY, entitlement=row, since=MARCH, why=make_why(Ground.CLEARED), pay_back=True)
    with scoped(office.approver):
        sums = {one.month: one.decided for one in queries.month_sums(row, MARCH) if one.component == "basic"}
    assert sums == {MONTH: 300_00, JANUARY: 300_00, FEBRUARY: 300_00, MARCH: 300_00}


def test_an_end_leaves_nothing_from_its_month_on(office, home, living):
    record_death(by=office.worker, on=DAY, person_id=home.head_id, day=date(2010, 11, 20))
    end(by=office.approver, on=DAY, entitlement=living, since=JANUARY, why=make_why(Ground.DEATH))
    assert amounts(office, living, MONTH) and amounts(office, living, JANUARY) == {}
    row = fresh(office, living)
    assert row.until == JANUARY
    with pytest.raises(Refused, match="已终止"):
        change(by=office.approver, on=DAY, entitlement=row, since=FEBRUARY, amounts={"basic": 1_00}, why=make_why())
    with pytest.raises(Refused, match="登记死亡"):
        make_entitlement(by=office.approver, household=home, since=MARCH)


def test_a_new_job_lets_the_aid_run_out_over_some_months(office, living):
    steps = [{"basic": 300_00}, {"basic": 200_00}, {"basic": 100_00}]
    taper(by=office.approver, on=DAY, entitlement=living, since=JANUARY, steps=steps, why=make_why(Ground.NEW_JOB))
    found = [sum(amounts(office, living, later(JANUARY, place)).values()) for place in range(-1, 4)]
    assert found == [360_00, 300_00, 200_00, 100_00, 0]
    assert fresh(office, living).until == later(JANUARY, 3)


def test_a_stale_hand_is_told(office, living):
    change(by=office.approver, on=DAY, entitlement=living, since=JANUARY, amounts={"basic": 1_00}, why=make_why())
    with pytest.raises(Stale, match="已有新的决定"):
        change(by=office.approver, on=DAY, entitlement=living, since=JANUARY, amounts={"basic": 2_00}, why=make_why())


@pytest.mark.parametrize(("words", "said"), [
    ({"amounts": {"basic": 0}}, "应大于0"), ({"amounts": {"basic": -1}}, "不能为负"),
    ({"amounts": {"spring": 1}}, "没有“spring”"),
    ({"since": date(2010, 12, 3)}, "当月1日"), ({"grade": "C"}, "没有“C”这个类别"), ({"paid_from": date(2010, 1, 1)}, "不能早于"),
    ({"household_id": None}, "以户为单位"), ({"household_id": 987654321}, "没有这一户"),
    ({"programme": "nothing"}, "没有“nothing”"),
    ({"covered": [987654321]}, "不在本辖区"),
])  # fmt: skip
def test_bad_input_is_refused_in_words(office, home, words, said):
    asked = {
        "programme": "sample_living", "person_id": home.head_id, "household_id": home.pk, "since": MONTH,
        "amounts": {"basic": 1_00}, "why": make_why(),
    } | words  # fmt: skip
    with pytest.raises(Refused, match=said):
        grant(by=office.approver, on=DAY, **asked)


def test_a_number_is_given_once_in_a_programme(office, home, living):
    make_entitlement(by=office.approver, household=make_household(office.worker, names=("吴",)), number="D-1")
    with pytest.raises(Refused, match="证号“D-1”已被使用"):
        make_entitlement(by=office.approver, household=make_household(office.worker, names=("郑",)), number="D-1")


def test_what_was_decided_is_not_rewritten(office, living):
    for statement in (
        "update entitlements_decision set after = 1", "delete from entitlements_amount",
        "update entitlements_amount set amount = 1",
        "update entitlements_entitlement set since = '2009-01-01'", "update entitlements_covered set person_id = person_id + 1",
    ):  # fmt: skip
        with scoped(office.approver), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_community_workers_decide_nothing(office, home):
    with pytest.raises(Forbidden):
        make_entitlement(by=office.worker, household=home)


def test_two_grants_at_the_same_moment_leave_one(fresh_database, at_once):
    from linli.kernel.entitlements.tests.conftest import make_office

    with sample_programmes():
        office = make_office()
        home = make_household(office.worker)
        answers = at_once(lambda number: make_entitlement(by=office.approver, household=home), times=3)
        assert sum(isinstance(answer, Entitlement) for answer in answers) == 1
        assert sum(isinstance(answer, Refused) for answer in answers) == 2
        with scoped(office.approver):
            assert Decision.objects.count() == 1


@pytest.mark.parametrize(("declared", "said"), [
    (Programme("a_b", "甲", (), Unit.PERSON, "法", "p"), "at least one component"),
    (Programme("a_b", "甲", (Component("x1", "一"), Component("x1", "二")), Unit.PERSON, "法", "p"), "declared twice"),
    (Programme("a_b", "甲", (Component("x1", "一"),), Unit.PERSON, "", "p"), "the law"),
    (Programme("a_b", "甲", (Component("x1", "一"),), Unit.PERSON, "法", "p", excludes=("nobody",)), "unknown programme nobody"),
    (Programme("a_b", "甲", (Component("x1", "一"),), Unit.PERSON, "法", "p", calculator="linli.nowhere.f"), "nowhere"),
    (
        Programme("a_b", "甲", (Component("x1", "一"),), Unit.PERSON, "法", "p",
                  former=((date(2014, 5, 1), "乙"), (date(2010, 1, 1), "甲"))), "former laws stand in the order",
    ),
    (Programme("A B", "甲", (Component("x1", "一"),), Unit.PERSON, "法", "p"), "is no key"),
])  # fmt: skip
def test_a_faulty_declaration_does_not_start(declared, said):
    with sample_programmes(declared), pytest.raises(ValueError, match=said):
        programmes()


def test_the_same_programme_cannot_be_declared_twice():
    with sample_programmes(LIVING, LIVING), pytest.raises(ValueError, match="declared twice"):
        programmes()
