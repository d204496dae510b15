"""Taking a request at the place of the emergency, and what the survey found."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.db import IntegrityError, transaction

from linli.base.areas import Level, level_of
from linli.base.names import sort_key
from linli.base.text import tidy
from linli.domains.relief.actions.decisions import LOOK_BACK, look_back
from linli.domains.relief.models import Request
from linli.domains.relief.queries import recognised_as
from linli.domains.relief.rules import AID, CAUSE_OF, EVENTS, FAST, GROUP_ZH, MEANS
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import open_case
from linli.kernel.cases.rules import Received
from linli.kernel.registry.queries import area_on_day, area_path, household_of, members_of, person_by_id, person_by_number
from linli.kernel.registry.rules import is_minor
from linli.law import Cause, Degree, Recognised, Zone

A_YEAR = timedelta(days=365)
SALT = "relief.elsewhere"
A_DAY = 24 * 3600


@action(LOOK_BACK)
def locate(*, by: Actor, on: date, number: str, name: str) -> tuple[int, str]:
    """Who stands at the door and lives in another town: the id, and a pass with which this member of staff takes the request.

    Number and name together open it, as on the identity card; the answer tells nothing of where they live.

    :raises Refused: nobody of the district has this number and this name.
    """
    with reach_district(by, LOOK_BACK):
        person = person_by_number(number)
    about("relief.locate", "", found=person is not None)
    if person is None or person.name != tidy(name):
        raise Refused(
            "区内没有登记这个号码和姓名的人。请核对；外地来的急难人员，请先按急难发生地在居民登记中建档。", field="number"
        )
    return person.pk, dumps([person.pk, by.staff_id], salt=SALT)


@dataclass(frozen=True)
class Applicant:
    """Who asks for help: the person, the household with its members of this day, and as what they are recognised."""

    person: Any
    household: Any
    members: tuple[Any, ...]
    recognised: Recognised


@action(LOOK_BACK)
def applicant(*, by: Actor, on: date, person_id: int, pass_: str = "") -> Applicant:
    """The person and the family, where they live in the actor's area or the pass of :func:`locate` was given for them.

    :raises Refused: neither, or the person has died.
    """
    reach = reach_district(by, LOOK_BACK) if _opens(pass_, person_id, by) else nullcontext()
    with reach:
        person = person_by_id(person_id)
        if person is None:
            raise Refused("没有找到这个人，或其不在本辖区。外地来的急难人员，请先按急难发生地在居民登记中建档。", field="person")
        if person.died_on and person.died_on <= on:
            raise Refused(f"{person.name}已于{person.died_on}登记死亡，不能申请。", field="person")
        household = household_of(person, on)
        members = members_of(household, on) if household else [person]
        living = tuple(one for one in members if not one.died_on or one.died_on > on)
        found = Applicant(person, household, living, recognised_as(living, on))
    about("registry.person", person.pk, area=person.area)
    return found


def _opens(pass_: str, person_id: int, by: Actor) -> bool:
    try:
        return bool(loads(pass_, salt=SALT, max_age=A_DAY) == [person_id, by.staff_id])
    except BadSignature:
        return False


@action("relief.apply")
def apply(
    *, by: Actor, on: date, person_id: int, event: str, happened_on: date, degree: Degree, zone: Zone, statement: str,
    place: str = "", pass_: str = "", whole: bool = True, months: int = 1, fast: bool = False, burden: int | None = None,
    renewed: str = "", wants: str = "", former_id: int | None = None, papers: Sequence[str] = (), opinion: str = "",
) -> Request:  # fmt: skip
    """Take a request where the hardship befell the family, wherever they live and are registered (社会救助法 §37).

    ``place``: the community where it happened (the person's own where nothing is said); ``pass_``: of :func:`locate`, for
    somebody of another town. ``whole``: for the whole household, else for this person alone. ``fast``: help first, papers
    afterwards; nothing is then asked but who, what happened and how hard. ``former_id``: the help given at once that is now
    supplemented.

    :raises Refused: the person has died or has an open request, the place or the day cannot be, spending without its burden,
        or relief was given for the same emergency and nothing new is shown.
    """
    _check(event, happened_on, on, fast, burden)
    former = _former(former_id, person_id) if former_id else None
    if former is not None:
        asked = Asked.of_former(former)
    else:
        found = applicant(by=by, on=on, person_id=person_id, pass_=pass_)
        asked = Asked.of(found, whole, _place(by, on, found.person, place), event, happened_on)
    past = look_back(
        by=by, on=on, members=list(asked.members), asker=asked.person, household=asked.household,
        event=asked.event, happened_on=asked.happened_on, but=former.pk if former else None,
    )  # fmt: skip
    if past.asked_before and not renewed.strip():
        raise Refused(f"已在{past.where}因同一情形得到临时救助。有新的困难情形的，请写明；没有的，不再受理。", field="renewed")
    flow, zh = (FAST, "急难先行救助") if fast else (AID, GROUP_ZH)
    case = open_case(
        by=by, on=on, flow=flow, title=f"{asked.name}·{zh}", area=asked.area, person_id=asked.person,
        household_id=asked.household, opinion=opinion, facts={"people": len(asked.members), "name": asked.name},
        papers=[Received(key, original=True) for key in papers],
    )  # fmt: skip
    words = {
        "zone": zone, "cause": CAUSE_OF[asked.event], "degree": degree, "months": months, "fast": fast, "burden": burden,
        "renewed": tidy(renewed), "statement": statement, "wants": tidy(wants), "past": list(past.aid), "applied_on": on,
    }  # fmt: skip
    made = _store(asked, former, case, words)
    about("relief.request", made.pk, area=made.area, case=case.pk, people=made.people, fast=fast)
    return made


@dataclass(frozen=True)
class Asked:
    """Whom a request is for, as they stood on the day, and what befell them where."""

    name: str
    person: int
    household: int | None
    members: tuple[int, ...]
    names: tuple[str, ...]
    minor: bool
    local: bool
    home: str
    recognised: int
    area: str
    event: str
    happened_on: date

    @classmethod
    def of(cls, found: Applicant, whole: bool, area: str, event: str, happened_on: date) -> Asked:
        """From the register. Without a registered place somebody counts as registered in the district."""
        one, people = found.person, found.members if whole else (found.person,)
        return cls(
            one.name, one.pk, found.household.pk if found.household else None, tuple(person.pk for person in people),
            tuple(person.name for person in people), is_minor(one.birth, happened_on),
            not one.registered_area or one.registered_area[:6] == area[:6], area_path(one.area, happened_on),
            int(found.recognised), area, event, happened_on,
        )  # fmt: skip

    @classmethod
    def of_former(cls, one: Request) -> Asked:
        """From the help given at once that is supplemented."""
        return cls(
            one.name, one.person_id, one.household_id, tuple(one.members), tuple(one.names), one.minor, one.local, one.home,
            one.recognised, one.area, one.event, one.happened_on,
        )  # fmt: skip


def _store(asked: Asked, former: Request | None, case: Any, words: dict[str, Any]) -> Request:
    try:
        with transaction.atomic():
            return Request.objects.create(
                case=case, former=former, person_id=asked.person, household_id=asked.household, name=asked.name,
                sort_key=sort_key(asked.name), minor=asked.minor, home=asked.home, members=list(asked.members),
                names=list(asked.names), people=len(asked.members), recognised=asked.recognised, local=asked.local,
                event=asked.event, happened_on=asked.happened_on, area=asked.area, area_then=asked.area, **words,
            )  # fmt: skip
    except IntegrityError as fault:
        what = "这次先行救助已在补充救助中" if former else f"{asked.name}有一份正在办理的临时救助申请"
        raise Refused(f"{what}，无需再次申请。", field="person") from fault


def _place(by: Actor, on: date, person: Any, place: str) -> str:
    """Where it happened: as said, else where the person lives, else the actor's own community."""
    area = place or (person.area if by.covers(person.area) else by.area)
    if not by.covers(area) or level_of(area) is not Level.COMMUNITY or not area_on_day(area, on):
        raise Refused("请选择本辖区内急难发生的社区（村）。", field="place")
    return area


def _check(event: str, happened_on: date, on: date, fast: bool, burden: int | None) -> None:
    if event not in EVENTS:
        raise Refused("请选择困难情形。", field="event")
    if happened_on > on:
        raise Refused("困难发生的日期不能晚于今天，请修改。", field="happened_on")
    if fast and on - happened_on > A_YEAR:
        raise Refused("困难已发生一年以上，不是急难，请按一般程序申请。", field="fast")
    spending = CAUSE_OF[event] is Cause.SPENDING
    if fast and spending:
        raise Refused("先行救助只适用于突发急难，支出过大的请按一般程序申请。", field="fast")
    if spending and not burden:
        raise Refused("支出型困难请填写扣除医保报销和其他救助后由家庭自己负担的支出。", field="burden")


def _former(former_id: int, person_id: int) -> Request:
    former = Request.objects.filter(pk=former_id).first()
    if former is None or not former.fast or former.state != "granted" or former.person_id != person_id:
        raise Refused("只有本人已给予的先行救助可以按一般程序补充救助。", field="former")
    return former


@action("relief.survey")
def record_survey(
    *, by: Actor, on: date, request: Request, found: str, degree: Degree, months: int, burden: int | None = None,
    means: str = "", means_report: str = "", consent: bool = False,
) -> Request:  # fmt: skip
    """What was found at the home: it replaces what the family said of degree, duration and burden, before the decision.

    ``means``: what the check of income and property found (a key of MEANS), with the number of its report; only with the
    signed consent of all members (社会救助法 §40).

    :raises Refused: nothing is written, spending relief without a burden, or a check without consent or report.
    """
    if not found.strip():
        raise Refused("请写明核实的情况。", field="found")
    if request.cause == Cause.SPENDING and not burden:
        raise Refused("请填写核实后由家庭自己负担的支出。", field="burden")
    if means and (means not in MEANS or not means_report.strip()):
        raise Refused("请选择核对结果，并写明核对报告的编号或核对的方式。", field="means_report")
    if means and not consent:
        raise Refused("核对家庭经济状况，须有全体家庭成员签字的授权书。", field="consent")
    past = look_back(
        by=by, on=on, members=request.members, asker=request.person_id, household=request.household_id,
        event=request.event, happened_on=request.happened_on, but=request.former_id or request.pk,
    )  # fmt: skip
    changed = Request.objects.filter(pk=request.pk, state="open").update(
        found=found.strip(), found_on=on, degree=degree, months=months, means=means, means_report=tidy(means_report)[:200],
        burden=burden if request.cause == Cause.SPENDING else None, past=list(past.aid),
    )  # fmt: skip
    if not changed:
        raise Stale("这份申请已经办结，不能再改核实情况。")
    about("relief.request", request.pk, area=request.area)
    request.refresh_from_db()
    return request
