"""The fund of a campaign in the books of one branch, and the given goods that are handed out of it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import connection

from linli.base.text import tidy
from linli.domains.fundraising import queries
from linli.domains.fundraising.models import Campaign
from linli.domains.fundraising.rules import BooksLevel, CampaignKind, books_level
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.ledgers.rules import FundKind, FundLevel

if TYPE_CHECKING:
    from linli.kernel.ledgers.models import Fund, Posting


def fund_code(campaign: int, area: str, purpose: str = "") -> str:
    """The code of a campaign's fund in a branch's books; a donor's restriction makes a fund of its own."""
    mark = f"-{hashlib.sha256(purpose.encode()).hexdigest()[:8]}" if purpose else ""
    return f"JZ-{campaign}-{area[:9]}{mark}"


def fund_for(*, by: Actor, on: date, campaign: Campaign, purpose: str) -> Fund:
    """The fund into which a gift goes, opened with the first gift; two clerks who are first open one."""
    code = fund_code(campaign.pk, by.area, purpose)
    if found := ledgers.find_fund(code):
        return found
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fundraising.fund:{code}"])
    if found := ledgers.find_fund(code):
        return found
    limits = queries.purposes_of(campaign)
    if purpose:
        limits = {purpose: limits.get(purpose, "捐赠人指定用途")}
    above = campaign.kind == CampaignKind.UPPER.value
    own = FundLevel.DISTRICT if books_level(by.area) is BooksLevel.DISTRICT else FundLevel.TOWN
    name = campaign.title + (f"（定向：{_name_of(purpose)}）" if purpose else "")
    return books.open_fund(
        by=by, on=on, code=code, name=name[:80], kind=FundKind.SUPERIOR if above else FundKind.DONATION,
        level=FundLevel(campaign.source_level) if above else own, area=by.area, donor=campaign.source if above else "",
        limits=campaign.use[:400], purposes=limits or None,
    )  # fmt: skip


def _name_of(purpose: str) -> str:
    return str(ledgers.purposes().get(pk=purpose).name)


@action("fundraising.hand_out")
def hand_out(*, by: Actor, on: date, fund: Fund, goods: str, pieces: int, receiver: str) -> Posting:
    """Given goods leave the store for good: 棉被 20 床 to a home. ``receiver`` is whom they went to, in words.

    :raises Refused: nobody named, no number above zero, or fewer in store.
    """
    if not tidy(receiver):
        raise Refused("请填写发放给谁。", field="receiver")
    reference = f"fundraising.out:{uuid4().hex}"
    memo = f"发放{goods.replace('/', ' ')} {pieces}：{tidy(receiver)}"
    posting = books.hand_out_goods(
        by=by, on=on, fund=fund, goods=goods, pieces=pieces, party=tidy(receiver)[:80], reference=reference, memo=memo
    )
    about("fundraising.fund", fund.pk, area=fund.area, pieces=pieces)
    return posting
