"""The manifest of the system of assistance as a whole: permissions, registers, figures, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.coordination.books import BOOKS
from linli.domains.coordination.rules import PARTNERS
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
OFFICES = WORKER | TOWN | APPROVER
PACKAGE = "linli.domains.coordination"


class CoordinationConfig(AppConfig):
    name = PACKAGE
    label = "coordination"
    verbose_name = "社会救助体系"

    permissions = (
        Permission("coordination.see", "查看社会救助总览", TOWN | APPROVER | {Role.AUDITOR, Role.LEADER}),
        Permission("coordination.read", "查阅一户一档和全部救助记录", OFFICES | {Role.AUDITOR}),
        Permission("coordination.document", "登记社会救助协调机制文件", APPROVER),
        Permission("coordination.see_documents", "查看社会救助协调机制文件", OFFICES | {Role.AUDITOR}),
        Permission("coordination.partner", "登记部门专项救助", TOWN | APPROVER),
        Permission("coordination.furnish", "登记三留人员服务设施", WORKER | TOWN),
        Permission("coordination.see_facilities", "查看三留人员服务设施", OFFICES | {Role.AUDITOR}),
        Permission("coordination.see_partners", "查看部门专项救助", OFFICES | {Role.AUDITOR}),
    )
    books = BOOKS
    deliveries = (
        Stream(
            PARTNERS, "部门专项救助", Layer.SUPPLEMENT, Help.HARDSHIP, book=PARTNERS, money=("amount",),
            helps=("help", tuple((one.value, one) for one in Help)),
        ),
    )  # fmt: skip
    benefit_pages = (
        ("coordination:person_record", "coordination:household_record", "一户一档：全部救助", "coordination.read"),
    )
    menu = (
        ("coordination:overview", "社会救助总览", "coordination.see", 145),
        ("coordination:deliveries", "全部救助记录", "coordination.read", 146),
        ("coordination:coverage", "救助覆盖", "coordination.see|coordination.read", 147),
        ("coordination:left_behind", "三留人员救助", "coordination.read", 148),
    )
    demo_steps = (DemoStep(508, "社会救助体系", f"{PACKAGE}.samples.demo_coordination"),)
    figures = ()
    relations = ()
    shares = ()

    def ready(self) -> None:
        from linli.domains.coordination.figures import FIGURES, RELATIONS, SHARES

        self.figures, self.relations, self.shares = FIGURES, RELATIONS, SHARES
