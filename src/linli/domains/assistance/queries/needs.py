"""What a case still needs before it may go on, as sentences; the page shows them, and the step refuses with them."""

from __future__ import annotations

from datetime import date

from linli.base.dated import NoValue
from linli.base.days import age_on
from linli.domains.assistance.models import Application, Member
from linli.domains.assistance.queries.applications import (
    appraisals_of,
    consents_of,
    inquiries_of,
    lines_of,
    members_of,
    objected_or_kin,
    scheme_of,
    verifies,
    visits_of,
)
from linli.domains.assistance.queries.consents import revoked_in, unchecked_in, untold_words
from linli.domains.assistance.queries.delegations import why_district
from linli.domains.assistance.queries.family import ADULT
from linli.domains.assistance.queries.judging import answer, procedure
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.queries.postings import standings
from linli.domains.assistance.queries.reckoning import monthly_of
from linli.domains.assistance.rules import VERIFY, VisitKind, lot
from linli.domains.assistance.rules.flow import CONFIRM
from linli.kernel.cases.queries import events_of
from linli.kernel.cases.rules import Kind
from linli.kernel.entitlements.rules import later
from linli.kernel.registry.queries import area_name
from linli.law import Work
from linli.law.codes import FIRST_PROPERTY
from linli.law.procedure import Appraisal


def needs(one: Application, on: date) -> list[str]:
    """What stands against passing the present step."""
    step, scheme = one.case.step, scheme_of(one)
    found = _consents(one, on) if step in ("check", "survey") else []
    if step == "check":
        found += _members(one)
    if step in ("check", "survey"):
        found += _incomes(one, on)
    if step == scheme.visited_at:
        found += _visit(one, on)
    if step == scheme.visited_at and scheme is not VERIFY:
        found += _appraisal(one, on)
    if step == "survey":
        found += [*([] if unchecked_in(one, on) else _check(one, on)), *_again(one)]
    if step in scheme.posts:
        found += _posting(one, on)
    if step == CONFIRM and (why := why_district(one, answer(one.pk, on).judgement)):
        found.append(f"{why}，由区民政局审核确认，请退回后报区级。")
    if step == "approval":
        found += [*_district(one, on), *_hearing(one, on)]
    return found


def _consents(one: Application, on: date) -> list[str]:
    """Who took the consent back is not asked for it again, and is told first what follows; then the case may be refused."""
    revoked = revoked_in(one)
    without = [row.person.name for row in lacks_consent(one, on) if row.person_id not in revoked]
    if found := untold_words(list(unchecked_in(one, on).values()), on, one.area):
        return found
    return [f"{'、'.join(without)}还没有签署（或已过期的）经济状况核对授权书，请先登记授权。"] if without else []


def lacks_consent(one: Application, on: date) -> list[Member]:
    """The adults of the family whose consent to the check does not hold on this day."""
    held = consents_of(one, on)
    return [row for row in members_of(one) if row.person_id not in held and age_on(row.person.birth, one.applied_on) >= ADULT]


def _members(one: Application) -> list[str]:
    unknown = [row.person.name for row in members_of(one) if row.asks and not row.bearers_known]
    return [f"{'、'.join(unknown)}申请按特困认定，请先核实并登记法定义务人（没有的也要注明）。"] if unknown else []


def _incomes(one: Application, on: date) -> list[str]:
    """Income that nobody has stated counts as nothing: who works has a line, and what a family had before is stated on."""
    stated = set(lines_of(one).filter(kind__lt=FIRST_PROPERTY).values_list("person", flat=True))
    bare = [row.person.name for row in members_of(one) if row.work == Work.EMPLOYED and row.person_id not in stated]
    found = [f"{'、'.join(bare)}登记为稳定就业，却没有收入。请登记收入，或更正就业情况。"] if bare else []
    if not verifies(one) or (judgement := answer(one.pk, on).judgement) is None:
        return found
    if missing := "；".join(gap.zh for gap in judgement.undeclared(law_now(), on=on)):
        found.append(f"{missing}。没有登记的月份会按没有收入计算，请补登这些月份的收入（确实没有的填0元）。")
    return found


def _visit(one: Application, on: date) -> list[str]:
    if visits_of(one, VisitKind.HOME.value, done=True).filter(visited_on__gte=one.applied_on).exists():
        return []
    return ["还没有完成的入户调查（两人以上、五清、签字），请先登记。"]


