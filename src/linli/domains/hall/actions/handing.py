"""After the receipt: missing papers come in, originals and results are handed out, people are told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from linli.base.areas import level_of
from linli.base.days import official_calendar
from linli.base.text import tidy
from linli.domains.hall.actions.agency import overtake
from linli.domains.hall.actions.taking import keep
from linli.domains.hall.models import Custody, Handling, Telling
from linli.domains.hall.queries import item_of
from linli.domains.hall.rules import COUNTERS, Kept, Told, promised_after
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import pass_step, receive_papers
from linli.kernel.cases.queries import clock_of, missing_papers
from linli.kernel.cases.rules import Received


@action("hall.take")
def bring_papers(*, by: Actor, on: date, handling: Handling, papers: Collection[str]) -> Handling:
    """What was missing came in, at whichever counter; when nothing is missing any more the case goes on by itself."""
    item, asked = item_of(handling), {paper.key for paper in missing_papers(handling.case)}
    keys = [key for key in papers if key in asked]
    if not keys:
        raise Refused("请勾选补交的材料。", field="papers")
    shown = {paper.key for paper in item.asked if paper.kept is not Kept.COPY}
    stop = clock_of(handling.case, on=on).stop
    receive_papers(by=by, on=on, case=handling.case, papers=[Received(key, original=key in shown) for key in keys])
    if stop is not None and asked == set(keys):
        promise = promised_after(item, handling.promised_on, stop.after, on, official_calendar())
        Handling.objects.filter(pk=handling.pk).update(promised_on=promise)
    keep(handling, item, keys, by, on)
    if asked == set(keys) and _at_my_counter(by, handling) and not item.spot:
        pass_step(by=by, on=on, case=handling.case, opinion="材料已补齐，予以受理。")
    about("hall.handling", handling.pk, area=handling.area, papers=keys)
    handling.refresh_from_db()
    return handling


@action("hall.take")
def finish(*, by: Actor, on: date, handling: Handling) -> Handling:
    """This counter ends what it could not end at once, or what a lower counter passed up."""
    item = item_of(handling)
    if not _at_my_counter(by, handling) or not (item.spot and level_of(by.area) <= item.decided):
        raise Refused("这一件不在本窗口办结。")
    pass_step(by=by, on=on, case=handling.case, opinion="已办结。")
    if on == handling.taken_on:
        Handling.objects.filter(pk=handling.pk).update(spot=True)
    about("hall.handling", handling.pk, area=handling.area)
    handling.refresh_from_db()
    return handling


def _at_my_counter(by: Actor, one: Handling) -> bool:
    return one.case.state == "open" and one.case.step == COUNTERS.get(level_of(by.area))


@action("hall.take")
def return_papers(*, by: Actor, on: date, handling: Handling, papers: Collection[int], to: str) -> int:
    """Originals go back to whoever signs for them; how many."""
    if not tidy(to):
        raise Refused("请填写签收人。", field="to")
    rows = Custody.objects.filter(handling=handling, pk__in=papers, kept=Kept.ORIGINAL, returned_on=None)
    count = rows.update(returned_on=on, returned_to=tidy(to)[:60], returned_by_id=by.own_hand)
    if not count:
        raise Refused("请勾选要退还的原件。", field="papers")
    if count != len(set(papers)):
        raise Stale("有的原件已经退还，请刷新后再看。")
    about("hall.handling", handling.pk, area=handling.area, returned=count)
    return count


@action("hall.take")
def hand_over(*, by: Actor, on: date, handling: Handling, to: str) -> Handling:
    """The result was handed to whoever signs for it."""
    if not tidy(to):
        raise Refused("请填写结果的签收人。", field="to")
    ready = Handling.objects.filter(pk=handling.pk, result_on=None, case__outcome="done")
    if not ready.update(result_on=on, result_to=tidy(to)[:60]):
        raise Stale("还没有办结，或者结果已经送达。")
    _nothing_left_to_do(handling, by, on, tidy(to))
    about("hall.handling", handling.pk, area=handling.area)
    handling.refresh_from_db()
    return handling


def _nothing_left_to_do(one: Handling, by: Actor, on: date, to: str) -> None:
    """Who holds the result knows that it is there, and nobody has to fetch it any more."""
    words = {"told_on": on, "how": Told.COUNTER, "told_by_id": by.own_hand}
    Telling.objects.filter(handling=one, told_on=None, wanted=True).update(**words)
    for mandate in one.mandates.all():  # type: ignore[attr-defined]
        overtake(mandate, on, f"结果已由{to}签收，本任务随之结束。")


@action("hall.act")
def tell(*, by: Actor, on: date, telling: Telling, how: Told) -> Telling:
    """The applicant was told what the telling says."""
    found = Telling.objects.filter(pk=telling.pk, told_on=None)
    if not found.update(told_on=on, how=how, told_by_id=by.own_hand):
        raise Stale
    about("hall.telling", telling.pk, area=telling.area)
    telling.refresh_from_db()
    return telling
