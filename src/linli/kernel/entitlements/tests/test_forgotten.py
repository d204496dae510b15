"""A family whose money goes nowhere stands on the desk of those near to it, until it is paid or ended."""

from __future__ import annotations

import secrets
from datetime import date

import pytest
from tests.test_doors import signed_in

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.entitlements import queries
from linli.kernel.entitlements.actions import suspend
from linli.kernel.entitlements.models import Entitlement
from linli.kernel.entitlements.rules import Ground
from linli.kernel.entitlements.samples import make_entitlement, make_funding, make_month, make_payee, make_why
from linli.kernel.registry.actions import merge_persons, record_death
from linli.kernel.registry.samples import make_household, make_person

DAY = date(2010, 12, 5)


@pytest.fixture
def home(office):
    return make_household(office.worker, names=("张桂英", "张小军"))


@pytest.fixture
def row(office, home):
    return make_entitlement(by=office.approver, household=home, amounts={"basic": 312_00}, grade="A")


def told(actor, which="waiting", on=DAY):
    with scoped(actor):
        return [task.title for task in queries.family_tasks(actor, on, which)]


def test_who_has_no_account_is_told_to_the_community_and_to_the_town_when_a_month_has_passed(office, home, row):
    said = ["张桂英：示例生活补助发不出去，收款人没有在用的银行账户"]
    assert told(office.worker) == told(office.reviewer, on=date(2011, 1, 1)) == said and told(office.reviewer) == []
    assert told(office.neighbour) == told(office.approver) == told(office.maker) == told(office.worker, "done") == []
    shown = signed_in("li").get(f"/entitlements/{row.pk}/").content.decode()
    assert "暂时发不出去。请在人员页面登记账户" in shown and f"/people/{home.head_id}/account/" in shown
    make_payee(office.worker, home.head_id)
    assert told(office.worker) == []
    assert "发不出去" not in signed_in("li").get(f"/entitlements/{row.pk}/").content.decode()


def test_the_account_of_a_merged_record_is_the_accounts_of_the_person(office, home, row):
    twin = make_person(office.worker, name="张桂英", no_number_reason="lost")
    make_payee(office.worker, twin.pk)
    merge_persons(by=office.reviewer, on=DAY, survivor_id=home.head_id, merged_id=twin.pk)
    assert told(office.worker) == []


def test_a_payee_who_died_is_told_by_that_and_not_by_the_account(office, home, row):
    record_death(by=office.worker, on=DAY, person_id=home.head_id, day=date(2010, 12, 2))
    assert told(office.reviewer) == ["张桂英：示例生活补助发不出去，收款人已登记死亡"] and told(office.worker) == []


def test_a_family_that_is_held_back_is_not_forgotten(office, home, row):
    make_payee(office.worker, home.head_id)
    suspend(by=office.reviewer, on=DAY, entitlement=row, since=date(2010, 12, 1), why=make_why(Ground.UNREACHABLE))
    said = ["张桂英：示例生活补助自 2010-12 起暂停发放，核实后恢复或终止"]
    assert told(office.reviewer) == said and told(office.worker) == [], "the town resumes or ends it"
    assert "暂停发放待核实" in signed_in("zhao").get("/").content.decode()
    page = signed_in("zhao")
    page.post(f"/entitlements/{row.pk}/resume/", {
        "since": "2010-12", "pay_back": "yes", "words": "已联系上", "_key": secrets.token_hex(8),
    })  # fmt: skip
    assert told(office.reviewer) == []


def test_many_of_them_are_one_line_that_opens_the_list(office, home, row, monkeypatch):
    monkeypatch.setattr("linli.kernel.entitlements.queries.desk.FEW", 1)
    other = make_household(office.worker, names=("李四",))
    make_entitlement(by=office.approver, household=other, amounts={"basic": 100_00}, grade="B")
    assert told(office.worker) == ["2 份待遇收款人没有在用的银行账户，请逐份核实"]
    with scoped(office.worker):
        (task,) = queries.family_tasks(office.worker, DAY, "waiting")
    listed = signed_in("li").get(task.href).content.decode()
    assert "张桂英" in listed and "李四" in listed
    make_payee(office.worker, home.head_id)
    listed = signed_in("li").get(task.href).content.decode()
    assert "张桂英" not in listed and "李四" in listed


def test_nobody_is_offered_to_hold_back_a_month_that_was_paid(office, home, row):
    """Held back afterwards it would be kept back from later months; the form begins with the first that is not ordered."""
    make_payee(office.worker, home.head_id)
    make_funding(office.maker)
    make_month(office.maker, office.approver)
    shown = signed_in("zhao").get(f"/entitlements/{row.pk}/suspend/").content.decode()
    assert 'value="2011-01"' in shown and "从以后的月份扣回" in shown
    with scoped(office.reviewer):
        assert Entitlement.objects.get(pk=row.pk).suspended is None


def test_a_town_without_such_families_reads_nothing(office):
    founders = make_founders()
    other = make_staff("town2", "吴审核", Role.TOWN_REVIEWER, "370404002000", founders=founders)
    assert told(other) == []
