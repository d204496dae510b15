"""Proposals: the list, one with its lines beside what holds, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.module_loading import import_string

from linli.base.dated import Parameters, Value
from linli.kernel.access.rules import Forbidden
from linli.kernel.entitlements.queries import programmes, runs, standing_in
from linli.kernel.entitlements.rules import Basis, RunState, month_of, months_from
from linli.kernel.files.queries import files_of
from linli.kernel.standards.models import Proposal, Standard
from linli.kernel.standards.queries.declared import keys
from linli.kernel.standards.queries.law import in_force
from linli.kernel.standards.queries.shown import law_of, months_on, told
from linli.kernel.standards.rules import Key, State, joined, strange

OWNER = "standards.proposal"
PAID = (RunState.CONFIRMED, RunState.ORDERING, RunState.ORDERED)
OPEN = (RunState.WAITING, RunState.READY)


@dataclass(frozen=True)
class Line:
    """One value of a proposal beside the one that held before it. ``strange``: it wants a second look."""

    name: str
    zh: str
    before: str
    source: str
    after: str
    strange: bool


@dataclass(frozen=True)
class Effect:
    """What hangs on a proposal in one programme: who gets aid now, which months were paid by the former values, and which are
    computed by them at this moment."""

    zh: str
    families: int
    persons: int
    paid: tuple[date, ...]
    computed: tuple[date, ...]


def proposals(*, area: str, state: str = "", words: str = "") -> QuerySet[Any]:
    """The proposals of the district to which the area belongs, the newest first."""
    rows = Proposal.objects.filter(area=f"{area[:6]}000000").select_related("proposed_by", "decided_by")
    rows = rows.annotate(count=Count("standards"))
    if state:
        rows = rows.filter(state=state)
    return (rows.filter(document__icontains=words) if words else rows).order_by("-id")


def proposal_of(proposal_id: int, area: str) -> Proposal:
    """The proposal with this id. :raises Forbidden: it is not of this district."""
    found: Proposal | None = proposals(area=area).filter(pk=proposal_id).first()
    if found is None:
        raise Forbidden("没有这份标准拟定单，或它不属于本区。")
    return found


def standards_of(proposal: Proposal) -> list[Standard]:
    """Its values in the order of entry."""
    return list(Standard.objects.filter(proposal=proposal).select_related("proposal").order_by("id"))


def lines_of(proposal: Proposal) -> list[Line]:
    """Its values, each beside what holds; of one that was decided, beside what held then."""
    rows = standards_of(proposal)
    news = [one.law for one in rows]
    return [_line(proposal, one, new, news) for one, new in zip(rows, news, strict=True)]


def _line(proposal: Proposal, one: Standard, new: Value, news: list[Value]) -> Line:
    key, group = keys().get(one.key) or (Key(one.key, one.key, one.unit), None)
    law = law_of(group) if group else Parameters(())
    before = Value.from_json(one.before) if one.before else None
    if proposal.state == State.PROPOSED:
        before = in_force(law, key, proposal.since, proposal.area)
    would = joined(law, news) if proposal.state == State.PROPOSED else law
    return Line(
        one.key, key.zh, told(key, before, months_on(law, key, proposal.since, proposal.area) if before else 0),
        before.source if before else "", told(key, new, months_on(would, key, proposal.since, proposal.area)),
        strange(before.value if before else None, new.value),
    )  # fmt: skip


def effects_of(names: Iterable[str], since: date, on: date) -> list[Effect]:
    """What hangs on these values in the recurring money, by programme."""
    changed = [keys()[name][0] for name in names if name in keys()]
    return [
        _effect(programme, [one for one in changed if programme in one.programmes], month_of(since), month_of(on))
        for programme in programmes_of(one.key for one in changed)
    ]


def programmes_of(names: Iterable[str]) -> list[str]:
    """The programmes that hang on these values, each once."""
    return list(dict.fromkeys(one for name in names if name in keys() for one in keys()[name][0].programmes))


def _concerned(programme: str, changed: Sequence[Key], month: date) -> QuerySet[Any]:
    """The entitlements that hang on one of these values or another."""
    standing = standing_in(month, programme)
    if not all(key.whom for key in changed):
        return standing
    found = Q()
    for key in changed:
        found |= Q(pk__in=import_string(key.whom)(standing, key.key).values("pk"))
    return standing.filter(found)


def _effect(programme: str, changed: Sequence[Key], since: date, month: date) -> Effect:
    helped: Any = _concerned(programme, changed, month).aggregate(families=Count("pk"), persons=Sum("persons"))
    rows = runs(programme=programme).filter(month__gte=since, component="")
    paid = rows.filter(state__in=[one.value for one in PAID]).order_by("month").values_list("first", "month")
    computed = rows.filter(state__in=[one.value for one in OPEN], basis=Basis.RECKONED.value).order_by("month")
    months = dict.fromkeys(month for first, last in paid for month in months_from(max(first, since), last))
    return Effect(
        programmes()[programme].zh, helped["families"], helped["persons"] or 0, tuple(months),
        tuple(computed.values_list("month", flat=True)),
    )  # fmt: skip


def papers_of(proposal: Proposal) -> QuerySet[Any]:
    """The scanned document, where it was attached and lies in the reader's area."""
    return files_of(OWNER, proposal.pk)

