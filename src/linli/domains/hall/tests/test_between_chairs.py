"""Nothing that a counter took falls between two chairs: each step and each task lies with somebody who can do it."""

from __future__ import annotations

from tests.journeys.walker import Walker

from linli.domains.hall.samples import make_handling, make_resident
from linli.kernel.access.actions import scoped
from linli.kernel.cases.queries import my_tasks


def test_a_town_without_a_clerk_ends_what_its_villages_passed_up(halls):
    """HALL-10, HALL-12: a pass for the old is taken in the village and ended by the town, whoever sits there."""
    one = make_handling(halls.worker, make_resident(halls.worker), "FL03")
    with scoped(halls.reviewer):
        assert [task.case_id for task in my_tasks(halls.reviewer)] == [one.case_id]
    office = Walker("zhao").open(f"/cases/{one.case_id}/").send("通过", opinion="材料齐全，当场办结。")
    assert "已办结" in office.text
    assert "送达结果" in Walker("li").open(f"/hall/handlings/{one.pk}/").text
