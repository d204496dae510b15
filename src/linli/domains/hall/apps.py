"""The manifest of the hall: permissions and menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.hall.books import BOOKS, DUTIES
from linli.domains.hall.rules import flows_of
from linli.kernel.access.rules import DemoStep, Permission, PublicPage, Renewal, Role
from linli.kernel.cases.rules import Kind, Listener, Panel

WORKER = frozenset({Role.COMMUNITY_WORKER})
CLERK = frozenset({Role.HALL_CLERK})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
OFFICES = WORKER | CLERK | TOWN | APPROVER
PACKAGE = "linli.domains.hall"


class HallConfig(AppConfig):
    name = PACKAGE
    label = "hall"
    verbose_name = "一站式服务大厅"

    permissions = (
        Permission("hall.see", "查阅服务事项和受理件", OFFICES | {Role.AUDITOR}),
        Permission("hall.take", "窗口受理", WORKER | CLERK),
        Permission("hall.end", "办结窗口事项和下级窗口转来的事项", OFFICES),
        Permission("hall.act", "代办和告知", WORKER | CLERK | TOWN),
        Permission("hall.call", "叫号和预约", WORKER | CLERK),
        Permission("hall.close", "预约短信、登记预约未到、清除过期的预约人", frozenset({Role.MACHINE})),
        Permission("hall.review", "镇街审核和决定服务事项", TOWN),
        Permission("hall.keep", "登记服务网络台账", WORKER | TOWN | APPROVER),
        Permission("hall.serve", "大厅值班、联合办公和民意汇总", WORKER),
        Permission("hall.attend", "镇街服务大厅值班", CLERK | TOWN),
        Permission("hall.attend_district", "区服务中心值班", CLERK | APPROVER),
        Permission("hall.supervise", "督查大厅值班和联合办公", TOWN | APPROVER),
        Permission("hall.decide", "区级决定服务事项", APPROVER),
    )
    books = BOOKS
    duties = DUTIES
    flows = ()
    case_listeners = ()
    case_panels = ()
    task_sources = ()
    watch_sources = (f"{PACKAGE}.queries.watch.watched",)
    figures = ()
    shares = ()
    renewals = (
        Renewal("受理件联系电话", f"{PACKAGE}.actions.renew_phones"), Renewal("预约电话", f"{PACKAGE}.actions.renew_bookings"),
    )  # fmt: skip
    person_acts = (("hall:choose", "窗口受理", "hall.take"),)
    demo_steps = (DemoStep(560, "服务大厅", f"{PACKAGE}.samples.demo_hall"),)
    public_pages = (
        PublicPage("hall:guide", "办事指南", "谁可以办、带什么、几天办好、收不收费", 10),
        PublicPage("hall:book_online", "预约办事", "选好哪件事、哪个大厅、哪一天几点来，到了优先叫号", 12),
        PublicPage("hall:booked", "查询预约", "凭预约号和电话查看、改时间或者取消", 13),
        PublicPage("hall:progress", "办理进度", "凭收件编号和电话查询办到哪一步", 11),
    )
    menu = (
        ("hall:counter", "窗口受理", "hall.take", 60),
        ("hall:queue", "叫号", "hall.call", 61),
        ("hall:handlings", "受理件", "hall.see", 62),
        ("hall:ratings", "好差评", "hall.see", 63),
        ("hall:centre", "五位一体中心", "figures.see", 64),
        ("hall:network", "服务网络", "hall.see", 65),
        ("hall:items", "服务事项目录", "hall.see", 66),
    )

    def ready(self) -> None:
        from linli.domains.hall.figures import FIGURES, SHARES
        from linli.domains.hall.queries import catalogue, desk_tasks

        self.flows = flows_of(catalogue())
        self.case_listeners = tuple(listener for flow in self.flows for listener in _listeners(flow.key))
        self.case_panels = tuple(
            Panel(flow.key, template="hall/panel.html", context=f"{PACKAGE}.queries.panel.panel") for flow in self.flows
        )
        self.task_sources = (desk_tasks,)
        self.figures, self.shares = FIGURES, SHARES


def _listeners(flow: str) -> tuple[Listener, ...]:
    """The applicant and the agent hear of every step of the case."""
    heard = (Kind.PASSED, Kind.RETURNED, Kind.PAPERS_ASKED, Kind.CLOSED)
    follow = f"{PACKAGE}.actions.following"
    return (
        Listener(flow, Kind.PASSED, f"{follow}.before_pass", before=True),
        *(Listener(flow, kind, f"{follow}.on_event") for kind in heard),
    )
