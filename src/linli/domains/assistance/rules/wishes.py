"""What a family asked for on the web, and what residents are told of an application without an account."""

from __future__ import annotations

import re

from linli.base.named import Named
from linli.base.text import plain
from linli.domains.assistance.rules.flow import FLOWS

LONGEST = 500
PER_HOUR = 20
"""Applications that one network address may try to send in an hour (house rule)."""
PER_PHONE = 6
"""Tries under one telephone in an hour (house rule)."""
OPEN_MOST = 5
"""Applications under one telephone that wait at once (house rule): a helper has one for several families."""
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of which a number is made: no letter looks like a digit."""
DIGITS = 10
_CASE = re.compile(r"([^0-9]*)([0-9]{4})([0-9]{6})")


class WishState(Named):
    """How a wish from the web stands."""

    OPEN = "open", "等待受理"
    TAKEN = "taken", "已受理"
    DECLINED = "declined", "没有受理"


class Teller(Named):
    """Who sends it."""

    SELF = "self", "本人"
    FAMILY = "family", "家里人代办"
    AGENT = "agent", "其他人代办"


class Decline(Named):
    """Why it did not become an application, in words that the applicant reads."""

    ELSEWHERE = "elsewhere", "不住在您选的村（社区）"
    OTHER = "other", "您家已有人在另一件救助申请里"
    HELPED = "helped", "您家正在享受救助，情况变了请告诉村（社区）"
    UNREACHED = "unreached", "多次联系不上，没有办法核实"
    NOT_MEANT = "not_meant", "您本人表示现在不申请"
    DOUBLE = "double", "和您的另一件网上申请重复"


STEPS = {
    "check": "村（社区）正在核实家庭情况", "first": "村（社区）正在张榜公布", "survey": "镇（街道）正在入户调查和审核",
    "notice": "镇（街道）正在公示", "confirm": "镇（街道）受区里委托正在审核确认", "county": "区里正在审核",
    "second": "区里正在公示", "approval": "区里正在审核确认",
}  # fmt: skip
"""The steps of all flows of applications, as families are told of them."""
ENDED = {
    "granted": "已经决定：予以确认", "refused": "已经决定：不予确认", "withdrawn": "申请人已经撤回", "lapsed": "已经终止办理",
}  # fmt: skip


def wish_number(given: str) -> str:
    """The number of a wish as it is stored, however it is typed; "" where it can be none."""
    bare = plain(given).upper()
    return bare if len(bare) == DIGITS and set(bare) <= set(LETTERS) else ""


def counted(given: str) -> str:
    """A typed number as its look-ups are counted: of a wish, or year and serial of a case, whatever stands around them."""
    found = _case(given)
    return f"{found[2]}{found[3]}" if found else wish_number(given)


def case_numbers(given: str) -> list[str]:
    """The numbers of cases that may be meant: nobody finds 〔 〕 on a telephone, and many leave the mark before them out."""
    found = _case(given)
    if not found:
        return []
    mark, year, serial = found[1], int(found[2]), int(found[3])
    meant = [flow.number.format(year=year, serial=serial) for flow in FLOWS]
    return [one for one in meant if not mark or one.startswith(f"{mark}〔")]


def _case(given: str) -> re.Match[str] | None:
    return _CASE.fullmatch(re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]", "", plain(given)).removesuffix("号"))
