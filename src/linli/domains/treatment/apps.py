"""The manifest of medical help: permissions, flow, figures, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.treatment.rules import AID, FLOW, GROUP, GROUP_ZH
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.cases.rules import Kind, Listener, Panel
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
CLERK = frozenset({Role.FEDERATION_CLERK})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
SERVING = WORKER | TOWN | CLERK | APPROVER
NUMBERS = frozenset({Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR, Role.LEADER})
PACKAGE = "linli.domains.treatment"


class TreatmentConfig(AppConfig):
    name = PACKAGE
    label = "treatment"
    verbose_name = "医疗康复救助"

    permissions = (
        Permission("treatment.see", "查看医疗救助批次", SERVING | NUMBERS),
        Permission("treatment.serve", "查阅医疗救助对象与病种", SERVING),
        Permission("treatment.round", "建立医疗救助批次", CLERK),
        Permission("treatment.submit", "推荐患者", WORKER | TOWN),
        Permission("treatment.check", "村居核实患者家庭", WORKER),
        Permission("treatment.review", "镇街审核患者", TOWN),
        Permission("treatment.approve", "区级核定患者", APPROVER),
        Permission("treatment.bill", "登记治疗与费用", CLERK),
        Permission("treatment.cancel", "取消医疗救助", APPROVER),
    )
    flows = (FLOW,)
    case_listeners = (
        Listener(AID, Kind.PASSED, f"{PACKAGE}.actions.store_decision", before=True),
        Listener(AID, Kind.REFUSED, f"{PACKAGE}.actions.store_refusal", before=True),
        Listener(AID, Kind.CLOSED, f"{PACKAGE}.actions.on_closed"),
        Listener(AID, Kind.REOPENED, f"{PACKAGE}.actions.on_reopened"),
    )
    case_panels = (Panel(AID, template="treatment/panel.html", context=f"{PACKAGE}.queries.panel"),)
    menu = (
        ("treatment:rounds", "医疗救助批次", "treatment.see", 250),
        ("treatment:patients", "医疗救助对象", "treatment.serve", 252),
    )
    deliveries = (
        Stream(GROUP, GROUP_ZH, Layer.AUXILIARY, Help.MEDICAL, rows=f"{PACKAGE}.queries.given", named=False),
    )
    origin_sources = ("linli.domains.treatment.queries.origins",)
    demo_steps = (DemoStep(480, "医疗康复救助", f"{PACKAGE}.samples.demo_treatment"),)
    figures = ()
    relations = ()

    def ready(self) -> None:
        from linli.domains.treatment.figures import FIGURES, RELATIONS

        self.figures, self.relations = FIGURES, RELATIONS
