"""The manifest of charity: permissions, flow, notices, figures, report and menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.charity.rules import AID, AUDIT, FLOW, LIST, NOTICE, PROJECTS, group_of
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.cases.rules import Kind, Listener, Panel
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
FEDERATION = frozenset({Role.FEDERATION_CLERK})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
OFFICES = WORKER | TOWN | FEDERATION | APPROVER
READERS = OFFICES | {Role.AUDITOR, Role.FINANCE_MAKER, Role.FINANCE_CHECKER}
PACKAGE = "linli.domains.charity"

HELPS = {"da_bing": Help.MEDICAL, "yuan_meng": Help.STUDY}


class CharityConfig(AppConfig):
    name = PACKAGE
    label = "charity"
    verbose_name = "慈善救助"

    permissions = (
        Permission("charity.see", "查看救助批次与申请", READERS | {Role.LEADER}),
        Permission("charity.read", "查阅救助申请", READERS),
        Permission("charity.campaign", "建立救助批次", FEDERATION),
        Permission("charity.submit", "受理救助申请", WORKER | TOWN),
        Permission("charity.correct", "更正核实情况", TOWN | APPROVER),
        Permission("charity.check", "村居（单位）初核", WORKER),
        Permission("charity.review", "镇街调查审核", TOWN),
        Permission("charity.notice", "救助对象公示", TOWN),
        Permission("charity.approve", "区慈善总会审批", APPROVER),
        Permission("charity.cancel", "取消救助", APPROVER),
        Permission("charity.give_aid", "发放辅具", FEDERATION),
        Permission("charity.publish", "公开救助名单", FEDERATION | APPROVER),
        Permission("charity.find", "查重与查漏", OFFICES | {Role.AUDITOR}),
        Permission("charity.answer_doubt", "核查救助疑点", WORKER | TOWN | APPROVER),
        Permission("charity.missed", "查找遗漏对象", WORKER | TOWN | APPROVER),
        Permission("charity.see_audits", "查看审计记录", FEDERATION | APPROVER | {Role.AUDITOR}),
        Permission("charity.audit", "审计救助项目", frozenset({Role.AUDITOR})),
        Permission("charity.mend", "登记审计整改", FEDERATION | APPROVER),
        Permission("charity.publish_audit", "公布审计结果", FEDERATION | APPROVER),
    )
    flows = (FLOW,)
    notice_kinds = (NOTICE, LIST, AUDIT)
    case_listeners = (
        Listener(AID, Kind.PASSED, f"{PACKAGE}.actions.grants.store_decision", before=True),
        Listener(AID, Kind.REFUSED, f"{PACKAGE}.actions.grants.store_refusal", before=True),
        Listener(AID, Kind.PASSED, f"{PACKAGE}.actions.notices.notice_must_be_over", before=True),
        Listener(AID, Kind.PASSED, f"{PACKAGE}.actions.grants.on_passed"),
        Listener(AID, Kind.CLOSED, f"{PACKAGE}.actions.grants.on_closed"),
        Listener(AID, Kind.REOPENED, f"{PACKAGE}.actions.grants.on_reopened"),
    )
    case_panels = (
        Panel(
            AID, template="charity/case_panel.html", context=f"{PACKAGE}.queries.panel.panel",
            warnings=f"{PACKAGE}.queries.panel.warnings",
        ),
    )
    notice_listeners = {NOTICE.key: "linli.kernel.publicity.actions.follow_notice"}  # noqa: RUF012
    objection_listeners = {  # noqa: RUF012
        NOTICE.key: f"{PACKAGE}.actions.hear_objection",
        LIST.key: f"{PACKAGE}.actions.hear_objection",
    }
    deliveries = tuple(
        Stream(
            group_of(one.key), f"慈善：{one.zh}", Layer.AUXILIARY, HELPS.get(one.key, Help.HARDSHIP),
            purposes=(group_of(one.key),), slips="charity.application:" if one.key == "zhu_can" else "",
            named=one.key != "da_bing",
        )
        for one in PROJECTS.values()
    )
    person_acts = (("charity:apply_for", "受理救助申请", "charity.submit"),)
    origin_sources = (f"{PACKAGE}.queries.origins",)
    demo_steps = (DemoStep(410, "慈善救助", f"{PACKAGE}.samples.demo.demo_aid"),)
    task_sources = ()
    menu = (
        ("charity:campaigns", "慈善救助", "charity.see", 200),
        ("charity:applications", "救助申请", "charity.read", 210),
        ("charity:aid", "救助总览", "charity.find", 215),
        ("charity:audits", "审计与公布", "charity.see_audits", 220),
    )

    def ready(self) -> None:
        from linli.domains.charity.actions.imported import APPLICATIONS
        from linli.domains.charity.figures import FIGURES, RELATIONS, REPORTS
        from linli.domains.charity.queries import doubt_tasks

        self.imports, self.task_sources = (APPLICATIONS,), (doubt_tasks,)
        self.figures, self.relations, self.reports = FIGURES, RELATIONS, REPORTS
