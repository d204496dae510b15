"""Whom a standard that the district sets concerns: the town's or the country's residents, at home or in an institution."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from linli.domains.assistance.models import Member
from linli.law import Zone

_MODES = {"home", "institution"}


def concerned(standing: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Of these entitlements those that a key of the law concerns: ``dibao.standard.urban``, ``tekun.basic.rural.home``."""
    parts = set(key.split("."))
    zone = next((one for one in Zone if one.key in parts), None)
    if zone is not None:
        helped = Member.objects.filter(person=OuterRef("person"), counted=True, replaced_on=None, application__state="granted")
        standing = standing.exclude(Exists(helped.exclude(application__zone=int(zone))))
    modes = parts & _MODES
    return standing.filter(grade__in=modes) if modes else standing
