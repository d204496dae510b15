"""The manifest of community aid funds: permissions, the notice of the account, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.base.days import Term
from linli.domains.mutual.rules import NOTICE, PURPOSE, PURPOSE_ZH
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
CLERK = frozenset({Role.FEDERATION_CLERK})
MAKER = frozenset({Role.FINANCE_MAKER})
READERS = WORKER | TOWN | CLERK | MAKER | {Role.FINANCE_CHECKER, Role.DISTRICT_APPROVER, Role.AUDITOR}
OPEN_AFFAIRS = "城市居民委员会组织法 §34；村民委员会组织法 §35"

ACCOUNT = NoticeKind(
    key=NOTICE,
    zh="社区帮困基金收支公布",
    title="“{fund}”收支公布",
    lead="现将“{fund}”{days}的收支予以公布，请居民监督。基金由居民捐款，经居民议事决定使用；帮扶对象不公布姓名。",
    law=OPEN_AFFAIRS,
    fields=(
        LawfulField("what", "项目", Show.TEXT, OPEN_AFFAIRS),
        LawfulField("times", "笔数", Show.TEXT, OPEN_AFFAIRS),
        LawfulField("amount", "金额（元）", Show.MONEY, OPEN_AFFAIRS),
    ),
    term=Term("calendar", 15),
    answer_within=Term("working", 5),
)


class MutualConfig(AppConfig):
    name = "linli.domains.mutual"
    label = "mutual"
    verbose_name = "社区帮困基金"

    permissions = (
        Permission("mutual.see", "查看社区帮困基金", READERS),
        Permission("mutual.found", "设立社区帮困基金", CLERK),
        Permission("mutual.give", "登记居民捐款", WORKER),
        Permission("mutual.bank", "确认居民捐款到账", MAKER),
        Permission("mutual.ask", "登记帮困用款申请", WORKER),
        Permission("mutual.meet", "登记议事和表决", WORKER),
        Permission("mutual.pay", "按决议开帮困付款单", MAKER),
        Permission("mutual.account", "拟帮困基金收支公布稿", WORKER | TOWN),
    )
    notice_kinds = (ACCOUNT,)
    deliveries = (Stream(PURPOSE, PURPOSE_ZH, Layer.SUPPLEMENT, Help.HARDSHIP, purposes=(PURPOSE,)),)
    origin_sources = ("linli.domains.mutual.queries.origins",)
    demo_steps = (DemoStep(507, "社区帮困基金", "linli.domains.mutual.samples.demo_mutual"),)
    task_sources = ()
    figures = ()
    menu = (("mutual:funds", "社区帮困基金", "mutual.see", 236),)

    def ready(self) -> None:
        from linli.domains.mutual.figures import FIGURES
        from linli.domains.mutual.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures = FIGURES
