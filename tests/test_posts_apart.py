"""Nobody comes to judge own work, or to hold what excludes each other, by a second post, a later one, or a deputy's."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from linli.kernel.access.actions import create_post, grant_post
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import posts_waiting
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import delegate
from tests.test_doors import signed_in

DAY = date(2010, 12, 1)


@pytest.fixture
def founders(db):
    return make_founders()


def staff_of(actor) -> Staff:
    return Staff.objects.get(pk=actor.staff_id)


@pytest.mark.parametrize("until", [None, date(2011, 12, 31)])
def test_a_post_that_begins_later_still_excludes_its_opposite(founders, until):
    """CHARITY-18: maker and checker are two people on every day, also on the first day of a post granted ahead."""
    system, security = founders
    person = staff_of(make_staff("qian", "钱会计", Role.AUDITOR, DISTRICT, founders=founders))
    person.posts.update(until=DAY)
    later = create_post(
        by=system, on=DAY, staff=person, role=Role.FINANCE_CHECKER, at=DISTRICT, since=date(2011, 1, 1), until=until
    )
    grant_post(by=security, on=DAY, post=later)
    with pytest.raises(Refused, match="不能由同一人担任"):
        create_post(by=system, on=DAY, staff=person, role=Role.FINANCE_MAKER, at=DISTRICT, since=DAY)
    before = create_post(
        by=system, on=DAY, staff=person, role=Role.FINANCE_MAKER, at=DISTRICT, since=DAY, until=date(2011, 1, 1)
    )
    assert grant_post(by=security, on=DAY, post=before).granted_by_id == security.staff_id


def test_two_posts_that_wait_cannot_both_be_granted_when_they_exclude_each_other(founders):
    """A deputy's post and a post of the person's own are asked for by different hands; the grant sees both."""
    system, security = founders
    maker = make_staff("qian", "钱会计", Role.FINANCE_MAKER, DISTRICT, founders=founders)
    deputy = staff_of(make_staff("wu", "吴善行", Role.FEDERATION_CLERK, DISTRICT, founders=founders))
    reviewer = make_staff("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000", founders=founders)
    stand_in = delegate(by=reviewer, on=DAY, to=deputy.pk, since=DAY, until=date(2011, 1, 1))
    type(stand_in).objects.filter(pk=stand_in.pk).update(role=Role.FINANCE_MAKER.value, at=DISTRICT)
    stand_in.refresh_from_db()
    assert maker.role is Role.FINANCE_MAKER
    own = stand_in.__class__.objects.create(
        staff=deputy, role=Role.FINANCE_CHECKER.value, at=DISTRICT, since=FIRST_DAY, made_by_id=system.staff_id
    )
    grant_post(by=security, on=DAY, post=own)
    with pytest.raises(Refused, match="不能由同一人担任"):
        grant_post(by=security, on=DAY, post=stand_in)


def test_the_security_administrator_sees_a_deputy_that_waits(founders):
    _, security = founders
    reviewer = make_staff("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000", founders=founders)
    deputy = make_staff("li", "李社工", Role.COMMUNITY_WORKER, founders=founders)
    post = delegate(by=reviewer, on=DAY, to=deputy.staff_id, since=DAY, until=date(2010, 12, 8))
    assert list(posts_waiting(by=security, on=DAY)) == [post]
    assert list(posts_waiting(by=security, on=date(2010, 12, 8))) == [], "a term that is over waits no longer"


@pytest.mark.parametrize("wanted", ["", "abc", "-1", "²", "99999999999999999999", "1' or 1=1"])
def test_a_post_that_is_none_of_ones_own_changes_nothing(founders, wanted):
    make_staff("li", "李社工", founders=founders)
    client: Client = signed_in("li")
    assert client.post("/post/", {"post": wanted}).status_code == 302
    assert client.get("/").status_code == 200
