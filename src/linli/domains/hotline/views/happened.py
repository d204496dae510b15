"""What happened to an order, in words that can be read alone: with what ground, ruled how, sent to whom."""

from __future__ import annotations

from typing import Any

from linli.kernel.orders.rules import AskKind, Move, ReturnGround, StopGround
from linli.kernel.ui.rules import Event, Tone

LOUD = {
    Move.SUPERVISED: Tone.BAD, Move.RETURNED: Tone.WARN, Move.REOPENED: Tone.WARN, Move.CLOSED: Tone.GOOD,
    Move.SUPPLEMENTED: Tone.NOW,
}  # fmt: skip
SENT = (Move.DISPATCHED, Move.RULED, Move.RECALLED)


def events(happened: list[Any]) -> list[Event]:
    """The last first."""
    return [_event(row) for row in reversed(happened)]


def _event(row: Any) -> Event:
    move, facts = Move(row.move), row.facts or {}
    refused = facts.get("granted") is False
    stop = refused and facts.get("kind") == AskKind.SUSPEND.value
    zh, tone = ("裁定挂起", Tone.QUIET) if stop else (move.zh, LOUD.get(move, Tone.QUIET))
    said = "；".join(words for words in (_lead(row, move, facts), row.text) if words)
    return Event(row.at, zh, who=row.by.name if row.by else "系统", text=said, tone=tone)


def _lead(row: Any, move: Move, facts: dict[str, Any]) -> str:
    """What the words of whoever did it do not say."""
    parts = []
    if "granted" in facts:
        parts.append("同意" if facts["granted"] else "不同意")
    if move in SENT and row.desk_id:
        parts.append(f"派给{row.desk.name}")
    if move is Move.RETURNED and facts.get("ground"):
        parts.append(ReturnGround(facts["ground"]).zh)
    if move is Move.ASKED and facts.get("kind"):
        parts.append(f"申请{AskKind(facts['kind']).zh}")
    if move is Move.SUSPENDED and facts.get("ground"):
        parts.append(StopGround(facts["ground"]).zh)
    return "，".join(parts)
