"""What a donor sees with the number and the check word of a receipt: the public's role and nothing else."""

from __future__ import annotations

import hashlib
import hmac

from linli.domains.fundraising.models import PublicFund, PublicReceipt

PUBLIC = "public"


def check_hash(number: str, check_word: str) -> str:
    """What the public copy keeps instead of the check word."""
    return hashlib.sha256(f"{number}\n{check_word}".encode()).hexdigest()


def published_receipt(number: str, check_word: str) -> PublicReceipt | None:
    """The receipt with the use of its fund; None when number and check word do not belong together."""
    found = PublicReceipt.objects.using(PUBLIC).select_related("fund").filter(number=number).first()
    if found is None or not hmac.compare_digest(found.check_hash, check_hash(number, check_word)):
        return None
    return found


def districts_telling() -> list[str]:
    """The districts that have funds whose use donors may look up."""
    return sorted({area[:6] + "000000" for area in PublicFund.objects.values_list("area", flat=True).distinct()})
