"""What of the halls is late beside the steps of their cases: errands of agents, answers to poor judgements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count

from linli.base.days import SHANGHAI, official_calendar
from linli.domains.hall.models import Errand
from linli.domains.hall.queries.catalogue import law
from linli.domains.hall.queries.ratings import to_be_answered
from linli.kernel.access.rules import Actor
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """By area, as numbers. What was taken and is late is a case, and stands with the cases."""
    on = at.astimezone(SHANGHAI).date()
    open_ = Errand.objects.filter(mandate__ended_on=None, mandate__until__gte=on, done_on=None).order_by()
    errands = open_.values_list("area", "due_on").annotate(count=Count("id"))
    return [
        *lines_of("服务大厅·代办任务", errands, on, digits), *lines_of("服务大厅·差评回访", _poor(), on, digits),
    ]  # fmt: skip


def _poor() -> Iterator[tuple[str, date, int]]:
    found = to_be_answered().order_by().values_list("area", "since").annotate(count=Count("id"))
    for area, since, count in found:
        yield area, law().on("hall.answer_days", since, area).term.due(since, official_calendar()).day, count