def _appraisal(one: Application, on: date) -> list[str]:
    if procedure(one.applied_on, one.area).appraisal is not Appraisal.ALWAYS:
        return []
    held = appraisals_of(one).first()
    if held is None:
        return ["还没有民主评议记录。按申请时的规定，须召开民主评议会。"]
    if not held.passed:
        return [f"{held.held_on}的民主评议没有过半数同意。请重新入户调查并再次评议，或由申请人撤回。"]
    return []


def _check(one: Application, on: date) -> list[str]:
    """The economic check, from the day on which the law asks for it."""
    try:
        wanted = law_now().on("procedure.check", one.applied_on, one.area).flag
    except NoValue:
        wanted = False
    if not wanted:
        return []
    asked = inquiries_of(one).first()
    if asked is None:
        return ["还没有提请经济状况核对。"]
    if asked.answered_on is None:
        return ["经济状况核对还没有答复。"]
    if asked.until is not None and asked.until < on:
        return [f"经济状况核对报告已于{asked.until}过期，请重新提请核对。"]
    open_ones = asked.answers.filter(state__in=["new", "disputed"]).count()
    return [f"还有{open_ones}条核对结果没有处理（采用、与申报一致或复查）。"] if open_ones else []


def _again(one: Application) -> list[str]:
    """After an objection there is a new survey or a meeting (57号 §19)."""
    objected = events_of(one.case).filter(kind=Kind.OBJECTION).order_by("-number").first()
    if objected is None:
        return []
    seen = visits_of(one, done=True).filter(done_on__gte=objected.on, kind__in=[VisitKind.HOME.value, VisitKind.NEIGHBOURS.value])
    met = appraisals_of(one).filter(held_on__gte=objected.on)
    return [] if seen.exists() or met.exists() else [f"{objected.on}收到异议，须重新入户调查、邻里访问或民主评议后再提出意见。"]


def _posting(one: Application, on: date) -> list[str]:
    if one.posted.get("step") != one.case.step:
        return ["该户尚未公示。请在“公示办理”中拟公示稿并发布。"]
    (standing,) = standings([one], on)
    if standing.passed:
        return []
    if standing.until is None:
        return ["公示稿尚未发布，或公示已撤回。"]
    if standing.open or standing.upheld:
        return ["公示期内收到的异议尚未办结，或异议成立。"]
    return [f"公示期至{standing.until}（含当日），期满后再办理。"]


def _hearing(one: Application, on: date) -> list[str]:
    """What the law answers now would be a cut or a stop, and nobody has heard the family yet."""
    if not verifies(one) or not may_hear(one, on):
        return []
    judgement = answer(one.pk, on).judgement
    if judgement is None:
        return []
    sentence = hearing_owed(one, on, judgement.outcome.amount if judgement.outcome.granted else None)
    return [sentence] if sentence else []


def hearing_owed(one: Application, on: date, amount: int | None) -> str:
    """Before a cut of what the family gets now, by new standards too, or a stop (no amount) it is heard (社会救助法 §48).

    The sentence that says so, empty where it was heard or nothing is taken. What a family that was taken over got before is
    not known here: only a stop is one.
    """
    if not verifies(one) or not (sentence := may_hear(one, on)):
        return ""
    if amount is None:
        return sentence
    if one.former is None:
        return ""
    since = later(on.replace(day=1), procedure(on, one.area).paid_after_months)
    return sentence if amount < max(one.former.amount, monthly_of(one.former, since)) else ""


def _district(one: Application, on: date) -> list[str]:
    why = must_visit(one)
    if not why or visits_of(one, VisitKind.COUNTY.value, done=True).exists():
        return []
    return [f"{why}，区级须入户核查后再决定，请先登记区级入户核查。"]


def must_visit(one: Application) -> str:
    """Why the district has to visit the home itself; empty when it need not."""
    return objected_or_kin(one) or ("该户被随机抽中核查" if one.drawn else "")


def is_drawn(one: Application) -> bool:
    """Whether the lot falls on this case, by the share of its law."""
    try:
        share = law_now().on("procedure.visit_share", one.applied_on, one.area).ratio
    except NoValue:
        return False
    return lot(one.case.number, float(share))


def may_hear(one: Application, on: date) -> str:
    """What the law says of hearing the family before a cut or stop, where it was not heard yet; empty otherwise."""
    if not procedure(on, one.area).hear_before_cut or visits_of(one, VisitKind.STATEMENT.value, done=True).exists():
        return ""
    return f"{area_name(one.area, on)}：调减或停发前须听取家庭的陈述申辩（社会救助法 §48），请先登记。"
