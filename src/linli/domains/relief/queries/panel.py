"""What stands against passing a step, the domain's part of the case page, and what keeps a case out of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from linli.domains.relief.models import Request
from linli.domains.relief.queries.judging import judge
from linli.domains.relief.queries.postings import standings
from linli.domains.relief.queries.requests import request_of_case
from linli.domains.relief.rules import AID
from linli.kernel.access.rules import Actor, Refused
from linli.law.words import doubts


def stands_against(one: Request, on: date) -> list[str]:
    """What is still needed at the present step, as sentences."""
    step = one.case.step
    if step == "survey" and one.found_on is None:
        return ["还没有登记入户核实情况。"]
    if step == "survey" and not one.means and judge(one, on).means_checked:
        return ["该户没有认定过低收入身份，支出型救助须核对家庭经济状况，还没有登记核对结果。"]
    if step == "notice":
        return _notice(one, on)
    return []


def _notice(one: Request, on: date) -> list[str]:
    if not one.posted:
        return ["该户尚未公示。请在“临时救助公示”中拟公示稿并发布。"]
    (standing,) = standings([one], on)
    if standing.passed:
        return []
    if standing.until is None:
        return ["公示稿尚未发布，或公示已撤回。"]
    if standing.open or standing.upheld:
        return ["公示期内收到的异议尚未办结，或异议成立。"]
    return [f"公示期至{standing.until}（含当日），期满后再办理。"]


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """The request and the law's answer so far, for those who may read requests; the decision stands once it is made."""
    one = request_of_case(case.pk) if by.may("relief.read") else None
    if one is None:
        return {}
    if one.state != "open":
        return {"relief": one}
    try:
        needed, answer = stands_against(one, on), judge(one, on)
    except Refused as fault:
        return {"relief": one, "fault": fault.message, "warnings": [fault.message], "owed": [fault.message]}
    against = [] if answer.outcome.granted else [reason.zh for reason in answer.outcome.reasons]
    words = {"relief": one, "answer": answer, "way": way_of(one, answer), "doubts": doubts(answer.outcome.values)}
    return words | {"warnings": [*needed, *against], "owed": needed, "owed_at": _mended_at(one, by)}


def _mended_at(one: Request, by: Actor) -> tuple[str, str]:
    """Where what is still needed is entered: the survey, the notice of all families, or the request."""
    if one.case.step == "notice" and by.may("relief.post"):
        return ("临时救助公示", reverse("relief:postings"))
    if one.case.step == "survey" and by.may("relief.survey"):
        return ("登记入户核实", reverse("relief:survey", args=[one.pk]))
    return ("打开申请", reverse("relief:request", args=[one.pk]))


def way_of(one: Request, answer: Any) -> str:
    """The next steps that the law asks for, in words."""
    if one.case.flow != AID:
        return f"镇街{answer.limit.n}日内决定，事后补办手续" if answer.limit else ""
    posted = "公示后" if answer.published and answer.outcome.granted else "不公示，"
    return f"{posted}由{answer.decider.zh}决定"


def warnings(*, cases: Sequence[Any], by: Actor, on: date) -> dict[int, list[str]]:
    """What a person should look at before passing."""
    found = Request.objects.filter(case_id__in=[case.pk for case in cases], state="open").select_related("case")
    return {one.case_id: sentences for one in found if (sentences := _told(one, on))}


def _told(one: Request, on: date) -> list[str]:
    try:
        return stands_against(one, on)
    except Refused as fault:
        return [fault.message]
