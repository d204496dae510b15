"""A duty declared as data: who owes it, how often, what proves it, when it is late and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.areas import Level
from linli.base.days import WorkCalendar
from linli.base.fields import REFERENCES, Field
from linli.base.named import Named
from linli.kernel.duties.rules.rhythm import Rhythm, Rota


class TaskState(Named):
    """What is kept of an occurrence: it is owed, was done, or is not owed any more (the subject ended)."""

    OWED = "owed", "应办"
    DONE = "done", "已办"
    DROPPED = "dropped", "不再办理"


class SwapState(Named):
    """Where a request to swap a shift stands."""

    ASKED = "asked", "待对方同意"
    AGREED = "agreed", "已同意"
    DECLINED = "declined", "未同意"


class DoneState(Named):
    """How an occurrence stands on a day."""

    AHEAD = "ahead", "未到期"
    DUE = "due", "待办"
    MISSED = "missed", "逾期未办"
    DONE = "done", "按期已办"
    LATE = "late", "逾期补办"
    DROPPED = "dropped", "不再办理"


@dataclass(frozen=True, slots=True)
class Subject:
    """One who or what owes the duty, or for whom it is owed: a stable key, its name, its area, from when until when.

    ``until`` is exclusive. ``href`` is the page of it.
    """

    key: str
    zh: str
    area: str
    since: date
    until: date | None = None
    href: str = ""


@dataclass(frozen=True)
class Everywhere:
    """Every area of a level owes it: each community, each town. ``kinds`` are kinds of areas (village …), all if empty.

    Seats of offices stand under pseudo-towns (…9xx) at the same levels; nobody lives there, and they owe nothing of "every".
    ``among`` names a function ``f(on) -> Mapping[code, (first day, day after the last or None)]`` of the declaring package: only
    these areas owe it, and only in these days (those that have a hall, since it is in use).
    """

    level: Level
    kinds: tuple[str, ...] = ()
    among: str = ""


@dataclass(frozen=True)
class From:
    """The subjects that a function of the declaring package names, as a dotted path: ``f(on) -> Iterable[Subject]``.

    It answers for the present scope and names those, too, that ended during the last year.
    """

    path: str


@dataclass(frozen=True)
class Duty:
    """One recurring duty, in a package's manifest (``duties = (Duty(…),)``).

    ``since`` is the first day on which this declaration holds. A changed duty is a second declaration of the same key
    with a later ``since``: what began before stays as it was. ``permission`` is the right to do it; ``fields`` and
    ``least_minutes`` are what proves it. ``grace`` working days after the last day it is late, and ``told`` (a
    permission) sees it among the tasks. ``act`` is the route of the package's own page for doing it, with the subject's
    key; without one the kernel's form is used.
    """

    key: str
    zh: str
    words: str
    basis: str
    who: Everywhere | From
    rhythm: Rhythm
    permission: str
    since: date
    fields: tuple[Field, ...] = ()
    least_minutes: int = 0
    grace: int = 0
    told: str = ""
    act: str = ""
    subject_zh: str = "单位"

    def __post_init__(self) -> None:
        if not (self.words and self.basis):
            raise ValueError(f"{self.key}: a duty says what is owed and by which document")
        if self.grace < 0 or self.least_minutes < 0:
            raise ValueError(f"{self.key}: days and minutes are not negative")
        if any(field.kind in REFERENCES for field in self.fields):
            raise ValueError(f"{self.key}: what proves a duty is entered, not chosen from the registry")
        if isinstance(self.rhythm, Rota) and not isinstance(self.who, Everywhere):
            raise ValueError(f"{self.key}: a rota is kept by areas")

    @property
    def is_rota(self) -> bool:
        """Whether people are put on duty by day."""
        return isinstance(self.rhythm, Rota)

    def late_after(self, last: date, calendar: WorkCalendar) -> date:
        """The last day on which it is not late yet."""
        return calendar.add_working_days(last, self.grace).day


def state_on(state: TaskState, first: date, late_after: date, done_on: date | None, on: date) -> DoneState:
    """How an occurrence stands on a day, from what was entered: a later entry does not change what a former day showed."""
    if done_on is not None and done_on <= on:
        return DoneState.DONE if done_on <= late_after else DoneState.LATE
    if state is TaskState.DROPPED:
        return DoneState.DROPPED
    if on < first:
        return DoneState.AHEAD
    return DoneState.DUE if on <= late_after else DoneState.MISSED
