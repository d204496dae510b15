"""Applications, and everything that was entered of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.base.areas import scope_of
from linli.domains.assistance.models import (
    Answer,
    Application,
    Appraisal,
    Consent,
    Inquiry,
    Kin,
    Line,
    Member,
    Supporter,
    Visit,
)
from linli.domains.assistance.models.applications import BOUND
from linli.domains.assistance.rules import SCHEMES, VERIFY
from linli.domains.assistance.rules.flow import Scheme
from linli.kernel.access.rules import Refused
from linli.kernel.cases.queries import events_of
from linli.kernel.cases.rules import Kind


def applications(
    *, state: str = "", words: str = "", step: str = "", result: str = "", group: str = "", kin: str = "", zone: int = 0,
    area: str = "",
) -> QuerySet[Application]:  # fmt: skip
    """Applications in the present scope, newest first; ``words`` is a case number or the beginning of a name."""
    found = Application.objects.select_related("case", "person", "delegation").order_by("-id")
    exact = {"state": state, "case__step": step, "result": result, "group": group, "zone": zone}
    found = found.filter(**{key: word for key, word in (exact | in_area(area)).items() if word})
    if kin:
        found = found.filter(kin=kin == "yes")
    if words:
        after = words[:-1] + chr(ord(words[-1]) + 1)
        found = found.filter(Q(case__number=words) | Q(person__name__gte=words, person__name__lt=after))
    return found


def in_area(area: str) -> dict[str, str]:
    """Words of a filter that keep what lies in an area; none for everywhere."""
    if not area:
        return {}
    scope = scope_of(area)
    return {"area__gte": scope.lo, "area__lt": scope.hi}


def application(application_id: int) -> Application:
    """The application with this id in the present scope; Refused when there is none."""
    found = applications().filter(pk=application_id).first()
    if found is None:
        raise Refused("没有这份申请，或它不在本辖区内。")
    return found


def application_of_case(case_id: int) -> Application | None:
    """The application that this case is about."""
    return applications().filter(case_id=case_id).first()


def living(
    *, result: str = "", group: str = "", zone: int = 0, words: str = "", due: date | None = None
) -> QuerySet[Application]:
    """Families that are helped now; with ``due`` those that have to be verified by this day, the earliest first."""
    found = applications(state="granted", result=result, group=group, zone=zone, words=words)
    return found.filter(verify_by__lte=due).order_by("verify_by", "id") if due else found


def helped_by(person_ids: Iterable[int]) -> Application | None:
    """The living application in which one of these people counts, or may count as long as nothing is decided."""
    mine = Member.objects.filter(**BOUND, person__in=list(person_ids)).values("application")
    return applications().filter(pk__in=mine).first()


def scheme_of(one: Application) -> Scheme:
    """The order in which this application runs."""
    return SCHEMES[one.case.flow]


def verifies(one: Application) -> bool:
    """Whether this is a verification: of a family helped here (``former``), or of one taken over from before."""
    return scheme_of(one) is VERIFY


def objected_or_kin(one: Application) -> str:
    """Why the case is the district's to look into by law (57号 §20); empty when it is not."""
    if one.kin:
        return "申请人有近亲属在经办机构或村（居）委会"
    return "该户收到过异议" if events_of(one.case).filter(kind=Kind.OBJECTION).exists() else ""


def members_of(one: Application) -> list[Member]:
    """The members as they stand now, the applicant first."""
    found = Member.objects.filter(application=one, replaced_on=None).select_related("person").order_by("kin", "id")
    return sorted(found, key=lambda row: row.person_id != one.person_id)


def counted_in(one: Application) -> list[int]:
    """Who counts in the family of an application: ids of people."""
    return [row.person_id for row in members_of(one) if row.counted]


def beside(person_id: int, household_id: int, people: Iterable[int]) -> set[int]:
    """Who of the people of a home counts in a family of it that is helped, to which this person does not belong."""
    helped = Q(application__household=household_id, application__state="granted")
    found = set(Member.objects.filter(helped, **BOUND, person__in=list(people)).values_list("person_id", flat=True))
    return set() if person_id in found else found


def member_of(member_id: int) -> Member:
    """The member as it stands now; Refused when it is not here."""
    rows = Member.objects.select_related("person", "application__case", "application__person")
    found = rows.filter(pk=member_id, replaced_on=None).first()
    if found is None:
        raise Refused("没有这名成员，或其情况刚才已更正，请刷新后再看。")
    return found


