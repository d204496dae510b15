"""Rooms of a place, as people write them."""

from __future__ import annotations

import re

from linli.base.text import plain

MOST = 500
"""Rooms that one line of text may name."""
_RANGE = re.compile(r"([A-Za-z]?)(\d{1,6})(?:-([A-Za-z]?)(\d{1,6}))?", re.ASCII)


def room_names(text: str) -> list[str]:
    """Every room that the text names, once, in its order: 101-103、A12 is 101, 102, 103, A12. ValueError in Chinese."""
    names: dict[str, None] = {}
    for part in re.split(r"[,;、，；\s]+", re.sub(r"\s*[-－—~～至]\s*", "-", plain(text)).strip()):
        if not part:
            continue
        names |= dict.fromkeys(_rooms_of(part))
        if len(names) > MOST:
            raise ValueError(f"一次最多登记{MOST}个房间，请分几次填写。")
    if not names:
        raise ValueError("请填写房间号，例如 101-118、201、203。")
    return list(names)


def _rooms_of(part: str) -> list[str]:
    found = _RANGE.fullmatch(part)
    if not found:
        raise ValueError(f"看不懂“{part}”：房间号请写数字（前面可加一个字母），一段连号写成 101-118。")
    mark, first, end_mark, last = found.groups()
    if last is None:
        return [part.upper()]
    low, high = int(first), int(last)
    if end_mark not in ("", mark) or high < low or high - low >= MOST:
        raise ValueError(f"“{part}”不是一段连号，请写成 101-118 的样子，一段不超过{MOST}间。")
    return [f"{mark.upper()}{number:0{len(first)}d}" for number in range(low, high + 1)]
