"""Taking a complaint or petition by telephone, visit, letter or the supervision number: it is an order like every other."""

from __future__ import annotations

from datetime import datetime

from linli.domains.complaints.models import Petition
from linli.domains.complaints.rules import Handing, is_complaint, is_ours, is_petition
from linli.kernel.access.actions import action, reach_district
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders import actions as work


@action("complaints.take")
def take_complaint(
    *, by: Actor, at: datetime, intake: work.Intake, send: bool = True, desk_id: int | None = None,
    handing: Handing = Handing.TRANSFER, any_matter: bool = False,
) -> work.Taken:  # fmt: skip
    """Take it, and send it to another body than the one complained of. ``any_matter``: it may also be an order of another kind.

    :raises Refused: the kind of matter is none of these, or a complaint does not say about whom it is.
    """
    if not any_matter and not is_ours(intake.category):
        raise Refused("请选择行政投诉或信访的事项分类；其他诉求在受理台受理。", field="category")
    if is_complaint(intake.category) and intake.about is None:
        raise Refused("请选择被投诉的单位，以便交由其他单位办理。", field="about")
    taken = work.take(by=by, at=at, intake=intake, send=send, desk_id=desk_id)
    if is_petition(intake.category):
        with reach_district(by, "complaints.take"):
            Petition.objects.create(order_id=taken.id, handing=handing.value, area=by.area)
    return taken
