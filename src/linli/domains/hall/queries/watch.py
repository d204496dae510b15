"""What of the halls is late beside the steps of their cases: errands of agents, answers to poor judgements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse

from linli.base.days import SHANGHAI
from linli.domains.hall.queries.handlings import open_errands
from linli.domains.hall.queries.ratings import answer_due, late_since, to_be_answered
from linli.kernel.access.rules import Actor
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """By area, as numbers. What was taken and is late is a case, and stands with the cases."""
    on = at.astimezone(SHANGHAI).date()
    sees = actor.may("hall.see")

    def handled(place: str) -> str:
        return f"{reverse('hall:handlings')}?{urlencode({'state': 'errand', 'area': place})}"

    def judged(place: str) -> str:
        words = {"answered": "open", "area": place, "last": late_since(place, on)}
        return f"{reverse('hall:ratings')}?{urlencode(words)}"

    errands = open_errands(on).order_by().values_list("area", "mandate__handling").annotate(due=Min("due_on"))
    owed = [(area, due, 1) for area, _, due in errands]
    return [
        *lines_of("服务大厅·代办任务", owed, on, digits, handled if sees else None),
        *lines_of("服务大厅·差评回访", _poor(), on, digits, judged if sees else None),
    ]


def _poor() -> Iterator[tuple[str, date, int]]:
    found = to_be_answered().order_by().values_list("area", "since").annotate(count=Count("id"))
    for area, since, count in found:
        yield area, answer_due(since, area), count
