"""Every duty has its figures: what fell due in a period, what was done, made up and missed; each opens to its rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.duties import actions
from linli.kernel.duties.queries import duties, occurrences
from linli.kernel.duties.samples import DAY, SAMPLE_DUTIES, SUMMARY
from linli.kernel.figures import queries
from linli.kernel.figures.rules import month_period, year_period
from linli.kernel.registry.samples import make_areas

DISTRICT, STEM = "370404000000", f"duty.{SUMMARY.key}"


@pytest.fixture
def office(db, monkeypatch):
    monkeypatch.setattr(apps.get_app_config("duties"), "duties", SAMPLE_DUTIES, raising=False)
    for kept in (duties, queries.figures):
        kept.cache_clear()
    founders = make_founders()
    make_areas(founders[0])
    yield make_staff(founders=founders), make_staff("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT, founders=founders)
    monkeypatch.undo()
    for kept in (duties, queries.figures):
        kept.cache_clear()


def test_due_is_done_and_made_up_and_missed_and_the_rows_are_as_many(office):
    worker, approver = office
    actions.plan(by=machine_actor("duties.plan", DISTRICT), on=DAY, duty=SUMMARY.key)
    with scoped(worker):
        mine = list(occurrences([SUMMARY.key], on=DAY, last=date(2010, 11, 30)))
    for row in mine:
        actions.do_duty(by=worker, on=DAY, occurrence_id=row.pk, done_on=row.last if row == mine[1] else DAY)
    with scoped(approver):
        def value(kind, period, area=DISTRICT):
            return queries.value(queries.figure(f"{STEM}.{kind}"), period, area)

        november = {kind: value(kind, month_period(2010, 11)) for kind in ("due", "done", "late", "missed")}
        assert november == {"due": 168, "done": 1, "late": 0, "missed": 167}
        whole = {kind: value(kind, year_period(2010), worker.area) for kind in ("due", "done", "late", "missed")}
        assert whole == {"due": 3, "done": 1, "late": 1, "missed": 1}
        one = queries.figure(f"{STEM}.done")
        assert one.describe(queries.rows(one, year_period(2010), DISTRICT).get())[0].startswith("和顺社区 2010-11-30")
