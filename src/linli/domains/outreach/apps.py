"""The manifest of outreach: permissions and books."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.outreach.books import BOOKS
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
DISTRICT = frozenset({Role.DISTRICT_APPROVER})
READERS = WORKER | TOWN | DISTRICT | {Role.AUDITOR}
PACKAGE = "linli.domains.outreach"


class OutreachConfig(AppConfig):
    name = PACKAGE
    label = "outreach"
    verbose_name = "摸底与帮扶台账"

    permissions = (
        Permission("outreach.union", "登记困难职工帮扶", TOWN | DISTRICT),
        Permission("outreach.see_union", "查看困难职工帮扶", TOWN | DISTRICT | {Role.AUDITOR}),
        Permission("outreach.rehabilitate", "登记残疾人康复服务", WORKER | TOWN),
        Permission("outreach.see_rehabilitation", "查看残疾人康复服务", READERS),
        Permission("outreach.survey", "登记摸底核查", WORKER | TOWN),
        Permission("outreach.see_survey", "查看摸底核查", READERS),
        Permission("outreach.insure", "登记参保参合代办", TOWN | DISTRICT),
        Permission("outreach.see_insured", "查看参保参合代办", READERS),
    )
    books = BOOKS
    deliveries = (
        Stream(
            "outreach.union", "困难职工帮扶", Layer.SUPPLEMENT, Help.HARDSHIP, book="outreach.union_help", money=("amount",),
            helps=("kind", (("study", Help.STUDY), ("medical", Help.MEDICAL), ("job", Help.JOB))),
        ),
        Stream(
            "outreach.insured", "资助参保参合", Layer.SUPPLEMENT, Help.MEDICAL, book="outreach.insured", money=("waived", "paid"),
        ),
    )  # fmt: skip
    demo_steps = (DemoStep(505, "摸底与帮扶台账", f"{PACKAGE}.samples.demo_outreach"),)
