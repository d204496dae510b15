"""Standards in force and their history; a proposal, and what the second person says to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.access.actions import handle, press, recording
from linli.kernel.access.forms import Refusal
from linli.kernel.access.queries import proposing
from linli.kernel.access.rules import page
from linli.kernel.standards import actions, forms, queries
from linli.kernel.standards.queries.shown import InForce
from linli.kernel.standards.rules import State
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Batch, Column, Fact, Tone

CERTAIN = {"S": Badge("已核全文", Tone.GOOD), "s": Badge("只见摘录", Tone.WARN), "M": Badge("未核到文件", Tone.BAD)}
NONE = Badge("没有录入", Tone.BAD)


def _certain(row: InForce) -> Badge:
    return CERTAIN[row.value.certainty] if row.value else NONE


def _coming(row: InForce) -> str:
    return row.coming_said or "—"


COLUMNS = (
    Column("zh", "标准", value="key.zh", link=lambda row: reverse("standards:history", args=[row.pk])),
    Column("group", "类别", minor=True),
    Column("said", "现行数值", value=lambda row: row.said or "—", whole=True),
    Column("since", "执行自", kind="day", value="value.since", minor=True),
    Column("source", "文件和条款", value=lambda row: row.value.source if row.value else "—"),
    Column("certainty", "核对", kind="state", value=_certain),
    Column("coming", "已定的下一次", value=_coming, minor=True, whole=True),
)
PROPOSALS = (
    Column("document", "文件", link=lambda row: reverse("standards:proposal", args=[row.pk])),
    Column("count", "项数", kind="count"),
    Column("since", "执行日期", kind="day", sort=True),
    proposing.STATE,
    proposing.PROPOSED_BY,
    Column("proposed_on", "拟定日期", kind="day", sort=True, minor=True),
    proposing.DECIDED_BY,
)


@page("standards.see")
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every value that the district may set, as it stands on a day."""
    area = request.actor.area

    def rows(words: dict[str, Any]) -> list[InForce]:
        return queries.values_on(on=words.pop("day", request.today), area=area, **words)

    may = request.actor.may("standards.propose")
    many = (Batch("据文件拟定所选标准", reverse("standards:new")),) if may else ()
    listing = Listing(
        request, title="政策标准", rows=rows, columns=COLUMNS, filters=forms.Search, noun="项", batch=many, size=50,
        name_of=lambda row: row.key.zh, empty="没有符合条件的标准。",
        export=recording(by=request.actor, verb="standards.export", kind="standards.standard"),
    )  # fmt: skip
    waiting = queries.proposals(area=area, state=State.PROPOSED.value).count()
    return listing.response("standards/list.html", {"may": may, "waiting": waiting})


@page("standards.see")
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """What a value was, is, and will be, each with its document."""
    one, group = queries.key_named(key)
    area = request.actor.area
    now = queries.standing(one, group, request.today, area)
    past = queries.history(key, on=request.today, area=area)
    facts = [
        Fact("类别", group.zh), Fact("现行", now.said or "没有录入", note=now.value.source if now.value else ""),
        *([Fact("已定的下一次", _coming(now), note=now.coming.source)] if now.coming else []),
    ]  # fmt: skip
    rows = [(line, CERTAIN[line.value.certainty]) for line in past]
    context = {"key": one, "facts": facts, "rows": rows, "badge": _certain(now), "may": request.actor.may("standards.propose")}
    return render(request, "standards/history.html", context)


@page("standards.see")
@require_http_methods(["GET", "HEAD", "POST"])
def listed_proposals(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="标准拟定单", rows=lambda words: queries.proposals(area=request.actor.area, **words), columns=PROPOSALS,
        filters=forms.ProposalSearch, noun="份", order="-proposed_on", name_of=str, empty="还没有拟定过标准。",
    )  # fmt: skip
    return listing.response("standards/proposals.html", {"may": request.actor.may("standards.propose")})


