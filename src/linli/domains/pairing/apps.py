"""The manifest of the pairing: permissions, books, duty, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.pairing.books import BOOKS, DUTIES
from linli.domains.pairing.rules import PURPOSE
from linli.domains.pairing.rules import Help as Kind
from linli.kernel.access.rules import DemoStep, Permission, Role
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
DISTRICT = frozenset({Role.DISTRICT_APPROVER})
FEDERATION = frozenset({Role.FEDERATION_CLERK})
PACKAGE = "linli.domains.pairing"


class PairingConfig(AppConfig):
    name = PACKAGE
    label = "pairing"
    verbose_name = "结对帮扶"

    permissions = (
        Permission("pairing.see", "查看结对帮扶", WORKER | TOWN | DISTRICT | FEDERATION | {Role.AUDITOR}),
        Permission("pairing.pair", "登记结对", TOWN | DISTRICT),
        Permission("pairing.visit", "登记结对走访", WORKER | TOWN),
        Permission("pairing.give", "登记结对投入", FEDERATION),
    )
    books = BOOKS
    duties = DUTIES
    deliveries = (
        Stream(
            PURPOSE, "机关结对帮扶", Layer.SUPPLEMENT, Help.HARDSHIP, book="pairing.helps", money=("amount",),
            helps=("kind", ((Kind.STUDY.value, Help.STUDY), (Kind.ILLNESS.value, Help.MEDICAL))), purposes=(PURPOSE,),
            slips="pairing.",
        ),
    )  # fmt: skip
    origin_sources = (f"{PACKAGE}.queries.pairs.origins",)
    demo_steps = (DemoStep(430, "结对帮扶", f"{PACKAGE}.samples.demo_pairing"),)
    menu = (
        ("pairing:pairs", "结对帮扶", "pairing.see", 230),
        ("pairing:unpaired", "未结对家庭", "pairing.pair", 231),
    )
