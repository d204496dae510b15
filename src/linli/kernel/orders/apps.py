"""The manifest of orders."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Renewal, Role

OPERATOR = frozenset({Role.HOTLINE_OPERATOR})
CENTRE = OPERATOR | {Role.DISTRICT_APPROVER}
NEAR = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER})
DESKS = NEAR | {Role.DESK_CLERK, Role.DISTRICT_APPROVER}
CHIEF = frozenset({Role.DISTRICT_APPROVER})
MACHINE = frozenset({Role.MACHINE})


class OrdersConfig(AppConfig):
    name = "linli.kernel.orders"
    label = "orders"
    verbose_name = "工单"

    permissions = (
        Permission("orders.read", "查看工单", DESKS | OPERATOR | {Role.AUDITOR}),
        Permission("orders.take", "受理诉求", NEAR | CENTRE | MACHINE, reach="district"),
        Permission("orders.supplement", "登记来电人补充", OPERATOR | MACHINE),
        Permission("orders.answer", "当场答复", OPERATOR | CHIEF),
        Permission("orders.dispatch", "派单", CENTRE),
        Permission("orders.handle", "承办工单", DESKS, reach="district"),
        Permission("orders.enter_for", "代企业和志愿者登记办理情况", CHIEF),
        Permission("orders.rule", "裁定退单、延期和挂起", CHIEF),
        Permission("orders.resume", "恢复办理", DESKS),
        Permission("orders.supervise", "督办工单", CHIEF | MACHINE | {Role.LEADER}),
        Permission("orders.merge", "合并重复工单", CENTRE),
        Permission("orders.call_back", "回访来电人", OPERATOR | MACHINE),
        Permission("orders.draw_checks", "抽取回访工单", CENTRE | MACHINE),
        Permission("orders.see_draws", "查看回访抽样", CENTRE | {Role.AUDITOR}),
        Permission("orders.reopen", "重新办理工单", CENTRE),
        Permission("orders.reveal", "查看来电人电话", DESKS | OPERATOR),
        Permission("orders.name_reader", "指定保密工单知情人", CENTRE),
        Permission("orders.keep_desks", "设置承办单位", CHIEF),
        Permission("orders.fit_desk", "更新企业和志愿者的承办范围", CENTRE),
        Permission("orders.pause_desk", "暂停和恢复向企业和志愿者派单", CHIEF | MACHINE),
        Permission("orders.see_rates", "查看热线三率", CENTRE | {Role.LEADER, Role.AUDITOR}),
        Permission("orders.freeze", "冻结考核批次", CHIEF),
        Permission("orders.ask_omission", "提出剔除考核工单", CENTRE),
        Permission("orders.agree_omission", "审定剔除考核工单", CHIEF),
    )
    renewals = (
        Renewal("工单", "linli.kernel.orders.actions.renew_seals"),
        Renewal("工单照片", "linli.kernel.orders.actions.renew_pictures"),
    )
