"""Who lives in the home and does not count in the family that is helped may have help of an own; nobody counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.journeys.walker import Walker

from linli.domains.assistance import actions, queries
from linli.domains.assistance.actions.decisions import recognise
from linli.domains.assistance.models import Member
from linli.domains.assistance.queries.compared import applying
from linli.domains.assistance.samples import DAY, carry, make_application, make_family_with_son, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.cases.actions import withdraw
from linli.kernel.cases.queries import case_by_id
from linli.kernel.entitlements.queries import entitlements_of
from linli.kernel.registry.actions import go_on_with_status, recognise_status
from linli.kernel.registry.queries import household_of, statuses_of
from linli.kernel.registry.queries import members_of as people_at_home


@pytest.fixture
def office(db):
    return make_office()


def person_of(office, head, name):
    with scoped(office.worker):
        return next(one for one in people_at_home(household_of(head, DAY), DAY) if one.name == name)


def test_a_grown_son_who_does_not_count_with_his_parents_applies_for_himself(office):
    """He is bound while their application is open, and free when it is decided without him; nobody is counted twice."""
    head = make_family_with_son(office)
    son, parents = person_of(office, head, "李建军"), make_application(office, head)
    with pytest.raises(Refused, match="正在办理。决定后，没有计入该户的人可以另行申请"):
        make_application(office, son)
    day = carry(office, parents)
    own = make_application(office, son, day)
    with scoped(office.worker):
        assert [row.person.name for row in queries.members_of(own)] == ["李建军"]
        assert queries.helped_by([son.pk]) == own and queries.helped_by([head.pk]) == parents
    with pytest.raises(Refused, match="正在享受救助"):
        make_application(office, head, day)


def test_the_verification_of_the_parents_leaves_the_son_his_own_help(office):
    """Their verification, its end and the end of their help touch neither his status nor his money."""
    head = make_family_with_son(office)
    parents = make_application(office, head)
    day = carry(office, parents)
    son = person_of(office, head, "李建军")
    own = make_application(office, son, day)
    day = carry(office, own, on=day)
    again = actions.open_verification(by=office.worker, on=day, application=parents, why="定期复核")
    with scoped(office.worker):
        assert "李建军" not in [row.person.name for row in queries.members_of(again)]
        withdraw(by=office.worker, on=day, case=case_by_id(again.case_id), opinion="登记有误。")
    actions.end(by=office.reviewer, on=day, application=parents, how="wish", why="本人申请")
    with scoped(office.approver):
        own.refresh_from_db()
        assert own.state == "granted" and "dibao" in [one.kind for one in statuses_of(son, day)]
        (row,) = entitlements_of([son.pk])
        assert row.until is None
        assert not [one for one in statuses_of(head, day) if one.kind == "dibao"]


def test_a_verification_asks_about_the_son_again_as_long_as_he_has_no_help_of_his_own(office):
    head = make_family_with_son(office)
    parents = make_application(office, head)
    day = carry(office, parents)
    son = person_of(office, head, "李建军")
    actions.open_verification(by=office.worker, on=day, application=parents, why="定期复核")
    with pytest.raises(Refused, match="正在办理"):
        make_application(office, son, day)


def test_the_database_lets_nobody_count_in_two_families(office):
    head = make_family_with_son(office)
    parents = make_application(office, head)
    day = carry(office, parents)
    own = make_application(office, person_of(office, head, "李建军"), day)
    with scoped(office.worker), pytest.raises(IntegrityError, match="assist_one_live_application"), transaction.atomic():
        Member.objects.create(application=own, person=head, kin="51", entered_on=day, area=own.area)


def test_the_son_is_found_when_he_looks_entitled_though_his_parents_are_helped(office):
    """A severely disabled son who does not count with his parents is missed by nobody."""
    head = make_family_with_son(office)
    parents = make_application(office, head)
    son = person_of(office, head, "李建军")
    day = carry(office, parents)
    words = {"kind": "ill", "grade": "", "since": day, "source": "医院", "evidence": "诊断书"}
    recognise_status(by=office.worker, on=day, person_id=son.pk, **words)
    with scoped(office.approver):
        assert son.pk not in set(applying().values_list("person_id", flat=True))
        assert head.pk in set(applying().values_list("person_id", flat=True))


def test_the_form_names_who_counts_in_the_other_family_of_the_home(office, settings):
    head = make_family_with_son(office)
    day = carry(office, make_application(office, head))
    settings.BUSINESS_DAY = day.isoformat()
    page = Walker("li").open(reverse("assistance:apply_for", args=[person_of(office, head, "李建军").pk]))
    assert "李国强、张桂英、李小宝已计入同住的另一户救助家庭" in page.text
    page.send("受理申请", zone="1", statement="已成家自立，无业。")
    with scoped(office.worker):
        (own,) = queries.applications(state="open")
        assert own.person.name == "李建军"


def test_who_gives_up_the_help_of_today_and_applies_again_is_posted_again(office):
    """Help that began and ended on one day is no help of an older register: nothing is spared, the public notice least."""
    head = make_family_with_son(office)
    first = make_application(office, head)
    day = carry(office, first)
    actions.end(by=office.reviewer, on=day, application=first, how="wish", why="本人申请")
    again = make_application(office, head, day)
    with scoped(office.approver):
        assert case_by_id(again.case_id).flow == case_by_id(first.case_id).flow
    later = carry(office, again, on=day)
    with scoped(office.approver):
        assert later > day
        assert [one.kind for one in statuses_of(head, later) if one.until is None] == ["dibao"]


def test_what_is_decided_again_on_the_day_of_its_end_goes_on(office):
    head = make_family_with_son(office)
    with scoped(office.approver):
        for wanted in ({head.pk: ("dibao", "urban")}, {}, {head.pk: ("dibao", "urban")}):
            recognise(office.approver, DAY, wanted, also=[head.pk], evidence="决定")
        assert [(one.since, one.until) for one in statuses_of(head, DAY + timedelta(days=1))] == [(DAY, None)]
        (row,) = statuses_of(head, DAY)
        with pytest.raises(Refused, match="不是今天终止的"):
            go_on_with_status(by=office.approver, on=DAY, status_id=row.pk)
