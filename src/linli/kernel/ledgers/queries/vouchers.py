"""Single postings and what stands behind them."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Fund, FundPurpose, Goods, Line, PaymentOrder, Posting
from linli.kernel.ledgers.rules import PostingKind

SHOWN = 500
"""Lines that a voucher shows; a batch of thousands is read on its own page."""


def posting_of(posting_id: int) -> Posting:
    """The posting with this id. :raises Forbidden: it is not in the present scope."""
    posting = Posting.objects.select_related("staff", "reverses", "reversed_by").filter(pk=posting_id).first()
    if posting is None:
        raise Forbidden("没有这张凭证，或它不在本辖区的账簿内。")
    return posting


def voucher_lines(posting: Posting) -> list[Line]:
    """The first lines of a posting, debits before credits."""
    lines = Line.objects.filter(posting=posting).select_related("account", "fund").order_by("-amount", "id")
    return list(lines[:SHOWN])


def can_be_reversed(posting: Posting) -> bool:
    """Whether it may still be answered by its mirror image (see actions.reverse)."""
    if posting.kind == PostingKind.REVERSE.value or Posting.objects.filter(reverses=posting).exists():
        return False
    return not Line.objects.filter(posting=posting, order__isnull=False).exists()


def booked_for(order: PaymentOrder) -> QuerySet[Line]:
    """Every line about an order, oldest first."""
    return Line.objects.filter(order=order).select_related("posting", "account", "fund").order_by("posting_id", "id")


def purposes_of(fund: Fund) -> QuerySet[FundPurpose]:
    """What a restricted fund may be spent on, with the papers."""
    return FundPurpose.objects.filter(fund=fund).select_related("purpose").order_by("since", "id")


def goods_name(key: str) -> str:
    """The goods with their measure, e.g. 彩色电视机（台）."""
    goods = Goods.objects.filter(key=key).first()
    return str(goods) if goods else key
