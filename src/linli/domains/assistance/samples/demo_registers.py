"""The demo's registers around 低保: an inspection, service files, training, leaflets, community service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from linli.base.days import age_on
from linli.domains.assistance import queries
from linli.domains.assistance.books import FILES, INSPECTED, INSPECTIONS, LEAFLETS, SERVICE, TRAININGS
from linli.domains.assistance.rules.proposal import OLD, WORK_AGE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import people_with_status, recognised

FOUND = (("fits", "档案与实际相符，本人在家。"), ("adjust", "长子已外出务工，应重新核定收入。"))
NEEDS = (("partly", "申请轮椅一辆，定期康复训练"), ("unable", "上门代购、代办，送餐"), ("able", "家门口就业岗位"))
WORK = ("清扫楼道和小广场", "治安巡逻", "照看独居老人")
FILED, SERVED = 2, 2


def demo_registers(plan: DemoPlan) -> None:
    """A team went to the first town and looked at two families; two communities keep their files and call people together."""
    district, day = demo_actor("district", plan.on), plan.on - timedelta(days=6)
    before = day.isoformat()

    def add(writer: Actor, book: str, **values: Any) -> None:
        add_entry(by=writer, on=plan.on, book=book, values=values)

    said = {"leaders": 7, "assistants": 14, "villagers": 0, "place": "区民政局会议室", "teacher": "王科长"}
    add(district, TRAININGS.key, day=(day - timedelta(days=40)).isoformat(), topic="低保规范化管理和逐户复核", **said)
    workers = [demo_actor(f"worker{number}", plan.on) for number in (1, 2)]
    words = {"leader": "王科长", "members": "孙科员、周科员", "found": "查看台账和公示栏，抽查家庭。", "mend": "补齐两户的签字"}
    add(district, INSPECTIONS.key, town=workers[0].area[:9] + "000", day=before, **words)
    with scoped(district):
        homes = [one.household_id for one in queries.living() if one.household_id][: len(FOUND)]
    for home, (result, found) in zip(homes, FOUND, strict=False):
        add(district, INSPECTED.key, household=home, day=before, by="王科长、孙科员", result=result, found=found)
    for worker in workers:
        leaflets = {"occasion": "visit", "what": "低保政策明白纸", "leaflets": 60, "heads": 90}
        add(worker, LEAFLETS.key, day=(day - timedelta(days=30)).isoformat(), **leaflets)
        _people(plan, worker, add, before)


def _people(plan: DemoPlan, worker: Actor, add: Callable[..., None], before: str) -> None:
    with scoped(worker):
        held = list(people_with_status("dibao", plan.on).order_by("id")[:60])
        disabled = set(recognised(["disabled"], plan.on).values_list("whose", flat=True))
    able = [one for one in held if one.pk not in disabled and WORK_AGE <= age_on(one.birth, plan.on) < OLD]
    files = [one for one in held if one.pk in disabled][:FILED]
    if not files and able:
        words = {"kind": "disabled", "grade": "43", "source": "残联", "evidence": "残疾人证"}
        recognise_status(by=worker, on=plan.on, person_id=able[-1].pk, since=plan.on - timedelta(days=400), **words)
        files = [able.pop()]
    for person, (care, need) in zip(files, NEEDS, strict=False):
        add(worker, FILES.key, person=person.pk, since=before, care=care, carer="家人", need=need)
    for person, what in zip(able[:SERVED], WORK, strict=False):
        add(worker, SERVICE.key, person=person.pk, day=before, labour="full", what=what, hours=2)
