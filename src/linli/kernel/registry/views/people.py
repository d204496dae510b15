"""The list of people, and the page of one person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from linli.base.days import age_on
from linli.base.masking import Audience, mask_account, mask_id, mask_phone
from linli.kernel.access.actions import record_refusal, record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import ETHNIC, KIN, NO_NUMBER_REASONS, STATUS_KINDS, Marital, Sex, UnitRole
from linli.kernel.registry.views.common import export_of, person_of
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Event, Fact, Kind


def columns(on: Any, kind: Kind = "text") -> tuple[Column, ...]:
    """The columns of a list of people: the age and the last four, never the birth date beside them. ``kind``: of the name."""
    return (
        Column("name", "姓名", kind=kind, sort="sort_key,area", link=lambda row: reverse("registry:person", args=[row.pk])),
        Column("sex", "性别", value=lambda row: Sex(row.sex).zh),
        Column("age", "年龄", kind="count", value=lambda row: age_on(row.birth, on)),
        Column("number", "身份证号", kind="code", value=lambda row: mask_id(queries.clear_number(row)), minor=True),
        Column("phone", "电话", kind="code", value=lambda row: mask_phone(queries.clear_phone(row)), minor=True),
        Column("area", "居住地", kind="area"),
        Column("address", "住址", minor=True),
        Column("statuses", "身份类别", value=lambda row: "、".join(_names(row))),
    )


def _names(person: Any) -> list[str]:
    return list(dict.fromkeys(STATUS_KINDS[one.kind].zh for one in person.present_statuses))


@page("registry.read")
def people(request: HttpRequest) -> HttpResponse:
    """People of the own area, narrowed by area, status, sex and age; exported with hidden numbers."""
    listing = Listing(
        request, title="人员", noun="人", columns=columns(request.today), filters=_filter(request),
        rows=lambda words: queries.with_statuses(queries.people_list(on=request.today, **words), request.today),
        export=export_of(request), name_of=lambda row: row.name, empty="这里还没有登记人员。",
    )  # fmt: skip
    return listing.response("registry/people.html", {"can_register": request.actor.may("registry.register")})


def _filter(request: HttpRequest) -> Any:
    return lambda *args, **words: forms.PeopleFilter(*args, scope=request.actor.scope, **words)


@page("registry.read")
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everything about one person; opening it is a line in the trail."""
    shown = person_of(person_id)
    if shown.pk != person_id:
        return redirect("registry:person", shown.pk)
    record_seen(by=request.actor, verb="registry.open", kind="registry.person", subject=shown.pk, area=shown.area)
    return render(request, "registry/person.html", _words(request, shown))


@page("registry.reveal")
@require_POST
def reveal(request: HttpRequest, person_id: int) -> HttpResponse:
    """The clear text of one field, shown once in the answer and kept nowhere."""
    shown, form, answer = person_of(person_id), forms.Reveal(request.POST), ""
    if form.is_valid():
        try:
            answer = actions.reveal(by=request.actor, on=request.today, person_id=shown.pk, **form.cleaned_data)
        except Refused as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.message)
            record_refusal(by=request.actor, verb="registry.reveal", kind="registry.person", subject=shown.pk, why=fault.message)
    label = dict(form.fields["field"].choices).get(form.cleaned_data.get("field", ""), "") if not form.errors else ""
    words = _words(request, shown) | {"reveal": form, "revealed": answer, "revealed_label": label, "asked": not form.errors}
    return render(request, "registry/person.html", words, status=422 if form.errors else 200)


def _words(request: HttpRequest, shown: Any) -> dict[str, Any]:
    on, may = request.today, request.actor.may
    home = queries.household_of(shown, on)
    return {
        "person": shown, "facts": _facts(shown, on), "household": home,
        "members": _members(home, on), "statuses": [_status(row, on) for row in queries.statuses_of(shown)],
        "accounts": [(row, mask_account(queries.clear_account(row))) for row in queries.accounts_of(shown)],
        "merged": queries.merged_rows(shown), "benefits": queries.benefits_of([shown], on),
        "benefit_pages": queries.benefit_pages(request.actor, person=shown.pk),
        "events": events(queries.timeline_of(shown, on, request.actor)), "looks": _looks(shown),
        "reveal": forms.Reveal() if may("registry.reveal") else None,
        "acts": [] if shown.died_on else queries.person_acts(request.actor, shown.pk),
        "can_write": may("registry.register"), "can_correct": may("registry.correct"), "can_move": may("registry.move"),
        "can_recognise": may("registry.recognise_status"), "can_decide": may("registry.decide_duplicate"),
    }  # fmt: skip


def _looks(shown: Any) -> list[Event]:
    return [
        Event(line.at, queries.VERBS[line.verb], who=line.staff.name if line.staff else "系统任务", text=line.purpose)
        for line in queries.looks_of(shown)
    ]


def _facts(shown: Any, on: Any) -> list[Fact]:
    """Number and birth date stand side by side here, so the number shows its first four, never its last."""
    number = mask_id(queries.clear_number(shown), Audience.PUBLIC)
    facts = [
        Fact("性别", Sex(shown.sex).zh),
        Fact("出生日期", shown.birth, "day", note=f"{age_on(shown.birth, shown.died_on or on)}岁"),
        Fact("身份证号", number, "code", note=NO_NUMBER_REASONS.get(shown.no_number_reason, "")),
        Fact("电话", mask_phone(queries.clear_phone(shown)), "code"),
        Fact("民族", ETHNIC[shown.ethnic]),
        Fact("婚姻状况", Marital(shown.marital).zh if shown.marital else ""),
        Fact("居住地", shown.area, "area"),
        Fact("现住址", shown.address),
        Fact("户籍地址", shown.registered_address or ""),
        *(_unit(one) for one in queries.units_of(shown, on)),
    ]
    return [*facts, Fact("死亡日期", shown.died_on, "day")] if shown.died_on else facts


def _unit(one: Any) -> Fact:
    href = reverse("registry:organisation", args=[one.organisation_id])
    return Fact(f"工作单位（{UnitRole(one.role).zh}）", one.organisation.name, href=href)


def _members(home: Any, on: Any) -> list[tuple[Any, str, int]]:
    if home is None:
        return []
    return [(row.person, KIN[row.kin], age_on(row.person.birth, on)) for row in queries.memberships_of(home, on)]


def _status(row: Any, on: Any) -> dict[str, Any]:
    kind = STATUS_KINDS[row.kind]
    runs = row.since <= on and (row.until is None or row.until > on)
    return {"row": row, "zh": kind.zh, "grade": kind.grade_zh(row.grade), "runs": runs}


def events(entries: list[Any]) -> list[Event]:
    """Entries of a timeline as the page shows them."""
    return [Event(entry.day, entry.zh, href=entry.href) for entry in entries]

