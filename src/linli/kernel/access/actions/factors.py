"""The second factor: setting it up, using it, and ending it when the authenticator is lost."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db.models import F
from django_otp.oath import TOTP

from linli.kernel.access.actions.door import about, action
from linli.kernel.access.models import FactorReset, RecoveryCode, SecondFactor, Staff
from linli.kernel.access.queries.factors import context_of, factor_begun, factor_of, open_reset_of, secret_of
from linli.kernel.access.queries.locks import keyring
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.access.rules.sign_in import (
    DIGITS,
    DRIFT,
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    RECOVERY_SIGNS,
    STEP_SECONDS,
    read_code,
    show_recovery,
)  # fmt: skip

SECRET_BYTES = 20  # RFC 4226 §4 R6: 160 bits
DIGEST = "access.recovery"
WRONG_CODE = "动态口令不对，请输入手机上当前显示的 6 位数字；请先核对手机的时间是否准确。"


@action("access.own_factor")
def begin_factor(*, by: Actor, on: date, at: datetime, staff: Staff) -> SecondFactor:
    """A new secret for oneself. It counts only after a code of it was given (:func:`confirm_factor`)."""
    _own(by, staff)
    SecondFactor.objects.filter(staff=staff, confirmed_at=None, ended_at=None).update(ended_at=at)
    sealed = keyring().seal_bytes(secrets.token_bytes(SECRET_BYTES), context_of(staff.pk))
    factor = SecondFactor.objects.create(staff=staff, secret=sealed, begun_at=at)
    about("access.factor", factor.pk, staff=staff.pk)
    return factor


@action("access.own_factor")
def confirm_factor(*, by: Actor, on: date, at: datetime, staff: Staff, code: str, password: str) -> list[str]:
    """The owner shows that the authenticator works; it replaces an older one. The recovery codes, which nobody sees again.

    Every other session of the account ends.
    """
    _own(by, staff)
    if not staff.check_password(password):
        raise Refused("密码不对，请重新输入。", field="password")
    factor = factor_begun(staff, at=at)
    if factor is None:
        raise Refused("设置时间已过，请返回重新开始设置。")
    step = _step(factor, read_code(code), at)
    if step is None:
        raise Refused(WRONG_CODE, field="code")
    SecondFactor.objects.filter(staff=staff, ended_at=None).exclude(pk=factor.pk).update(ended_at=at)
    SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=at, last_step=step)
    end_sessions(staff)
    about("access.factor", factor.pk, staff=staff.pk)
    return _new_codes(factor)


@action("access.own_factor")
def renew_recovery_codes(*, by: Actor, on: date, at: datetime, staff: Staff, code: str) -> list[str]:
    """Ten new recovery codes; the old ones open nothing any more. The caller counts tries (:mod:`..locks`)."""
    _own(by, staff)
    factor = factor_of(staff)
    if factor is None:
        raise Refused("还没有启用动态口令，请先设置。")
    if not _take_step(factor, read_code(code), at):
        raise Refused(WRONG_CODE, field="code")
    RecoveryCode.objects.filter(factor=factor).update(replaced=True)
    about("access.factor", factor.pk, staff=staff.pk)
    return _new_codes(factor)


def use_factor(*, staff: Staff, code: str, at: datetime) -> str:
    """Take a code at the door: "totp" or "recovery", empty if it is wrong or was used before. The caller counts tries."""
    factor, read = factor_of(staff), read_code(code)
    if factor is None or not read:
        return ""
    if len(read) == DIGITS:
        return "totp" if _take_step(factor, read, at) else ""
    unused = RecoveryCode.objects.filter(factor=factor, used_at=None, replaced=False)
    return "recovery" if unused.filter(digest__in=keyring().keyed_hashes(read, DIGEST)).update(used_at=at) else ""


@action("access.ask_factor_reset")
def ask_factor_reset(*, by: Actor, on: date, at: datetime, staff: Staff, why: str) -> FactorReset:
    """The system administrator asks that a colleague's lost factor ends; the security administrator confirms it."""
    if staff.pk == by.staff_id:
        raise Refused("不能重置本人的动态口令，请用恢复码登录，或由另一位系统管理员提出。")
    if factor_of(staff) is None:
        raise Refused("此人没有启用动态口令，无需重置。")
    if open_reset_of(staff) is not None:
        raise Refused("已有一项重置待安全管理员确认，无需再提。")
    reset = FactorReset.objects.create(staff=staff, why=why, asked_by_id=by.own_hand, asked_at=at)
    about("access.factor_reset", reset.pk, staff=staff.pk, purpose=why)
    return reset


