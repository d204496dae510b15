"""The manifest of single-key callers: permissions, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Renewal, Role

NEAR = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER})
CENTRE = frozenset({Role.HOTLINE_OPERATOR, Role.DISTRICT_APPROVER})
MACHINE = frozenset({Role.MACHINE})


class CallersConfig(AppConfig):
    name = "linli.domains.callers"
    label = "callers"
    verbose_name = "单键呼叫"

    permissions = (
        Permission("callers.see", "查看单键呼叫器", NEAR | CENTRE | {Role.AUDITOR}),
        Permission("callers.install", "安装单键呼叫器", frozenset({Role.COMMUNITY_WORKER})),
        Permission("callers.answer", "应答单键呼叫", NEAR | CENTRE),
        Permission("callers.receive", "接收按键", MACHINE),
        Permission("callers.beat", "接收设备信号", MACHINE),
        Permission("callers.escalate", "逐级升级", MACHINE),
    )
    renewals = (Renewal("单键呼叫器", "linli.domains.callers.actions.renew_seals"),)
    person_acts = (("callers:install", "安装单键呼叫器", "callers.install"),)
    demo_steps = (DemoStep(610, "单键呼叫", "linli.domains.callers.samples.demo_callers"),)
    removal_listeners = ("linli.domains.callers.actions.go_along",)
    task_sources = ()
    order_parts = ("linli.domains.callers.queries.part_of",)
    figures = ()
    menu = (
        ("callers:board", "接警台", "callers.answer", 28),
        ("callers:presses", "按键记录", "callers.see", 29),
        ("callers:devices", "单键呼叫器", "callers.see", 30),
    )

    def ready(self) -> None:
        from linli.domains.callers.figures import FIGURES
        from linli.domains.callers.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures = FIGURES
