"""Keeping files."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.conf import settings

from linli.kernel.access.actions import about, action
from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import Actor, Refused, Renewed
from linli.kernel.files.models import StoredFile
from linli.kernel.files.queries import CONTEXT, store
from linli.kernel.files.rules import EVERY_KIND, LARGEST, FileKind, clean_file_name, sniff, without_traces

AT_ONCE = 200


@action("files.store")
def store_file(
    *, by: Actor, on: date, name: str, content: bytes, need: str, owner_kind: str, owner_id: object = "", area: str = "",
    allowed: frozenset[FileKind] = EVERY_KIND, limit: int = LARGEST,
) -> StoredFile:  # fmt: skip
    """Keep a file, sealed, in the area (else the actor's own). ``need`` is the permission that will open it.

    The content is on disk before the row can be seen; of a transaction that fails only an unreadable rest stays.

    :raises Refused: the file is not of an allowed kind, or not what its name says.
    """
    if need not in permissions():
        raise LookupError(f"no package declares the permission {need}")
    place = area or by.area
    if not by.covers(place):
        raise Refused("文件所属的区域不在本辖区内，请重新选择。")
    kind = sniff(name, content, allowed, limit)
    content = without_traces(kind, content)
    key = secrets.token_hex(32)
    store().put(key, settings.KEYRING.seal_bytes(content, CONTEXT + key))
    kept = StoredFile.objects.create(
        key=key, digest=hashlib.sha256(content).hexdigest(), name=clean_file_name(name), kind=kind, size=len(content),
        need=need, owner_kind=owner_kind, owner_id=str(owner_id), by_id=by.staff_id, on=on, area=place,
    )  # fmt: skip
    about("files.file", kept.pk, area=place, type=kind.value, size=len(content), owner=owner_kind)
    return kept


@action("access.renew_seals")
def renew_contents(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """Seal stored contents again under the current key. A content that is lost is passed over: its opening says so."""
    keys, renewed = settings.KEYRING, 0
    seen = list(StoredFile.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "key")[:AT_ONCE])
    for _, key in seen:
        try:
            sealed = store().get(key)
        except FileNotFoundError:
            continue
        if not keys.is_current(sealed):
            store().replace(key, keys.seal_bytes(keys.open_bytes(sealed, CONTEXT + key), CONTEXT + key))
            renewed += 1
    about("files.seals", keys.current, contents=renewed)
    return Renewed(renewed, seen[-1][0] if len(seen) == AT_ONCE else None)