@page("standards.propose")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The values that were chosen (``ids``) or brought along in the address (a trial's), else those of one group."""
    known, group = queries.keys(), request.GET.get("group", "")
    brought = {name: request.GET[name] for name in request.GET if name in known}
    chosen = [name for name in (*request.GET.getlist("ids"), *brought) if name in known]
    headings = [one.zh for one in queries.groups()]
    group = group if group in headings else headings[0]
    rows = [
        queries.standing(key, of, request.today, request.actor.area)
        for name, (key, of) in known.items() if (name in chosen if chosen else of.zh == group)
    ]  # fmt: skip
    first = brought | {"document": request.GET.get("document", "")}
    form = forms.Proposed(request.POST or None, request.FILES or None, standing=rows, initial=first)

    def act() -> str:
        made = actions.propose(by=request.actor, on=request.today, **form.said)
        return reverse("standards:proposal", args=[made.pk])

    if (answer := handle(request, form, act, said="已提交，由另一位区级审批员审定后生效。")) is not None:
        return answer
    context = {"form": form, "headings": [] if chosen else headings, "group": group}
    return render(request, "standards/new.html", context, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, proposal_id: int) -> tuple[Any, dict[str, Any]]:
    """A proposal with all that the second person has to see."""
    one = queries.proposal_of(proposal_id, request.actor.area)
    lines = queries.lines_of(one)
    waiting = one.state == State.PROPOSED
    effects = queries.effects_of([line.name for line in lines], one.since, request.today) if waiting else []
    return one, {
        "proposal": one, "lines": lines, "effects": effects, "facts": _facts(request, one),
        "paid": [effect for effect in effects if effect.paid], "before_head": "现行" if waiting else "拟定时的规定",
        "computed": [effect for effect in effects if effect.computed], "back_dated": waiting and one.since <= request.today,
    }  # fmt: skip


def _facts(request: HttpRequest, one: Any) -> list[Fact]:
    facts = [
        Fact("文件", one.document, note=one.article), Fact("执行日期", one.since, "day"),
        Fact("核对", CERTAIN["S" if one.whole else "s"]), *proposing.signed(one),
    ]  # fmt: skip
    if one.until:
        facts.insert(2, Fact("执行到", one.until, "day"))
    if one.correction:
        facts.append(Fact("更正", "更正从同一天起执行的原有规定"))
    if one.note:
        facts.append(Fact("说明", one.note))
    facts += [Fact("扫描件", file.name, href=reverse("files:download", args=[file.pk])) for file in queries.papers_of(one)]
    if one.made_up is not None:
        left = f"另有 {one.left} 份在此期间另有决定或没有可以计算的事实，差额请在“待遇清单”逐份核对" if one.left else ""
        facts.append(Fact("以前月份", f"{one.made_up} 份已补算，差额随下一次月度发放补发", note=left))
    return facts


@page("standards.see")
@require_safe
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    one, context = _shown(request, proposal_id)
    context |= proposing.standing(one, request.actor, propose="standards.propose", agree="standards.agree")
    context["may_make_up"] = bool(one.trouble) and request.actor.may("standards.make_up")
    return render(request, "standards/proposal.html", context)


@page("standards.agree")
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, proposal_id: int) -> HttpResponse:
    one, context = _shown(request, proposal_id)
    form = forms.Agreed(request.POST or None, paid=bool(context["paid"]))

    def act() -> str:
        actions.agree(by=request.actor, on=request.today, proposal=one, aware=form.cleaned_data.get("aware", False))
        return reverse("standards:proposal", args=[one.pk])

    return _decided(request, one, context, form, act, "同意执行", "已审定，自执行日期起按新标准。")


@page("standards.agree")
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, proposal_id: int) -> HttpResponse:
    one, context = _shown(request, proposal_id)
    form = Refusal(request.POST or None)

    def act() -> str:
        actions.refuse(by=request.actor, on=request.today, proposal=one, why=form.cleaned_data["why"])
        return reverse("standards:proposal", args=[one.pk])

    return _decided(request, one, context, form, act, "不同意", "已退回拟定人，标准没有改变。")


def _decided(
    request: HttpRequest, one: Any, context: dict[str, Any], form: Any, act: Any, submit: str, said: str
) -> HttpResponse:
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    context |= {"form": form, "submit": submit, "back": reverse("standards:proposal", args=[one.pk])}
    return render(request, "standards/decide.html", context, status=422 if form.is_bound else 200)


@page("standards.make_up")
@require_POST
def make_up(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Once more, after a fault."""
    back = reverse("standards:proposal", args=[proposal_id])

    def act() -> str:
        one = queries.proposal_of(proposal_id, request.actor.area)
        actions.make_up_again(by=request.actor, on=request.today, proposal=one)
        return back

    return press(request, act, back=back, said="已重新提交补算。")


@page("standards.propose")
@require_POST
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    back = reverse("standards:proposal", args=[proposal_id])

    def act() -> str:
        one = queries.proposal_of(proposal_id, request.actor.area)
        actions.withdraw(by=request.actor, on=request.today, proposal=one)
        return back

    return press(request, act, back=back, said="已撤回，标准没有改变。")
