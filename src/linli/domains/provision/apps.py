"""The manifest of aid in kind: who may do what, its place in the menu, its figures."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Role

CLERK = frozenset({Role.FEDERATION_CLERK})
MAKER = frozenset({Role.FINANCE_MAKER})
READERS = CLERK | MAKER | {
    Role.FINANCE_CHECKER, Role.DISTRICT_APPROVER, Role.TOWN_REVIEWER, Role.COMMUNITY_WORKER, Role.AUDITOR,
}  # fmt: skip


class ProvisionConfig(AppConfig):
    name = "linli.domains.provision"
    label = "provision"
    verbose_name = "物资救助"

    permissions = (
        Permission("provision.see", "查看到房项目与救助卡", READERS),
        Permission("provision.scheme", "建立到房项目", CLERK),
        Permission("provision.furnish", "按房间发放", CLERK | MAKER),
        Permission("provision.card", "发放救助卡、登记消费", CLERK),
    )
    menu = (
        ("provision:schemes", "到房项目", "provision.see", 240),
        ("provision:cards", "救助卡", "provision.see", 242),
        ("provision:shops", "与超市结算", "provision.see", 244),
    )
    demo_steps = (DemoStep(470, "物资与救助卡", "linli.domains.provision.samples.demo_provision"),)
    figures = ()
    relations = ()

    def ready(self) -> None:
        from linli.domains.provision.figures import FIGURES, RELATIONS

        self.figures, self.relations = FIGURES, RELATIONS
