"""The domain's part of the case page, and what keeps a case out of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from linli.domains.assistance.models import Application
from linli.domains.assistance.queries.applications import applications, members_of, scheme_of, verifies
from linli.domains.assistance.queries.delegations import confirmer
from linli.domains.assistance.queries.judging import answer
from linli.domains.assistance.queries.needs import must_visit, needs
from linli.domains.assistance.queries.refusals import refusals, relatives_of
from linli.domains.assistance.rules.basis import decided_by
from linli.domains.assistance.rules.delegations import wanted
from linli.kernel.access.rules import Actor
from linli.law import result_zh


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """The family, the law's answer so far, what is still needed."""
    one = applications().filter(case_id=case.pk).first()
    if one is None:
        return {}
    found = answer(one.pk, on)
    owed = refusals(one, on, by, found) if one.state == "open" else []
    warnings = [*owed, *_faults(found.fault)] if one.state == "open" else []
    words = {
        "application": one, "answer": found, "judgement": found.judgement, "result": result_zh(one.result, one.decided_on or on),
        "must_visit": must_visit(one) if one.state == "open" else "", "posts": scheme_of(one).posts, "verifies": verifies(one),
        "by": confirmer(one, on), "basis": _basis(one, one.decided_on or on),
    }  # fmt: skip
    said = "登记授权、收入、调查和评议" if owed else "家庭情况和调查记录"
    words["record"] = (said, reverse("assistance:application", args=[one.pk]))
    owing = {"owed": owed, "owed_at": _mended_at(one, by) or words["record"]}
    return {"assist": words, "warnings": list(dict.fromkeys(warnings)), **owing}


def apart(*, case: Any) -> dict[int, str]:
    """Relatives of the family: the case is neither given to them nor taken by them."""
    one = applications().filter(case_id=case.pk).first()
    return relatives_of(one) if one is not None and one.kin else {}


def _basis(one: Application, on: date) -> str:
    """Under which documents it is decided: of what is recognised, of what is denied on the way, of a verification."""
    members = members_of(one)
    asks = one.supported > 0 or any(row.asks for row in members)
    rest_denied = one.result == "tekun" and len(members) > one.supported  # who is not supported was judged as a family
    verifying = scheme_of(one).flow.basis_on(on) if verifies(one) else ""
    return decided_by(wanted("nothing" if rest_denied else one.result, asks), on, verifying)


def _mended_at(one: Application, by: Actor) -> tuple[str, str] | None:
    """What a notice still owes is done for all families of the place at once."""
    posts = one.case.step in scheme_of(one).posts and by.may("assistance.post")
    return ("公示办理", reverse("assistance:postings")) if posts else None


def _faults(fault: str) -> list[str]:
    """What stands against an answer, but for consents, which the step itself asks for."""
    parts = [part for part in fault.rstrip("。").split("；") if part and "没有授权经济状况核对" not in part]
    return [f"{'；'.join(parts)}。"] if parts else []


def warnings(*, cases: Sequence[Any], by: Actor, on: date) -> dict[int, list[str]]:
    """What a person should look at before passing."""
    found: dict[int, list[str]] = {}
    for one in Application.objects.filter(case_id__in=[case.pk for case in cases], state="open").select_related("case", "person"):
        if sentences := needs(one, on):
            found[one.case_id] = sentences
    return found
