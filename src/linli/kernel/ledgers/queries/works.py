"""Steps of large batches under way, and the files that are kept of a batch."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel.access.rules import Forbidden
from linli.kernel.files.models import StoredFile
from linli.kernel.files.queries import files_of
from linli.kernel.ledgers.models import Batch, BatchWork, ReturnFile


def work_of(work_id: int) -> BatchWork:
    """The step with this id, with its progress. :raises Forbidden: it is not in the present scope."""
    found = BatchWork.objects.select_related("progress", "batch", "by").filter(pk=work_id).first()
    if found is None:
        raise Forbidden("没有这项办理，或它不在本辖区的账簿内。")
    return found


def works_of(batch: Batch) -> QuerySet[BatchWork]:
    """The steps of a batch that were done in the background, newest first."""
    return BatchWork.objects.filter(batch=batch).select_related("by").order_by("-id")


def kept_return(file: ReturnFile) -> StoredFile | None:
    """The return file as the bank gave it."""
    return files_of("ledgers.return", file.pk).first()
