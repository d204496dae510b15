"""The manifest of the hotline: permissions, the watch, figures, menu."""

from __future__ import annotations

from django.apps import AppConfig, apps

from linli.base.days import Term
from linli.domains.hotline.books import BOOKS
from linli.domains.hotline.rules import NOTICE, SHOWN, WATCH
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

CENTRE = frozenset({Role.HOTLINE_OPERATOR, Role.DISTRICT_APPROVER})
NEAR = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER})
DESKS = NEAR | {Role.DESK_CLERK}
PACKAGE = "linli.domains.hotline"
LAW = "《就业促进法》第三十五条"


JOBS = NoticeKind(
    key=NOTICE, zh="招聘信息公布", title="{area}招聘信息",
    lead="下列单位正在招聘。应聘请拨打市民服务热线96777，或到所在社区登记，介绍职业不收费。", law=LAW,
    fields=(
        LawfulField("unit", "用人单位", Show.TEXT, LAW), LawfulField("post", "岗位", Show.TEXT, LAW),
        LawfulField("heads", "还招人数", Show.TEXT, LAW), LawfulField("pay", "工资待遇", Show.TEXT, LAW),
        LawfulField("asks", "招聘条件", Show.TEXT, LAW), LawfulField("closes", "截止日期", Show.TEXT, LAW),
    ),
    term=SHOWN, answer_within=Term("working", 5), objection=False,
)  # fmt: skip


class HotlineConfig(AppConfig):
    name = PACKAGE
    label = "hotline"
    verbose_name = "市民服务热线"

    permissions = (
        Permission("hotline.read_articles", "查阅知识库", CENTRE | DESKS),
        Permission("hotline.keep_article", "维护知识库", CENTRE),
        Permission("hotline.keep_events", "登记进社区活动", CENTRE),
        Permission("hotline.see_events", "查阅进社区活动", CENTRE | DESKS | {Role.AUDITOR}),
        Permission("hotline.introduce", "登记招聘、求职和职业介绍", CENTRE | {Role.COMMUNITY_WORKER}, reach="district"),
        Permission("hotline.see_jobs", "查看招聘和求职", CENTRE | NEAR | {Role.AUDITOR}, reach="district"),
        Permission("hotline.tell_jobs", "公布招聘信息", frozenset({Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER})),
        Permission("hotline.survey", "抽样和结束知晓率调查", CENTRE),
        Permission("hotline.see_surveys", "查看知晓率调查", CENTRE | NEAR | {Role.AUDITOR}),
        Permission("hotline.ask", "登记知晓率调查回答", CENTRE | {Role.COMMUNITY_WORKER}),
        Permission("hotline.agree_mend", "审定已结束调查的更正", CENTRE),
    )
    books = BOOKS
    notice_kinds = (JOBS,)
    duties = (WATCH,)
    order_page = "hotline:order"
    task_sources = ()
    watch_sources = (f"{PACKAGE}.queries.watch.watched",)
    figures = ()
    relations = ()
    shares = ()
    reports = ()
    demo_steps = (DemoStep(600, "热线工单", f"{PACKAGE}.samples.demo_hotline"),)
    menu = (
        ("hotline:console", "受理台", "orders.take", 20),
        ("hotline:taken", "我受理的工单", "orders.take", 20),
        ("hotline:inbox", "本单位工单", "orders.handle", 21),
        ("hotline:waiting", "派单与裁定", "orders.dispatch", 22),
        ("hotline:calls", "回访", "orders.call_back", 23),
        ("hotline:draws", "抽样记录", "orders.see_draws", 23),
        ("hotline:telephone", "通话记录", "calls.see", 23),
        ("hotline:orders", "全部工单", "orders.read", 24),
        ("hotline:rates", "热线三率", "orders.see_rates", 25),
        ("hotline:jobs", "招聘和求职", "hotline.see_jobs", 25),
        ("hotline:surveys", "知晓率调查", "hotline.see_surveys", 25),
        ("hotline:articles", "知识库", "hotline.read_articles", 26),
        ("hotline:desks", "承办单位", "orders.read", 27),
    )

    def ready(self) -> None:
        from linli.domains.hotline.figures import FIGURES, RELATIONS, SHARES, report_of
        from linli.domains.hotline.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures, self.relations, self.shares = FIGURES, RELATIONS, SHARES
        self.reports = (report_of(members=apps.is_installed("linli.domains.providers")),)
