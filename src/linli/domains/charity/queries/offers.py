"""What a family can apply for on a day, and what speaks against it before anybody has written anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.masking import mask_account, mask_id, mask_phone
from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.applications import (
    applications_of_household,
    facts_for,
    standing_application,
)
from linli.domains.charity.queries.campaigns import campaigns_to_tell, closed_because, quota_left, town_code
from linli.domains.charity.rules import DEAD, PROJECTS, Project, against
from linli.kernel.registry.queries import (
    account_of,
    clear_account,
    clear_number,
    clear_phone,
    household_of,
    memberships_of,
    statuses_of_people,
)
from linli.kernel.registry.rules import KIN, STATUS_KINDS

QUOTA_USED = "本镇街的名额已用完：可以受理，但须待区慈善总会调整名额后才能上报"


@dataclass(frozen=True)
class Offer:
    """A campaign as it stands for one family. ``closed``: why it cannot be applied to; ``standing``: the household's own
    application in it; ``against``: what speaks against it now; ``grade``: the applicant's disability."""

    person: Any
    campaign: Campaign
    closed: str
    standing: Application | None
    against: tuple[str, ...]
    grade: str

    @property
    def project(self) -> Project:
        return PROJECTS[self.campaign.project]

    @property
    def open(self) -> bool:
        return not self.closed and self.standing is None


def offer_for(person: Any, household: Any, campaign: Campaign, on: date) -> Offer:
    """One campaign for this person and her household."""
    closed = _cannot_apply(person, household, on) or closed_because(campaign, person.area, on)
    standing = standing_application(campaign, person.pk, household.pk if household else None)
    draft = Application(campaign=campaign, person=person, need=PROJECTS[campaign.project].needs[0], area=person.area)
    facts = facts_for(draft, on)
    left = quota_left(campaign, town_code(person.area))
    words = [QUOTA_USED] if left is not None and left <= 0 else []
    words += [reason.zh for reason in against(PROJECTS[campaign.project], facts)]
    return Offer(person, campaign, closed, standing, tuple(words), facts.grade)


def _cannot_apply(person: Any, household: Any, on: date) -> str:
    """Why nobody can apply for this person just now, whatever the campaign."""
    if person.died_on and person.died_on <= on:
        return DEAD.zh
    return "" if household else f"{person.name}还没有立户，请先在居民登记中立户"


def offers_for(person: Any, household: Any, on: date) -> list[Offer]:
    """Every campaign that the family hears of, those that it can apply to first."""
    found = [offer_for(person, household, one, on) for one in campaigns_to_tell(on)]
    return sorted(found, key=lambda one: not one.open)


@dataclass(frozen=True)
class Member:
    """A member of a family as the registry knows her."""

    name: str
    kin: str
    kinds: tuple[str, ...]
    applies: bool


def known_family(person: Any, on: date) -> dict[str, Any]:
    """What the registry knows of the applicant and her household, numbers hidden: shown at the door, never asked."""
    household = household_of(person, on)
    rows = memberships_of(household, on) if household else []
    people = [row.person for row in rows] or [person]
    held = statuses_of_people(people, on)
    kin = {row.person.pk: KIN[row.kin] for row in rows}
    account = account_of(person, on)
    return {
        "person": person, "household": household,
        "number": mask_id(clear_number(person)), "phone": mask_phone(clear_phone(person)),
        "account": f"{account.bank} {mask_account(clear_account(account))}" if account else "",
        "members": [
            Member(one.name, kin.get(one.pk, "本人"), _kinds(held.get(one.pk, [])), one.pk == person.pk) for one in people
        ],
        "ids": [one.pk for one in people],
        "earlier": list(applications_of_household(household.pk)[:5]) if household else [],
    }  # fmt: skip


def _kinds(statuses: list[Any]) -> tuple[str, ...]:
    known = [(STATUS_KINDS[one.kind], one.grade) for one in statuses if one.kind in STATUS_KINDS]
    return tuple(f"{kind.zh}（{kind.grade_zh(grade)}）" if grade else kind.zh for kind, grade in known)
