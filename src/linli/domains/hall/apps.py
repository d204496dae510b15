"""The manifest of the hall: permissions and menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Role

WORKER = frozenset({Role.COMMUNITY_WORKER})
CLERK = frozenset({Role.HALL_CLERK})
TOWN = frozenset({Role.TOWN_REVIEWER})
APPROVER = frozenset({Role.DISTRICT_APPROVER})
OFFICES = WORKER | CLERK | TOWN | APPROVER
PACKAGE = "linli.domains.hall"


class HallConfig(AppConfig):
    name = PACKAGE
    label = "hall"
    verbose_name = "一站式服务大厅"

    permissions = (
        Permission("hall.see", "查阅服务事项和受理件", OFFICES | {Role.AUDITOR}),
    )
    public_pages = (("hall:guide", "居民请由此查看办事指南"),)
    menu = (("hall:items", "服务事项目录", "hall.see", 134),)
