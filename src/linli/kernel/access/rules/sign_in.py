"""Signing in: how often somebody may try, how long a session lasts, and who needs a second factor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from linli.base.days import SHANGHAI
from linli.base.named import Named
from linli.base.text import plain
from linli.kernel.access.rules.actors import ADMINISTRATORS, Role

HALF_AN_HOUR = timedelta(minutes=30)


class LockKind(Named):
    """What a lock stands before. The widest comes first: its words are the ones to say."""

    ADDRESS = "address", "网络地址"
    ACCOUNT = "account", "账号（全部地址）"
    PAIR = "pair", "账号（一个地址）"
    CODE = "code", "动态口令"


@dataclass(frozen=True)
class Limit:
    """So many tries within the window are the last ones for the time of the lock.

    ``all_tries``: tries that a right password followed are counted as well, so that nobody's success hides an attack.
    """

    tries: int
    window: timedelta = HALF_AN_HOUR
    lock: timedelta = HALF_AN_HOUR
    all_tries: bool = False


LIMITS = {
    LockKind.ADDRESS: Limit(50, window=timedelta(hours=1)),
    LockKind.ACCOUNT: Limit(20, all_tries=True),
    LockKind.PAIR: Limit(5),
    LockKind.CODE: Limit(5),
}
PASSWORD_LOCKS = (LockKind.ADDRESS, LockKind.ACCOUNT, LockKind.PAIR)

DESK, DESK_SEPARATOR, MOST_DESK_MARKS = "desk:", "~", 6


def locks_for(place: str, *, code: bool) -> tuple[LockKind, ...]:
    """Which locks stand before a try from this place.

    At a desk where this person has signed in before, only its own tries count: nobody elsewhere can lock them out.
    """
    if code:
        return (LockKind.CODE,)
    return (LockKind.PAIR,) if place.startswith(DESK) else PASSWORD_LOCKS


def words_of_lock(kind: LockKind, until: datetime, tries: int) -> str:
    """What somebody reads who stands before a lock: what is locked, why, until when, and whom to ask."""
    again = f"{until.astimezone(SHANGHAI):%H:%M}"
    first = {
        LockKind.PAIR: f"连续输错密码 {tries} 次，这个账号已从本机锁定 30 分钟。",
        LockKind.ACCOUNT: "这个账号在多个地方连续输错密码，为防他人冒用，已在所有地方锁定 30 分钟。",
        LockKind.ADDRESS: "从本机所在的网络登录失败过多，这个网络已暂停登录 30 分钟；已经登录的不受影响。",
        LockKind.CODE: f"连续输错动态口令 {tries} 次，这个账号的登录已锁定 30 分钟。如不是本人所为，密码可能已泄露，请尽快修改。",
    }[kind]
    return f"{first}请稍后再试（{again} 以后可再登录），或联系系统管理员解除。"


SINCE, SEEN = "since", "seen"
"""Where a session keeps when it began and when it was last touched, in seconds (Unix time)."""


@dataclass(frozen=True)
class SessionRules:
    """A session ends when nobody touched it for ``idle``, and in any case after ``longest`` (GB/T 22239-2019 8.1.4.1 b)."""

    idle: timedelta = HALF_AN_HOUR
    longest: timedelta = timedelta(hours=12)

    def over(self, *, since: datetime, seen: datetime, at: datetime) -> bool:
        """Whether a session that began and was last touched then is over at this moment."""
        return at - seen >= self.idle or at - since >= self.longest


FACTOR_ROLES = ADMINISTRATORS | {Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.DISTRICT_APPROVER}
"""Who administers, who moves money and who decides on it needs two factors (GB/T 22239-2019 8.1.4.1 d)."""

STEP_SECONDS, DIGITS, DRIFT = 30, 6, 1  # RFC 6238 §5.2: one step of 30 s each way for a clock that is off
RECOVERY_CODES = 10
RECOVERY_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is read as something else: 0 O 1 I
RECOVERY_LENGTH = 10  # 50 bits


class FactorMode(StrEnum):
    """Whether the second factor is demanded of those roles, or only offered to everybody (as in the demo)."""

    REQUIRED = "required"
    OFFERED = "offered"


def needs_factor(roles: Iterable[str], demanded: Iterable[str], mode: FactorMode) -> bool:
    """Whether somebody with these roles must use a second factor."""
    return mode is FactorMode.REQUIRED and not set(roles).isdisjoint(demanded)


def read_code(text: str) -> str:
    """What was typed as six digits, or as a recovery code in capitals without signs between; empty when it is neither."""
    tight = re.sub(r"[\s\-－—]", "", plain(text)).upper()
    if re.fullmatch(rf"[0-9]{{{DIGITS}}}", tight) or re.fullmatch(f"[{RECOVERY_SIGNS}]{{{RECOVERY_LENGTH}}}", tight):
        return tight
    return ""


def show_recovery(code: str) -> str:
    """A recovery code as it is shown and typed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"
