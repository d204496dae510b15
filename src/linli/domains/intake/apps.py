"""The manifest of public intake: permissions, tasks, menu, demo, the doors beside the sign-in."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Role

CENTRE = frozenset({Role.HOTLINE_OPERATOR, Role.DISTRICT_APPROVER})
PACKAGE = "linli.domains.intake"


class IntakeConfig(AppConfig):
    name = PACKAGE
    label = "intake"
    verbose_name = "网上求助"

    permissions = (
        Permission("intake.see", "查看网上来件", CENTRE | {Role.AUDITOR}),
        Permission("intake.receive", "收取网上来件", CENTRE | {Role.MACHINE}),
        Permission("intake.keep_clients", "签发和停用接口密钥", frozenset({Role.SYSTEM_ADMIN})),
    )
    task_sources = ()
    demo_steps = (DemoStep(605, "网上求助", f"{PACKAGE}.samples.demo_intake"),)
    public_pages = (("intake:ask", "居民请由此网上求助"), ("intake:progress", "居民请由此查询求助进度"))
    menu = (
        ("intake:posts", "网上来件", "intake.see", 27),
        ("intake:clients", "接口密钥", "intake.keep_clients", 640),
    )

    def ready(self) -> None:
        from linli.domains.intake.queries import desk_tasks

        self.task_sources = (desk_tasks,)
