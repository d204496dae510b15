"""Forms that outlive a session: finding what the same account had typed on the same page."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.base.crypto import BadSeal
from linli.kernel.access.models import KeptForm
from linli.kernel.access.queries.locks import keyring

KEPT_FOR = timedelta(hours=2)
MOST_BYTES = 512 * 1024


@dataclass(frozen=True)
class Typed:
    """The fields of a form that was never taken, the address of its page, and how many files it had."""

    path: str
    fields: dict[str, list[str]]
    files: int


def digest_of(text: str) -> bytes:
    """What the table knows of the browser's key and of the page's address."""
    return hashlib.sha256(text.encode()).digest()


def context_of(staff_id: int, page: bytes) -> str:
    """To whom and where the content belongs; it opens nowhere else."""
    return f"access.kept.{staff_id}.{page.hex()}"


def kept_forms(*, key: str, staff_id: int, at: datetime) -> list[Typed]:
    """What this account typed in this browser and could not send, newest first."""
    rows = KeptForm.objects.filter(handle=digest_of(key), staff_id=staff_id, at__gt=at - KEPT_FOR).order_by("-id")
    return [typed for row in rows if (typed := _opened(row))]


def kept_form(*, key: str, staff_id: int, path: str, at: datetime) -> Typed | None:
    """What this account typed on this page in this browser, if it is still kept."""
    rows = KeptForm.objects.filter(handle=digest_of(key), staff_id=staff_id, page=digest_of(path), at__gt=at - KEPT_FOR)
    row = rows.order_by("-id").first()
    return _opened(row) if row else None


def _opened(row: KeptForm) -> Typed | None:
    try:
        return Typed(**json.loads(keyring().open_bytes(bytes(row.content), context_of(row.staff_id, bytes(row.page)))))
    except BadSeal:
        return None
