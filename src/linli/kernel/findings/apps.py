"""The manifest of proactive discovery."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Role

NEAR = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER})
OFFICES = NEAR | {Role.DISTRICT_APPROVER}
MACHINE = frozenset({Role.MACHINE})


class FindingsConfig(AppConfig):
    name = "linli.kernel.findings"
    label = "findings"
    verbose_name = "主动发现"

    permissions = (
        Permission("findings.see", "查看主动发现的线索", OFFICES | {Role.AUDITOR}),
        Permission("findings.look", "比对登记情况", OFFICES | MACHINE),
        Permission("findings.answer", "登记走访结果", NEAR),
        Permission("findings.follow", "由受理和决定核销线索", OFFICES | {Role.HALL_CLERK} | MACHINE),
    )
    task_sources = ("linli.kernel.findings.queries.waiting_tasks",)
    demo_steps = (DemoStep(495, "主动发现", "linli.kernel.findings.samples.demo_findings"),)
    menu = (("findings:list", "主动发现", "findings.see", 10),)
