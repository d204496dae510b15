"""The manifest of duties."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Role
from linli.kernel.access.rules.actors import BUSINESS_ROLES

READERS = BUSINESS_ROLES - {Role.LEADER}
DOERS = READERS - {Role.AUDITOR}


class DutiesConfig(AppConfig):
    name = "linli.kernel.duties"
    label = "duties"
    verbose_name = "例行工作"

    permissions = (
        Permission("duties.see", "查看例行工作", READERS),
        Permission("duties.do", "登记例行工作", DOERS),
        Permission("duties.roster", "排班", frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER})),
        Permission("duties.plan", "安排应办事项", DOERS | {Role.MACHINE}),
    )
    task_sources = ("linli.kernel.duties.queries.waiting_tasks",)
    watch_sources = ("linli.kernel.duties.queries.watched",)
    menu = (
        ("duties:overview", "例行工作", "duties.see", 8),
        ("duties:calendar", "工作日历", "duties.see", 9),
    )
