"""Donors, gifts and receipts: what must be told, what may be published, how a receipt is numbered and found again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from linli.base.areas import Level
from linli.base.money import show_yuan
from linli.base.named import Named
from linli.base.reasons import Reason
from linli.base.text import plain

KIND_HEART = "爱心人士"
"""How a donor is named who gave no name or does not agree to its publication (慈善法 §82)."""

MOST = 10_000_000_000_00
"""No gift of a district reaches 100 亿元: beyond it the unit was mistaken."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of a check word: none that can be mistaken for another."""

CHECK_LENGTH = 8


class DonorKind(Named):
    """Who gives."""

    PERSON = "person", "个人"
    COMPANY = "company", "企业"
    OFFICE = "office", "机关事业单位"
    SOCIETY = "society", "社会组织"
    COLLECTIVE = "collective", "村居集体"
    SUPERIOR = "superior", "上级单位"


class GiftForm(Named):
    """In which form it is given."""

    MONEY = "money", "货币"
    GOODS = "goods", "实物"


class BooksLevel(Named):
    """Whose books a gift is entered in."""

    DISTRICT = "district", "区级"
    TOWN = "town", "镇街级"


def books_level(area: str) -> BooksLevel:
    """The level of the organisation at this area: the district federation, or a branch in a town."""
    return BooksLevel.DISTRICT if area[Level.DISTRICT.digits :].strip("0") == "" else BooksLevel.TOWN


class Tie(Named):
    """What a beneficiary whom the donor names is to the donor or to those who manage the organisation."""

    NONE = "none", "没有利害关系"
    DONOR = "donor", "捐赠人的利害关系人"
    MANAGER = "manager", "慈善组织管理人员的利害关系人"


@dataclass(frozen=True)
class Given:
    """What is told of one gift. ``amount`` in fen: the money, or the value of the goods (0 when not valued)."""

    form: GiftForm
    amount: int
    day: date
    donor: str = ""
    anonymous: bool = False
    goods: str = ""
    pieces: int = 0
    designated: str = ""
    tie: Tie | None = None


def faults_of_gift(gift: Given, *, on: date, since: date, until: date | None) -> list[tuple[str, Reason]]:
    """Everything that is wrong with a gift, as (field, reason). ``since`` and ``until`` are the campaign's days."""
    found = _faults_of_amount(gift)
    if gift.day > on:
        found.append(("day", Reason("future_day", "捐赠日期不能晚于今天，请核对。")))
    elif gift.day < since or (until is not None and gift.day > until):
        days = f"{since.isoformat()}至{until.isoformat() if until else '今'}"
        found.append(("day", Reason("outside_campaign", f"捐赠日期不在这项活动的期限（{days}）内，请核对日期或改选活动。")))
    if not gift.donor and not gift.anonymous:
        found.append(("donor", Reason("donor_missing", "请填写捐赠人；不愿留名的，请勾选匿名。", "慈善法 §38")))
    return found + _faults_of_ties(gift)


def _faults_of_amount(gift: Given) -> list[tuple[str, Reason]]:
    if gift.form is GiftForm.MONEY and gift.amount <= 0:
        return [("amount", Reason("amount_not_positive", "捐赠金额应大于0，请修改。"))]
    if gift.amount < 0:
        return [("amount", Reason("value_negative", "物资折价不能为负，请修改。"))]
    if gift.amount > MOST:
        return [("amount", Reason("amount_too_large", f"金额超过{show_yuan(MOST)}元，请核对单位是否为元。"))]
    if gift.form is GiftForm.GOODS and (not gift.goods or gift.pieces <= 0):
        return [("pieces", Reason("goods_missing", "捐赠物资须写明品名、单位和大于0的数量，请补充。", "慈善法 §38"))]
    return []


def _faults_of_ties(gift: Given) -> list[tuple[str, Reason]]:
    """慈善法 §40: no donor names a related person as beneficiary; §59: nor is a manager's related person one."""
    if not gift.designated:
        return []
    if gift.designated == gift.donor or gift.tie is Tie.DONOR:
        return [("designated", Reason("related_to_donor", "捐赠人不得指定本人或其利害关系人作为受益人。", "慈善法 §40"))]
    if gift.tie is Tie.MANAGER:
        return [("designated", Reason("related_to_manager", "慈善组织管理人员的利害关系人不得作为受益人。", "慈善法 §59"))]
    if gift.tie is None:
        return [("tie", Reason("tie_unknown", "捐赠人指定了受益人，请核实并选择其与捐赠人的关系。", "慈善法 §40、§59"))]
    return []


def receipt_number(area: str, year: int, serial: int) -> str:
    """The number of a receipt: books, year, serial without gaps: 370404001-2010-000123."""
    return f"{area[: Level.TOWN.digits]}-{year}-{serial:06d}"


_NUMBER = re.compile(r"(\d{9})-?(\d{4})-?(\d{6,9})", re.ASCII)


def read_receipt_number(text: str) -> str:
    """The number as it is stored; hyphens, blanks and full-width digits as people type them.

    :raises ValueError: it is no number of a receipt.
    """
    found = _NUMBER.fullmatch(re.sub(r"[－—–]", "-", plain(text))) if len(text) <= 60 else None
    if not found:
        raise ValueError("票据编号应为 370404001-2010-000123 的样子，请对照票据填写。")
    return "-".join(found.groups())


def read_check_word(text: str) -> str:
    """The check word as it is stored, whatever the case and the blanks. :raises ValueError: it cannot be one."""
    word = plain(text).upper().replace("-", "") if len(text) <= 60 else ""
    if len(word) != CHECK_LENGTH or set(word) - set(ALPHABET):
        raise ValueError(f"校验码应为票据上印的{CHECK_LENGTH}位字母和数字，请对照票据填写。")
    return word
