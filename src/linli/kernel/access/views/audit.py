"""Reading and proving the audit trail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.base.areas import WHOLE
from linli.kernel.access import actions, forms, queries
from linli.kernel.access.rules import EXPORTED, Role, page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

OUTCOMES = {"done": Badge("已办", Tone.GOOD), "seen": Badge("查看"), "refused": Badge("不予办理", Tone.WARN)}


def _verb(line: Any) -> str:
    if line.verb == EXPORTED[0]:
        return EXPORTED[1]
    known = queries.permissions().get(line.verb)
    return known.zh if known else line.verb


COLUMNS = (
    Column("at", "时间", kind="moment"),
    Column("staff", "人员", value=lambda line: line.staff.name if line.staff else "系统任务"),
    Column("role", "岗位", value=lambda line: Role(line.role).zh, minor=True),
    Column("verb", "事项", value=_verb),
    Column("outcome", "结果", kind="state", value=lambda line: OUTCOMES[line.outcome]),
    Column("subject", "对象", kind="code", value=lambda line: f"{queries.kind_name(line.kind)} {line.subject}".strip()),
    Column("why", "说明", value=lambda line: line.purpose or line.facts.get("why", "")),
    Column("area", "区域", kind="area", minor=True),
    Column("id", "编号", kind="code", minor=True),
)


@page("access.read_audit")
@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """The lines of the actor's area, newest first."""
    actor = request.actor  # type: ignore[attr-defined]

    def record(purpose: str, count: int) -> None:
        actions.record_seen(by=actor, verb="access.read_audit", kind="access.audit", purpose=purpose, exported=count)

    listing = Listing(
        request, rows=lambda words: queries.audit_trail(**words), columns=COLUMNS, filters=forms.AuditSearch,
        title="审计记录", export=record,
    )  # fmt: skip
    return listing.response("access/audit.html")


@page("access.verify_audit")
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say what was found."""
    form = forms.CheckChain(request.POST or None)
    words: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        head = (form.cleaned_data["number"], form.cleaned_data["digest"].strip().lower()) if form.cleaned_data["number"] else None
        actions.record_seen(by=request.actor, verb="access.verify_audit", kind="access.audit")  # type: ignore[attr-defined]
        with actions.scoped(WHOLE):
            found = queries.verify_audit(settings.SEAL_KEY, head)
        facts = [
            Fact("已封印", found.sealed, "count", note="条"),
            Fact("待封印", found.unsealed, "count", note="每秒封印一次，刚发生的记录在此"),
            Fact("最新封印摘要", found.head, "code"),
        ]
        return render(request, "access/verified.html", words | {"found": found, "facts": facts, "compared": head is not None})
    return render(request, "access/verify.html", words, status=422 if form.is_bound else 200)
