"""The manifest of the charity network: permissions, books, duty, notices, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.base.days import Term
from linli.domains.federation.books import BOOKS, DUTIES
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

TOWN = frozenset({Role.TOWN_REVIEWER})
FEDERATION = frozenset({Role.FEDERATION_CLERK})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
PACKAGE = "linli.domains.federation"

BULLETIN = NoticeKind(
    key="federation.bulletin",
    zh="慈善工作情况通报",
    title="{title}",
    lead="{day}，{body}以{kind}的形式通报慈善工作情况。现将通报内容向社会公布，接受社会监督。",
    law="慈善法 §79",
    fields=(LawfulField("text", "通报内容", Show.PROSE, "慈善法 §79"),),
    term=Term("calendar", 30),
    answer_within=Term("working", 5),
)
HONOUR_LIST = NoticeKind(
    key="federation.honours",
    zh="慈善先进典型公布",
    title="{year}年慈善先进典型名单",
    lead="{year}年受到表彰的慈善先进典型，经本人（单位）同意予以公布。不愿公开姓名的，以“爱心人士”列示。",
    law="个人信息保护法 §25；慈善法 §82",
    fields=(
        LawfulField("name", "姓名（单位）", Show.NAME, "个人信息保护法 §25、慈善法 §82"),
        LawfulField("title", "称号", Show.TEXT, "慈善法 §82"),
        LawfulField("body", "授予单位", Show.TEXT, "慈善法 §82"),
        LawfulField("day", "授予日期", Show.DAY, "慈善法 §82"),
    ),
    term=Term("calendar", 30),
    answer_within=Term("working", 5),
)


class FederationConfig(AppConfig):
    name = PACKAGE
    label = "federation"
    verbose_name = "慈善组织与宣传"

    permissions = (
        Permission("federation.see", "查看慈善组织", TOWN | FEDERATION | APPROVER | {Role.AUDITOR}),
        Permission("federation.keep", "维护慈善组织资料", TOWN | FEDERATION),
        Permission("federation.follow", "查看新闻发布与典型宣传", FEDERATION | APPROVER | {Role.AUDITOR}),
        Permission("federation.tell", "新闻发布与典型宣传", FEDERATION),
        Permission("federation.supervise", "督促典型联系服务", APPROVER),
    )
    books = BOOKS
    duties = DUTIES
    notice_kinds = (BULLETIN, HONOUR_LIST)
    figures = ()
    relations = ()
    reports = ()
    task_sources = ()
    demo_steps = (DemoStep(490, "慈善组织与宣传", f"{PACKAGE}.samples.demo_federation"),)
    menu = (
        ("federation:network", "慈善组织网络", "federation.see", 240),
        ("federation:bulletins", "新闻发布", "federation.follow", 241),
        ("federation:honours", "先进典型", "federation.follow", 242),
    )

    def ready(self) -> None:
        from linli.domains.federation.figures import FIGURES, RELATIONS, REPORTS
        from linli.domains.federation.queries import waiting

        self.figures, self.relations, self.reports, self.task_sources = FIGURES, RELATIONS, REPORTS, (waiting,)
