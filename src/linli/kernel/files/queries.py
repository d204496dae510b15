"""Finding and opening stored files."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from linli.gateways.files import FileStore
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.files.models import StoredFile

CONTEXT = "files.content"


def store() -> FileStore:
    """The store of this installation."""
    return FileStore(settings.FILES_ROOT)


def files_of(owner_kind: str, owner_id: object) -> QuerySet[StoredFile]:
    """The files that belong to one thing, oldest first, in the present range of areas."""
    return StoredFile.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id)).order_by("id")


def stored_file(*, by: Actor, file_id: int) -> StoredFile:
    """The file's row, if it lies in the actor's area and the actor's post may open it.

    :raises Forbidden: it does not exist for this actor.
    """
    found = StoredFile.objects.filter(pk=file_id).first()
    if found is None:
        raise Forbidden("没有这个文件，或它不在本辖区内。")
    if not by.may(found.need):
        raise Forbidden(f"{by.role.zh}岗位不能打开这个文件。")
    return found


def open_file(*, by: Actor, file_id: int, purpose: str = "") -> tuple[StoredFile, bytes]:
    """The file and its content. The look is a line of the audit trail, in the present transaction."""
    found = stored_file(by=by, file_id=file_id)
    record_seen(
        by=by, verb="files.open", kind=found.owner_kind, subject=found.owner_id or found.pk, area=found.area,
        purpose=purpose, file=found.pk,
    )  # fmt: skip
    return found, content_of(found)


def content_of(found: StoredFile) -> bytes:
    """The content, for the work of the program itself (a job that reads the roster it was sent)."""
    try:
        sealed = store().get(found.key)
    except FileNotFoundError:
        raise Refused("这个文件的内容已不在存储中，请联系系统管理员从备份中恢复。") from None
    content: bytes = settings.KEYRING.open_bytes(sealed, CONTEXT + found.key)
    return content
