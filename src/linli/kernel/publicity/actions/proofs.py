"""The proof that a notice hung."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.files.actions import store_file
from linli.kernel.files.rules import MEBIBYTE, FileKind
from linli.kernel.publicity.models import Notice, NoticeProof
from linli.kernel.publicity.rules import NoticeState, Place

PHOTOS = frozenset({FileKind.JPEG, FileKind.PNG})
LARGEST_PHOTO = 10 * MEBIBYTE


@action("publicity.prove")
def add_proof(
    *, by: Actor, on: date, notice: Notice, name: str, content: bytes, taken_on: date, place: Place = Place.BOARD, note: str = ""
) -> NoticeProof:
    """Keep a photograph of the notice on its board, with its digest and the day on which it was taken.

    :raises Refused: the notice never went up, the day lies outside, or this very photograph is here already.
    """
    if notice.published_on is None:
        raise Refused("这份公示还没有发布，不能上传张榜照片。")
    last = notice.ended_on if notice.state == NoticeState.WITHDRAWN else notice.until
    if not notice.published_on <= taken_on <= min(on, last or on):
        raise Refused("拍摄日期应在发布之日至公示期满之日之间，请核对。", field="taken_on")
    file = store_file(
        by=by, on=on, name=name, content=content, need="publicity.see", owner_kind="publicity.notice", owner_id=notice.pk,
        area=notice.area, allowed=PHOTOS, limit=LARGEST_PHOTO,
    )  # fmt: skip
    if NoticeProof.objects.filter(notice=notice, digest=file.digest).exists():
        raise Refused("这张照片已经上传过了，请另选一张。", field="file")
    proof = NoticeProof.objects.create(
        notice=notice, place=place, taken_on=taken_on, file=file, digest=file.digest, note=note, added_by_id=by.staff_id
    )
    about("publicity.notice", notice.pk, area=notice.area, proof=proof.pk, digest=file.digest)
    return proof
