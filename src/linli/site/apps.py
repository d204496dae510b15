"""The frame's own app: base pages and static files."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "linli.site"
    label = "site"
    verbose_name = "邻里"
