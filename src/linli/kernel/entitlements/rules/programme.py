"""A programme of recurring money, declared as data in a domain's manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from linli.base.dated import Former, in_order, said_on
from linli.base.named import Named
from linli.base.reasons import Reason

KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")


class Unit(Named):
    """For whom an entitlement stands."""

    HOUSEHOLD = "household", "户"
    PERSON = "person", "人"


@dataclass(frozen=True)
class Component:
    """A part of the money that is decided, paid and counted by itself (基本生活补助, 分类施保, 春节补助).

    ``purpose``: the ledgers' key of what the money is for; the programme's own when empty. ``occasional``: not paid each
    month, but in a run of its own (春节补助, 价格补贴). ``basis`` is the document that gives it.
    """

    key: str
    zh: str
    purpose: str = ""
    occasional: bool = False
    basis: str = ""


@dataclass(frozen=True)
class Programme:
    """One programme (最低生活保障): its components, for whom, by which law, from which purpose it is paid.

    ``calculator``: the dotted path of ``f(Asked) -> Reckoned`` that computes what each entitlement should be in a month from
    the facts that the domain keeps; empty where amounts are only decided one by one. ``teller``: the dotted path of
    ``f(person, months) -> {month: Outcome}`` that tells for one family how the calculator came to a month's amount.
    ``grades`` are its classes (A, B) by key. ``excludes`` are the keys of programmes that no person may have beside it in
    the same month; it is enough that one side says so. ``reasons`` name the bits of the calculator's masks, in their order.
    ``offset``: of each hundred fen of a month, how many may be kept back for what was paid too much (抵扣). ``cuts``: whether
    a run itself may pay less than what was decided; where the law wants people heard first (社会救助法 §48) it may not, and
    the run only says whom to hear. ``ended_by``: a sentence that says how it is ended where only the domain may do that,
    after its own procedure; the page of an entitlement then ends nothing. ``former``: what gave it before ``basis``, each
    with the day on which that ceased to be the law, the oldest first. ``articles``: the dotted path of
    ``f(month, area) -> (article, …)`` that names the article behind each of ``reasons`` as it stood in a month; a run has
    them with what it decides itself. Empty where ``reasons`` name theirs, for all times. ``payday``: the dotted path of
    ``f(month, area) -> day | None`` that names the day of the month by which its money is to arrive; the month's last where none.
    """

    key: str
    zh: str
    components: tuple[Component, ...]
    unit: Unit
    basis: str
    purpose: str
    calculator: str = ""
    teller: str = ""
    grades: tuple[tuple[str, str], ...] = ()
    excludes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    offset: int = 50
    cuts: bool = False
    ended_by: str = ""
    href: str = ""
    former: Former = ()
    articles: str = ""
    payday: str = ""

    def component(self, key: str) -> Component:
        """The component with this key. Raises LookupError."""
        for one in self.components:
            if one.key == key:
                return one
        raise LookupError(f"{self.zh}没有“{key}”这一项")

    def basis_on(self, day: date) -> str:
        """The law that gave it on a day."""
        return said_on(day, self.former, self.basis)

    @property
    def regular(self) -> tuple[Component, ...]:
        """What is paid every month."""
        return tuple(one for one in self.components if not one.occasional)

    def grade_zh(self, key: str) -> str:
        """The class as people say it."""
        return dict(self.grades).get(key, key)

    def purpose_of(self, key: str) -> str:
        """The ledgers' purpose of a component."""
        return self.component(key).purpose or self.purpose


def lane(one: str, other: str) -> str:
    """The name under which a person is kept to one of two programmes that exclude each other."""
    return "|".join(sorted((one, other)))


def lanes_of(key: str, pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Under which names a covered person is entered: the programme's own, and one for each programme that it excludes."""
    return (key, *sorted({lane(*pair) for pair in pairs if key in pair}))


def faults(programme: Programme) -> tuple[str, ...]:
    """Everything that is wrong with a declaration, as sentences for its author."""
    return tuple(_faults(programme))


def _faults(one: Programme) -> Iterator[str]:
    keys = [component.key for component in one.components]
    for key in (one.key, *keys):
        if not KEY.fullmatch(key):
            yield f"{one.key}: {key!r} is no key (small letters, digits and _, at most 40)"
    if not one.regular and not keys:
        yield f"{one.key}: a programme has at least one component"
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"{one.key}: the component {key} is declared twice"
    yield from _lawless(one)
    if not one.purpose:
        yield f"{one.key}: the purpose of the money is missing"
    if one.key in one.excludes:
        yield f"{one.key}: a programme excludes itself by nature"
    if not 0 <= one.offset < 100:
        yield f"{one.key}: the part that may be kept back is 0 to 99 of a hundred; nobody goes a month without money"
    if len(one.reasons) > 62:
        yield f"{one.key}: more reasons than a mask has bits"


def _lawless(one: Programme) -> Iterator[str]:
    if not one.basis or not one.zh:
        yield f"{one.key}: a programme has a name and the law that gives it"
    if not in_order(one.former):
        yield f"{one.key}: the former laws stand in the order of the days on which they ceased"
