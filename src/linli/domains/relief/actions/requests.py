"""Taking a request at the place of the emergency, and what the survey found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.relief.actions.decisions import look_back
from linli.domains.relief.models import Request
from linli.domains.relief.rules import AID, CAUSE_OF, EVENTS, FAST, GROUP_ZH
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import open_case
from linli.kernel.cases.rules import Received
from linli.kernel.registry.queries import household_of, members_of, person_by_id
from linli.law import Cause, Degree, Zone


@action("relief.apply")
def apply(
    *, by: Actor, on: date, person_id: int, event: str, happened_on: date, degree: Degree, zone: Zone, statement: str,
    whole: bool = True, months: int = 1, fast: bool = False, burden: int | None = None, renewed: str = "", wants: str = "",
    former_id: int | None = None, papers: Sequence[str] = (), opinion: str = "",
) -> Request:  # fmt: skip
    """Take a request where the hardship befell the family, wherever they are registered (社会救助法 §37).

    ``whole``: for the whole household, else for this person alone. ``fast``: help first, papers afterwards; nothing is then
    asked but who, what happened and how hard. ``former_id``: the help given at once that is now supplemented.

    :raises Refused: the person has died or has an open request, the day cannot be, spending without its burden, or relief
        was given for the same event and nothing new is shown.
    """
    person = _applicant(person_id, on)
    _check(event, happened_on, on, fast, burden)
    former = _former(former_id, person_id) if former_id else None
    household = household_of(person, on) if whole else None
    members = [one.pk for one in members_of(household, on) if not one.died_on or one.died_on > on] if household else [person.pk]
    if former is not None:
        household, members, event, happened_on = former.household, former.members, former.event, former.happened_on
    else:
        _not_again(by, on, members, event, happened_on, renewed)
    flow, zh = (FAST, "急难先行救助") if fast else (AID, GROUP_ZH)
    case = open_case(
        by=by, on=on, flow=flow, title=f"{person.name}·{zh}", area=person.area, person_id=person.pk,
        household_id=household.pk if household else None, opinion=opinion, facts={"people": len(members)},
        papers=[Received(key, original=True) for key in papers],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made = Request.objects.create(
                case=case, former=former, person=person, household=household, members=members, people=len(members),
                local=not person.registered_area or person.registered_area[:6] == person.area[:6], zone=zone, event=event,
                cause=CAUSE_OF[event], happened_on=happened_on, degree=degree, months=months, fast=fast, burden=burden,
                renewed=tidy(renewed), statement=statement, wants=tidy(wants), applied_on=on, area=person.area,
                area_then=person.area,
            )  # fmt: skip
    except IntegrityError as fault:
        what = "这次先行救助已在补充救助中" if former else f"{person.name}有一份正在办理的临时救助申请"
        raise Refused(f"{what}，无需再次申请。", field="person") from fault
    about("relief.request", made.pk, area=made.area, case=case.pk, people=len(members), fast=fast)
    return made


def _applicant(person_id: int, on: date) -> Any:
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人。外地来的急难人员，请先按急难发生地在居民登记中建档。", field="person")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已于{person.died_on}登记死亡，不能申请。", field="person")
    return person


def _check(event: str, happened_on: date, on: date, fast: bool, burden: int | None) -> None:
    if event not in EVENTS:
        raise Refused("请选择困难情形。", field="event")
    if happened_on > on:
        raise Refused("困难发生的日期不能晚于今天，请修改。", field="happened_on")
    spending = CAUSE_OF[event] is Cause.SPENDING
    if fast and spending:
        raise Refused("先行救助只适用于突发急难，支出过大的请按一般程序申请。", field="fast")
    if spending and not burden:
        raise Refused("支出型困难请填写扣除医保报销和其他救助后由家庭自己负担的支出。", field="burden")


def _former(former_id: int, person_id: int) -> Request:
    former = Request.objects.select_related("household").filter(pk=former_id).first()
    if former is None or not former.fast or former.state != "granted" or former.person_id != person_id:
        raise Refused("只有本人已给予的先行救助可以按一般程序补充救助。", field="former")
    return former


def _not_again(by: Actor, on: date, members: list[int], event: str, happened_on: date, renewed: str) -> None:
    past = look_back(by=by, on=on, members=members, event=event, happened_on=happened_on)
    if past.asked_before and not renewed.strip():
        raise Refused(f"已在{past.where}因同一情形得到临时救助。有新的困难情形的，请写明；没有的，不再受理。", field="renewed")


@action("relief.survey")
def record_survey(
    *, by: Actor, on: date, request: Request, found: str, degree: Degree, months: int, burden: int | None = None
) -> Request:
    """What was found at the home: it replaces what the family said of degree, duration and burden, before the decision.

    :raises Refused: nothing is written, or spending relief without a burden.
    """
    if not found.strip():
        raise Refused("请写明核实的情况。", field="found")
    if request.cause == Cause.SPENDING and not burden:
        raise Refused("请填写核实后由家庭自己负担的支出。", field="burden")
    changed = Request.objects.filter(pk=request.pk, state="open").update(
        found=found.strip(), found_on=on, degree=degree, months=months, burden=burden if request.cause == Cause.SPENDING else None
    )
    if not changed:
        raise Stale("这份申请已经办结，不能再改核实情况。")
    about("relief.request", request.pk, area=request.area)
    request.refresh_from_db()
    return request
