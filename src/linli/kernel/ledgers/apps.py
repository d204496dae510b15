"""The manifest of the ledgers: permissions and menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.apps import AppConfig

from linli.kernel.access.rules import Actor, DemoStep, Permission, Role
from linli.kernel.registry.rules import BenefitLine, Entry
from linli.kernel.ui.rules import Task

MAKER = frozenset({Role.FINANCE_MAKER})
CHECKER = frozenset({Role.FINANCE_CHECKER})
CLERK = frozenset({Role.FEDERATION_CLERK})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
MACHINE = frozenset({Role.MACHINE})
NEAR = frozenset({Role.TOWN_REVIEWER, Role.COMMUNITY_WORKER})
OFFICES = CLERK | APPROVER | NEAR
READERS = MAKER | CHECKER | CLERK | APPROVER | {Role.AUDITOR}


def tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What the books give to the workbench; read when it is asked for, because a manifest knows no tables."""
    from linli.kernel.ledgers.queries import waiting_tasks

    return waiting_tasks(actor, on, which)


def timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """What the books give to the timeline of a person: money and goods."""
    from linli.kernel.ledgers.queries import goods_in_timeline, payments_in_timeline

    return payments_in_timeline(people, on=on) + goods_in_timeline(people, on=on)


def benefits(people: Sequence[int], *, on: date) -> list[BenefitLine]:
    """What people receive, for their page and their household's."""
    from linli.kernel.ledgers.queries import benefits_received

    return benefits_received(people, on=on)


class LedgersConfig(AppConfig):
    name = "linli.kernel.ledgers"
    label = "ledgers"
    verbose_name = "资金与物资账"

    permissions = (
        Permission("ledgers.see", "查看资金与账簿", READERS),
        Permission("ledgers.open", "设立资金、科目与用途", MAKER | CLERK | MACHINE),
        Permission("ledgers.change", "复核资金变更", CHECKER),
        Permission("ledgers.close", "结账与申请重开", MAKER),
        Permission("ledgers.reopen", "批准重开已结账月份", CHECKER),
        Permission("ledgers.receive", "登记收款", MAKER | CLERK | MACHINE),
        Permission("ledgers.spend", "登记支出与拨付", MAKER | MACHINE),
        Permission("ledgers.reverse", "冲正凭证", CHECKER),
        Permission("ledgers.goods", "物资入库、发放与盘点", MAKER | CLERK | MACHINE),
        Permission("ledgers.check_goods", "复核盘点与报损", CHECKER | APPROVER),
        Permission("ledgers.card", "发放与登记救助卡", CLERK | MACHINE),
        Permission("ledgers.order", "开具与取消付款单", APPROVER | CLERK | MAKER | MACHINE),
        Permission("ledgers.mend", "更正收款账户", CLERK | MAKER | {Role.TOWN_REVIEWER, Role.COMMUNITY_WORKER}),
        Permission("ledgers.batch", "生成与送出发放批次", MAKER),
        Permission("ledgers.work", "在后台办理大批付款", MAKER | MACHINE),
        Permission("ledgers.check_batch", "复核与锁定发放批次", CHECKER),
        Permission("ledgers.settle", "读入回盘与登记签领", MAKER),
        Permission("ledgers.recover", "决定追回", APPROVER | CLERK),
        Permission("ledgers.debts", "查看追缴与分期退还", READERS | NEAR),
        Permission("ledgers.plan", "约定与停止分期退还", APPROVER | CLERK | {Role.TOWN_REVIEWER}),
        Permission("ledgers.ask_write_off", "申请核销追缴款", MAKER | APPROVER),
        Permission("ledgers.write_off", "审批核销追缴款", CHECKER | APPROVER),
        Permission("ledgers.claim", "登记救助享受情况", OFFICES | MACHINE, reach="district"),
    )
    menu = (
        ("ledgers:funds", "资金", "ledgers.see", 300),
        ("ledgers:orders", "付款单", "ledgers.see", 310),
        ("ledgers:batches", "发放批次", "ledgers.see", 320),
        ("ledgers:mending", "退票更正", "ledgers.see|ledgers.mend", 330),
        ("ledgers:recoveries", "追回", "ledgers.debts", 340),
        ("ledgers:books", "账簿", "ledgers.see", 350),
        ("ledgers:months", "结账", "ledgers.see", 355),
        ("ledgers:stock", "物资库存", "ledgers.see", 360),
        ("ledgers:slips", "物资单据", "ledgers.see", 362),
        ("ledgers:adjustments", "盘点报损", "ledgers.see", 364),
    )
    demo_steps = (
        DemoStep(630, "零星付款", "linli.kernel.ledgers.samples.demo_single_payments"),
        DemoStep(690, "结账", "linli.kernel.ledgers.samples.demo_months"),
    )
    task_sources = (tasks,)
    timeline_sources = (timeline,)
    benefit_sources = (benefits,)
