"""The manifest of files."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Renewal, Role
from linli.kernel.access.rules.actors import BUSINESS_ROLES


class FilesConfig(AppConfig):
    name = "linli.kernel.files"
    label = "files"
    verbose_name = "文件"

    permissions = (
        Permission("files.store", "上传文件", BUSINESS_ROLES | {Role.MACHINE}),
        Permission("files.open", "打开文件", BUSINESS_ROLES),
    )
    renewals = (Renewal("文件", "linli.kernel.files.actions.renew_contents"),)
