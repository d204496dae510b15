"""Taking a complaint or petition by telephone, visit, letter or the supervision number: it is an order like every other."""

from __future__ import annotations

import json
from datetime import datetime

from linli.base.days import SHANGHAI
from linli.domains.complaints.models import Petition
from linli.domains.complaints.queries.complaints import NAMES
from linli.domains.complaints.rules import (
    Handing,
    Paper,
    faults_of,
    is_complaint,
    is_ours,
    is_petition,
    most_representatives,
)
from linli.kernel.access.actions import action, reach_district
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders import actions as work
from linli.kernel.orders.rules import Channel
from linli.kernel.registry.queries import keyring

VISITS = (Channel.VISIT, Channel.ROUND)
"""They come in person, so that they choose who speaks."""


@action("complaints.take")
def take_complaint(
    *, by: Actor, at: datetime, intake: work.Intake, send: bool = True, desk_id: int | None = None,
    paper: Paper = Paper(), any_matter: bool = False,
) -> work.Taken:  # fmt: skip
    """Take it, and send it to another body than the one complained of. ``any_matter``: it may also be an order of another kind.

    :raises Refused: the kind of matter is none of these, or a complaint does not say about whom it is.
    """
    if not any_matter and not is_ours(intake.category):
        raise Refused("请选择行政投诉或信访的事项分类；其他诉求在受理台受理。", field="category")
    if is_complaint(intake.category) and intake.about is None:
        raise Refused("请选择被投诉的单位，以便交由其他单位办理。", field="about")
    petition = is_petition(intake.category)
    if petition:
        _check(paper, intake, at)
    taken = work.take(by=by, at=at, intake=intake, send=send, desk_id=desk_id)
    if petition:
        due = paper.report_due if paper.handing is Handing.ASSIGN else None
        words = {"people": paper.people, "representatives": sealed_names(paper.representatives), "report_due": due}
        with reach_district(by, "complaints.take"):
            Petition.objects.create(order_id=taken.id, handing=paper.handing.value, area=by.area, **words)
    return taken


def _check(paper: Paper, intake: work.Intake, at: datetime) -> None:
    on = at.astimezone(SHANGHAI).date()
    fault = faults_of(paper, most=most_representatives(on, intake.place), visit=intake.channel in VISITS, on=on)
    if fault:
        raise Refused(fault[1], field=fault[0])


def sealed_names(names: tuple[str, ...]) -> bytes | None:
    """The names of those who speak for many, sealed."""
    return keyring().seal(json.dumps(names, ensure_ascii=False), NAMES) if names else None
