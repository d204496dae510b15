"""What an operator types is kept at every pause, so that a line or a computer that breaks loses nothing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from linli.domains.hotline.models import Draft
from linli.domains.hotline.queries.console import CONTEXT
from linli.kernel.access.rules import Actor
from linli.kernel.registry.queries import keyring

KEPT_FOR = timedelta(days=1)
LONGEST = 4000


def keep_draft(*, by: Actor, at: datetime, fields: dict[str, str]) -> None:
    """Keep these words, sealed; the former ones of the same person go. It is no act on anybody, so the trail has no line."""
    words = {name: value[:LONGEST] for name, value in fields.items() if value.strip()}
    if not words:
        drop_draft(by=by)
        return
    content = keyring().seal(json.dumps(words, ensure_ascii=False), f"{CONTEXT}.{by.own_hand}")
    Draft.objects.update_or_create(staff_id=by.own_hand, defaults={"content": content, "at": at})


def drop_draft(*, by: Actor) -> None:
    """The order was taken, or the words are not wanted any more."""
    Draft.objects.filter(staff_id=by.own_hand).delete()


def clear_drafts(*, at: datetime) -> int:
    """Forget what nobody came back for within a day."""
    count, _ = Draft.objects.filter(at__lt=at - KEPT_FOR).delete()
    return count
