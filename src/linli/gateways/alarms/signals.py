"""What a single-key caller says: a key was pressed, or the device is alive.

Topics are ``<prefix>/<device>/press`` and ``<prefix>/<device>/beat``. A body is a JSON object (``key``, ``id``, ``at``,
``battery``) or, for the simplest devices, the number of the key alone. A press is never refused for its wording: what
cannot be read is a press of an unknown key, for somebody may need help.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LARGEST = 4096
"""Bytes of a body that are kept; a longer one is cut and read as an unknown key."""
LONGEST_NAME, LONGEST_ID = 64, 64
MOST_KEYS = 99
_UNFIT = re.compile(r"[^0-9A-Za-z_.:-]")


@dataclass(frozen=True, slots=True)
class Press:
    """A key was pressed. ``key`` is None where it could not be read, ``id`` empty where the device gives none."""

    device: str
    key: int | None
    id: str = ""
    at: datetime | None = None
    """By the device's own clock, which may be wrong."""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Beat:
    """The device is alive. ``battery`` in percent."""

    device: str
    at: datetime | None = None
    battery: int | None = None


Signal = Press | Beat


def read(topic: str, body: bytes, *, prefix: str) -> Signal | None:
    """The signal of a message; None where the topic is none of ours."""
    if not topic.startswith(f"{prefix}/"):
        return None
    device, _, what = topic.removeprefix(f"{prefix}/").rpartition("/")
    name = clean_device(device)
    if not name or what not in {"press", "beat"}:
        return None
    said = _object(body[:LARGEST] if len(body) <= LARGEST else b"")
    if what == "beat":
        return Beat(name, _moment(said.get("at")), _whole(said.get("battery"), 0, 100))
    return Press(name, _whole(said.get("key"), 1, MOST_KEYS), _id(said.get("id")), _moment(said.get("at")), body[:LARGEST])


def clean_device(text: str) -> str:
    """A device's name with nothing in it but letters, digits and ``_ . : -``; at most 64 characters."""
    return _UNFIT.sub("_", text.strip())[:LONGEST_NAME]


def _object(body: bytes) -> dict[str, Any]:
    text = body.decode("utf-8", errors="replace").strip()
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return {"key": int(text)}
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _whole(value: Any, least: int, most: int) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}", value, re.ASCII):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else None


def _id(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)[:LONGEST_ID]
    return _UNFIT.sub("_", value)[:LONGEST_ID] if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    """An aware moment; a moment without its zone says nothing and is left out."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
