"""Pages of the hall."""

from linli.domains.hall.views.booking import book_online, booked, cancel_booked, move_booked, quiet_booked
from linli.domains.hall.views.counter import choose, counter, take, take_bundle
from linli.domains.hall.views.guide import guide, guide_item, guide_norms, guide_papers, item, items
from linli.domains.hall.views.handlings import (
    bring,
    end_mandate,
    errand,
    finish,
    give_back,
    hand_over,
    handling,
    handlings,
    mandate,
    receipt,
    tell,
)
from linli.domains.hall.views.network import centre, hold_session, network, opinion_sheet
from linli.domains.hall.views.queue import (
    appointment,
    appointments,
    arrive,
    book,
    draw,
    end_appointment,
    excuse,
    pass_on,
    queue,
    recall,
    screen,
    served,
    skip,
    ticket,
)
from linli.domains.hall.views.ratings import grade_here, judge, progress, rating, ratings

__all__ = [
    "appointment", "appointments", "arrive", "book", "book_online", "booked", "bring", "cancel_booked", "centre", "choose",
    "counter", "draw", "end_appointment", "end_mandate", "errand", "excuse", "finish", "give_back", "grade_here", "guide",
    "guide_item", "guide_norms", "guide_papers", "hand_over", "handling", "handlings", "hold_session", "item", "items",
    "judge", "mandate", "move_booked", "network", "opinion_sheet", "pass_on", "progress", "queue", "quiet_booked", "rating",
    "ratings", "recall", "receipt", "screen", "served", "skip", "take", "take_bundle", "tell", "ticket",
]  # fmt: skip
