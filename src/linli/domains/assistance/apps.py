"""The manifest of assistance: permissions, flows, notices, figures, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.assistance.books import BOOKS, DUTIES
from linli.domains.assistance.rules import FLOWS, NOTICES
from linli.domains.assistance.rules.programmes import MONEY
from linli.domains.assistance.rules.searches import SEARCHES
from linli.domains.assistance.rules.standards import SAMPLING, STANDARD_GROUPS
from linli.kernel.access.rules import DemoStep, Permission, PublicPage, Renewal, Role
from linli.kernel.cases.rules import Kind, Listener, Panel
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
OFFICES = WORKER | TOWN | APPROVER
PACKAGE = "linli.domains.assistance"
STEPS = f"{PACKAGE}.actions.decisions"


class AssistanceConfig(AppConfig):
    name = PACKAGE
    label = "assistance"
    verbose_name = "社会救助"

    permissions = (
        Permission("assistance.read", "查阅社会救助申请", OFFICES | {Role.AUDITOR}),
        Permission("assistance.apply", "受理社会救助申请", WORKER | TOWN | {Role.HALL_CLERK}),
        Permission("assistance.answer", "办理网上救助申请", WORKER | TOWN),
        Permission("assistance.enter", "登记家庭情况和调查记录", OFFICES),
        Permission("assistance.check", "经济状况核对", TOWN | APPROVER),
        Permission("assistance.check_first", "村居受理初核", WORKER),
        Permission("assistance.review", "镇街调查审核", TOWN),
        Permission("assistance.post", "救助对象公示", TOWN | APPROVER),
        Permission("assistance.approve", "区级审核确认", APPROVER),
        Permission("assistance.confirm", "镇街受委托审核确认", TOWN),
        Permission("assistance.settle", "落实确认决定", TOWN | APPROVER),
        Permission("assistance.delegate", "拟定委托镇街确认", APPROVER),
        Permission("assistance.agree_delegation", "审定委托镇街确认", APPROVER),
        Permission("assistance.sample", "委托确认抽查", APPROVER),
        Permission("assistance.verify", "办理救助复核", WORKER | TOWN),
        Permission("assistance.end", "终止救助", TOWN | APPROVER),
        Permission("assistance.trial", "政策测算", APPROVER),
        Permission("assistance.forget", "清除期满的网上申请个人信息", frozenset({Role.MACHINE})),
        Permission("assistance.compute_trial", "完成政策测算", APPROVER | {Role.MACHINE}),
        Permission("assistance.inspect", "低保核查", APPROVER),
        Permission("assistance.match", "部门信息比对登记", TOWN | APPROVER),
        Permission("assistance.keep_files", "低保残疾人服务档案", WORKER | TOWN),
        Permission("assistance.publicise", "低保培训和宣传登记", OFFICES),
        Permission("assistance.serve", "低保人员社区服务登记", WORKER | TOWN),
    )
    flows = FLOWS
    notice_kinds = NOTICES
    programmes = MONEY
    standard_keys = (*STANDARD_GROUPS, SAMPLING)
    searches = SEARCHES
    deliveries = (
        Stream("assistance.dibao", "最低生活保障", Layer.BASE, Help.HARDSHIP, programme="dibao"),
        Stream("assistance.tekun", "特困（五保）供养", Layer.AUXILIARY, Help.HARDSHIP, programme="tekun"),
    )
    removal_listeners = ("linli.domains.assistance.actions.removal.on_removal",)
    books = BOOKS
    duties = DUTIES
    case_listeners = tuple(
        listener
        for flow in FLOWS
        for listener in (
            *(Listener(flow.key, kind, f"{STEPS}.before_judging", before=True)
              for kind in (Kind.PASSED, Kind.REFUSED, Kind.RETURNED)),
            Listener(flow.key, Kind.PASSED, f"{STEPS}.before_pass", before=True),
            Listener(flow.key, Kind.REFUSED, f"{STEPS}.before_refuse", before=True),
            Listener(flow.key, Kind.PAPERS_ASKED, f"{STEPS}.on_papers_asked"),
            Listener(flow.key, Kind.PASSED, f"{STEPS}.on_passed"),
            Listener(flow.key, Kind.CLOSED, f"{STEPS}.on_closed"),
            Listener(flow.key, Kind.REOPENED, f"{STEPS}.on_reopened"),
            Listener(flow.key, Kind.TRANSFERRED, "linli.domains.assistance.actions.removal.on_transferred"),
        )
    )  # fmt: skip
    case_panels = tuple(
        Panel(
            flow.key, template="assistance/case_panel.html", context=f"{PACKAGE}.queries.panel.panel",
            warnings=f"{PACKAGE}.queries.panel.warnings", apart=f"{PACKAGE}.queries.panel.apart",
        )
        for flow in FLOWS
    )  # fmt: skip
    notice_listeners = {kind.key: "linli.kernel.publicity.actions.follow_notice" for kind in NOTICES}  # noqa: RUF012
    objection_listeners = {kind.key: f"{PACKAGE}.actions.hear_objection" for kind in NOTICES}  # noqa: RUF012
    person_acts = (("assistance:apply_for", "受理社会救助申请", "assistance.apply"),)
    demo_steps = (
        DemoStep(405, "社会救助", f"{PACKAGE}.samples.demo.demo_assistance"),
        DemoStep(406, "网上救助申请", f"{PACKAGE}.samples.online.demo_online"),
        DemoStep(407, "委托镇街确认", f"{PACKAGE}.samples.delegated.demo_delegation"),
        DemoStep(490, "救助家庭与发放", f"{PACKAGE}.samples.demo_living.demo_living"),
        DemoStep(492, "低保台账", f"{PACKAGE}.samples.demo_registers.demo_registers"),
    )
    public_pages = (
        PublicPage("assistance:ask", "申请社会救助", "低保、特困、低保边缘等，自己、家里人或代办人在手机上申请", 14),
        PublicPage("assistance:asked", "救助申请进度", "凭编号和电话看办到哪一步，当面申请的也能查", 15),
    )
    renewals = (Renewal("网上救助申请", f"{PACKAGE}.actions.renew_wishes"),)
    task_sources, reports = (), ()
    watch_sources = (f"{PACKAGE}.queries.watch.watched",)
    menu = (
        ("assistance:applications", "社会救助申请", "assistance.read", 150),
        ("assistance:wishes", "网上救助申请", "assistance.read", 149),
        ("assistance:living", "救助家庭", "assistance.read", 151),
        ("assistance:postings", "公示办理", "assistance.post", 152),
        ("assistance:delegations", "委托确认", "assistance.read", 154),
        ("assistance:trials", "政策测算", "assistance.trial", 153),
    )

    def ready(self) -> None:
        from linli.domains.assistance.figures import FIGURES, RELATIONS, REPORTS, SHARES
        from linli.domains.assistance.queries import delegation_tasks, desk_tasks, wish_tasks

        self.task_sources = (desk_tasks, wish_tasks, delegation_tasks)
        self.figures, self.relations, self.shares, self.reports = FIGURES, RELATIONS, SHARES, REPORTS
