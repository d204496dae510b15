"""A live day happens in the demo only, goes on after a restart, and leaves every screen with something new."""

from __future__ import annotations

import threading
from itertools import pairwise, takewhile

import pytest

from linli.domains.hotline.queries import callers
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import DemoPlan, Refused
from linli.kernel.access.samples import make_founders
from linli.kernel.orders.models import Order
from linli.site import demo
from linli.site.kept import DAY
from linli.site.live import Live, Place, read_place, run, write_place


def test_nothing_happens_outside_of_a_demo(db, tmp_path):
    make_founders()
    with pytest.raises(Refused, match="不是演示数据库"):
        run(DAY, tmp_path, speed=60, seed=1, until=1, tell=print, stopped=threading.Event())
    assert not list(tmp_path.iterdir())


def test_a_day_goes_on_where_it_stopped_and_another_seed_begins_anew(tmp_path):
    write_place(tmp_path, Place(3, 40_000.5))
    assert read_place(tmp_path, 3) == Place(3, 40_000.5)
    assert read_place(tmp_path, 4) == Place(4)
    (tmp_path / "live.json").write_text("{")
    assert read_place(tmp_path, 3) == Place(3)


@pytest.mark.nightly
def test_a_live_day_moves_every_screen_and_survives_a_restart(fresh_database, settings, tmp_path, django_db_blocker):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        demo.load(DemoPlan(on=DAY, people=500, tell=lambda *words: None))
        one, other = (list(takewhile(lambda event: event[0] < 36_000, Live(DAY, 5).events(5))) for _ in range(2))
        assert [event[:2] for event in one] == [event[:2] for event in other]
        assert all(before[0] <= after[0] for before, after in pairwise(one))
        told: list[str] = []
        words = {"speed": 3600, "seed": 5, "tell": lambda second, said: told.append(said)}
        first = run(DAY, tmp_path, until=2, stopped=threading.Event(), **words)
        place = read_place(tmp_path, 5)
        second = run(DAY, tmp_path, until=4, stopped=threading.Event(), **words)
        assert first and second and read_place(tmp_path, 5).seconds > place.seconds > 8 * 3600
        kinds = {said.split("　")[0] for said in told}
        assert {"来电", "取号", "叫号", "办理"} <= kinds and any("派给" in said for said in told)
        with scoped(Live(DAY, 5).people["operator"]):
            from linli.kernel.calls.models import Call

            assert Call.objects.filter(order__isnull=False, recording__gt="").exists()
            known = Live(DAY, 5).callers
            assert known and all(callers(number, DAY)[0][0].person.pk == one.pk for number, one in list(known.items())[:3])
            assert Order.objects.filter(person__in=[one.pk for one in known.values()], channel="phone").exists()
        assert Staff.objects.filter(username="operator").exists()
