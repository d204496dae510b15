"""The manifest of relief: permissions, flows, the notice, figures, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.relief.rules import FLOWS, GROUP, GROUP_ZH, NOTICES
from linli.domains.relief.rules.standards import STANDARD_GROUPS
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.cases.rules import Kind, Listener, Panel
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
MAKER = frozenset({Role.FINANCE_MAKER})
OFFICES = WORKER | TOWN | APPROVER
PACKAGE = "linli.domains.relief"
STEPS = f"{PACKAGE}.actions.decisions"


class ReliefConfig(AppConfig):
    name = PACKAGE
    label = "relief"
    verbose_name = "临时救助"

    permissions = (
        Permission("relief.read", "查阅临时救助申请", OFFICES | {Role.AUDITOR}),
        Permission("relief.apply", "受理临时救助申请", WORKER | TOWN | {Role.HALL_CLERK}, reach="district"),
        Permission("relief.look_back", "核对全区临时救助记录", OFFICES | {Role.HALL_CLERK}, reach="district"),
        Permission("relief.survey", "临时救助入户核实", WORKER),
        Permission("relief.post", "临时救助公示", TOWN),
        Permission("relief.decide_town", "镇街决定临时救助", TOWN),
        Permission("relief.approve", "区级决定临时救助", APPROVER),
        Permission("relief.pay", "开具临时救助付款单", MAKER),
        Permission("relief.claim_back", "收回撤销的临时救助款", APPROVER),
        Permission("relief.give", "发放和分配救助物资", MAKER),
    )
    flows = FLOWS
    standard_keys = STANDARD_GROUPS
    notice_kinds = NOTICES
    deliveries = (
        Stream(GROUP, GROUP_ZH, Layer.SUPPLEMENT, Help.HARDSHIP, purposes=(GROUP,), slips="relief.request:"),
    )
    case_listeners = tuple(
        listener
        for flow in FLOWS
        for listener in (
            Listener(flow.key, Kind.PASSED, f"{STEPS}.before_pass", before=True),
            Listener(flow.key, Kind.REFUSED, f"{STEPS}.before_refuse", before=True),
            Listener(flow.key, Kind.PASSED, f"{STEPS}.on_passed"),
            Listener(flow.key, Kind.RETURNED, f"{STEPS}.on_returned"),
            Listener(flow.key, Kind.CLOSED, f"{STEPS}.on_closed"),
        )
    )  # fmt: skip
    case_panels = tuple(
        Panel(
            flow.key, template="relief/panel.html", context=f"{PACKAGE}.queries.panel.panel",
            warnings=f"{PACKAGE}.queries.panel.warnings",
        )
        for flow in FLOWS
    )  # fmt: skip
    notice_listeners = {kind.key: "linli.kernel.publicity.actions.follow_notice" for kind in NOTICES}  # noqa: RUF012
    objection_listeners = {kind.key: f"{PACKAGE}.actions.hear_objection" for kind in NOTICES}  # noqa: RUF012
    person_acts = (("relief:apply_for", "受理临时救助", "relief.apply"),)
    origin_sources = ("linli.domains.relief.queries.judging.origins",)
    demo_steps = (DemoStep(485, "临时救助", f"{PACKAGE}.samples.demo_relief"),)
    task_sources = ()
    figures = ()
    relations = ()
    menu = (
        ("relief:requests", "临时救助", "relief.read", 153),
        ("relief:postings", "临时救助公示", "relief.post", 154),
        ("relief:payments", "临时救助发放", "relief.pay", 155),
        ("relief:consignments", "物资分配", "relief.read|relief.give", 156),
    )

    def ready(self) -> None:
        from linli.domains.relief.figures import FIGURES, RELATIONS
        from linli.domains.relief.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures, self.relations = FIGURES, RELATIONS
