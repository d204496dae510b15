"""Papers: the one-time notice of what is missing (一次性告知), what came in, what need not be handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from linli.base.days import official_calendar
from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions.record import Entry, check_actor, check_fresh, record, tell
from linli.kernel.cases.models import Case, Event, Paper
from linli.kernel.cases.queries.clocks import happenings
from linli.kernel.cases.queries.flows import flow_of
from linli.kernel.cases.rules import Ground, Happening, Kind, Received, asked_before
from linli.kernel.files.actions import store_file
from linli.kernel.files.forms import Upload
from linli.kernel.files.rules import PAPERS

OUTSTANDING = {"received_on": None, "waived": ""}


@action("cases.work")
def ask_papers(
    *, by: Actor, on: date, case: Case, papers: Sequence[str] = (), others: Sequence[str] = (), opinion: str = "",
    new_facts: str = "", seen: int | None = None,
) -> Event:  # fmt: skip
    """Tell the subject once, completely, what is missing; the clock stops where the flow's law says so.

    ``papers`` are keys of the case's list, ``others`` names of papers that are not on it. A second notice at the same step
    is refused unless ``new_facts`` says what has come to light since (行政许可法 §32: 一次告知).
    """
    check_fresh(case, seen)
    step = check_actor(case, by)
    if not papers and not others:
        raise Refused("请勾选需要补正的材料。", field="papers")
    if asked_before(happenings(case.pk), step.key) and not new_facts.strip():
        raise Refused("这一环节已经一次性告知过补正材料。如有新的情况，请写明后再告知。", field="new_facts")
    keys = [*papers, *_listed(case, step.key, others)]
    changed = Paper.objects.filter(case=case, key__in=keys, **OUTSTANDING).update(asked_on=on, required=True)
    if changed != len(set(keys)):
        raise Refused("所选材料中有已经收到、免交或不在清单中的，请刷新后重新勾选。", field="papers")
    flow = flow_of(case)
    answer_by = flow.answer_within.due(on, official_calendar(), roll=True).day if flow.answer_within else None
    stops = Ground.PAPERS if Ground.PAPERS in flow.stops else None
    asked = Entry(
        Happening(Kind.PAPERS_ASKED, on, case.step, staff=by.staff_id, stops=stops),
        opinion,
        facts={"papers": keys, "answer_by": answer_by and answer_by.isoformat(), "new_facts": new_facts},
    )
    events = record(case, by=by, on=on, entries=[asked])
    tell(case, by=by, on=on, events=events)
    return events[0]


def _listed(case: Case, step: str, names: Sequence[str]) -> list[str]:
    """Papers that are not on the list get a place on it."""
    present = Paper.objects.filter(case=case).count()
    rows = [
        Paper(case=case, key=f"other-{present + i}", name=name, step=step, required=True, area=case.area)
        for i, name in enumerate(names, 1)
    ]
    Paper.objects.bulk_create(rows)
    return [row.key for row in rows]


@action("cases.work")
def receive_papers(
    *, by: Actor, on: date, case: Case, papers: Sequence[Received], photos: Mapping[str, Upload] | None = None,
    seen: int | None = None,
) -> Event:  # fmt: skip
    """Papers came in, at whichever counter; one that comes again replaces the former. ``photos``: of papers, by their keys.

    When nothing that was asked for is outstanding any more, the clock goes on.
    """
    check_fresh(case, seen)
    papers = [_with_photo(by, on, case, paper, (photos or {}).get(paper.key)) for paper in papers]
    for paper in papers:
        found = Paper.objects.filter(case=case, key=paper.key, waived="")
        if not found.update(received_on=on, original=paper.original, file=paper.file):
            raise Refused("所选材料不在清单中，或已注明免交，请刷新后重新选择。", field="papers")
    files = {paper.key: paper.file for paper in papers if paper.file}
    return _noted(case, by, on, Kind.PAPERS_RECEIVED, [paper.key for paper in papers], "", files=files)


def _with_photo(by: Actor, on: date, case: Case, paper: Received, photo: Upload | None) -> Received:
    """The paper with its photo or scan kept beside the case."""
    if photo is None:
        return paper
    kept = store_file(
        by=by, on=on, name=photo.name, content=photo.content, need="cases.read", owner_kind="cases.case", owner_id=case.pk,
        area=case.area, allowed=PAPERS,
    )  # fmt: skip
    return replace(paper, file=str(kept.pk))


@action("cases.work")
def waive_paper(*, by: Actor, on: date, case: Case, paper: str, reason: str, seen: int | None = None) -> Event:
    """A paper need not be handed in, e.g. because the registry holds what it would prove; with the reason."""
    check_fresh(case, seen)
    check_actor(case, by)
    if not 0 < len(reason.strip()) <= 200:
        raise Refused("请写明免交的理由，不超过200个字。", field="reason")
    if not Paper.objects.filter(case=case, key=paper, **OUTSTANDING).update(waived=reason):
        raise Refused("所选材料不在清单中，或已经收到，请刷新后重新选择。", field="paper")
    return _noted(case, by, on, Kind.PAPER_WAIVED, [paper], reason)


def _noted(case: Case, by: Actor, on: date, kind: Kind, keys: Sequence[str], words: str, **more: Any) -> Event:
    waiting = Paper.objects.filter(case=case, asked_on__isnull=False, **OUTSTANDING).exists()
    resumes = Ground.PAPERS if case.stop == Ground.PAPERS and not waiting else None
    what = Happening(kind, on, case.step, staff=by.staff_id, resumes=resumes)
    events = record(case, by=by, on=on, entries=[Entry(what, words, facts={"papers": list(keys), **more})])
    tell(case, by=by, on=on, events=events)
    return events[0]
