"""The manifest of providers: permissions, registers, figures, tasks, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.providers.books import BOOKS
from linli.kernel.access.rules import DemoStep, Permission, PublicPage, Renewal, Role

CHIEF = frozenset({Role.DISTRICT_APPROVER})
CENTRE = CHIEF | {Role.HOTLINE_OPERATOR}
NEAR = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER})
DESK = frozenset({Role.DESK_CLERK})
MONEY = frozenset({Role.FINANCE_MAKER, Role.FINANCE_CHECKER})
READERS = frozenset({Role.AUDITOR})
MACHINE = frozenset({Role.MACHINE})
PACKAGE = "linli.domains.providers"


class ProvidersConfig(AppConfig):
    name = PACKAGE
    label = "providers"
    verbose_name = "加盟服务"

    permissions = (
        Permission("providers.see", "查阅服务商和价格", CENTRE | NEAR | DESK | READERS | {Role.LEADER}),
        Permission("providers.keep", "登记服务商、项目和价格", CENTRE),
        Permission("providers.judge", "同意试用、延长、恢复和退出", CHIEF),
        Permission("providers.admit", "批准加盟", CHIEF),
        Permission("providers.suspend", "暂停向服务商派单", CHIEF | MACHINE),
        Permission("providers.watch", "核对服务商是否按时上门", MACHINE),
        Permission("providers.forget", "清除期满的网上预约个人信息", MACHINE),
        Permission("providers.order", "为居民预约居家服务", CENTRE | NEAR, reach="district"),
        Permission("providers.resend", "改派和取消服务单", CENTRE),
        Permission("providers.see_orders", "查阅服务单", CENTRE | NEAR | DESK | READERS),
        Permission("providers.serve", "登记上门和完成", DESK | CHIEF),
        Permission("providers.enter_reply", "登记网上预约和确认", CENTRE - CHIEF),
        Permission("providers.contest", "登记结算争议", DESK | CENTRE),
        Permission("providers.rule", "裁定结算争议", CHIEF),
        Permission("providers.state", "核定服务商结算单", CHIEF),
        Permission("providers.pay", "开具居家服务补贴付款单", frozenset({Role.FINANCE_MAKER})),
        Permission("providers.see_statements", "查看服务商结算", CHIEF | DESK | MONEY | READERS),
    )
    books = BOOKS
    renewals = (Renewal("网上预约的电话", f"{PACKAGE}.actions.renew_phones"),)
    demo_steps = (DemoStep(605, "居家服务", f"{PACKAGE}.samples.demo_providers"),)
    public_pages = (PublicPage("providers:web", "居家服务", "预约保洁、维修、送餐、理发等上门服务，先看价格再预约", 30),)
    origin_sources = ("linli.domains.providers.queries.services.origins",)
    public_ways = ("linli.domains.providers.queries.wish_way",)
    task_sources = ()
    figures = ()
    relations = ()
    shares = ()
    menu = (
        ("providers:new_service", "预约居家服务", "providers.order", 40),
        ("providers:services", "服务单", "providers.see_orders", 41),
        ("providers:wishes", "网上预约", "providers.enter_reply", 42),
        ("providers:providers", "服务商", "providers.see", 43),
        ("providers:offers", "服务项目和价格", "providers.see", 44),
        ("providers:settlement", "居家服务结算", "providers.see_statements", 161),
    )

    def ready(self) -> None:
        from linli.domains.providers.figures import FIGURES, RELATIONS, SHARES
        from linli.domains.providers.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures, self.relations, self.shares = FIGURES, RELATIONS, SHARES
