"""The manifest of mass messages: permissions, figures, menu, demo."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Renewal, Role

SENDERS = frozenset({Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER})
WRITERS = SENDERS | {Role.HOTLINE_OPERATOR}
NONE = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.MACHINE, Role.LEADER}
OFFICE = frozenset(Role) - NONE
CONSENT = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER, Role.HALL_CLERK})


class BroadcastConfig(AppConfig):
    name = "linli.domains.broadcast"
    label = "broadcast"
    verbose_name = "短信平台"

    permissions = (
        Permission("broadcast.see", "查看群发短信", WRITERS | {Role.AUDITOR}),
        Permission("broadcast.draft", "拟写群发短信", WRITERS),
        Permission("broadcast.send", "审发群发短信", SENDERS),
        Permission("broadcast.consent", "登记居民的短信同意", CONSENT),
        Permission("broadcast.equip", "配发移动信息接收机", SENDERS),
        Permission("broadcast.read", "阅读发给自己的短信", OFFICE),
        Permission("broadcast.deliver", "发送短信", frozenset({Role.MACHINE})),
    )
    renewals = (Renewal("移动信息接收机", "linli.domains.broadcast.actions.renew_seals"),)
    demo_steps = (DemoStep(620, "短信平台", "linli.domains.broadcast.samples.demo_broadcast"),)
    person_acts = (("broadcast:consent", "短信同意", "broadcast.consent"),)
    task_sources = ()
    figures = ()
    menu = (
        ("broadcast:messages", "群发短信", "broadcast.see", 16),
        ("broadcast:receivers", "移动信息接收机", "broadcast.equip", 17),
        ("broadcast:mine", "我的短信", "broadcast.read", 15),
    )

    def ready(self) -> None:
        from linli.domains.broadcast.figures import FIGURES
        from linli.domains.broadcast.queries import desk_tasks

        self.task_sources = (desk_tasks,)
        self.figures = FIGURES
