"""Trials of a policy: the families judged by the law as it is and as it might be, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from linli.base.areas import scope_of
from linli.base.dated import Parameters
from linli.domains.assistance.models import MeasuredFacts, Trial, TrialLine, TrialSum
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.queries.reckoning import READ, Kept, families_judged, kept, persons_judged
from linli.domains.assistance.rules.programmes import DIBAO, TEKUN
from linli.domains.assistance.rules.trials import GROUPS
from linli.kernel.access.rules import Forbidden
from linli.kernel.entitlements.rules import Difference
from linli.kernel.standards.queries import in_force
from linli.kernel.standards.rules import Key
from linli.kernel.ui.queries import area_names
from linli.law import Recognised
from linli.law.measured import FORM

PIECE = 20_000
"""Families that are read and judged at a time."""
CLASSES = {
    Recognised.NOTHING: "nothing", Recognised.DIBAO: "dibao", Recognised.EDGE: "edge", Recognised.RIGID: "rigid",
}  # fmt: skip
TOWN_DIGITS = 9


class Judged(NamedTuple):
    """As what somebody is recognised, for how many people, and the fen a month."""

    result: str
    people: int
    fen: int


class Compared(NamedTuple):
    """One family, or one person of 特困, by the law as it is and as it might be."""

    application: int
    person: int
    area: str
    was: Judged
    becomes: Judged

    @property
    def difference(self) -> Difference:
        """What the change does to the money."""
        before, after = self.was.fen, self.becomes.fen
        if before == after:
            return Difference.SAME
        if not before or not after:
            return Difference.STOP if before else Difference.NEW
        return Difference.UP if after > before else Difference.DOWN


def known_facts(programme: str, month: date) -> QuerySet[MeasuredFacts]:
    """The newest facts of every family that is helped or recognised, and of those refused within the last year."""
    year_ago = month.replace(year=month.year - 1)
    counted = Q(application__state="granted") | Q(application__state="refused", application__decided_on__gte=year_ago)
    rows = MeasuredFacts.objects.filter(counted, programme=programme, form=FORM)
    return rows.order_by("person_id", "-pk").distinct("person_id")


def compared(programme: str, month: date, law: Parameters, changed: Parameters) -> Iterator[Compared]:
    """Everybody known to the programme, judged twice. Raises NoValue where the law of the month is missing for a place."""
    judge = _families if programme == DIBAO.key else _persons
    rows = known_facts(programme, month).values_list("application_id", *READ).iterator(chunk_size=PIECE)
    while piece := list(islice(rows, PIECE)):
        facts = [kept(*row[1:]) for row in piece]
        before, after = judge(facts, month, law), judge(facts, month, changed)
        for row, fact, was, becomes in zip(piece, facts, before, after, strict=True):
            yield Compared(row[0], fact.person, fact.place[0], was, becomes)


def _families(facts: list[Kept], month: date, law: Parameters) -> list[Judged]:
    found = families_judged(facts, month, law)
    fen = (found["base"] + found["category"]).tolist()
    return [
        Judged(CLASSES[Recognised(recognised)], inside.bit_count(), paid if recognised == Recognised.DIBAO else 0)
        for recognised, inside, paid in zip(found["recognised"].tolist(), found["inside"].tolist(), fen, strict=True)
    ]


def _persons(facts: list[Kept], month: date, law: Parameters) -> list[Judged]:
    found = persons_judged(facts, month, law)
    fen = (found["basic"] + found["care"]).tolist()
    return [
        Judged(TEKUN.key if entitled else "nothing", 1, paid if entitled else 0)
        for entitled, paid in zip(found["entitled"].tolist(), fen, strict=True)
    ]


@dataclass(frozen=True)
class Standing:
    """A lever as the law stands: its value in words, and the document."""

    lever: Key
    now: str
    source: str


def levers_on(day: date, area: str) -> list[tuple[str, list[Standing]]]:
    """What may be changed, with the present values, under headings; what the law of the day does not have is left out."""
    return [(heading, [one for lever in levers if (one := _standing(lever, day, area))]) for heading, levers in GROUPS]


def _standing(lever: Key, day: date, area: str) -> Standing | None:
    value = in_force(law_now(), lever, day, area)
    if value is None or isinstance(value.value, tuple):
        return None
    return Standing(lever, lever.show(value.value), value.source)


def trials(*, words: str = "") -> QuerySet[Trial]:
    """All trials, newest first, with the fen a month ``before`` and ``after``."""
    rows = Trial.objects.filter(title__icontains=words) if words else Trial.objects.all()
    return rows.select_related("by").annotate(before=Sum("sums__before"), after=Sum("sums__after")).order_by("-pk")


def trial_of(trial_id: int) -> Trial:
    """The trial with this id. :raises Forbidden: it is not in the present scope."""
    found = trials().filter(pk=trial_id).first()
    if found is None:
        raise Forbidden("没有这次测算，或它不属于本单位。")
    return found


def sums_by_programme(trial: Trial) -> list[dict[str, Any]]:
    """Families, people and fen a month before and after, by programme; ``more`` is the difference in fen."""
    rows: Any = TrialSum.objects.filter(trial=trial).values("programme").annotate(**_totals())
    return [_with_more(row) for row in rows.order_by("programme")]


def sums_by_town(trial: Trial) -> list[dict[str, Any]]:
    """The same by town (``zh``), all programmes together."""
    by_town = TrialSum.objects.filter(trial=trial).annotate(town=Substr("area", 1, TOWN_DIGITS))
    rows: Any = by_town.values("town").annotate(**_totals())
    found = [_with_more(row) | {"code": row["town"].ljust(12, "0")} for row in rows.order_by("town")]
    names = area_names({row["code"] for row in found})
    return [row | {"zh": names[row["code"]]} for row in found]


def _totals() -> dict[str, Sum]:
    names = ("known", "families", "families_after", "people", "people_after", "before", "after")
    return {f"{name}_": Sum(name) for name in names}


def _with_more(row: dict[str, Any]) -> dict[str, Any]:
    plain = {key.removesuffix("_"): value for key, value in row.items()}
    return plain | {"more": plain["after"] - plain["before"]}


def moves_of(trial: Trial) -> list[dict[str, Any]]:
    """From which class to which, how many families, and the fen a month that it makes."""
    rows: Any = TrialLine.objects.filter(trial=trial).values("was", "becomes")
    return list(rows.annotate(count=Count("pk"), more=Sum(F("after") - F("before"))).order_by("was", "becomes"))


def trial_lines(trial: Trial, *, words: str = "", difference: str = "", programme: str = "", area: str = "") -> Any:
    """The families to whom something would happen."""
    rows = TrialLine.objects.filter(trial=trial).select_related("person", "application__case")
    if words:
        rows = rows.filter(Q(person__name=words) | Q(application__case__number=words))
    if difference:
        rows = rows.filter(difference=difference)
    if programme:
        rows = rows.filter(programme=programme)
    if area:
        scope = scope_of(area)
        rows = rows.filter(area__gte=scope.lo, area__lt=scope.hi)
    return rows.annotate(more=F("after") - F("before"))
