"""Taking an application, and opening the verification of a family that is helped: nothing is asked that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.days import age_on
from linli.domains.assistance.models import Application, Consent, Kin, Line, Member, Supporter
from linli.domains.assistance.queries.applications import beside, counted_in, helped_by, living
from linli.domains.assistance.queries.consents import revoked_in
from linli.domains.assistance.queries.delegations import delegated_on
from linli.domains.assistance.queries.family import ADULT
from linli.domains.assistance.queries.judging import procedure
from linli.domains.assistance.queries.reckoning import monthly_of
from linli.domains.assistance.rules import VERIFY, bound_by_law, scheme_for, supposed
from linli.domains.assistance.rules.searches import GROUP
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import open_case
from linli.kernel.cases.rules import Received
from linli.kernel.findings.actions import take_up
from linli.kernel.findings.rules import Side
from linli.kernel.registry.queries import household_of, memberships_of, person_by_id, statuses_of_people
from linli.law import Zone, seen_from
from linli.law.kinship import APPLICANT

HELD = ("dibao", "tekun")


@action("assistance.apply")
def apply(
    *, by: Actor, on: date, person_id: int, zone: Zone, alone: bool = False, single_parent: bool = False, permit: bool = False,
    agent: str = "", agent_tie: str = "", statement: str = "", papers: Sequence[str] = ("form",), opinion: str = "",
) -> Application:  # fmt: skip
    """Take the application of a family, from the household of the registry. The law says later which category it is.

    A family that was recognised before this register was kept is taken over by a verification, and posted no second time.

    Who counts in another family of the same home that is helped stays with that family, and is left out here (57号 §4, §7).

    Refused at once is only what cannot become a case: who died, is a child in a family with adults, is registered elsewhere
    without a permit, is helped already, or stands in another application.
    """
    person = _applicant(person_id, on)
    delegation = delegated_on(on, person.area)
    usual = scheme_for(procedure(on, person.area, delegated=delegation is not None), delegated=delegation is not None)
    household = household_of(person, on)
    if household is None:
        raise Refused(f"{person.name}还没有登记家庭户，请先在居民登记中立户或加入家庭。", field="person")
    rows = memberships_of(household, on)
    members = _members(person, rows)
    apart = beside(person.pk, household.pk, [one.pk for one, _ in members])
    members = [(one, kin) for one, kin in members if one.pk not in apart]
    people = [one for one, _ in members]
    if age_on(person.birth, on) < ADULT and any(age_on(one.birth, on) >= ADULT for one in people):
        raise Refused(f"{person.name}未满18周岁，家中有成年人，请由成年的家庭成员申请。", field="person")
    if person.registered_area and person.registered_area[:6] != person.area[:6] and not permit:
        raise Refused(f"{person.name}的户籍不在本区。请向户籍地申请；持本区居住证的，请勾选并核对证件。", field="permit")
    if bool(agent.strip()) != bool(agent_tie.strip()):
        raise Refused("由他人代办的，代办人姓名和与申请人的关系应同时填写。", field="agent")
    _not_helped(people)
    known = statuses_of_people(people, on)
    tomorrow = on + timedelta(days=1)  # with which ends what began and was ended today: help of this register, and no old one
    held = any(row.kind in HELD and row.until != tomorrow for rows in known.values() for row in rows)
    scheme, what = (VERIFY, "救助复核") if held else (usual, "社会救助")
    case = open_case(
        by=by, on=on, flow=scheme.flow.key, title=f"{person.name}·{what}", area=person.area, person_id=person.pk,
        household_id=household.pk, opinion=opinion,
        facts={"members": len(people), "alone": alone}, papers=[Received(key, original=True) for key in papers],
    )  # fmt: skip
    made = Application.objects.create(
        case=case, person=person, household=household, zone=zone, alone=alone, single_parent=single_parent, permit=permit,
        agent=agent.strip(), agent_tie=agent_tie.strip(), statement=statement, applied_on=on, area=person.area,
        area_then=person.area, delegation=delegation if scheme.delegated else None,
    )  # fmt: skip
    _enter(by, on, made, members, known)
    answered_by(by, on, made, (Side.MISSED, Side.PAST) if held else (Side.MISSED,))
    about("assistance.application", made.pk, area=made.area, case=case.pk, people=len(people), held=held)
    return made


def _applicant(person_id: int, on: date) -> Any:
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不在本辖区。请先在居民查询中核对。", field="person")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已于{person.died_on}登记死亡，不能申请。", field="person")
    return person


def _members(person: Any, rows: Sequence[Any]) -> list[tuple[Any, str]]:
    """The people of the household with their relation to the applicant."""
    own = next((row.kin for row in rows if row.person.pk == person.pk), APPLICANT)
    found = [(row.person, seen_from(own, row.kin, row.person.sex)) for row in rows if row.person.pk != person.pk]
    return [(person, APPLICANT), *found]


def _not_helped(people: Sequence[Any]) -> None:
    former = helped_by([people[0].pk]) or helped_by([one.pk for one in people])  # first that of who applies
    if former is not None:
        done = {"open": "正在办理", "granted": "正在享受救助"}.get(former.state, "没有办结")
        then = "情况有变化的，请办理复核。"
        if former.state == "open":
            then = "决定后，没有计入该户的人可以另行申请。"
        raise Refused(f"该户成员已在申请 {former.case.number} 中，{done}。{then}", field="person")


def _enter(by: Actor, on: date, made: Application, members: Sequence[tuple[Any, str]], known: Mapping[int, Any]) -> None:
    rows = []
    for person, kin in members:
        held = {row.kind: row.grade for row in known.get(person.pk, ())}
        work, study = supposed(age_on(person.birth, on), held)
        rows.append(
            Member(
                application=made, person=person, kin=kin, work=work, study=study, duty=bound_by_law(kin), entered_on=on,
                entered_by_id=by.staff_id, area=made.area, asks="tekun" in held, institution=held.get("tekun") == "institution",
            )
        )  # fmt: skip
    _bind(rows)


def _bind(rows: Sequence[Member]) -> None:
    """From now on these people stand in this application."""
    try:
        with transaction.atomic():
            Member.objects.bulk_create(rows)
    except IntegrityError as fault:
        said = "这户有成员已在另一份没有办结的救助申请中（可能在其他镇街），一个人不能同时申请两次。"
        raise Refused(said, field="person") from fault


@action("assistance.verify")
def open_verification(
    *, by: Actor, on: date, application: Application, why: str, new_job: date | None = None, papers: Sequence[str] = ("form",)
) -> Application:
    """Verify a family that is helped (定期复核, a reported or found change): its facts are taken over and gone through again.

    ``new_job``: since when a member has the job that lifts the income; the law lets 低保 go on for some months (渐退).
    """
    if not why.strip():
        raise Refused("请写明复核的原因，例如：定期复核，或家庭人口变化。", field="why")
    if new_job and new_job > on:
        raise Refused("就业日期不能晚于今天，请核对。", field="new_job")
    former = living().select_for_update(of=("self",)).filter(pk=application.pk).first()  # a second desk waits, and is told
    if former is None:
        raise Refused("这户现在没有享受救助，不能复核。")
    if Application.objects.filter(former=former, state="open").exists():
        raise Refused("这户的复核正在办理，请在原件中继续。")
    person = _standing_applicant(former, on)
    gets = monthly_of(former, on.replace(day=1)) or former.amount
    case = open_case(
        by=by, on=on, flow=VERIFY.flow.key, title=f"{person.name}·救助复核", area=former.area, person_id=person.pk,
        household_id=former.household_id, opinion=why.strip()[:200], facts={"former": former.pk},
        papers=[Received(key) for key in papers],
    )  # fmt: skip
    made = Application.objects.create(
        case=case, former=former, person=person, household=former.household, zone=former.zone, alone=former.alone,
        single_parent=former.single_parent, permit=former.permit, statement=why.strip(), kin=former.kin, applied_on=on,
        new_job=new_job or former.new_job, received=gets, area=former.area, area_then=former.area,
    )  # fmt: skip
    _take_over(by, on, former, made)
    answered_by(by, on, made, tuple(Side))
    about("assistance.application", made.pk, area=made.area, case=case.pk, former=former.pk)
    return made


def answered_by(by: Actor, on: date, made: Application, sides: Sequence[Side]) -> None:
    """What was found of these people by comparing registers is answered by this application; nobody types it again."""
    people = counted_in(made.former or made)
    for side in sides:
        take_up(by=by, on=on, group=GROUP, side=side, people=people, note=f"{made.case.title}（{made.case.number}）")


def _standing_applicant(former: Application, on: date) -> Any:
    """The applicant; when dead, another living adult of the family stands in, before all one who counts in it."""
    person = person_by_id(former.person_id)
    if person is not None and not (person.died_on and person.died_on <= on):
        return person
    found = Member.objects.filter(application=former, replaced_on=None).select_related("person")
    rows = list(found.order_by("-counted", "person__birth"))
    gone = _gone_apart(former, rows, on)
    for row in rows:
        if row.person_id not in gone and not row.person.died_on and age_on(row.person.birth, on) >= ADULT:
            return row.person
    raise Refused("申请人已去世，家中没有其他成年成员。请直接登记终止救助。")


def _gone_apart(former: Application, rows: Sequence[Member], on: date) -> set[int]:
    """Who did not count, and lives elsewhere now or is helped with an own family: the verification leaves them alone."""
    loose = {row.person_id for row in rows if not row.counted}
    if not loose or former.household is None:
        return set()
    home = {row.person.pk for row in memberships_of(former.household, on)}
    return (loose - home) | {pk for pk in loose if helped_by([pk])}


def _take_over(by: Actor, on: date, former: Application, made: Application) -> None:
    """The members, lines, supporters, relatives and consents as they stood; the dead, and who went apart, are left out."""
    rows = list(Member.objects.filter(application=former, replaced_on=None).select_related("person"))
    gone = _gone_apart(former, rows, made.applied_on)
    Member.objects.filter(application=former).update(live=False)
    own = next((row.kin for row in rows if row.person_id == made.person_id), APPLICANT)
    kept = {row.person_id for row in rows if not row.person.died_on} - gone
    for row in rows:
        if row.person_id in kept:
            row.pk, row.application, row.live, row.counted = None, made, True, True
            row.why, row.entered_on, row.entered_by_id = "", on, by.staff_id
            row.kin = seen_from("02" if own == APPLICANT else own, "02" if row.kin == APPLICANT else row.kin, row.person.sex)
            row.kin = APPLICANT if row.person_id == made.person_id else row.kin
    _bind([row for row in rows if row.person_id in kept])
    standing: dict[Any, dict[str, Any]] = {
        Line: {"struck_on": None}, Supporter: {"struck_on": None}, Kin: {}, Consent: {"withdrawn_on": None},
    }  # fmt: skip
    for model, words in standing.items():
        copies = list(model.objects.filter(application=former, **words))
        copies += revoked_in(former).values() if model is Consent else ()
        for copy in copies:
            copy.pk, copy.application = None, made
        model.objects.bulk_create([copy for copy in copies if model is Kin or copy.person_id in kept])


