"""The manifest of the hotline: permissions, the watch, figures, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.hotline.rules import WATCH
from linli.kernel.access.rules import DemoStep, Permission, Role

CENTRE = frozenset({Role.HOTLINE_OPERATOR, Role.DISTRICT_APPROVER})
DESKS = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.DESK_CLERK})
PACKAGE = "linli.domains.hotline"


class HotlineConfig(AppConfig):
    name = PACKAGE
    label = "hotline"
    verbose_name = "市民服务热线"

    permissions = (
        Permission("hotline.read_articles", "查阅知识库", CENTRE | DESKS),
        Permission("hotline.keep_article", "维护知识库", CENTRE),
    )
    duties = (WATCH,)
    order_page = "hotline:order"
    task_sources = ()
    figures = ()
    demo_steps = (DemoStep(600, "热线工单", f"{PACKAGE}.samples.demo_hotline"),)
    menu = (
        ("hotline:console", "受理台", "orders.take", 20),
        ("hotline:inbox", "本单位工单", "orders.handle", 21),
        ("hotline:waiting", "派单与裁定", "orders.dispatch", 22),
        ("hotline:calls", "回访", "orders.call_back", 23),
        ("hotline:telephone", "通话记录", "calls.see", 23),
        ("hotline:orders", "全部工单", "orders.read", 24),
        ("hotline:rates", "热线三率", "orders.see_rates", 25),
        ("hotline:articles", "知识库", "hotline.read_articles", 26),
        ("hotline:desks", "承办单位", "orders.read", 27),
    )

    def ready(self) -> None:
        from linli.domains.hotline.figures import FIGURES
        from linli.domains.hotline.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures = FIGURES
