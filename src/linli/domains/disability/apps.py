"""The manifest of the two subsidies: permissions, flow, programmes, searches, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.domains.disability.rules import AID, CARE, FLOW, LIVING, MONEY, SEARCHES
from linli.domains.disability.rules.standards import STANDARD_GROUPS
from linli.kernel.access.rules import Permission, Role
from linli.kernel.cases.rules import Kind, Listener, Panel
from linli.kernel.deliveries.rules import Help, Layer, Stream

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
PACKAGE = "linli.domains.disability"


class DisabilityConfig(AppConfig):
    name = PACKAGE
    label = "disability"
    verbose_name = "残疾人两项补贴"

    permissions = (
        Permission("disability.read", "查阅残疾人两项补贴", WORKER | TOWN | APPROVER | {Role.AUDITOR}),
        Permission("disability.apply", "受理残疾人两项补贴、登记护理情况", WORKER | TOWN),
        Permission("disability.review", "镇街初审残疾人两项补贴", TOWN),
        Permission("disability.approve", "区级审定残疾人两项补贴", APPROVER),
        Permission("disability.end", "终止残疾人两项补贴", TOWN | APPROVER),
    )
    flows = (FLOW,)
    programmes = MONEY
    standard_keys = STANDARD_GROUPS
    searches = SEARCHES
    deliveries = tuple(
        Stream(f"disability.{one.components[0].key}", one.zh, Layer.AUXILIARY, Help.HARDSHIP, programme=one.key)
        for one in (LIVING, CARE)
    )
    case_listeners = (
        Listener(AID, Kind.PASSED, f"{PACKAGE}.actions.store_decision", before=True),
        Listener(AID, Kind.REFUSED, f"{PACKAGE}.actions.store_refusal", before=True),
        Listener(AID, Kind.CLOSED, f"{PACKAGE}.actions.on_closed"),
        Listener(AID, Kind.REOPENED, f"{PACKAGE}.actions.on_reopened"),
    )
    case_panels = (Panel(AID, template="disability/panel.html", context=f"{PACKAGE}.queries.panel"),)
    person_acts = (("disability:apply_for", "申请残疾人两项补贴", "disability.apply"),)
    menu = (("disability:claims", "残疾人两项补贴", "disability.read", 154),)
