"""What is shown of the law of a place: every value that may be set as it stands on a day, and the history of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from linli.base.dated import NoValue, Parameters, Value
from linli.kernel.access.rules import Refused
from linli.kernel.standards.models import Standard
from linli.kernel.standards.queries.declared import base_of, groups, keys
from linli.kernel.standards.queries.law import in_force, known
from linli.kernel.standards.rules import LATEST, Group, Key, State
from linli.kernel.ui.rules import Fact


@dataclass(frozen=True)
class InForce:
    """A value that may be set, as it stands on a day at a place: what holds, and what is announced. ``months``: for how many a
    sum is set (0: nothing is said of it)."""

    key: Key
    group: str
    value: Value | None
    coming: Value | None
    months: int
    coming_months: int = 0

    @property
    def pk(self) -> str:
        return self.key.key

    @property
    def said(self) -> str:
        """The value in words."""
        return told(self.key, self.value, self.months)

    @property
    def coming_said(self) -> str:
        """What is announced, in words."""
        return f"自 {self.coming.since} 起 {told(self.key, self.coming, self.coming_months)}" if self.coming else ""

    @property
    def hint(self) -> str:
        """What is to be typed."""
        return self.key.hint.replace("填元", {1: "填每月的元数", 12: "填每年的元数"}.get(self.months, "填元"))


@dataclass(frozen=True)
class Past:
    """One value of a history: its words, how it stands, and the proposal that brought it (None: the program's own)."""

    value: Value
    said: str
    standing: str
    proposal: int | None


def told(key: Key, value: Value | None, months: int = 0) -> str:
    """A value in words; "" where there is none."""
    return "" if value is None or isinstance(value.value, tuple) else key.show(value.value, months)


def months_on(law: Parameters, key: Key, on: date, area: str) -> int:
    """For how many months the sum is set; 0 where nothing is said of it."""
    try:
        return law.on(key.period, on, area).count if key.period else 0
    except NoValue:
        return 0


def law_of(group: Group) -> Parameters:
    """The law in force as far as this group needs it."""
    return known(base_of(group))


def key_named(name: str) -> tuple[Key, Group]:
    """The declared value of this name. :raises Refused: there is none."""
    try:
        return keys()[name]
    except KeyError:
        raise Refused("没有这一项标准，请从“政策标准”中选择。") from None


def standing(key: Key, group: Group, on: date, area: str) -> InForce:
    """One value as it stands on a day at a place."""
    law = law_of(group)
    now, coming = in_force(law, key, on, area), _coming(law, key, on, area)
    then = months_on(law, key, coming.since, area) if coming else 0
    return InForce(key, group.zh, now, coming, months_on(law, key, on, area), then)


def _coming(law: Parameters, key: Key, on: date, area: str) -> Value | None:
    later = [one for one in law.history(key.key) if on < one.since <= on + LATEST and area.startswith(one.place)]
    return next((one for one in sorted(later, key=lambda one: one.since) if in_force(law, key, one.since, area) == one), None)


def values_on(*, on: date, area: str, words: str = "", group: str = "", lacking: bool = False) -> list[InForce]:
    """All values that may be set, as they stand; ``words``: part of a name, a document or an article."""
    rows = [standing(key, one, on, area) for one in groups() if group in ("", one.zh) for key in one.keys]
    if lacking:
        rows = [row for row in rows if row.value is None]
    return [row for row in rows if words in f"{row.key.zh} {row.value.source if row.value else ''}"]


def programme_facts(programme: str, on: date, area: str) -> list[Fact]:
    """The sums in force behind a programme, for its page."""
    wanted = [(key, group) for key, group in keys().values() if programme in key.programmes and key.unit == "fen"]
    rows = [standing(key, group, on, area) for key, group in wanted]
    return [
        Fact(row.key.zh, row.said, note=row.value.source, href=reverse("standards:history", args=[row.pk]))
        for row in rows if row.value and row.value.value
    ]  # fmt: skip


def history(name: str, *, on: date, area: str) -> list[Past]:
    """All values of one key that ever held, hold or will hold at a place, the newest first; those that were corrected, too."""
    key, group = key_named(name)
    law = law_of(group)
    brought = _agreed(name, area)
    shown = [one for one in law.history(name) if area.startswith(one.place) and one.since <= on + LATEST]
    by_start = {(one.place, one.since): pk for pk, one in brought}
    found = [(one, _standing(law, key, one, on, area), by_start.get((one.place, one.since))) for one in shown]
    found += [(one, "已更正", pk) for one, pk in _corrected(base_of(group), name, brought, area)]
    found.sort(key=lambda row: (row[0].since, row[1] != "已更正"), reverse=True)
    return [Past(one, told(key, one, months_on(law, key, one.since, area)), said, pk) for one, said, pk in found]


def _agreed(name: str, area: str) -> list[tuple[int, Value]]:
    rows = Standard.objects.filter(key=name, proposal__state=State.AGREED.value, area=f"{area[:6]}000000")
    return [(one.proposal_id, one.law) for one in rows.select_related("proposal").order_by("proposal__serial", "id")]


def _corrected(base: Parameters, name: str, brought: list[tuple[int, Value]], area: str) -> Iterator[tuple[Value, int | None]]:
    every: list[tuple[int | None, Value]] = [(None, one) for one in base.history(name) if area.startswith(one.place)]
    every += brought
    for number, (pk, one) in enumerate(every):
        if any((other.place, other.since) == (one.place, one.since) for _, other in every[number + 1 :]):
            yield one, pk


def _standing(law: Parameters, key: Key, one: Value, on: date, area: str) -> str:
    if one.since > on:
        return "尚未执行"
    return "现行" if in_force(law, key, on, area) == one else "已过期" if one.place else "全国通用"
