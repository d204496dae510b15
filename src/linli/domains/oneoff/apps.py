"""The manifest of one-off subsidies: permissions, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream

APPROVER = frozenset({Role.DISTRICT_APPROVER})
MAKER = frozenset({Role.FINANCE_MAKER})
CHECKER = frozenset({Role.FINANCE_CHECKER})


class OneoffConfig(AppConfig):
    name = "linli.domains.oneoff"
    label = "oneoff"
    verbose_name = "一次性补贴"

    permissions = (
        Permission("oneoff.draft", "拟定一次性补贴名单", APPROVER),
        Permission("oneoff.confirm", "核对一次性补贴名单", CHECKER),
        Permission("oneoff.order", "开具一次性补贴付款单", MAKER),
        Permission("oneoff.see", "查看一次性补贴", APPROVER | MAKER | CHECKER | {Role.AUDITOR}),
    )
    deliveries = (Stream("oneoff.subsidy", "一次性生活补贴", Layer.SUPPLEMENT, Help.HARDSHIP, purposes=("oneoff.subsidy",)),)
    origin_sources = ("linli.domains.oneoff.queries.origins",)
    demo_steps = (DemoStep(506, "一次性补贴", "linli.domains.oneoff.samples.demo_oneoff"),)
    task_sources = ()
    figures = ()
    menu = (("oneoff:rounds", "一次性补贴", "oneoff.see", 152),)

    def ready(self) -> None:
        from linli.domains.oneoff.figures import FIGURES
        from linli.domains.oneoff.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures = FIGURES
