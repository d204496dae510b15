"""The manifest of recurring money: permissions and menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.apps import AppConfig

from linli.kernel.access.rules import Actor, Permission, Role
from linli.kernel.registry.rules import BenefitLine, Entry
from linli.kernel.ui.rules import Task

WORKER = frozenset({Role.COMMUNITY_WORKER})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
MAKER = frozenset({Role.FINANCE_MAKER})
CHECKER = frozenset({Role.FINANCE_CHECKER})
MACHINE = frozenset({Role.MACHINE})
OFFICES = WORKER | TOWN | APPROVER
FINANCE = MAKER | CHECKER | APPROVER | {Role.AUDITOR}


def tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Runs that wait for somebody, and families whose money goes nowhere."""
    from linli.kernel.entitlements.queries import family_tasks, run_tasks

    return run_tasks(actor, on, which) + family_tasks(actor, on, which)


def benefits(people: Sequence[int], *, on: date) -> list[BenefitLine]:
    """What people are entitled to, for their page and their household's; read when asked for."""
    from linli.kernel.entitlements.queries import benefits_received

    return benefits_received(people, on=on)


def timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """What was decided about people's entitlements, for their timeline."""
    from linli.kernel.entitlements.queries import decisions_in_timeline

    return decisions_in_timeline(people, on=on)


class EntitlementsConfig(AppConfig):
    name = "linli.kernel.entitlements"
    label = "entitlements"
    verbose_name = "待遇发放"

    permissions = (
        Permission("entitlements.see", "查看待遇", OFFICES | FINANCE),
        Permission("entitlements.decide", "核定、调整与终止待遇", TOWN | APPROVER | MACHINE, reach="district"),
        Permission("entitlements.suspend", "暂停与恢复发放", TOWN | APPROVER | MACHINE),
        Permission("entitlements.ask_back", "多发款立账追缴", APPROVER),
        Permission("entitlements.runs", "查看月度发放", FINANCE | TOWN),
        Permission("entitlements.draft", "试算月度发放", MAKER),
        Permission("entitlements.confirm", "核定月度发放", APPROVER | CHECKER),
        Permission("entitlements.order", "开单发放", MAKER),
        Permission("entitlements.work", "在后台办理月度发放", MAKER | MACHINE),
        Permission("entitlements.make_up", "按新标准补算以前月份", APPROVER | MACHINE),
        Permission("entitlements.fund", "设定资金分担", MAKER),
    )
    menu = (
        ("entitlements:programmes", "待遇项目", "entitlements.see", 141),
        ("entitlements:entitlements", "待遇清单", "entitlements.see", 142),
        ("entitlements:runs", "月度发放", "entitlements.runs", 143),
    )
    origin_sources = ("linli.kernel.entitlements.queries.standing.origins",)
    batch_days = ("linli.kernel.entitlements.queries.batch_days",)
    order_days = ("linli.kernel.entitlements.queries.order_days",)
    watch_sources = ("linli.kernel.entitlements.queries.watched",)
    task_sources = (tasks,)
    benefit_sources = (benefits,)
    timeline_sources = (timeline,)
