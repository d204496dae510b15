"""Pages of schemes and their rooms, and of cards."""

from linli.domains.provision.views.cards import (
    card,
    cards,
    issue,
    lose,
    replace,
    settle,
    shops,
    till,
    waiting,
    withdraw,
)
from linli.domains.provision.views.schemes import furnish, new_scheme, scheme, schemes, without

__all__ = [
    "card", "cards", "furnish", "issue", "lose", "new_scheme", "replace", "scheme", "schemes", "settle", "shops", "till",
    "waiting", "withdraw", "without",
]  # fmt: skip
