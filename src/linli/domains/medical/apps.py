"""The manifest of medical assistance: permissions, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.medical.rules import STANDARD_GROUPS
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream

TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
MONEY = frozenset({Role.FINANCE_MAKER, Role.FINANCE_CHECKER})
PACKAGE = "linli.domains.medical"


class MedicalConfig(AppConfig):
    name = PACKAGE
    label = "medical"
    verbose_name = "医疗救助"

    permissions = (
        Permission("medical.settle", "办理医疗救助即时结算", TOWN),
        Permission("medical.look_back", "核对全区医疗救助记录", TOWN, reach="district"),
        Permission("medical.see", "查阅医疗救助结算", TOWN | APPROVER | {Role.AUDITOR}),
        Permission("medical.designate", "登记定点医院", APPROVER),
        Permission("medical.state", "核定与医院的结算", APPROVER),
        Permission("medical.order", "开具医疗救助付款单", frozenset({Role.FINANCE_MAKER})),
        Permission("medical.funding", "查看医疗救助筹资", APPROVER | MONEY | {Role.AUDITOR, Role.LEADER}),
        Permission("medical.pay", "查看与医院的结算", APPROVER | MONEY | {Role.AUDITOR}),
    )
    deliveries = (
        Stream(
            "medical.aid", "医疗救助", Layer.SUPPLEMENT, Help.MEDICAL, rows=f"{PACKAGE}.queries.given", named=False,
            route="medical:bill",
        ),
    )
    standard_keys = STANDARD_GROUPS
    origin_sources = ("linli.domains.medical.queries.origins",)
    demo_steps = (DemoStep(486, "医疗救助结算", f"{PACKAGE}.samples.demo_medical"),)
    task_sources = ()
    figures = ()
    relations = ()
    shares = ()
    menu = (
        ("medical:bills", "医疗救助结算", "medical.see", 158),
        ("medical:hospitals", "定点医院结算", "medical.pay", 159),
        ("medical:funding", "医疗救助筹资", "medical.funding", 160),
    )

    def ready(self) -> None:
        from linli.domains.medical.figures import FIGURES, RELATIONS, SHARES
        from linli.domains.medical.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures, self.relations, self.shares = FIGURES, RELATIONS, SHARES
