"""Who bears a programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.deciding import same_month
from linli.kernel.entitlements.models import Funding, FundingPart
from linli.kernel.entitlements.queries.declared import programme_named
from linli.kernel.entitlements.rules import Part
from linli.kernel.ledgers.queries import funds


@action("entitlements.fund")
def set_funding(
    *, by: Actor, on: date, programme: str, since: date, parts: Sequence[Part], paper: str, place: str = "", component: str = ""
) -> Funding:
    """Who bears a programme (or one component) from a month on, in the areas below ``place`` (the actor's own when empty).

    Fixed amounts first, the rest by weight. What was set before for the same place and part ends with it.

    :raises Refused: no fund, one twice or unknown, no document, or the same month was set already.
    """
    declared = programme_named(programme)
    same_month(since)
    if component and component not in {one.key for one in declared.components}:
        raise Refused(f"{declared.zh}没有这个组成部分，请重新选择。", field="component")
    if not paper.strip():
        raise Refused("请填写资金分担的依据，如资金文件文号。", field="paper")
    if not parts:
        raise Refused("请至少选择一项资金。", field="fund1")
    if len({part.fund for part in parts}) != len(parts):
        raise Refused("同一项资金写了两次，请合并。", field="fund2")
    if any(part.value <= 0 for part in parts):
        raise Refused("比例或定额应大于0，请修改。", field="value1")
    known = set(funds(standing="open").filter(pk__in=[part.fund for part in parts]).values_list("pk", flat=True))
    if known != {part.fund for part in parts}:
        raise Refused("有的资金已关闭或不在本辖区的账簿内，请重新选择。", field="fund1")
    where = place or by.area
    former = Funding.objects.filter(programme=programme, component=component, place=where, until=None, since__lt=since)
    former.update(until=since)
    try:
        with transaction.atomic():
            made = Funding.objects.create(
                programme=programme, component=component, place=where, since=since, paper=paper[:120], area=by.area,
                decided_by_id=by.staff_id or None,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这个月起的分担已经设定，请选择以后的月份。", field="since") from fault
    FundingPart.objects.bulk_create(
        FundingPart(funding=made, rank=rank, fund_id=part.fund, kind=part.kind.value, value=part.value, area=made.area)
        for rank, part in enumerate(parts, 1)
    )
    about("entitlements.funding", made.pk, area=made.area, programme=programme, since=since.isoformat())
    return made
