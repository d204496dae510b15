"""The manifest of calls."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, Renewal, Role

CENTRE = frozenset({Role.HOTLINE_OPERATOR, Role.DISTRICT_APPROVER})
MACHINE = frozenset({Role.MACHINE})


class CallsConfig(AppConfig):
    name = "linli.kernel.calls"
    label = "calls"
    verbose_name = "通话"

    permissions = (
        Permission("calls.answer", "接打热线电话", CENTRE),
        Permission("calls.see", "查看通话记录", CENTRE | {Role.AUDITOR}),
        Permission("calls.hear", "记录通话", MACHINE),
    )
    renewals = (Renewal("通话", "linli.kernel.calls.actions.renew_seals"),)
