"""The manifest of figures."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Role

READERS = frozenset(
    {Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER, Role.FEDERATION_CLERK, Role.AUDITOR, Role.LEADER, Role.FINANCE_CHECKER}
)
WRITERS = frozenset({Role.TOWN_REVIEWER, Role.FEDERATION_CLERK, Role.DISTRICT_APPROVER})
SIGNERS = frozenset({Role.DISTRICT_APPROVER, Role.LEADER})


class FiguresConfig(AppConfig):
    name = "linli.kernel.figures"
    label = "figures"
    verbose_name = "指标与报表"

    permissions = (
        Permission("figures.see", "查看指标与报表", READERS),
        Permission("figures.rows", "查看指标的明细", READERS - {Role.LEADER}),
        Permission("figures.draft", "起草报表", WRITERS),
        Permission("figures.sign", "签发与撤回报表", SIGNERS),
        Permission("figures.target", "设定目标", frozenset({Role.DISTRICT_APPROVER})),
    )
    menu = (
        ("figures:dashboard", "数据总览", "figures.see", 500),
        ("figures:watch", "期限监督", "figures.see", 505),
        ("figures:catalogue", "指标目录", "figures.see", 510),
        ("figures:reports", "报表", "figures.see", 520),
    )

    def ready(self) -> None:
        """The figures of the people themselves need the tables."""
        from linli.kernel.figures.figures import FIGURES, RELATIONS, SHARES

        self.figures, self.relations, self.shares = FIGURES, RELATIONS, SHARES
