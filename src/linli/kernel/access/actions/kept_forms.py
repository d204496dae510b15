"""What was typed outlives the session: kept sealed for a short time, and given back to the same account and page only."""

from __future__ import annotations

import json
import secrets
from datetime import datetime

from linli.kernel.access.models import KeptForm
from linli.kernel.access.queries.kept_forms import KEPT_FOR, MOST_BYTES, context_of, digest_of
from linli.kernel.access.queries.locks import keyring

MOST_FORMS = 10


def new_key() -> str:
    """The key of what one browser typed; it lives in the browser's session only."""
    return secrets.token_urlsafe(24)


def keep_form(*, key: str, staff_id: int, path: str, fields: dict[str, list[str]], files: int, at: datetime) -> bool:
    """Keep these fields of a form that could not be taken; whether they were short enough to be kept.

    Files are not kept, only how many there were.
    """
    content = json.dumps({"path": path, "fields": fields, "files": files}, ensure_ascii=False).encode()
    if len(content) > MOST_BYTES:
        return False
    drop_form(key=key, staff_id=staff_id, path=path)
    page = digest_of(path)
    sealed = keyring().seal_bytes(content, context_of(staff_id, page))
    KeptForm.objects.create(handle=digest_of(key), staff_id=staff_id, page=page, content=sealed, at=at)
    surplus = KeptForm.objects.filter(staff_id=staff_id).order_by("-at", "-id").values_list("pk", flat=True)[MOST_FORMS:]
    KeptForm.objects.filter(pk__in=list(surplus)).delete()
    return True


def drop_form(*, key: str, staff_id: int, path: str) -> None:
    """The form was sent after all, or is not wanted any more."""
    KeptForm.objects.filter(handle=digest_of(key), staff_id=staff_id, page=digest_of(path)).delete()


def clear_kept_forms(*, at: datetime) -> int:
    """Forget what nobody came back for."""
    count, _ = KeptForm.objects.filter(at__lt=at - KEPT_FOR).delete()
    return count
