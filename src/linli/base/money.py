"""Money: whole fen (分) everywhere inside; yuan and 万元 only where people read and write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from linli.base.text import plain

Fen: TypeAlias = int
"""An amount of money in fen, 1/100 yuan. May be negative in a book; never a float."""

MAX_FEN = 10**14 - 1
"""The largest amount that is read or written in words: one fen below 一万亿元."""

_AMOUNT = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?", re.ASCII)
_LONGEST = 40
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def parse_yuan(text: str, *, signed: bool = False) -> Fen:
    """Fen of an amount in yuan as people type it: '1,234.5', '￥500元', '500', full-width digits.

    A negative amount is read only where `signed` allows it. Raises ValueError, in Chinese, when it is not an
    amount in yuan, has more than two decimals, or is 一万亿元 or more.
    """
    if len(text) > _LONGEST:
        raise ValueError("金额过长，请填写以元为单位的数字，如 500 或 1234.50。")
    bare = plain(text).removeprefix("人民币").lstrip("¥").removesuffix("元整").removesuffix("元")
    if not bare:
        raise ValueError("没有填写金额，请填写以元为单位的数字，如 500 或 1234.50。")
    found = _AMOUNT.fullmatch(bare)
    if not found:
        raise ValueError(f"“{text}”不是以元为单位的金额，请只填数字，如 500 或 1,234.50。")
    minus, whole, decimals = found[1], found[2].replace(",", ""), found[3] or ""
    if len(decimals) > 2:
        raise ValueError(f"金额“{text}”的小数超过两位，请精确到分，如 1234.50。")
    if minus and not signed:
        raise ValueError(f"金额“{text}”是负数，请填写不小于0的金额。")
    fen = int(whole) * 100 + int(decimals.ljust(2, "0"))
    if fen > MAX_FEN:
        raise ValueError(f"金额“{text}”过大，请核对单位是否为元。")
    return -fen if minus else fen


def show_yuan(fen: Fen) -> str:
    """The amount in yuan with thousands and two decimals: 123450 → '1,234.50'."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def show_wan(fen: Fen) -> str:
    """The amount in 万元 with as many decimals as it needs, so never rounded: 152500000 → '152.5'."""
    whole, rest = divmod(abs(fen), 1_000_000)
    decimals = f"{rest:06d}".rstrip("0")
    return f"{'-' if fen < 0 else ''}{whole}{'.' + decimals if decimals else ''}"


def in_words(fen: Fen) -> str:
    """The amount in capital characters (大写) for vouchers: 123450 → '壹仟贰佰叁拾肆元伍角整'.

    Source: 支付结算办法 附件一 (正确填写票据和结算凭证的基本规定): 整 after 元 and 角, none after 分; one 零
    for a run of zeros between digits; the 零 that the rule leaves free after 万 and 元 is not written.
    Raises ValueError beyond MAX_FEN.
    """
    if abs(fen) > MAX_FEN:
        raise ValueError("金额过大，不能写成大写。")
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)
    words = "负" if fen < 0 else ""
    if yuan or not rest:
        words += _whole_in_words(yuan) + "元"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif cent and yuan:
        words += "零"
    return words + (_DIGITS[cent] + "分" if cent else "整")


def _whole_in_words(number: int) -> str:
    """A whole number below 10**12 in capital characters."""
    if number == 0:
        return "零"
    words = ""
    gap = False
    for power, unit in ((8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10_000
        if not group:
            gap = True
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group_in_words(group) + unit
        gap = False
    return words


def _group_in_words(group: int) -> str:
    """A number from 1 to 9999 in capital characters, without leading 零."""
    words = ""
    for power, unit in ((3, "仟"), (2, "佰"), (1, "拾"), (0, "")):
        digit = group // 10**power % 10
        if digit:
            words += _DIGITS[digit] + unit
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")


def split(fen: Fen, weights: Sequence[int]) -> list[Fen]:
    """The amount shared out in proportion to the weights; the parts always sum to the whole.

    Largest remainder; among equal remainders the earlier part gets the fen. A weight of 0 gets nothing.
    Raises ValueError for no weights, a negative weight, or weights that are all 0.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("分摊的权数不能为负，且至少要有一个大于0。")
    sign = -1 if fen < 0 else 1
    shares = [divmod(abs(fen) * weight, total) for weight in weights]
    parts = [share for share, _ in shares]
    missing = abs(fen) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: -shares[i][1])
    for i in by_remainder[:missing]:
        parts[i] += 1
    return [sign * part for part in parts]