@action("access.grant_factor_reset")
def grant_factor_reset(*, by: Actor, on: date, at: datetime, reset: FactorReset) -> FactorReset:
    """A second person confirms: the factor ends, and with it every session. Its owner sets up a new one at the next sign-in."""
    by.apart_from(reset.asked_by_id, reset.staff_id, said="重置须由另一人确认：不能确认本人提出的或关于本人的重置。")
    open_ones = FactorReset.objects.filter(pk=reset.pk, granted_at=None, dropped_at=None)
    if not open_ones.update(granted_by_id=by.own_hand, granted_at=at):
        raise Stale()
    end_factor(reset.staff, at)
    about("access.factor_reset", reset.pk, staff=reset.staff_id)
    reset.refresh_from_db()
    return reset


@action("access.ask_factor_reset")
def drop_factor_reset(*, by: Actor, on: date, at: datetime, reset: FactorReset) -> FactorReset:
    """The system administrator takes the request back, e.g. because the telephone was found."""
    if not FactorReset.objects.filter(pk=reset.pk, granted_at=None, dropped_at=None).update(dropped_at=at):
        raise Stale()
    about("access.factor_reset", reset.pk, staff=reset.staff_id, dropped=True)
    reset.refresh_from_db()
    return reset


@action("access.reset_factor_at_server")
def reset_factor_at_server(*, by: Actor, on: date, at: datetime, staff: Staff, why: str) -> None:
    """Whoever runs the server ends a factor when no second administrator is left who could."""
    if factor_of(staff) is None:
        raise Refused("此人没有启用动态口令，无需重置。")
    end_factor(staff, at)
    about("access.staff", staff.pk, purpose=why)


def end_factor(staff: Staff, at: datetime) -> None:
    """End the factor and every session of the account."""
    SecondFactor.objects.filter(staff=staff, ended_at=None).update(ended_at=at)
    end_sessions(staff)


def end_sessions(staff: Staff) -> None:
    """Every session of the account ends with its next request; the caller may keep its own."""
    Staff.objects.filter(pk=staff.pk).update(session_round=F("session_round") + 1)
    staff.refresh_from_db(fields=["session_round"])


def _own(by: Actor, staff: Staff) -> None:
    if staff.pk != by.staff_id:
        raise Refused("只能设置本人的动态口令。")


def _step(factor: SecondFactor, code: str, at: datetime) -> int | None:
    """The time step of which this is the code, if it is newer than every one that was taken."""
    if len(code) != DIGITS:
        return None
    clock = TOTP(secret_of(factor), step=STEP_SECONDS, digits=DIGITS)
    clock.time = at.timestamp()
    return clock.t() if clock.verify(int(code), tolerance=DRIFT, min_t=factor.last_step + 1) else None


def _take_step(factor: SecondFactor, code: str, at: datetime) -> bool:
    """Take a code once: two requests with the same one cannot both succeed."""
    step = _step(factor, code, at)
    if step is None:
        return False
    unused = SecondFactor.objects.filter(pk=factor.pk, ended_at=None, last_step__lt=step)
    return bool(unused.update(last_step=step))


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = ["".join(secrets.choice(RECOVERY_SIGNS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=keyring().keyed_hash(code, DIGEST)) for code in codes
    )
    return [show_recovery(code) for code in codes]
