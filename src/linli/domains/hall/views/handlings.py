"""What was taken: the list, one handling, its receipt, and what is handed in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.areas import Level, level_of
from linli.domains.hall import actions, forms, queries
from linli.domains.hall.rules import COUNTERS, Act, Told, time_at
from linli.domains.hall.views.common import LIST, badge_of, carry_out, page_of
from linli.kernel.access.actions import press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.cases.queries import missing_papers
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

COLUMNS = (
    Column("number", "收件编号", kind="code", link=page_of),
    Column("name", "申请人", kind="person", sort="sort_key"),
    Column("zh", "事项"),
    Column("area", "所在地", kind="area", sort="area", minor=True),
    Column("taken_on", "受理日期", kind="day", sort=True, minor=True),
    Column("promised_on", "承诺办结", kind="day", value=queries.promise_of, sort=True),
    Column("step", "环节", value=queries.step_of, minor=True),
    Column("way", "方式", value=lambda one: "当场办结" if one.spot else "全程代办" if one.agency else "", minor=True),
)  # fmt: skip


@page("hall.see")
def handlings(request: HttpRequest) -> HttpResponse:
    def rows(words: dict[str, Any]) -> Any:
        errand = words.get("state") == "errand"
        given = words | {"hall": request.actor.area if words.get("mine") else ""} | ({"state": ""} if errand else {})
        late, _ = given.pop("late", False), given.pop("mine", False)
        found = queries.handlings(**given, late_on=request.today if late else None)
        return found.filter(pk__in=queries.with_late_errands(request.today)) if errand else found

    state = Column("state", "状态", kind="state", value=lambda one: badge_of(one, request.today))
    listing = Listing(
        request, title=LIST[0], rows=rows, columns=(*COLUMNS, state), filters=forms.HandlingSearch, noun="件", order="-taken_on",
        name_of=lambda one: one.number, empty="没有这样的受理件。",
        export=recording(by=request.actor, verb="hall.export", kind="hall.handling"),
    )  # fmt: skip
    return listing.response("hall/handlings.html")


def _trail(one: Any) -> tuple[tuple[str, str], ...]:
    return ((LIST[0], reverse(LIST[1])), (one.number, page_of(one)))


@page("hall.see")
@require_safe
def handling(request: HttpRequest, handling_id: int) -> HttpResponse:
    """One handling: papers, what lies with us, the agent with his tasks, what the applicant was told."""
    one, actor = queries.handling(handling_id), request.actor
    record_seen(by=actor, verb="hall.read", kind="hall.handling", subject=one.pk, area=one.area)
    item, missing = queries.item_of(one), list(missing_papers(one.case))
    here = one.case.state == "open" and one.case.step == COUNTERS.get(level_of(actor.area))
    words = {
        "handling": one, "item": item, "badge": badge_of(one, request.today), "facts": _facts(one, item), "missing": missing,
        "papers": queries.papers_of(one), "held": queries.held(one), "tellings": queries.tellings_of(one),
        "mandates": queries.mandates_of(one),
        "beside": [(other, badge_of(other, request.today)) for other in queries.beside(one)],
        "ends_here": here and not missing and item.spot and level_of(actor.area) <= item.decided,
        "ready": one.case.outcome == "done" and one.result_on is None, "running": one.case.state == "open",
    }  # fmt: skip
    return render(request, "hall/handling.html", words)


def _facts(one: Any, item: Any) -> list[Fact]:
    return [
        Fact("申请人", one.name), Fact("联系电话", one.phone_shown), Fact("所在地", one.area, kind="area"),
        Fact("受理大厅", one.hall, kind="area"),
        Fact("受理", f"{one.taken_on}，{one.taken_by.name}，{one.get_channel_display()}"),
        Fact("环节", queries.step_of(one)), _promise(one),
        Fact("时限", f"承诺{time_at(item, Level(level_of(one.hall)))}，法定{item.legal.zh}"),
        *([Fact("法定截止", one.case.due_on, kind="day")] if one.case.due_on else []),
        *([Fact("结果", f"{one.result_on}由{one.result_to}签收")] if one.result_on else []),
    ]  # fmt: skip


def _promise(one: Any) -> Fact:
    day = queries.promise_of(one)
    return Fact("承诺办结", day, kind="day") if day else Fact("承诺办结", "补齐材料后重新计算", note="等待补正，停止计时")


@page("hall.see")
@require_safe
def receipt(request: HttpRequest, handling_id: int) -> HttpResponse:
    """The receipt (收件单), with what lies with us, what is missing, the day of the promise, and how to look it up."""
    one = queries.handling(handling_id)
    item = queries.item_of(one)
    words = {
        "handling": one, "item": item, "time": time_at(item, Level(level_of(one.hall))),
        "promise": queries.promise_of(one), "papers": queries.papers_of(one),
        "missing": missing_papers(one.case),
        "mandate": queries.mandate_of(one), "complaint": queries.catalogue().complaint,
    }  # fmt: skip
    return render(request, "hall/receipt.html", words)


@page("hall.take")
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, handling_id: int) -> HttpResponse:
    one = queries.handling(handling_id)
    missing = [(paper.key, paper.name) for paper in missing_papers(one.case)]
    form = forms.MissingPapers(request.POST or None, missing=missing)

    def act() -> str:
        return page_of(actions.bring_papers(by=request.actor, on=request.today, handling=one, papers=form.cleaned_data["papers"]))

    return carry_out(
        request, form, act, title="收补正材料", submit="收下", back=page_of(one), crumbs=_trail(one), said="已收下。",
        note="" if missing else "没有等待补交的材料。",
    )  # fmt: skip


@page("hall.take")
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, handling_id: int) -> HttpResponse:
    one = queries.handling(handling_id)
    held = [(paper.pk, f"{paper.name}{paper.copies}份") for paper in queries.held(one)]
    form = forms.ReturnPapers(request.POST or None, held=held, initial={"to": one.name, "papers": [pk for pk, _ in held]})

    def act() -> str:
        actions.return_papers(by=request.actor, on=request.today, handling=one, **form.cleaned_data)
        return page_of(one)

    return carry_out(
        request, form, act, title="退还原件", submit="已签收", back=page_of(one), crumbs=_trail(one), said="已退还。",
        note="" if held else "没有存放在大厅的原件。",
    )  # fmt: skip


@page("hall.take")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, handling_id: int) -> HttpResponse:
    one = queries.handling(handling_id)
    form = forms.HandOver(request.POST or None, initial={"to": one.name})

    def act() -> str:
        return page_of(actions.hand_over(by=request.actor, on=request.today, handling=one, **form.cleaned_data))

    facts = [Fact("申请人", one.name), Fact("结果", queries.item_of(one).result)]
    return carry_out(
        request, form, act, title="送达结果", submit="已签收", back=page_of(one), crumbs=_trail(one), said="已送达。", facts=facts
    )


@page("hall.take")
@require_POST
def finish(request: HttpRequest, handling_id: int) -> HttpResponse:
    one = queries.handling(handling_id)

    def act() -> str:
        return page_of(actions.finish(by=request.actor, on=request.today, handling=one))

    return press(request, act, back=page_of(one), said="已办结。")


@page("hall.take")
@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest, handling_id: int) -> HttpResponse:
    """A cadre is to carry what was taken."""
    one, actor = queries.handling(handling_id), request.actor
    staff = queries.agents((one.area, actor.area), request.today)
    form = forms.Mandating(request.POST or None, staff=staff.items(), initial={"acts": [act.value for act in Act]})

    def act() -> str:
        given = form.cleaned_data
        actions.give_mandate(
            by=actor, on=request.today, handling=one, agent_id=int(given["agent"]), acts=[Act(key) for key in given["acts"]],
            until=given["until"], proof=given["proof"],
        )  # fmt: skip
        return page_of(one)

    return carry_out(
        request, form, act, title="委托全程代办", submit="登记委托", back=page_of(one), crumbs=_trail(one), said="已登记委托。"
    )


@page("hall.take")
@require_http_methods(["GET", "POST"])
def end_mandate(request: HttpRequest, handling_id: int) -> HttpResponse:
    one = queries.handling(handling_id)
    standing = queries.mandate_of(one)
    if standing is None:
        raise Http404
    form = forms.EndMandate(request.POST or None)

    def act() -> str:
        actions.end_mandate(by=request.actor, on=request.today, mandate=standing, **form.cleaned_data)
        return page_of(one)

    facts = [Fact("代办人", standing.agent.name), Fact("委托截止日", standing.until, kind="day")]
    return carry_out(
        request, form, act, title="终止委托", submit="终止", back=page_of(one), crumbs=_trail(one), said="已终止。", facts=facts
    )


def _done_already(request: HttpRequest, one: Any, said: str) -> HttpResponse:
    """An old link to what somebody has done: to the handling, with who did what, not to a form that can only refuse."""
    messages.info(request, said)
    return redirect(page_of(one))


@page("hall.act")
@require_http_methods(["GET", "POST"])
def errand(request: HttpRequest, errand_id: int) -> HttpResponse:
    """A task of the agent, with the telephone of whom it is for."""
    task = queries.errand(errand_id)
    one = task.mandate.handling
    if request.method == "GET" and task.done_on:
        return _done_already(request, one, f"这一项代办任务已经办过了（{task.done_on}）：{task.note}")
    form = forms.DoErrand(request.POST or None)

    def act() -> str:
        actions.do_errand(by=request.actor, on=request.today, errand=task, **form.cleaned_data)
        return page_of(one)

    record_seen(by=request.actor, verb="hall.read", kind="hall.handling", subject=one.pk, area=one.area)
    mine = task.mandate.agent_id == request.actor.staff_id
    facts = [
        Fact("委托人", one.name), Fact("联系电话", queries.phone_of(one) if mine else one.phone_shown), Fact("事项", one.zh),
        Fact("代办事项", task.words), Fact("截止日", task.due_on, kind="day"), Fact("委托截止日", task.mandate.until, kind="day"),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title="代办任务", submit="已办理", back=page_of(one), crumbs=_trail(one), said="已登记。", facts=facts
    )


@page("hall.act")
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, telling_id: int) -> HttpResponse:
    """The applicant is told; the number to call is shown to whoever calls."""
    telling = queries.telling(telling_id)
    one = telling.handling
    if request.method == "GET" and telling.told_on:
        return _done_already(request, one, f"申请人已经告知过了（{telling.told_on}，{telling.get_how_display()}）。")
    form = forms.Tell(request.POST or None)

    def act() -> str:
        actions.tell(by=request.actor, on=request.today, telling=telling, how=Told(form.cleaned_data["how"]))
        return page_of(one)

    record_seen(by=request.actor, verb="hall.call", kind="hall.handling", subject=one.pk, area=one.area)
    facts = [Fact("申请人", one.name), Fact("联系电话", queries.phone_of(one)), Fact("告知内容", telling.words)]
    return carry_out(
        request, form, act, title="告知申请人", submit="已告知", back=page_of(one), crumbs=_trail(one), said="已登记告知。",
        facts=facts,
    )  # fmt: skip
