"""What is judged at the end of a trial, and when the clocks warn and pause a provider: plain functions over dated values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from linli.base.dated import Parameters, load
from linli.base.reasons import Outcome, Reason, Step

BASIS = "加盟服务管理办法（示范）"


@cache
def values() -> Parameters:
    """The dated values of this package."""
    return load(sorted((Path(__file__).parents[1] / "parameters").glob("*.toml")))


@dataclass(frozen=True, slots=True)
class Record:
    """What a provider did since a day: orders settled, calls back with a grade, good ones among them, and failures to come."""

    done: int = 0
    graded: int = 0
    content: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """What a trial asks: days, orders done, percent of content callers, failures at most."""

    days: int
    done: int
    percent: int
    absent: int


def bar(on: date, area: str) -> Bar:
    """The bar that holds on a day."""
    known = values()
    days, done, percent, absent = (known.on(f"providers.trial.{key}", on, area) for key in ("days", "done", "percent", "absent"))
    return Bar(days.term.n, done.count, percent.count, absent.count)


def judge(record: Record, asked: Bar) -> Outcome:
    """Whether a trial was passed; every ground against it at once. Without any grade nobody is content yet."""
    steps = (
        Step("完成工单", f"{record.done}件", f"不少于{asked.done}件"),
        Step("满意", f"{record.content}/{record.graded}", f"不低于{asked.percent}%"),
        Step("未按时签收或上门", f"{record.absent}次", f"不多于{asked.absent}次"),
    )
    holds = (
        (Reason("few", f"试用期完成工单不足{asked.done}件", BASIS), record.done < asked.done),
        (Reason("bad", f"满意率低于{asked.percent}%", BASIS), record.content * 100 < asked.percent * record.graded
         or record.graded == 0),
        (Reason("absent", f"未按时签收或上门超过{asked.absent}次", BASIS), record.absent > asked.absent),
    )  # fmt: skip
    against = tuple(reason for reason, stands in holds if stands)
    return Outcome(not against, 0, against or (Reason("passed", "达到加盟条件", BASIS),), steps)


def end_of_trial(since: date, asked: Bar) -> date:
    """The last day of a trial that began on a day."""
    return since + timedelta(days=asked.days - 1)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures within how many days lead to a warning, and to a pause."""

    days: int
    warn: int
    pause: int


def patience(on: date, area: str) -> Patience:
    """The values that hold on a day."""
    known = values()
    days, warn, pause = (known.on(f"providers.absent.{key}", on, area) for key in ("days", "warn", "pause"))
    return Patience(days.term.n, warn.count, pause.count)
