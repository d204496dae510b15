"""The manifest of complaints: permissions, registers, the monthly reception, figures, menu, public pages."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.complaints.books import BOOKS, DUTIES
from linli.kernel.access.rules import DemoStep, Permission, PublicPage, Renewal, Role

NEAR = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER})
CHIEF = frozenset({Role.DISTRICT_APPROVER})
CENTRE = frozenset({Role.HOTLINE_OPERATOR}) | CHIEF
DESKS = NEAR | CHIEF | {Role.DESK_CLERK}
PACKAGE = "linli.domains.complaints"


class ComplaintsConfig(AppConfig):
    name = PACKAGE
    label = "complaints"
    verbose_name = "投诉与信访"

    permissions = (
        Permission("complaints.see", "查看投诉和信访", DESKS | CENTRE | {Role.LEADER, Role.AUDITOR}),
        Permission("complaints.take", "受理投诉和信访", NEAR | CENTRE, reach="district"),
        Permission("complaints.collect", "拆阅网上投诉来信", CENTRE),
        Permission("complaints.forget", "清除期满的网上来信内容", frozenset({Role.MACHINE})),
        Permission("complaints.answer", "办理信访", DESKS),
        Permission("complaints.assign", "交办信访事项", CENTRE),
        Permission("complaints.review", "登记和办理复查复核", CHIEF),
        Permission("complaints.write", "写公开反馈", DESKS | CENTRE),
        Permission("complaints.judge", "审核和撤下公开反馈", CHIEF),
        Permission("complaints.receive", "登记信访接待和聊天活动", frozenset({Role.COMMUNITY_WORKER})),
        Permission("complaints.oversee_receptions", "督查信访接待", frozenset({Role.TOWN_REVIEWER}) | CHIEF),
    )
    books = BOOKS
    duties = DUTIES
    order_parts = (f"{PACKAGE}.queries.part_of",)
    order_links = (f"{PACKAGE}.queries.link_of",)
    renewals = (
        Renewal("网上投诉来信", f"{PACKAGE}.actions.renew_letters"), Renewal("信访代表", f"{PACKAGE}.actions.renew_names"),
    )  # fmt: skip
    task_sources = ()
    watch_sources = (f"{PACKAGE}.queries.watch.watched",)
    figures = ()
    shares = ()
    demo_steps = (DemoStep(620, "投诉与信访", f"{PACKAGE}.samples.demo_complaints"),)
    public_pages = (PublicPage("complaints:public", "投诉和信访", "投诉工作人员、提出信访事项，查看办理结果", 40),)
    menu = (
        ("complaints:complaints", "投诉和信访", "complaints.see", 50),
        ("complaints:letters", "网上来信", "complaints.collect", 51),
        ("complaints:answers", "网上反馈", "complaints.write", 52),
        ("complaints:receptions", "信访接待", "complaints.see", 53),
    )

    def ready(self) -> None:
        from linli.domains.complaints.figures import FIGURES, SHARES
        from linli.domains.complaints.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures, self.shares = FIGURES, SHARES
