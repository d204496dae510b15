"""One statement gives the law exactly the facts that the pages of an application show."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from linli.base.areas import scope_of
from linli.base.days import age_on
from linli.domains.assistance import queries
from linli.domains.assistance.models import Consent, Line, Member, Supporter
from linli.domains.assistance.samples import (
    DAY,
    VILLAGE_TOWN,
    make_application,
    make_family,
    make_office,
    make_son_and_mother,
    make_three_generations,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import NoScope, Refused
from linli.kernel.access.samples import FIRST_DAY
from linli.kernel.registry.actions import merge_persons, recognise_status
from linli.kernel.registry.queries import statuses_of, statuses_of_people
from linli.kernel.registry.samples import make_person
from linli.law import Asked, Bearer, Disability, Flow, Holding, Household, Item, Standing, Study, Work, Zone, owes_support
from linli.law import Member as Known
from linli.law import Scheme as Cared

PROPERTY = range(31, 51)
SCHEMES = {"tekun": Cared.TEKUN, "orphan": Cared.ORPHAN, "unsupported_child": Cared.UNSUPPORTED_CHILD}


@pytest.fixture
def office(db):
    return make_office()


def as_shown(one, on):
    """The facts read list by list, as the pages read them; the applicant's place and the law's order are theirs too."""
    rows, consents = queries.members_of(one), queries.consents_of(one, on)
    members = tuple(known(row, one, row.person_id in consents) for row in rows)
    place = {row.person_id: i for i, row in enumerate(rows)}
    lines = [(Item(row.kind), place.get(row.person_id, -1), row) for row in queries.lines_of(one)]
    home = Household(
        one.area, Zone(one.zone), one.applied_on, members,
        tuple(Flow(item, whose, row.amount, row.first, row.last) for item, whose, row in lines if item not in PROPERTY),
        tuple(Holding(item, whose, row.amount, row.number) for item, whose, row in lines if item in PROPERTY),
        one.alone, one.single_parent, one.received, one.new_job,
    )  # fmt: skip
    return home, tuple(Asked(i, bearers(one, rows, home, i), frozenset(row.failed), row.institution)
                       for i, row in enumerate(rows) if row.asks)  # fmt: skip


def known(row, one, consented):
    held = list(statuses_of(row.person, one.applied_on).order_by("id"))
    grade = next((status.grade for status in held if status.kind == "disabled" and len(status.grade) == 2), "00")
    cared = [SCHEMES[status.kind] for status in held if status.kind in SCHEMES]
    if queries.verifies(one):
        cared = [scheme for scheme in cared if scheme is not Cared.TEKUN]
    return Known(
        row.person.name, row.kin, row.person.birth, row.long_together, row.duty, row.independent, Study(row.study),
        Standing(row.standing), row.since, Disability(int(grade[0])), int(grade[1]),
        row.ill or any(status.kind == "ill" for status in held), Work(row.work), row.refusals,
        Cared(row.scheme) or next(iter(cared), Cared.NONE), died=row.person.died_on,
        consented=consented or age_on(row.person.birth, one.applied_on) < 18, number=str(row.person_id),
    )  # fmt: skip


def bearers(one, rows, home, place):
    found = [
        Bearer(age_on(row.born, one.applied_on), row.income, int(row.property_fits), int(row.dibao), int(Cared.TEKUN) * row.tekun,
               row.disability, row.level, int(row.incapable), row.standing)
        for row in queries.supporters_of(one) if row.person_id == rows[place].person_id
    ]  # fmt: skip
    for i, member in enumerate(home.members):
        if i != place and owes_support(rows[place].kin, member.kin) and age_on(member.born, home.applied) >= 18:
            income = sum(flow.amount for flow in home.flows if flow.member == i and flow.kind < PROPERTY.start)
            fits = not any(held.member == i and (held.amount or held.number) for held in home.holdings)
            words = {"scheme": int(member.scheme), "disability": int(member.disability), "level": member.level}
            age = age_on(member.born, home.applied)
            found.append(Bearer(age, income, int(fits), standing=int(member.standing), **words))
    return tuple(found)


def enter(draw: Random, one, people):
    """Whatever a survey may find; what was entered before is struck, corrected or withdrawn."""
    one.zone, one.single_parent, one.received = draw.choice([1, 2]), draw.random() < 0.5, draw.randrange(50_000)
    one.new_job = draw.choice([None, DAY - timedelta(days=60)])
    one.save()
    Line.objects.filter(application=one).update(struck_on=DAY, struck_why="重填")
    Supporter.objects.filter(application=one).update(struck_on=DAY, struck_why="重填")
    Consent.objects.filter(application=one).update(withdrawn_on=DAY)
    for row in Member.objects.filter(application=one, replaced_on=None):
        Member.objects.filter(pk=row.pk).update(replaced_on=DAY)
        row.pk, row.ill, row.asks, row.independent = None, draw.random() < 0.3, draw.random() < 0.5, draw.random() < 0.7
        row.study, row.standing, row.work, row.scheme = (draw.randrange(most) for most in (5, 4, 6, 2))
        row.refusals, row.failed = draw.randrange(4), draw.sample(["吃饭", "洗澡", "如厕"], draw.randrange(3))
        row.since = draw.choice([None, date(2008, 5, 1)])
        row.save()
    for person in people:
        signed, of = DAY - timedelta(days=draw.randrange(300)), {"application": one, "person": person, "area": one.area}
        Consent.objects.create(**of, signed_on=signed, until=signed + timedelta(days=200), scope="全部", signer="本人")
        enter_means(draw, of)
        recognise(draw, person)


def enter_means(draw: Random, of):
    for _ in range(draw.randrange(4)):
        kind, first = draw.choice(list(Item)), DAY - timedelta(days=30 * draw.randrange(1, 13))
        months = {} if kind in PROPERTY else {"first": first, "last": DAY}
        struck = draw.choice([{}, {}, {"struck_on": DAY, "struck_why": "重复"}])
        words = {"amount": draw.randrange(10**7), "number": draw.randrange(3), "source": "declared", "entered_on": DAY}
        Line.objects.create(**of, kind=kind, **words, **months, **struck)
    for _ in range(draw.randrange(3)):
        level = draw.randrange(3)
        words = {"dibao": draw.random() < 0.2, "tekun": draw.random() < 0.2, "disability": level and 4, "level": level}
        born = date(1950 + draw.randrange(40), 1, 1)
        Supporter.objects.create(**of, **words, name="某", tie="子", born=born, income=draw.randrange(10**7), entered_on=DAY)


def recognise(draw: Random, person):
    """Statuses that run, ran, end on the day or after it."""
    for kind, grade in (("disabled", draw.choice(["41", "52", "3"])), ("ill", ""), ("tekun", "home"), ("orphan", "")):
        if draw.random() < 0.5 and not person.statuses.filter(kind=kind).exists():
            person.statuses.create(kind=kind, grade=grade, since=FIRST_DAY, area=person.area)
    for status in person.statuses.all():
        status.until = draw.choice([None, None, DAY - timedelta(days=9), DAY, DAY + timedelta(days=1)])
        status.save()


@pytest.mark.parametrize("make", [make_family, make_son_and_mother, make_three_generations])
@pytest.mark.parametrize("seed", range(4))
def test_the_law_is_given_what_the_pages_show(office, make, seed):
    draw = Random(seed)
    one = make_application(office, make(office))
    with scoped(office.approver):
        people = [row.person for row in queries.members_of(one)]
        for _ in range(3):
            enter(draw, one, people)
            for on in (DAY - timedelta(days=90), DAY, DAY + timedelta(days=30)):
                found = queries.family_of(one.pk, on)
                assert (found.home, found.asked) == as_shown(one, on)
                assert [row.person_id for row in found.members] == [row.person_id for row in queries.members_of(one)]


def test_what_a_merged_row_is_recognised_as_counts_for_the_family(office):
    """The survey stands with the row that was merged away; the person's disability is the survivor's, and still counts."""
    one = make_application(office, make_family(office))
    survivor = make_person(office.worker, FIRST_DAY, "李国强", birth=date(1970, 3, 1))
    words = {"kind": "disabled", "grade": "41", "source": "残联", "evidence": "残疾人证"}
    recognise_status(by=office.worker, on=FIRST_DAY, person_id=survivor.pk, since=FIRST_DAY, **words)
    merge_persons(by=office.worker, on=DAY, survivor_id=survivor.pk, merged_id=one.person_id)
    with scoped(office.worker):
        member = queries.family_of(one.pk, DAY).home.members[0]
        assert (member.disability, member.level) == (Disability(4), 1)
        assert [status.kind for status in statuses_of_people([survivor], DAY)[survivor.pk]] == ["disabled"]


def test_a_family_outside_of_the_range_is_refused_and_none_is_read_without_a_range(office):
    one = make_application(office, make_family(office))
    with pytest.raises(NoScope):
        queries.family_of(one.pk, DAY)
    with scoped(scope_of(VILLAGE_TOWN)), pytest.raises(Refused, match="没有这份申请"):
        queries.family_of(one.pk, DAY)
