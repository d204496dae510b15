"""The manifest of the record of all aid: the view, and nothing to do."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "linli.kernel.deliveries"
    label = "deliveries"
    verbose_name = "救助记录"

    views: ClassVar = {"deliveries_delivery": "linli.kernel.deliveries.queries.view"}
