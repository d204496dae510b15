"""The demo: each package's steps once, wholly or not at all, and a business day of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from linli.base.areas import WHOLE
from linli.domains.hall.queries import opinions_of
from linli.domains.providers.models import Provider, Statement
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import DemoPlan, DemoStep, Refused, Role
from linli.kernel.access.samples import demo_actor
from linli.kernel.cases.queries import cases_by_step
from linli.kernel.duties.models import Occurrence
from linli.kernel.entitlements.models import Run
from linli.kernel.ledgers.models import PaymentOrder
from linli.kernel.ledgers.queries import origin_of_order
from linli.kernel.registry.queries import households_in, people, places, rooms
from linli.site import demo, kept

DAY = date(2010, 12, 20)
asked: list[int] = []
broken = False


def add_a_clerk(plan: DemoPlan) -> None:
    asked.append(plan.people)
    Staff.objects.create(username=f"made{plan.people}", name="张三")
    if broken:
        raise RuntimeError("the power went")


@pytest.fixture
def one_step(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only one step is declared: ours."""
    for config in apps.get_app_configs():
        if hasattr(config, "demo_steps"):
            monkeypatch.setattr(config, "demo_steps", ())
    config = apps.get_app_config("access")
    monkeypatch.setattr(config, "demo_steps", (DemoStep(1, "一名办事员", f"{__name__}.add_a_clerk"),), raising=False)
    asked.clear()
    yield


@pytest.mark.django_db
def test_a_step_happens_once_however_often_the_demo_is_loaded(one_step: None) -> None:
    assert demo.load(DemoPlan(on=DAY, people=100)) == 1
    assert demo.load(DemoPlan(on=DAY, people=100)) == 0
    assert asked == [100]


@pytest.mark.django_db
def test_a_step_that_breaks_leaves_nothing_and_is_done_again(one_step: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "broken", True)
    with pytest.raises(RuntimeError, match="the power went"):
        demo.load(DemoPlan(on=DAY, people=100))
    assert not Staff.objects.filter(username="made100").exists()
    monkeypatch.setitem(globals(), "broken", False)
    assert demo.load(DemoPlan(on=DAY, people=100)) == 1
    assert Staff.objects.filter(username="made100").exists()


@pytest.mark.django_db
def test_the_demo_keeps_its_size(one_step: None) -> None:
    demo.load(DemoPlan(on=DAY, people=100))
    assert demo.kept_people() == 100
    with pytest.raises(Refused, match="--fresh"):
        demo.load(DemoPlan(on=DAY, people=200))


@pytest.mark.django_db
def test_the_demo_never_enters_a_database_with_other_people_in_it(one_step: None) -> None:
    Staff.objects.create(username="real", name="真人")
    with pytest.raises(Refused, match="不是演示数据"):
        demo.load(DemoPlan(on=DAY, people=100))
    assert asked == []


@pytest.mark.django_db
def test_the_demo_gives_one_account_for_each_role() -> None:
    plan = DemoPlan(on=DAY, people=100)
    with scoped(WHOLE):
        for name in ("demo_areas", "demo_staff"):
            import_string(f"linli.kernel.registry.samples.{name}")(plan)
        found = demo.accounts(DAY)
    assert [role for role, *_ in found] == [role for role in Role if role != Role.MACHINE]


def test_every_declared_step_names_a_function() -> None:
    steps = demo.demo_steps()
    assert [step.rank for step in steps] == sorted(step.rank for step in steps)
    for step in steps:
        assert callable(import_string(step.load)), step.load
        assert len(step.key) <= 40, "the trail keeps 40 characters"


def test_later_commands_find_the_demo_and_its_day(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINLI_TESTING")
    assert kept.read_kept(tmp_path) == kept.Kept()
    kept.write_kept(tmp_path, kept.Kept("linli_demo", "2010-12-20"))
    assert kept.read_kept(tmp_path) == kept.Kept("linli_demo", "2010-12-20")
    assert json.loads((tmp_path / kept.FILE).read_text())["business_day"] == "2010-12-20"
    kept.forget_kept(tmp_path)
    assert kept.read_kept(tmp_path) == kept.Kept()


def test_tests_never_see_the_demo(tmp_path) -> None:
    kept.write_kept(tmp_path, kept.Kept("linli_demo", "2010-12-20"))
    assert kept.read_kept(tmp_path) == kept.Kept()


@pytest.mark.django_db
def test_the_whole_demo_loads_for_a_village_and_adds_nothing_the_second_time() -> None:
    plan = DemoPlan(on=DAY, people=1200)
    steps = demo.demo_steps()
    assert demo.load(plan) == len(steps)
    assert demo.load(plan) == 0
    with scoped(WHOLE):
        assert people().count() == plan.people
        waiting = cases_by_step("charity.aid")
        watches = Occurrence.objects.filter(duty="hotline.watch", last__lt=DAY)
        assert Provider.objects.filter(standing="member").exists() and Statement.objects.filter(amount__gt=0).exists()
        heard = opinions_of(DAY, "370404001001")
        assert len(heard) > 2, "residents of the first community were heard this month"
        assert watches.exists() and not watches.filter(done_on=None).exists(), "the hotline was never without its watch"
        tower = places(DAY, kind="building").filter(area="370404001001").first()
        assert tower and set(rooms(DAY, place=tower.pk).values_list("name", flat=True)) & households_in(tower, DAY).keys() - {""}
        auditor = demo_actor("auditor", DAY)
        paid = PaymentOrder.objects.exclude(source__startswith="ledgers.buy")
        unnamed = {one.source for one in paid if not origin_of_order(auditor, one)}
    assert waiting["check"] and waiting["approval"], "cases wait at several steps"
    assert not unnamed, "the auditor opens every order of payment down to the work that it was made for"


@pytest.mark.nightly
@pytest.mark.django_db
def test_the_demo_loads_on_a_day_of_todays_law() -> None:
    """2026: families by 民发〔2021〕57号, a town that confirms, money of this year's months."""
    plan = DemoPlan(on=date(2026, 7, 20), people=12_000)
    assert demo.load(plan) == len(demo.demo_steps())
    with scoped(WHOLE):
        waiting = cases_by_step("assistance.aid")
        assert all(waiting[step] for step in ("check", "survey", "notice", "approval", "granted", "refused")), waiting
        months = Run.objects.filter(programme="dibao").order_by("month").values_list("month", "state")
        assert list(months) == [(date(2026, 6, 1), "ordered"), (date(2026, 7, 1), "ready")]
        children = people().filter(birth__gt=date(2018, 7, 20)).count()
    assert children > 100, "people are of the day of the demo, not of 2010"
