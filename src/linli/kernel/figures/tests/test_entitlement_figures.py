"""Programmes are counted: entitlements and people in a month, new and removed, decided and paid; each number opens."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.entitlements.actions import change, end
from linli.kernel.entitlements.models import Entitlement
from linli.kernel.entitlements.rules import Ground
from linli.kernel.entitlements.samples import (
    MONTH,
    make_entitlement,
    make_funding,
    make_month,
    make_payee,
    make_why,
    sample_programmes,
)
from linli.kernel.entitlements.tests.conftest import make_office
from linli.kernel.figures.queries import broken_down, figure, figures, relations, value
from linli.kernel.figures.queries import rows as rows_of
from linli.kernel.figures.rules import month_period
from linli.kernel.registry.samples import make_household

DISTRICT = "370404000000"
JANUARY, DECEMBER = month_period(2011, 1), month_period(2010, 12)


@pytest.fixture(autouse=True)
def counted(settings):
    settings.BUSINESS_DAY = "2010-12-05"
    figures.cache_clear()
    relations.cache_clear()
    with sample_programmes():
        yield
    figures.cache_clear()
    relations.cache_clear()


@pytest.fixture
def world(db):
    """Three families in two towns; in January one is ended and one is new and has another class."""
    office = make_office()
    make_funding(office.maker)
    found = []
    for name, worker, grade in (("张一", office.worker, "A"), ("王二", office.worker, "B"), ("陈三", office.neighbour, "A")):
        home = make_household(worker, names=(name, f"{name}妻"))
        make_payee(worker, home.head_id)
        amounts = {"basic": 300_00, "category": 30_00}
        found.append(make_entitlement(by=office.approver, household=home, amounts=amounts, grade=grade))
    make_month(office.maker, office.approver)
    end(by=office.approver, on=date(2010, 12, 20), entitlement=found[0], since=date(2011, 1, 1), why=make_why(Ground.OWN_WISH))
    with scoped(office.approver):
        second = Entitlement.objects.get(pk=found[1].pk)
    change(
        by=office.approver, on=date(2010, 12, 20), entitlement=second, since=date(2011, 1, 1), grade="A",
        why=make_why(Ground.INCOME),
    )  # fmt: skip
    new = make_household(office.worker, names=("赵四",))
    make_payee(office.worker, new.head_id)
    make_entitlement(by=office.approver, household=new, amounts={"basic": 400_00}, grade="B", since=date(2011, 1, 1))
    make_month(office.maker, office.approver, month=date(2011, 1, 1))
    return office


def number(office, name, period, **cell):
    with scoped(office.approver):
        return value(figure(f"entitlement.sample_living.{name}"), period, DISTRICT, cell or None)


@pytest.mark.parametrize(("name", "december", "january"), [
    ("count", 3, 3), ("persons", 6, 5), ("new", 3, 1), ("removed", 0, 1), ("monthly", 990_00, 1060_00), ("paid", 990_00, 1060_00),
])  # fmt: skip
def test_a_month_in_numbers(world, name, december, january):
    """DIBAO-01, DIBAO-05: households and persons, new and removed, money, by month."""
    assert (number(world, name, DECEMBER), number(world, name, JANUARY)) == (december, january)


def test_the_class_is_that_of_the_month(world):
    """DIBAO-05: class A and class B by month, although a family changed its class since."""
    assert [number(world, "count", period, grade="A") for period in (DECEMBER, JANUARY)] == [2, 2]
    assert [number(world, "count", period, grade="B") for period in (DECEMBER, JANUARY)] == [1, 1]
    with scoped(world.approver):
        (row,) = rows_of(figure("entitlement.sample_living.count"), JANUARY, DISTRICT, {"grade": "B"})
        assert figure("entitlement.sample_living.count").describe(row)[0] == "赵*　1人"


def test_money_by_component_and_town(world):
    """DIBAO-06: money by component; the towns add up to the district."""
    with scoped(world.approver):
        paid = figure("entitlement.sample_living.paid")
        parts = {cell.zh: cell.value for cell in broken_down(paid, JANUARY, DISTRICT, "component")}
        towns = [cell.value for cell in broken_down(paid, JANUARY, DISTRICT, "town")]
    assert parts == {"基本补助": 1000_00, "分类补助": 60_00} and sum(towns) == 1060_00


def test_the_growth_is_what_began_less_what_ended(world):
    grown = number(world, "count", JANUARY) - number(world, "count", DECEMBER)
    assert grown == number(world, "new", JANUARY) - number(world, "removed", JANUARY)


def test_the_relations_hold(world):
    with scoped(world.approver):
        mine = [one for one in relations() if one.key.startswith("entitlement.")]
        for period in (DECEMBER, JANUARY):
            values = {key: value(one, period, DISTRICT) for key, one in figures().items() if key.startswith("entitlement")}
            assert mine and all(one.check(values).holds for one in mine)
    assert DECEMBER.first == MONTH
