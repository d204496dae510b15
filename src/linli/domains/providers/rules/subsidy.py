"""What the public purse bears of a service: by recognised status, dated values, limits of the month. A pure function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.base.dated import NoValue, Parameters, Value
from linli.base.money import show_yuan
from linli.base.named import Named
from linli.base.reasons import Outcome, Reason, Step
from linli.domains.providers.rules.words import Service

GROUP, GROUP_ZH = "providers.subsidy", "居家服务补贴"
BASIS = "居家服务补贴办法（示范）"


class Payee(Named):
    """As what a resident is entitled; the first that holds and has a value counts, never two at once."""

    TEKUN = "tekun", "特困人员"
    DIBAO = "dibao", "最低生活保障对象"
    SEVERE = "severe", "重度残疾人"
    AGED = "aged", "80周岁以上老人"


AGED = 80
NOBODY = Reason("nobody", "没有可以享受居家服务补贴的身份认定，由本人付费", BASIS)
UNKNOWN = Reason("unknown", "不是登记的居民，由本人付费", BASIS)
NO_VALUE = Reason("no_value", "这项服务没有补贴标准，由本人付费", BASIS)
TIMES = Reason("times", "本月补贴次数已用完，由本人付费", BASIS)
MONEY = Reason("money", "本月补贴金额已用完，由本人付费", BASIS)
GIVEN = Reason("given", "按标准补贴", BASIS)
AGAIN = Reason("again", "同一天同一项服务已有补贴，由本人付费", BASIS)


@dataclass(frozen=True, slots=True)
class Month:
    """What a resident has had in the month of the service: subsidised times of it, and fen of all services."""

    times: int = 0
    fen: int = 0
    today: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that a subsidy was given under: times of this service, and fen of all, a month."""

    times: int
    fen: int


def payees_of(held: Iterable[tuple[str, str]], age: int | None) -> list[Payee]:
    """As what somebody counts who holds these running statuses (kind, grade), the best first."""
    found, known = [], list(held)
    kinds = {kind for kind, _ in known}
    if "tekun" in kinds:
        found.append(Payee.TEKUN)
    if "dibao" in kinds:
        found.append(Payee.DIBAO)
    if any(kind == "disabled" and grade[-1:] in {"1", "2"} for kind, grade in known):
        found.append(Payee.SEVERE)
    if age is not None and age >= AGED:
        found.append(Payee.AGED)
    return found


def decide(
    service: Service, price: int, payees: Iterable[Payee] | None, month: Month, values: Parameters, *, on: date, area: str,
    quantity: int = 1,
) -> tuple[Outcome, Payee | None, Limits]:  # fmt: skip
    """The subsidy of one order of ``price`` fen for so many measures, as whom, and under which limits. ``payees`` None: nobody
    known. An amount is for one measure, and at most the price; a share is rounded down to the fen, the rest is the resident's.
    """
    none = Limits(0, 0)
    if payees is None:
        return Outcome(False, 0, (UNKNOWN,)), None, none
    payees = list(payees)
    if not payees:
        return Outcome(False, 0, (NOBODY,)), None, none
    found = _best(service, price, quantity, payees, values, on, area)
    if found is None:
        return Outcome(False, 0, (NO_VALUE,)), None, none
    amount, payee, used = found
    times = values.on(f"providers.times.{service.value}", on, area)
    most = values.on("providers.most", on, area)
    limits, used = Limits(times.count, most.fen), (*used, times, most)
    steps: tuple[Step, ...] = (
        Step("补贴对象", payee.zh), Step("价款", f"{show_yuan(price)}元"), Step("按标准补贴", f"{show_yuan(amount)}元"),
        Step("本月已补", f"{month.times}次，{show_yuan(month.fen)}元", f"每月至多{limits.times}次，{show_yuan(limits.fen)}元"),
    )  # fmt: skip
    left = max(limits.fen - month.fen, 0)
    against = AGAIN if month.today else TIMES if month.times >= limits.times else MONEY if left == 0 else None
    if against is not None:
        return Outcome(False, 0, (against,), steps, used), payee, limits
    given = min(amount, left)
    if given < amount:
        steps = (*steps, Step("本月余额内补贴", f"{show_yuan(given)}元"))
    return Outcome(True, given, (GIVEN,), steps, used), payee, limits


def _best(
    service: Service, price: int, quantity: int, payees: list[Payee], values: Parameters, on: date, area: str
) -> tuple[int, Payee, tuple[Value, ...]] | None:
    """The highest of what the statuses give: one of them counts, never their sum."""
    found = []
    for payee in payees:
        try:
            value = values.on(f"providers.subsidy.{service.value}.{payee.value}", on, area)
        except NoValue:
            continue
        amount = min(value.fen * quantity, price) if value.unit == "fen" else int(price * value.ratio)
        found.append((amount, payee, (value,)))
    return max(found, key=lambda one: one[0], default=None)
