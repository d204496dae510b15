"""The store: what lies there, every movement of it, who has what, and which rooms have none."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Account, Adjustment, Balance, Goods, Line, Slip
from linli.kernel.ledgers.rules import AccountKind, PostingKind, SlipKind

RECEIVED = (PostingKind.GOODS_IN, PostingKind.REVERSE)  # only receipts are ever reversed
ISSUED = (PostingKind.GOODS_OUT,)
RETURNED = (PostingKind.GOODS_BACK,)
ADJUSTED = (PostingKind.GOODS_LOST, PostingKind.GOODS_FOUND)
MOVED = (PostingKind.TRANSFER,)


def goods_kinds() -> QuerySet[Goods]:
    """All kinds of goods, by name."""
    return Goods.objects.order_by("name", "key")


def stores() -> list[tuple[str, str]]:
    """The stores of the present scope: code and name."""
    found = Account.objects.filter(kind=AccountKind.STORE.value).order_by("code").values_list("code", "name")
    return list(dict.fromkeys(found))


def other_stores(store: Account) -> QuerySet[Account]:
    """Where its goods may move: the other stores of the same books."""
    return Account.objects.filter(kind=AccountKind.STORE.value, book=store.book).exclude(pk=store.pk).order_by("code")


def stock(*, words: str = "", fund: int | None = None, store: str = "", left: bool = False) -> QuerySet[Balance]:
    """What each store holds of each fund and kind of goods, with all that came and went; ``left``: only what is there.

    Each row has ``name``, ``measure`` and the sums ``received issued returned adjusted moved``, whose sum is ``amount``.
    """
    found = Balance.objects.filter(account__kind=AccountKind.STORE.value).select_related("account", "fund")
    kind = Goods.objects.filter(key=OuterRef("unit"))
    found = found.annotate(
        name=Subquery(kind.values("name")[:1]), measure=Subquery(kind.values("measure")[:1]),
        received=_sum(RECEIVED), issued=_sum(ISSUED), returned=_sum(RETURNED), adjusted=_sum(ADJUSTED), moved=_sum(MOVED),
    )  # fmt: skip
    exact = {"fund": fund, "account__code": store}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if words:
        found = found.filter(Q(name__contains=words) | Q(fund__name__contains=words))
    return (found.filter(amount__gt=0) if left else found).order_by("unit", "account__code", "fund__code")


def _sum(kinds: tuple[PostingKind, ...]) -> Coalesce:
    lines = Line.objects.filter(
        account=OuterRef("account"), fund=OuterRef("fund"), unit=OuterRef("unit"), posting__kind__in=[one.value for one in kinds]
    )
    return Coalesce(Subquery(lines.order_by().values("unit").annotate(n=Sum("amount")).values("n")), Value(0))


def stock_of(balance_id: int) -> Balance:
    """One kind of goods of a fund in a store. :raises Forbidden: it is not in the present scope."""
    found = stock().filter(pk=balance_id).first()
    if found is None:
        raise Forbidden("没有这种库存物资，或它不在本辖区的账簿内。")
    return found


def card_lines(
    held: Balance, *, since: date | None = None, until: date | None = None, kind: str = ""
) -> QuerySet[Line]:
    """Every movement of one kind of goods of a fund in a store, oldest first, each with ``running`` and its slip."""
    from linli.kernel.ledgers.queries.books import statement

    lines = statement(fund=held.fund, account=held.account, unit=held.unit, since=since, until=until)
    lines = lines.select_related("posting__slip")
    return lines.filter(posting__kind=kind) if kind else lines


def slips(
    *, words: str = "", kind: str = "", goods: str = "", since: date | None = None, until: date | None = None,
    source: str = "", household: int | None = None, person: int | None = None,
) -> QuerySet[Slip]:  # fmt: skip
    """The slips of the present scope, newest first; ``words`` is the beginning of a receiver's name."""
    found = Slip.objects.select_related("goods", "fund", "store").order_by("-day", "-id")
    exact = {
        "kind": kind, "goods": goods, "source": source, "household": household, "person": person, "day__gte": since,
        "day__lte": until,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if words:
        found = found.filter(receiver__gte=words, receiver__lt=words + "\U0010ffff")
    return found


def slip_of(slip_id: int) -> Slip:
    """The slip with this id, with ``back``: how many pieces of an issue came back.

    :raises Forbidden: it is not in the present scope.
    """
    back = Slip.objects.filter(answers=OuterRef("pk")).order_by().values("answers").annotate(n=Sum("pieces")).values("n")
    found = Slip.objects.select_related("goods", "fund", "store", "supplier", "answers", "staff", "room", "place")
    slip = found.annotate(back=Coalesce(Subquery(back), Value(0))).filter(pk=slip_id).first()
    if slip is None:
        raise Forbidden("没有这张物资单，或它不在本辖区内。")
    return slip


def given_slips() -> QuerySet[Slip]:
    """Goods that were handed out to a person or a household, less those that came back."""
    found = Slip.objects.filter(kind=SlipKind.ISSUE.value).exclude(person=None, household=None)
    return found.exclude(Exists(Slip.objects.filter(answers=OuterRef("pk"))))


def receipts_behind(slip: Slip) -> QuerySet[Slip]:
    """Where the goods of a slip came from: the gifts and purchases of its fund and kind up to its day."""
    came = Slip.objects.filter(
        fund=slip.fund_id, goods=slip.goods_id, kind__in=[SlipKind.GIFT.value, SlipKind.PURCHASE.value], pk__lte=slip.pk
    )
    return came.filter(posting__reversed_by=None).select_related("goods", "fund").order_by("day", "id")


def handed_out(*, since: date | None = None, until: date | None = None) -> QuerySet[Slip]:
    """Issues and returns on days in the range, inclusive, each with ``net``: pieces that went out less those that came back."""
    found = Slip.objects.filter(kind__in=[SlipKind.ISSUE.value, SlipKind.BACK.value]).select_related("goods", "fund")
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    sign = Case(When(kind=SlipKind.ISSUE.value, then=Value(1)), default=Value(-1), output_field=IntegerField())
    return found.annotate(net=sign * F("pieces"))


def received(*, since: date | None = None, until: date | None = None, kind: str = "") -> QuerySet[Slip]:
    """Gifts and purchases that came into the store on days in the range, inclusive, and stand."""
    kinds = [kind] if kind else [SlipKind.GIFT.value, SlipKind.PURCHASE.value]
    found = Slip.objects.filter(kind__in=kinds, posting__reversed_by=None).select_related("goods", "fund", "supplier")
    if since:
        found = found.filter(day__gte=since)
    return found.filter(day__lte=until) if until else found


def furnished(goods: str, until: date | None = None) -> dict[int, int]:
    """Room id to the pieces of this kind that it has (at the end of the day ``until``); rooms without one are left out."""
    rows = handed_out(until=until).filter(goods=goods, room__isnull=False).order_by().values("room")
    return {row["room"]: row["n"] for row in rows.annotate(n=Sum("net")) if row["n"]}


def adjustments(*, state: str = "", kind: str = "") -> QuerySet[Adjustment]:
    """Counts and losses of the present scope, newest first."""
    found = Adjustment.objects.select_related("goods", "fund", "store", "made_by", "decided_by", "slip").order_by("-id")
    exact = {"state": state, "kind": kind}
    return found.filter(**{name: value for name, value in exact.items() if value})


def adjustment_of(adjustment_id: int) -> Adjustment:
    """The count or loss with this id. :raises Forbidden: it is not in the present scope."""
    found = adjustments().filter(pk=adjustment_id).first()
    if found is None:
        raise Forbidden("没有这张盘点报损单，或它不在本辖区的账簿内。")
    return found
