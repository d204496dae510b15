"""The manifest of records."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Renewal, Role
from linli.kernel.access.rules.actors import BUSINESS_ROLES
from linli.kernel.imports.rules import ImportKind

READERS = BUSINESS_ROLES - {Role.LEADER}
WRITERS = READERS - {Role.AUDITOR}


class RecordsConfig(AppConfig):
    name = "linli.kernel.records"
    label = "records"
    verbose_name = "台账"

    permissions = (
        Permission("records.see", "查阅台账", READERS),
        Permission("records.write", "登记台账", WRITERS | {Role.MACHINE}),
        Permission("records.reveal", "查看台账中加密的内容", WRITERS),
        Permission("records.destroy", "销毁保管期满的记录", frozenset({Role.DISTRICT_APPROVER})),
    )
    renewals = (Renewal("台账", "linli.kernel.records.actions.renew_texts"),)
    menu = (("records:books", "台账", "records.see", 7),)

    @property
    def imports(self) -> tuple[ImportKind, ...]:
        """Each book that a table can carry may be imported."""
        from linli.kernel.records.actions.importing import import_kinds

        return import_kinds()

    def ready(self) -> None:
        from linli.kernel.records.queries import person_timeline

        self.timeline_sources = (person_timeline,)
