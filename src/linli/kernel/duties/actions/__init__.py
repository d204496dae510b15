"""Writes of the duties."""

from linli.kernel.duties.actions.doing import do_duty, do_next, take_back
from linli.kernel.duties.actions.planning import Planned, plan
from linli.kernel.duties.actions.rotas import answer_swap, ask_swap, attend, set_roster

__all__ = ["Planned", "answer_swap", "ask_swap", "attend", "do_duty", "do_next", "plan", "set_roster", "take_back"]
