"""What everybody may read: the copies of notices that are up. These queries use the public's role and nothing else."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from django.db import connections
from django.db.models import QuerySet

from linli.base.areas import scope_of
from linli.kernel.publicity.models import PublishedItem, PublishedNotice

PUBLIC = "public"


def published(*, on: date, area: str = "", kind: str = "", words: str = "") -> QuerySet[PublishedNotice]:
    """Notices on show on this day, newest first."""
    found = PublishedNotice.objects.using(PUBLIC).filter(published_on__lte=on, until__gte=on)
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    if kind:
        found = found.filter(kind=kind)
    if words.isdecimal() and len(words) <= 9:
        found = found.filter(pk=int(words))
    elif words:
        found = found.filter(title__contains=words)
    return found.order_by("-published_on", "-id")


def published_notice(notice_id: int, *, on: date) -> PublishedNotice | None:
    """The notice with this number, if it is on show on this day."""
    return published(on=on).filter(pk=notice_id).first()


def published_items(shown: PublishedNotice) -> QuerySet[PublishedItem]:
    """The lines of a published notice in their order."""
    return PublishedItem.objects.using(PUBLIC).filter(notice=shown).order_by("number")


def has_item(shown: PublishedNotice, number: int) -> bool:
    """Whether the notice has a line of this number."""
    return published_items(shown).filter(number=number).exists()


def communities(on: date) -> list[tuple[str, str, str]]:
    """(code, name, name of the street or town) of each community on a day."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select code, name, above from bulletin.communities(%s)", [on])
        return list(cursor.fetchall())


def choices_published(on: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The areas and the kinds of the notices on show: (code, name) each; every area once, namesakes with their street or town."""
    rows = set(published(on=on).order_by().values_list("area", "area_name", "kind", "kind_zh"))
    areas = dict(sorted({(row[0], row[1]) for row in rows}, key=lambda one: (one[0], len(one[1]))))  # the fullest name of each
    if any(one.endswith(other) for one, other in permutations(areas.values(), 2)):
        areas |= {code: f"{above}{name}" for code, name, above in communities(on) if code in areas}
    return sorted(areas.items()), sorted({(row[2], row[3]) for row in rows})