def history_of(one: Application) -> QuerySet[Member]:
    """What was entered of members and corrected since, the newest first."""
    return Member.objects.filter(application=one).exclude(replaced_on=None).select_related("person").order_by("-id")


def lines_of(one: Application, *, struck: bool = False) -> QuerySet[Line]:
    """The family's lines of income, property and spending as they stand now; or those that were struck."""
    rows = Line.objects.filter(application=one).select_related("person", "entered_by")
    rows = rows.order_by("kind", "person_id", "first", "id")
    return rows.exclude(struck_on=None) if struck else rows.filter(struck_on=None)


def line_of(line_id: int) -> Line:
    """A line that stands."""
    found = Line.objects.select_related("person", "application__case", "application__person").filter(pk=line_id).first()
    if found is None or found.struck_on:
        raise Refused("没有这一条，或它已被划去。")
    return found


def supporters_of(one: Application) -> QuerySet[Supporter]:
    """Who must support members of the family by law, outside of the household."""
    return Supporter.objects.filter(application=one, struck_on=None).select_related("person").order_by("person_id", "id")


def supporter_of(supporter_id: int) -> Supporter:
    rows = Supporter.objects.select_related("application__case", "application__person")
    found = rows.filter(pk=supporter_id, struck_on=None).first()
    if found is None:
        raise Refused("没有这名法定义务人，或已被划去。")
    return found


def consents_of(one: Application, on: date) -> dict[int, Consent]:
    """The consents that hold on this day, by person."""
    rows = Consent.objects.filter(application=one, withdrawn_on=None, signed_on__lte=on, until__gte=on)
    rows = rows.select_related("person")
    return {row.person_id: row for row in rows}


def kin_of(one: Application) -> QuerySet[Kin]:
    return Kin.objects.filter(application=one).select_related("staff").order_by("id")


def visits_of(one: Application, kind: str = "", *, done: bool = False, struck: bool = False) -> QuerySet[Visit]:
    """Visits, the newest first; drafts among them unless only finished ones are asked for, and those that were struck."""
    rows = Visit.objects.filter(application=one).order_by("-visited_on", "-id")
    rows = rows if struck else rows.filter(struck_on=None)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.exclude(done_on=None) if done else rows


def visit_of(visit_id: int) -> Visit:
    rows = Visit.objects.select_related("application__case", "application__person")
    found = rows.filter(pk=visit_id).first()
    if found is None:
        raise Refused("没有这份调查记录，或它不在本辖区内。")
    return found


def appraisals_of(one: Application) -> QuerySet[Appraisal]:
    return Appraisal.objects.filter(application=one).order_by("-held_on", "-id")


def inquiries_of(one: Application) -> QuerySet[Inquiry]:
    """Requests to the economic check, the newest first."""
    return Inquiry.objects.filter(application=one).order_by("-id")


def inquiry_of(inquiry_id: int) -> Inquiry:
    rows = Inquiry.objects.select_related("application__case", "application__person")
    found = rows.filter(pk=inquiry_id).first()
    if found is None:
        raise Refused("没有这次核对，或它不在本辖区内。")
    return found


def answers_of(one: Application) -> QuerySet[Answer]:
    """What the registers said of the family, the newest check first."""
    rows = Answer.objects.filter(inquiry__application=one).select_related("person", "inquiry")
    return rows.order_by("-inquiry_id", "person_id", "kind", "id")


def untold(one: Application) -> bool:
    """Whether there is a decision whose letter was not handed over yet."""
    return one.decided_on is not None and one.told_on is None and one.state in ("granted", "refused", "ended")


def answer_of(answer_id: int) -> Answer:
    rows = Answer.objects.select_related("inquiry__application__case", "inquiry__application__person", "person")
    found = rows.filter(pk=answer_id).first()
    if found is None:
        raise Refused("没有这条核对结果，或它不在本辖区内。")
    return found


def page_words(one: Application) -> dict[str, Any]:
    """Everything that was entered of an application, for its page."""
    return {
        "lines": list(lines_of(one)), "struck": list(lines_of(one, struck=True)), "supporters": list(supporters_of(one)),
        "kin": list(kin_of(one)), "visits": list(visits_of(one, struck=True)), "appraisals": list(appraisals_of(one)),
        "inquiries": list(inquiries_of(one)), "answers": list(answers_of(one)), "corrected": list(history_of(one)),
    }  # fmt: skip
