"""What is found of the family: members, lines of means, supporters, relatives among the staff, consents. Nothing is erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from linli.base.days import age_on, official_calendar
from linli.base.money import show_yuan
from linli.domains.assistance.models import Application, Consent, Kin, Line, Member, Supporter
from linli.domains.assistance.queries.applications import members_of
from linli.domains.assistance.queries.consents import revoked_in
from linli.domains.assistance.queries.family import ADULT
from linli.domains.assistance.queries.judging import consent_term
from linli.domains.assistance.queries.refusals import relative_of
from linli.domains.assistance.rules import SCOPE, Source
from linli.kernel.access.actions import about, action
from linli.kernel.access.queries import staff_member
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.law import CARE_ITEMS, Item
from linli.law.codes import FIRST_PROPERTY, FIRST_SPENDING, FIRST_THING, Standing

FOUND = (
    "kin", "long_together", "duty", "independent", "study", "standing", "since", "work", "ill", "refusals", "scheme", "asks",
    "bearers_known", "failed", "institution",
)  # fmt: skip
"""What a survey finds of a member; name, birth, disability and other statuses stand in the registry."""


def must_be_open(one: Application) -> None:
    """Facts are entered while the case runs."""
    if one.state != "open":
        raise Refused("申请已办结，不能再登记。情况有变化的，请办理复核。")


def may_enter(one: Application, by: Actor) -> None:
    """As above; and a near relative of the family neither enters nor takes what decides about it (近亲属回避)."""
    must_be_open(one)
    if said := relative_of(one, by):
        raise Refused(said)


def _member_here(one: Application, person_id: int) -> Member:
    found = next((row for row in members_of(one) if row.person_id == person_id), None)
    if found is None:
        raise Refused("所选的人不在申请家庭中，请重新选择。", field="person")
    return found


@action("assistance.enter")
def correct_member(*, by: Actor, on: date, member: Member, why: str, **found: Any) -> Member:
    """What the survey found of a member; the former row is kept and says until when it stood."""
    one = member.application
    may_enter(one, by)
    if unknown := set(found) - set(FOUND):
        raise TypeError(f"a member does not know {sorted(unknown)}")
    if not why.strip():
        raise Refused("请写明依据，例如：入户核实，或查看学生证。", field="why")
    _check_found(found, on)
    changed = Member.objects.filter(pk=member.pk, replaced_on=None).update(replaced_on=on, live=False)
    if not changed:
        raise Stale
    words = {name: getattr(member, name) for name in FOUND} | found
    made = Member.objects.create(
        application=one, person_id=member.person_id, why=why.strip()[:200], entered_on=on, entered_by_id=by.staff_id,
        area=one.area, **words,
    )  # fmt: skip
    about("assistance.application", one.pk, area=one.area, person=member.person_id, changed=sorted(_changed(member, words)))
    return made


def _check_found(found: Mapping[str, Any], on: date) -> None:
    if found.get("standing", Standing.PRESENT) != Standing.PRESENT and not found.get("since"):
        raise Refused("不在家中的，请填写开始日期。", field="since")
    if found.get("since") and found["since"] > on:
        raise Refused("开始日期不能晚于今天，请核对。", field="since")
    if set(found.get("failed", ())) - set(CARE_ITEMS):
        raise Refused("自理能力的项目不在列表中，请重新选择。", field="failed")


def _changed(before: Member, after: Mapping[str, Any]) -> set[str]:
    return {name for name, value in after.items() if getattr(before, name) != value}


@action("assistance.enter")
def add_line(
    *, by: Actor, on: date, application: Application, person: int, kind: Item, source: Source, amount: int = 0, number: int = 0,
    first: date | None = None, last: date | None = None, evidence: str = "", another: bool = False,
) -> Line:  # fmt: skip
    """One line of income, property or spending of a member, with its months and where it comes from.

    ``another``: an income beside the same one of the same months; without it these are taken for one that is told twice.
    """
    may_enter(application, by)
    _member_here(application, person)
    check_line(kind, amount, number, first, last, on)
    if source is not Source.DECLARED and not evidence.strip():
        raise Refused("不是本人申报的，请写明依据，例如：用工单位工资表。", field="evidence")
    words = {
        "application": application, "person_id": person, "kind": kind, "amount": amount, "number": number, "first": first,
        "last": last, "source": source.value, "evidence": evidence.strip(),
    }  # fmt: skip
    if Line.objects.filter(struck_on=None, **words).exists():
        raise Refused("同样的一条已经登记。确有另一笔的，请在依据中写明，例如：第二份工作。", field="evidence")
    if kind < FIRST_PROPERTY and not another:
        _check_told_once(application, person, kind, first, last)
    made = Line.objects.create(entered_on=on, entered_by_id=by.staff_id, area=application.area, **words)
    about("assistance.application", application.pk, area=application.area, line=made.pk, item=int(kind))
    return made


def _check_told_once(one: Application, person: int, kind: Item, first: date | None, last: date | None) -> None:
    """A corrected wage beside the wrong one would count twice, and the family would lose by it."""
    same = Line.objects.filter(application=one, person=person, kind=kind, struck_on=None, first__lte=last, last__gte=first)
    if (other := same.select_related("person").order_by("-id").first()) is not None and other.first and other.last:
        months = f"{other.first:%Y年%-m月}至{other.last:%Y年%-m月}"
        whose = f"{other.person.name}的“{kind.zh}”（{months}，{show_yuan(other.amount)}元）"
        mend = "改正的，请先划去原来的一条；确是另一笔、应合计的，请勾选“是另一笔收入”。"
        raise Refused(f"这些月份已登记{whose}，会重复计算。{mend}", field="another")


def check_line(kind: Item, amount: int, number: int, first: date | None, last: date | None, on: date) -> None:
    """A line says whole months, an amount, or a number of things, as its kind wants."""
    if FIRST_THING <= kind < FIRST_SPENDING:
        if number < 1:
            raise Refused(f"请填写“{kind.zh}”的数量。", field="number")
        return
    if amount <= 0 and not (amount == 0 and kind < FIRST_PROPERTY):
        raise Refused(f"请填写“{kind.zh}”的金额；经营亏损请填0元。", field="amount")
    if FIRST_PROPERTY <= kind < FIRST_THING:
        return
    if first is None or last is None:
        raise Refused(f"“{kind.zh}”没有写明属于哪几个月，请填写起止月份。", field="first" if first is None else "last")
    if last < first:
        raise Refused(f"“{kind.zh}”的截止月份早于开始月份，请核对。", field="last")
    if first > on:
        raise Refused(f"“{kind.zh}”的开始月份晚于今天，请核对。", field="first")


@action("assistance.enter")
def strike_line(*, by: Actor, on: date, line: Line, why: str) -> Line:
    """Strike a line that was wrong, with the reason; it stays readable and counts no more."""
    may_enter(line.application, by)
    if not why.strip():
        raise Refused("请写明划去的原因。", field="why")
    if not Line.objects.filter(pk=line.pk, struck_on=None).update(struck_on=on, struck_by=by.staff_id, struck_why=why.strip()):
        raise Stale
    about("assistance.application", line.application_id, area=line.area, line=line.pk)
    line.refresh_from_db()
    return line


@action("assistance.enter")
def add_supporter(
    *, by: Actor, on: date, application: Application, person: int, name: str, tie: str, born: date, **found: Any
) -> Supporter:
    """Somebody outside of the household who must support a member by law."""
    may_enter(application, by)
    _member_here(application, person)
    if age_on(born, on) < ADULT:
        raise Refused(f"{name}未满18周岁，没有赡养义务，不用登记。", field="born")
    if bool(found.get("disability")) != bool(found.get("level")):
        raise Refused("残疾类别和等级应同时填写。", field="level")
    if Supporter.objects.filter(application=application, person=person, name=name, born=born, struck_on=None).exists():
        raise Refused(f"{name}已登记为法定义务人，无需重复登记。", field="name")
    made = Supporter.objects.create(
        application=application, person_id=person, name=name, tie=tie, born=born, entered_on=on, entered_by_id=by.staff_id,
        area=application.area, **found,
    )  # fmt: skip
    about("assistance.application", application.pk, area=application.area, supporter=made.pk)
    return made


@action("assistance.enter")
def strike_supporter(*, by: Actor, on: date, supporter: Supporter, why: str) -> None:
    """Strike a supporter who was entered wrongly."""
    may_enter(supporter.application, by)
    if not why.strip():
        raise Refused("请写明划去的原因。", field="why")
    if not Supporter.objects.filter(pk=supporter.pk, struck_on=None).update(struck_on=on, struck_why=why.strip()):
        raise Stale
    about("assistance.application", supporter.application_id, area=supporter.area, supporter=supporter.pk)


@action("assistance.enter")
def declare_kin(
    *, by: Actor, on: date, application: Application, tie: str, staff: int | None = None, name: str = "", office: str = ""
) -> Kin:
    """A near relative works in the offices or sits on the committee: registered apart, and judges nothing of the case."""
    must_be_open(application)
    colleague = staff_member(staff) if staff else None
    if staff and colleague is None:
        raise Refused("没有这名工作人员，请重新选择。", field="staff")
    who = colleague.name if colleague else name.strip()
    if not who:
        raise Refused("请选择工作人员，或填写其姓名。", field="name")
    if not tie.strip():
        raise Refused("请填写与申请家庭的关系，例如：申请人之弟。", field="tie")
    if Kin.objects.filter(application=application, staff=colleague, name=who).exists():
        raise Refused(f"{who}已备案，无需重复登记。", field="name")
    made = Kin.objects.create(
        application=application, staff=colleague, name=who, office=office.strip(), tie=tie.strip(), declared_on=on,
        declared_by_id=by.staff_id, area=application.area,
    )  # fmt: skip
    Application.objects.filter(pk=application.pk).update(kin=True)
    about("assistance.application", application.pk, area=application.area, kin=made.pk)
    return made


@action("assistance.enter")
def record_consents(
    *, by: Actor, on: date, application: Application, signed: Mapping[int, str], signed_on: date, until: date | None = None,
    file: int | None = None,
) -> list[Consent]:  # fmt: skip
    """Consents to the economic check, by person and with the name that signed; a fresh one takes the place of the former."""
    may_enter(application, by)
    if signed_on > on:
        raise Refused("签字日期不能晚于今天，请核对。", field="signed_on")
    last = until or consent_term(on, application.area).due(signed_on, official_calendar()).day
    if last < on:
        raise Refused("授权的有效期已过，请重新签署。", field="until")
    people = {row.person_id for row in members_of(application)}
    given = {person: name.strip() for person, name in signed.items() if name.strip()}
    if not given:
        raise Refused("请填写至少一名成员的签名。")
    if given.keys() - people:
        raise Refused("签名的人不在申请家庭中，请重新选择。")
    Consent.objects.filter(application=application, person__in=given, withdrawn_on=None).update(withdrawn_on=on)
    made = Consent.objects.bulk_create(
        Consent(
            application=application, person_id=person, scope=SCOPE, signer=name, signed_on=signed_on, until=last, file_id=file,
            entered_by_id=by.staff_id, area=application.area,
        )
        for person, name in given.items()
    )  # fmt: skip
    about("assistance.application", application.pk, area=application.area, consents=sorted(given))
    return made


@action("assistance.enter")
def revoke_consents(
    *, by: Actor, on: date, application: Application, people: Sequence[int], asked_on: date, said: str,
    told_on: date | None = None,
) -> list[Consent]:  # fmt: skip
    """Somebody takes the consent to the check back, at any desk and at any time; what was lawfully checked stays.

    ``told_on``: when the person was told what follows. Where that was not done at once, it is entered later in the same way.
    """
    if application.state not in ("open", "granted"):
        raise Refused("申请已办结，没有可以撤回的授权。")
    held = {row.person_id: row for row in Consent.objects.filter(application=application, withdrawn_on=None)}
    before = {pk: row for pk, row in revoked_in(application).items() if row.told_on is None}
    if not people or set(people) - held.keys() - before.keys():
        raise Refused("请选择要撤回授权的成员；没有有效授权的人不用撤回。", field="people")
    if asked_on > on or any(pk in held and asked_on < held[pk].signed_on for pk in people):
        raise Refused("撤回的日期应在签字之后，且不晚于今天，请核对。", field="asked_on")
    if told_on and not asked_on <= told_on <= on:
        raise Refused("告知的日期应在撤回之后，且不晚于今天，请核对。", field="told_on")
    if not said.strip():
        raise Refused("请写明本人怎样提出的，例如：本人到社区窗口当面提出。", field="said")
    words = {"withdrawn_on": asked_on, "revoked": True, "said": said.strip()[:200], "told_on": told_on, "revoked_by": by.staff_id}
    rows = [held.get(pk) or before[pk] for pk in people]
    for row in rows:
        Consent.objects.filter(pk=row.pk).update(**words if row.person_id in held else {"told_on": told_on})
        row.refresh_from_db()
    about("assistance.application", application.pk, area=application.area, revoked=sorted(people), told=bool(told_on))
    return rows
