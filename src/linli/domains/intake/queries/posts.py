"""What lies in the inbox and who may send to it, for the staff."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from linli.base.dated import Parameters, load
from linli.base.days import SHANGHAI
from linli.domains.intake.models import Client, Post
from linli.domains.intake.queries.public import CONTEXT
from linli.domains.intake.rules import PostKind
from linli.kernel.access.rules import Actor
from linli.kernel.orders.queries import day_begins
from linli.kernel.registry.queries import keyring
from linli.kernel.ui.rules import Task


def posts(
    *, words: str = "", kind: str = "", state: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[Post]:
    """Posts of the present scope, the newest first. ``state``: waiting, taken, faulty."""
    found = Post.objects.select_related("client").defer("content", "picture").order_by("-id")
    if words:
        found = found.filter(number=words)
    if kind:
        found = found.filter(kind=kind)
    if first:
        found = found.filter(received_at__gte=day_begins(first))
    if last:
        found = found.filter(received_at__lt=day_begins(last + timedelta(days=1)))
    states: dict[str, dict[str, Any]] = {
        "waiting": {"taken_at": None}, "taken": {"taken_at__isnull": False},
        "faulty": {"taken_at": None, "fault__gt": "", "content__isnull": False},
    }  # fmt: skip
    return found.filter(**states.get(state, {}))


def waiting() -> QuerySet[Post]:
    """Posts that can be taken in now, in the order in which they came: additions and grades wait for their request."""
    untaken = Exists(Post.objects.filter(number=OuterRef("number"), kind=PostKind.ASK, taken_at=None))
    return Post.objects.filter(Q(kind=PostKind.ASK) | ~untaken, taken_at=None, fault="").order_by("id")


@cache
def terms() -> Parameters:
    """How long a post is kept, by day and place."""
    return load([Path(__file__).parents[1] / "parameters" / "retention.toml"])


def to_forget(on: date, area: str) -> QuerySet[Post]:
    """Posts that failed and that nobody could take in for the term of the place."""
    before = day_begins(on - timedelta(days=terms().on("intake.forget_days", on, area).count))
    return posts(state="faulty").filter(received_at__lt=before)


def post_by_id(post_id: int) -> Post:
    """One post. :raises Http404: there is none in the present range."""
    found = Post.objects.filter(pk=post_id).first()
    if found is None:
        raise Http404
    return found


def content_of(post: Post) -> dict[str, str]:
    """What was written; nothing once it is taken in. :raises BadSeal: the key is gone."""
    if post.content is None:
        return {}
    kept: dict[str, str] = json.loads(keyring().open(bytes(post.content), CONTEXT))
    return kept


def clients(*, words: str = "", state: str = "") -> QuerySet[Client]:
    """Programs that may send, those in use first."""
    found = Client.objects.select_related("issued_by", "revoked_by").order_by(F("revoked_on").desc(nulls_first=True), "-id")
    if words:
        found = found.filter(name__contains=words)
    return found.filter(revoked_on__isnull=state == "used") if state else found


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Posts that could not be taken in, for whoever may look into it."""
    if which == "done" or not actor.may("intake.receive"):
        return []
    href = reverse("intake:posts") + "?state=faulty"
    return [
        Task(f"网上来件{one.number}未能登记（{PostKind(one.kind).zh}）", "网上来件", href, area=one.area,
             since=one.received_at.astimezone(SHANGHAI).date())
        for one in posts(state="faulty")[:20]
    ]  # fmt: skip
