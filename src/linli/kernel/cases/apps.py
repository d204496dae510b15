"""The manifest of cases: what staff may do with any case. Flows come from the domains' manifests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.apps import AppConfig

from linli.kernel.access.rules import Actor, Permission, Role
from linli.kernel.registry.rules import Entry
from linli.kernel.ui.rules import Task

CLERKS = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER, Role.FEDERATION_CLERK})
WORKERS = CLERKS | {Role.HALL_CLERK, Role.FINANCE_MAKER, Role.FINANCE_CHECKER}


def workbench(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What cases give to the workbench; read when it is asked for, because a manifest knows no tables."""
    from linli.kernel.cases.queries import workbench as read

    return read(actor, on, which)


def person_timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """What cases give to the timeline of a person."""
    from linli.kernel.cases.queries import person_timeline as read

    return read(people, on=on)


class CasesConfig(AppConfig):
    name = "linli.kernel.cases"
    label = "cases"
    verbose_name = "案件"

    permissions = (
        Permission("cases.work", "办理案件", WORKERS | {Role.MACHINE}),
        Permission("cases.read", "查阅案件", WORKERS | {Role.AUDITOR}),
        Permission("cases.assign", "指派待办", CLERKS),
        Permission("cases.delegate", "委托他人办理", CLERKS),
        Permission("cases.transfer", "转办案件", CLERKS, reach="district"),
        Permission("cases.close", "终止案件", CLERKS),
        Permission("cases.reopen", "重新办理案件", frozenset({Role.DISTRICT_APPROVER, Role.FEDERATION_CLERK, Role.MACHINE})),
    )
    menu = (
        ("cases:tasks", "案件待办", "cases.work", 5),
        ("cases:list", "案件查询", "cases.read", 6),
    )
    task_sources = (workbench,)
    watch_sources = ("linli.kernel.cases.queries.watched",)
    removal_listeners = ("linli.kernel.cases.actions.following.go_along",)
    timeline_sources = (person_timeline,)
