"""The manifest of public intake: permissions, tasks, menu, demo, the doors beside the sign-in."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, PublicPage, Role

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
    public_pages = (
        PublicPage("intake:ask", "网上求助", "说清什么事、在哪里、怎样联系您，马上给编号", 20),
        PublicPage("intake:progress", "求助进度", "凭编号和查询码查看、补充和评价", 21),
    )
    progress_page = "intake:progress"
    menu = (
        ("intake:posts", "网上来件", "intake.see", 27),
        ("intake:clients", "接口密钥", "intake.keep_clients", 640),
    )

    def ready(self) -> None:
        from linli.domains.intake.queries import desk_tasks

        self.task_sources = (desk_tasks,)
