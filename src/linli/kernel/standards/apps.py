"""The manifest of standards: permissions, menu, the task of the second person."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.standards.rules import PAYMENTS

APPROVER = frozenset({Role.DISTRICT_APPROVER})
READERS = APPROVER | {
    Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR, Role.LEADER,
}  # fmt: skip


class StandardsConfig(AppConfig):
    name = "linli.kernel.standards"
    label = "standards"
    verbose_name = "政策标准"

    permissions = (
        Permission("standards.see", "查看政策标准", READERS),
        Permission("standards.propose", "拟定政策标准", APPROVER),
        Permission("standards.make_up", "按新标准补算以前月份", APPROVER | {Role.MACHINE}),
        Permission("standards.agree", "审定政策标准", APPROVER),
    )
    standard_keys = (PAYMENTS,)
    order_days = ("linli.kernel.standards.queries.order_days",)
    batch_days = ("linli.kernel.standards.queries.batch_days",)
    watch_sources = ("linli.kernel.standards.queries.watched",)
    task_sources = ("linli.kernel.standards.queries.waiting_tasks",)
    programme_facts = ("linli.kernel.standards.queries.programme_facts",)
    demo_steps = (DemoStep(496, "政策标准", "linli.kernel.standards.samples.demo_standards"),)
    menu = (("standards:list", "政策标准", "standards.see", 145),)
