"""The frame's own app: base pages and static files."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Role


class SiteConfig(AppConfig):
    name = "linli.site"
    label = "site"
    verbose_name = "邻里"

    permissions = (Permission("site.load_demo", "载入演示数据", frozenset({Role.MACHINE})),)
    menu = (("home", "我的待办", "", 0),)
