"""Cards that are used up in a shop: numbers, ends, and what a card can still be used for."""

from __future__ import annotations

import re
from datetime import date

from linli.base.money import show_yuan
from linli.base.named import Named
from linli.base.text import plain


class CardEnd(Named):
    """Why a card is no longer used."""

    LOST = "lost", "挂失"
    EXPIRED = "expired", "到期收回"
    CANCELLED = "cancelled", "取消救助"


def read_card_number(text: str) -> str:
    """A card's number as it is stored: 4 to 20 digits, capital letters and hyphens. ValueError in Chinese."""
    number = plain(text).replace(" ", "").upper()
    if not re.fullmatch(r"[0-9A-Z][0-9A-Z-]{2,18}[0-9A-Z]", number, re.ASCII):
        raise ValueError("卡号应为4至20位数字或字母，请按卡面填写。")
    return number


def use_fault(*, left: int, amount: int, on: date, expires_on: date, ended: bool) -> str:
    """Why this much (fen) cannot be bought with a card that has ``left`` fen; "" when it can."""
    if ended:
        return "这张卡已停用，不能消费。"
    if on > expires_on:
        return f"这张卡的有效期至{expires_on}，已过期，不能消费。"
    if amount > left:
        return f"卡内余额不足：余额 {show_yuan(left)} 元，本次消费 {show_yuan(amount)} 元。"
    return ""
