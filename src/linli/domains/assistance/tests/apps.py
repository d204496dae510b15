"""The manifest of imports."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Role
from linli.kernel.access.rules.actors import BUSINESS_ROLES


class ImportsConfig(AppConfig):
    name = "linli.kernel.imports"
    label = "imports"
    verbose_name = "导入"

    permissions = (
        Permission("imports.run", "导入名单", BUSINESS_ROLES - {Role.AUDITOR, Role.LEADER} | {Role.MACHINE}),
    )
    menu = (("imports:runs", "名单导入", "imports.run", 300),)
