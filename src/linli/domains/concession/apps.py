"""The manifest of charity medical cards: permissions, the notice of hospitals, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.base.days import Term
from linli.domains.concession.rules import NOTICE
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

CLERK = frozenset({Role.FEDERATION_CLERK})
READERS = CLERK | {Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER, Role.AUDITOR}
LAW = "慈善法 §79"

HOSPITALS = NoticeKind(
    key=NOTICE,
    zh="优惠医院公布",
    title="{area}慈善医疗优惠卡优惠医院公布",
    lead="持慈善医疗优惠卡的居民，在下列医院就医时出示优惠卡，医院按协议减免费用。低保、特困、低保边缘、因病致贫等困难居民可以向慈善总会领卡。",
    law=LAW,
    fields=(
        LawfulField("hospital", "优惠医院", Show.TEXT, LAW), LawfulField("item", "优惠项目", Show.TEXT, LAW),
        LawfulField("percent", "减免比例", Show.TEXT, LAW),
    ),
    term=Term("calendar", 30),
    answer_within=Term("working", 5),
)  # fmt: skip


class ConcessionConfig(AppConfig):
    name = "linli.domains.concession"
    label = "concession"
    verbose_name = "慈善医疗优惠卡"

    permissions = (
        Permission("concession.see", "查看慈善医疗优惠卡", READERS),
        Permission("concession.agree", "登记优惠医院协议", CLERK),
        Permission("concession.issue", "发放与停用优惠卡", CLERK),
        Permission("concession.use", "登记持卡就医", CLERK),
        Permission("concession.publish", "拟优惠医院公布稿", CLERK),
    )
    notice_kinds = (HOSPITALS,)
    deliveries = (
        Stream(
            "concession.visits", "慈善医疗优惠卡减免", Layer.AUXILIARY, Help.MEDICAL,
            rows="linli.domains.concession.queries.given", named=False,
        ),
    )
    demo_steps = (DemoStep(508, "慈善医疗优惠卡", "linli.domains.concession.samples.demo_concession"),)
    task_sources = ()
    figures = ()
    relations = ()
    menu = (
        ("concession:cards", "医疗优惠卡", "concession.see", 246),
        ("concession:visits", "持卡就医", "concession.see", 247),
        ("concession:hospitals", "优惠医院", "concession.see", 248),
    )

    def ready(self) -> None:
        from linli.domains.concession.figures import FIGURES, RELATIONS
        from linli.domains.concession.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures, self.relations = FIGURES, RELATIONS
