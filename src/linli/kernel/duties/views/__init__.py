"""The pages of the duties."""

from linli.kernel.duties.views.acts import do, occurrence, take_back
from linli.kernel.duties.views.lists import calendar, listed, overview
from linli.kernel.duties.views.rotas import ask_swap, roster, rosters, shift, swap

__all__ = [
    "ask_swap", "calendar", "do", "listed", "occurrence", "overview", "roster", "rosters", "shift", "swap", "take_back",
]  # fmt: skip
