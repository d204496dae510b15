"""The manifest of figures."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "linli.kernel.figures"
    label = "figures"
    verbose_name = "指标与报表"
