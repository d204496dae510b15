"""What is done at a counter."""

from linli.domains.hall.actions.agency import do_errand, end_mandate, give_mandate
from linli.domains.hall.actions.handing import bring_papers, finish, hand_over, return_papers, tell
from linli.domains.hall.actions.heard import sessions_changed
from linli.domains.hall.actions.judging import answer_rating, grade_from_web, grade_here
from linli.domains.hall.actions.queue import (
    arrive,
    book,
    call_next,
    draw_ticket,
    end_appointment,
    end_ticket,
    pass_on,
    recall,
)
from linli.domains.hall.actions.renewing import renew_phones
from linli.domains.hall.actions.taking import Mandating, take, take_bundle

__all__ = [
    "Mandating", "answer_rating", "arrive", "book", "bring_papers", "call_next", "do_errand", "draw_ticket",
    "end_appointment", "end_mandate", "end_ticket", "finish", "give_mandate", "grade_from_web", "grade_here",
    "hand_over", "pass_on", "recall", "renew_phones", "return_papers", "sessions_changed", "take", "take_bundle",
    "tell",
]  # fmt: skip
