"""The town's notice, the passing of noticed applications, the published list, and what objections bring about."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.applications import facts_for_many, is_minor, judge_many
from linli.domains.charity.queries.law import law
from linli.domains.charity.queries.ordering import in_order
from linli.domains.charity.rules import LIST, NOTICE
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import batch_pass
from linli.kernel.cases.rules import BatchLine
from linli.kernel.publicity.actions import draft_notice, follow_objections, publish
from linli.kernel.publicity.queries import cases_on_show, notices_passed
from linli.kernel.publicity.rules import Entry, Who, case_ref
from linli.kernel.registry.queries import area_name, people_by_ids

hear_objection = follow_objections({"notice": "survey"}, reason="unclear", opinion="公示异议成立，重新调查。")


def waiting_for_notice(campaign: Campaign, area: str) -> list[Application]:
    """Applications of a town that wait at the step of the notice and are not on show."""
    found = list(
        Application.objects.filter(campaign=campaign, case__step="notice", state="open").select_related("case", "campaign")
        .order_by("id")
    )  # fmt: skip
    shown = set(cases_on_show([case_ref(NOTICE.key, one.case_id) for one in found], NOTICE.key).values_list("case", flat=True))
    return [one for one in found if case_ref(NOTICE.key, one.case_id) not in shown and one.case.stop != "notice"]


@action("charity.notice")
def draft_notice_for(*, by: Actor, on: date, campaign: Campaign) -> Any:
    """A draft of the town's notice over every application that waits for it: lawful fields only.

    Families whom the rule does not grant are not shown; they are named in the refusal, and stay for the reviewer.
    """
    entries, blocked = [], 0
    waiting = waiting_for_notice(campaign, by.area)
    people, judged = people_by_ids([one.person_id for one in waiting]), judge_many(waiting, on)
    for one in waiting:
        if one.pk not in judged or not judged[one.pk][1].granted:
            blocked += 1
            continue
        facts, outcome = judged[one.pk]
        entries.append(_entry(one, people[one.person_id], facts.members, outcome.amount, on))
    if not entries:
        more = f"有{blocked}件不符合条件，须先驳回或退回。" if blocked else ""
        raise Refused(f"“{campaign.title}”没有等待公示的申请。{more}")
    town = area_name(by.area, on)
    term = law().on("charity.notice.days", on, by.area).term
    made = draft_notice(
        by=by, on=on, kind=NOTICE.key, area=by.area, area_name=town, issuer=f"{town}慈善分会", entries=entries, term=term,
        contact=f"{town}民政办公室窗口", words={"campaign": campaign.title},
    )  # fmt: skip
    about("charity.campaign", campaign.pk, area=by.area, notice=made.pk, items=len(entries), blocked=blocked)
    return made


def _entry(one: Application, person: Any, members: int, amount: int, on: date) -> Entry:
    row = {
        "name": Who(person.name, is_minor(person.birth, on)), "place": area_name(one.area, on), "members": members,
        "amount": amount,
    }  # fmt: skip
    return Entry(case_ref(NOTICE.key, one.case_id), row, person=person.pk, household=one.household_id)


@action("charity.notice")
def show_notice(*, by: Actor, on: date, notice: Any) -> Any:
    """Publish the draft. The clock of every case in it stops until the last day on show (:func:`hear_notice`)."""
    shown = publish(by=by, on=on, notice=notice)
    about("publicity.notice", shown.pk, area=shown.area)
    return shown


@action("charity.review")
def pass_noticed(*, by: Actor, on: date, campaign: Campaign, opinion: str) -> list[BatchLine]:
    """Pass on to the federation every application whose days on show are over without an open or upheld objection.

    The poorest first, disabled people first among equals: where a town's quota is short, it goes to them.
    """
    waiting = list(
        Application.objects.filter(campaign=campaign, case__step="notice", state="open").select_related("case").order_by("id")
    )
    passed = notices_passed([case_ref(NOTICE.key, one.case_id) for one in waiting], on)
    shown = [one for one in waiting if case_ref(NOTICE.key, one.case_id) in passed]
    if not shown:
        raise Refused("还没有公示期满且无异议的申请。")
    ready = [one.case for one in in_order(shown, on)]  # where the quota ends, it has gone to those who come first
    return batch_pass(by=by, on=on, cases=ready, opinion=opinion)


def notice_must_be_over(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the town passes: the family has been on show for all days, and nothing is open against it."""
    if case.step == "notice" and case_ref(NOTICE.key, case.pk) not in notices_passed([case_ref(NOTICE.key, case.pk)], on):
        raise Refused("该户尚未公示，或公示期未满、异议尚未办结，不能上报。请先公示，期满无异议后再办理。")


@action("charity.publish")
def draft_list(*, by: Actor, on: date, campaign: Campaign) -> Any:
    """A draft of the list of the helped, for the federation to look at before everybody sees it (CHARITY-17)."""
    granted = list(
        Application.objects.filter(campaign=campaign, state="granted").select_related("case", "campaign").order_by("area", "id")
    )
    if not granted:
        raise Refused("本批次还没有已批准的救助对象。")
    people = people_by_ids([one.person_id for one in granted])
    facts = facts_for_many(granted, on)
    entries = [_granted_entry(one, people[one.person_id], facts[one.pk].members, on) for one in granted]
    place = area_name(by.area, on)
    draft = draft_notice(
        by=by, on=on, kind=LIST.key, area=by.area, area_name=place, issuer=f"{place}慈善总会", contact=f"{place}慈善总会办公室",
        entries=entries, words={"campaign": campaign.title},
    )  # fmt: skip
    about("charity.campaign", campaign.pk, area=by.area, items=len(entries))
    return draft


@action("charity.publish")
def publish_list(*, by: Actor, on: date, campaign: Campaign) -> Any:
    """The federation publishes the list of the helped on its site."""
    shown = publish(by=by, on=on, notice=draft_list(by=by, on=on, campaign=campaign))
    about("charity.campaign", campaign.pk, area=by.area, notice=shown.pk)
    return shown


def _granted_entry(one: Application, person: Any, members: int, on: date) -> Entry:
    entry = _entry(one, person, members, one.amount, on)
    return Entry(f"{LIST.key}:{one.case_id}", entry.row, person=entry.person, household=entry.household)

