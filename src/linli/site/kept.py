"""The demo's own database, day and size, and what it leaves for later commands. Read before the settings are."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

DATABASE = "linli_demo"
DAY = date(2010, 12, 20)
PEOPLE = 37_000
FILE = "demo.json"


@dataclass(frozen=True)
class Kept:
    """The database that commands use when ``LINLI_DATABASE`` is not set, and the fixed business day in it."""

    database: str = ""
    business_day: str = ""


def read_kept(home: Path) -> Kept:
    """What the demo left in this home folder; tests never see it."""
    if os.environ.get("LINLI_TESTING") == "1":
        return Kept()
    try:
        return Kept(**json.loads((home / FILE).read_text()))
    except FileNotFoundError:
        return Kept()


def write_kept(home: Path, kept: Kept) -> None:
    """Leave it for later commands."""
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f"{FILE}.{os.getpid()}"
    fresh.write_text(json.dumps(asdict(kept)) + "\n")
    fresh.rename(home / FILE)


def forget_kept(home: Path) -> None:
    """The demo is gone: commands use the usual database and the real day again."""
    (home / FILE).unlink(missing_ok=True)
