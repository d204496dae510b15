"""Steps of large batches under way, and the files that are kept of a batch."""

from __future__ import annotations

from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import BatchWork


def work_of(work_id: int) -> BatchWork:
    """The step with this id, with its progress. :raises Forbidden: it is not in the present scope."""
    found = BatchWork.objects.select_related("progress", "batch", "by").filter(pk=work_id).first()
    if found is None:
        raise Forbidden("没有这项办理，或它不在本辖区的账簿内。")
    return found
