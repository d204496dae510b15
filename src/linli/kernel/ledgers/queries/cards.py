"""Cards, what is left on them, what was bought, and what is owed to shops."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Account, Balance, Card, CardUse, Line, PaymentOrder
from linli.kernel.ledgers.queries.orders import with_state
from linli.kernel.ledgers.rules import SHOPS, AccountKind, OrderState


def cards(
    *, words: str = "", state: str = "", purpose: str = "", on: date | None = None
) -> QuerySet[Card]:
    """Cards of the present scope, newest first, each with its sums (:func:`with_sums`); ``words``: number or name.

    ``state``: "open" (in use on the day), "expired" (its day is over, money is left) or "ended".
    """
    found = with_sums(Card.objects.select_related("order", "order__purpose")).order_by("-id")
    if purpose:
        found = found.filter(order__purpose=purpose)
    if words:
        found = found.filter(Q(number=words) | Q(order__payee__gte=words, order__payee__lt=words + "\U0010ffff"))
    if state == "ended":
        return found.filter(ended_on__isnull=False)
    if state and on:
        found = found.filter(ended_on=None)
        return found.filter(expires_on__lt=on) if state == "expired" else found.filter(expires_on__gte=on)
    return found


def with_sums(found: QuerySet[Card]) -> QuerySet[Any]:
    """The cards with ``left``: what the order still promises while the card is open; ``used``: what was bought with it.

    Both stand in the books that pay the order: ``in_sight`` is false, and they are None, where those are another office's.
    """
    owed = Line.objects.filter(order=OuterRef("order"), account__kind=AccountKind.PAYABLE.value).order_by().values("order")
    used = living_uses().filter(card=OuterRef("pk")).order_by().values("card").annotate(n=Sum("amount")).values("n")
    bought, promised = Coalesce(Subquery(used), 0), Subquery(owed.annotate(n=-Sum("amount")).values("n"))
    left = Case(When(ended_on=None, then=promised), default=Value(0), output_field=BigIntegerField())
    return found.annotate(in_sight=Exists(owed)).annotate(
        used=Case(When(in_sight=True, then=bought), output_field=BigIntegerField()),
        left=Case(When(in_sight=True, then=left), output_field=BigIntegerField()),
    )


def card_of(card_id: int) -> Card:
    """The card with this id. :raises Forbidden: it is not in the present scope."""
    found: Card | None = cards().filter(pk=card_id).first()
    if found is None:
        raise Forbidden("没有这张救助卡，或它不在本辖区内。")
    return found


def card_numbered(number: str) -> Card | None:
    """The card with this number in the present scope, with its sums."""
    found: Card | None = cards().filter(number=number).first()
    return found


def living_uses() -> QuerySet[CardUse]:
    """What was bought with cards and was not taken back as entered wrongly."""
    return CardUse.objects.filter(posting__reversed_by=None)


def uses(card: Card | None = None, *, since: date | None = None, until: date | None = None) -> QuerySet[CardUse]:
    """What was bought, newest first, with ``reversed`` where the entry was taken back."""
    found = CardUse.objects.select_related("card", "shop", "posting", "card__order").order_by("-day", "-id")
    found = found.annotate(reversed=Exists(CardUse.objects.filter(pk=OuterRef("pk"), posting__reversed_by__isnull=False)))
    exact = {"card": card, "day__gte": since, "day__lte": until}
    return found.filter(**{name: value for name, value in exact.items() if value})


def waiting_for_cards(purpose: str) -> QuerySet[PaymentOrder]:
    """Orders of this purpose that can have a card: nothing was paid, no batch holds them, no card is out."""
    found = with_state(PaymentOrder.objects.filter(purpose=purpose, person__isnull=False).order_by("area", "id"))
    ready: QuerySet[PaymentOrder] = found.filter(state=OrderState.READY.value)
    return ready


def shop_debts() -> QuerySet[Balance]:
    """What is owed to shops, by shop and fund, each with ``owed`` in fen and the ``shop``'s account."""
    found = Balance.objects.filter(account__code__startswith=f"{SHOPS}-").select_related("account", "fund")
    return found.annotate(owed=-F("amount")).order_by("account__code", "fund__code")


def shop_account(book: str, shop: int) -> Account | None:
    """The account of what is owed to this shop in these books."""
    return Account.objects.filter(book=book, code=f"{SHOPS}-{shop}").first()
