"""The manifest of fundraising: who may do what, its place in the menu, its figures, notices and imports."""

from __future__ import annotations

from django.apps import AppConfig

from linli.base.days import Term
from linli.kernel.access.rules import DemoStep, Permission, PublicPage, Role
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

CLERK = frozenset({Role.FEDERATION_CLERK})
MAKER = frozenset({Role.FINANCE_MAKER})
CHECKER = frozenset({Role.FINANCE_CHECKER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
READERS = CLERK | MAKER | CHECKER | APPROVER | {Role.AUDITOR}

GIFTS_NOTICE = NoticeKind(
    key="fundraising.gifts",
    zh="捐赠情况公布",
    title="{area}“{campaign}”捐赠情况公布",
    lead="现将“{campaign}”接受捐赠的情况予以公布，请社会各界监督。未留名或者不同意公布姓名的捐赠人，以“爱心人士”列示。",
    law="慈善法 §79、§82",
    fields=(
        LawfulField("donor", "捐赠人", Show.NAME, "慈善法 §79、§82"),
        LawfulField("what", "捐赠款物", Show.TEXT, "慈善法 §79"),
        LawfulField("day", "捐赠日期", Show.DAY, "慈善法 §79"),
    ),
    term=Term("calendar", 30),
    answer_within=Term("working", 5),
)


class FundraisingConfig(AppConfig):
    name = "linli.domains.fundraising"
    label = "fundraising"
    verbose_name = "慈善募捐"

    permissions = (
        Permission("fundraising.see", "查看募捐与捐赠", READERS),
        Permission("fundraising.export", "导出捐赠名册", CLERK | {Role.AUDITOR}),
        Permission("fundraising.campaign", "设立募捐活动与基金", CLERK),
        Permission("fundraising.give", "登记捐赠", CLERK | MAKER),
        Permission("fundraising.hand_out", "发放捐赠物资", CLERK | MAKER),
        Permission("fundraising.reverse", "冲正捐赠", CHECKER),
        Permission("fundraising.contract", "登记捐赠合同", CLERK),
        Permission("fundraising.plan", "拟订支出计划", CLERK),
        Permission("fundraising.sign", "签批支出计划", APPROVER),
        Permission("fundraising.publish", "公布募捐情况", CLERK),
        Permission("fundraising.tell", "更新善款使用查询", CLERK | {Role.MACHINE}),
    )
    menu = (
        ("fundraising:campaigns", "募捐活动", "fundraising.see", 230),
        ("fundraising:gifts", "捐赠登记", "fundraising.see", 231),
        ("fundraising:donors", "捐赠人", "fundraising.see", 232),
        ("fundraising:contracts", "捐赠合同", "fundraising.see", 233),
        ("fundraising:plans", "支出计划", "fundraising.see", 234),
    )
    public_pages = (PublicPage("fundraising:query", "善款查询", "凭票据编号查询您的捐赠用在哪里", 60),)
    demo_steps = (DemoStep(450, "募捐与捐赠", "linli.domains.fundraising.samples.demo_fundraising"),)
    notice_kinds = (GIFTS_NOTICE,)
    origin_sources = ("linli.domains.fundraising.queries.origins",)
    figures = ()
    relations = ()
    reports = ()
    imports = ()
    task_sources = ()

    def ready(self) -> None:
        from linli.domains.fundraising.actions import gift_import
        from linli.domains.fundraising.figures import FIGURES, RELATIONS, REPORT
        from linli.domains.fundraising.queries import waiting

        self.figures, self.relations, self.reports = FIGURES, RELATIONS, (REPORT,)
        self.imports, self.task_sources = (gift_import(),), (waiting,)
