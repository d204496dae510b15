"""What is done at a counter."""

from linli.domains.hall.actions.agency import do_errand, end_mandate, give_mandate
from linli.domains.hall.actions.appointments import (
    AHEAD,
    arrive,
    book,
    end_appointment,
    excuse,
    forget,
    mark_missed,
    put_off,
    told_of,
)
from linli.domains.hall.actions.booking import NOT_FOUND, Made, book_from_web, cancel_from_web, move_from_web, quieten
from linli.domains.hall.actions.handing import bring_papers, finish, hand_over, return_papers, tell
from linli.domains.hall.actions.heard import hours_changed, sessions_changed
from linli.domains.hall.actions.judging import answer_rating, grade_from_web, grade_here
from linli.domains.hall.actions.queue import call_next, draw_ticket, end_ticket, pass_on, recall
from linli.domains.hall.actions.renewing import renew_bookings, renew_phones
from linli.domains.hall.actions.taking import Mandating, take, take_bundle
from linli.domains.hall.actions.texting import send_text

__all__ = [
    "AHEAD", "NOT_FOUND", "Made", "Mandating", "answer_rating", "arrive", "book", "book_from_web", "bring_papers", "call_next",
    "cancel_from_web",
    "do_errand", "draw_ticket", "end_appointment", "end_mandate", "end_ticket", "excuse", "finish", "forget", "give_mandate",
    "grade_from_web", "grade_here", "hand_over", "hours_changed", "mark_missed", "move_from_web", "pass_on", "put_off", "quieten",
    "recall",
    "renew_bookings", "renew_phones", "return_papers", "send_text", "sessions_changed", "take", "take_bundle", "tell", "told_of",
]  # fmt: skip
