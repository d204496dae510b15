"""The last day of a batch's money: asked of the packages that know what is paid by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.apps import apps
from django.utils.module_loading import import_string


def days_of(batches: Sequence[int]) -> dict[int, date]:
    """By the id of a batch (manifest ``batch_days``: a function of ids → days); a batch that nobody knows has no last day."""
    found: dict[int, date] = {}
    for config in apps.get_app_configs():
        if batches and (path := getattr(config, "batch_days", "")):
            found |= import_string(path)(batches)
    return found
