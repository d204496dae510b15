"""The manifest of ui."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "linli.kernel.ui"
    label = "ui"
    verbose_name = "界面"
