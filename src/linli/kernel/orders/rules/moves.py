"""What may happen to an order where it stands: a table."""

from __future__ import annotations

from linli.kernel.orders.rules.words import CallOutcome, Move, Stage

M, S = Move, Stage
MOVES: dict[Stage, dict[Move, Stage]] = {
    S.NEW: {
        M.ANSWERED: S.CLOSED, M.DISPATCHED: S.SENT, M.SUPERVISED: S.NEW, M.MERGED: S.MERGED,
    },
    S.SENT: {
        M.SIGNED: S.WORKING, M.RETURNED: S.DISPUTED, M.DISPATCHED: S.SENT, M.SUPERVISED: S.SENT, M.MERGED: S.MERGED,
        M.RECALLED: S.SENT,
    },
    S.DISPUTED: {M.RULED: S.SENT, M.SUPERVISED: S.DISPUTED},
    S.WORKING: {
        M.CONTACTED: S.WORKING, M.HELPED: S.WORKING, M.HELP_GIVEN: S.WORKING, M.ASKED: S.WORKING, M.EXTENDED: S.WORKING,
        M.SUSPENDED: S.SUSPENDED, M.HANDLED: S.HANDLED, M.SUPERVISED: S.WORKING, M.MERGED: S.MERGED,
        M.RECALLED: S.SENT, M.WITHDRAWN: S.SENT,
    },
    S.SUSPENDED: {M.RESUMED: S.WORKING, M.HELP_GIVEN: S.SUSPENDED, M.SUPERVISED: S.SUSPENDED, M.RECALLED: S.SENT},
    S.HANDLED: {M.CALLED_BACK: S.HANDLED, M.HELP_GIVEN: S.HANDLED, M.REOPENED: S.WORKING, M.CLOSED: S.CLOSED},
    S.MERGED: {M.HANDLED: S.HANDLED},
    S.CLOSED: {M.REOPENED: S.WORKING},
}  # fmt: skip
"""Of each stage the moves that are allowed and where they lead."""
ANYWHERE = (Move.NAMED, Move.ACCUSED, Move.SUPPLEMENTED)
"""Possible everywhere; they lead nowhere."""


def after(stage: Stage, move: Move) -> Stage | None:
    """Where a move leads; None when it is not allowed there."""
    return stage if move in ANYWHERE else MOVES[stage].get(move)


def refusal(stage: Stage, move: Move) -> str:
    """Why a move is not possible, in words for the user."""
    return f"工单现在是“{stage.zh}”，不能办理“{move.zh}”。请刷新页面，按当前状态办理。"


def after_call(outcome: CallOutcome, attempt: int, most: int, dissatisfied: bool, rounds: int, most_rounds: int) -> Move:
    """What an attempt to call back leads to.

    Reached and content, or refused: closed. Reached and dissatisfied: handled again, as often as the rounds allow. Not reached:
    tried again, and closed after the last attempt without a grade, so that nobody's silence counts as praise or blame.
    """
    if outcome is CallOutcome.REACHED:
        return Move.REOPENED if dissatisfied and rounds < most_rounds else Move.CLOSED
    if outcome is CallOutcome.REFUSED or attempt >= most:
        return Move.CLOSED
    return Move.CALLED_BACK
