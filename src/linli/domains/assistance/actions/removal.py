"""Who moves out of a family that is helped or applies: what is the family's stays with the family (decision 0045)."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.days import age_on
from linli.domains.assistance.models import Application, Member
from linli.domains.assistance.models.applications import LIVING
from linli.domains.assistance.queries.applications import application_of_case, scheme_of
from linli.domains.assistance.queries.family import ADULT
from linli.kernel.access.actions import about
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import note
from linli.kernel.cases.actions.following import send_along
from linli.kernel.registry.rules import HEAD, Removal
from linli.law import seen_from
from linli.law.kinship import APPLICANT


def on_removal(*, by: Actor, on: date, removal: Removal) -> None:
    """Where the applicant alone goes, a grown member takes the application on; where everybody of it goes, it goes along.

    A family that is helped is due for verification at once: who counts in it, and who gets the money, is to be decided anew.
    """
    leaving = Member.objects.filter(replaced_on=None, live=True, person__in=removal.people)
    found = Application.objects.filter(LIVING, pk__in=leaving.values("application")).select_related("case", "person")
    for one in found.order_by("pk"):
        if one.area == removal.to or one.household_id == (removal.household or None):
            continue
        rows = list(Member.objects.filter(application=one, replaced_on=None, live=True).select_related("person"))
        rest = [row for row in rows if row.person_id not in removal.people]
        staying = [row for row in rest if not row.person.died_on and row.person.area == one.area]
        if not staying:
            send_along(by=by, on=on, case=one.case, removal=removal)
        elif one.person_id in removal.people:
            _hand_on(by, on, one, rows, staying)
        elif one.state == "granted":
            Application.objects.filter(pk=one.pk).update(verify_by=min(one.verify_by or on, on))


def on_transferred(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """A family that came to another town while it is posted is posted there: its new neighbours have the say."""
    one = application_of_case(case.pk)
    if one is not None and case.step in scheme_of(one).posts and event.facts["from"][:9] != event.facts["to"][:9]:
        Application.objects.filter(pk=one.pk).update(posted={})


def _hand_on(by: Actor, on: date, one: Application, rows: list[Member], staying: list[Member]) -> None:
    grown = [row for row in staying if age_on(row.person.birth, on) >= ADULT]
    if not grown:
        raise Refused(
            f"{one.person.name}是救助申请{one.case.number}的申请人，迁出后家中只剩未成年人。"
            "请先把照料他们的成年人登记到这户，或办理整户迁移。"
        )
    now = min(grown, key=lambda row: (not row.counted, row.person.birth, row.pk))
    words = {"person": now.person} | ({"verify_by": min(one.verify_by or on, on)} if one.state == "granted" else {})
    Application.objects.filter(pk=one.pk).update(**words)
    own = now.kin
    for row in rows:
        kin = APPLICANT if row.pk == now.pk else seen_from(own, HEAD if row.kin == APPLICANT else row.kin, row.person.sex)
        Member.objects.filter(pk=row.pk).update(kin=kin)
    said = f"申请人{one.person.name}迁出，由{now.person.name}接续为申请人。请核实家庭人口"
    note(by=by, on=on, case=one.case, opinion=f"{said}，并办理复核。" if one.state == "granted" else f"{said}。")
    about("assistance.application", one.pk, area=one.area, applicant=now.person_id)
