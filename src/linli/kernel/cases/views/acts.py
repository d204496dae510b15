"""What can be done with a case on its page: which forms are offered to whom, and which action each one calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from linli.base.areas import level_of
from linli.kernel.access.rules import Actor
from linli.kernel.cases import actions, forms, queries
from linli.kernel.cases.rules import Ground, Verb

DONE = {
    "pass": "已通过。",
    "refuse": "已驳回。",
    "return": "已退回。",
    "ask": "已告知补正，可打印告知书。",
    "receive": "已登记收到的材料。",
    "waive": "已注明免交。",
    "stop": "已停止计时。",
    "resume": "已恢复计时。",
    "extend": "已延长期限。",
    "withdraw": "已登记撤回。",
    "close": "已终止办理。",
    "reopen": "已重新办理。",
    "transfer": "已转办。",
    "assign": "已指派。",
    "take": "已领办。",
    "give_back": "已放回，本级其他人可以领办。",
    "object": "已登记异议。",
    "note": "已添加备注。",
}


@dataclass(frozen=True)
class Offer:
    """An act on offer. Its form is made when it is wanted: sent, opened, or the usual one; the others wait for a click."""

    verb: str
    label: str
    main: bool
    danger: bool
    wanted: bool
    form: forms.ActForm | None


def _offered(case: Any, by: Actor, missing: list[Any], *, free: bool) -> Iterator[type[forms.ActForm]]:
    """The acts that make sense now, the usual ones first. The actions themselves check again."""
    flow, worker = queries.flow_of(case), by.may("cases.work")
    if case.state == "open" and worker:
        if free:
            yield from _moves(case, by, missing)
        if missing:
            yield forms.Receive
        if flow.extension and by.may(flow.extension_permission):
            yield forms.Extend
        if by.may(flow.permission) and flow.step(case.step).moves_of(Verb.WITHDRAW):
            yield forms.Withdraw
        yield from _stewardship(case, by)
    if case.state == "closed" and flow.reopens_at and by.may("cases.reopen"):
        yield forms.Reopen
    if worker:
        yield from (forms.Object, forms.Note)


def _moves(case: Any, by: Actor, missing: list[Any]) -> Iterator[type[forms.ActForm]]:
    flow = queries.flow_of(case)
    verbs = {move.verb for move in flow.step(case.step).moves}
    if not verbs:
        return
    for verb, form in ((Verb.PASS, forms.Pass), (Verb.RETURN, forms.Return), (Verb.REFUSE, forms.Refuse)):
        if verb in verbs:
            yield form
    yield forms.Ask
    if any(paper.required for paper in missing):
        yield forms.Waive
    if Ground.HEARING in flow.stops and not case.stop:
        yield forms.Stop
    if case.stop in {Ground.HEARING, Ground.PAPERS}:
        yield forms.Resume
    task = queries.open_task(case)
    yield forms.GiveBack if task and task.assigned_to_id == by.staff_id else forms.Take


def _stewardship(case: Any, by: Actor) -> Iterator[type[forms.ActForm]]:
    flow = queries.flow_of(case)
    senior = level_of(by.area) <= flow.step(case.step).level
    if senior and by.may("cases.assign"):
        yield forms.Assign
    if by.may("cases.transfer"):
        yield forms.Transfer
    if senior and by.may("cases.close") and any(ending.direct for ending in flow.outcomes):
        yield forms.CloseCase


def act_offers(request: HttpRequest, case: Any, papers: list[Any], *, free: bool) -> list[Offer]:
    """Every act on offer; the form of the one that was sent is bound. ``free``: nothing hinders this worker at this step."""
    sent, opened = request.POST.get("act", ""), request.GET.get("act", "")
    missing = [paper for paper in papers if paper.received_on is None and not paper.waived]
    made = []
    for kind in _offered(case, request.actor, missing, free=free):
        wanted = kind.verb == (sent or opened)
        data = (request.POST, request.FILES) if kind.verb == sent else (None, None)
        form = None
        if wanted or (kind is forms.Pass and not request.htmx):
            form = kind(*data, case=case, by=request.actor, initial={"on": request.today})
        if form and form.is_bound and form.impossible:
            continue
        made.append(Offer(kind.verb, kind.label, kind.main, kind.danger, wanted, form))
    return made


def carry_out(request: HttpRequest, case: Any, form: forms.ActForm) -> None:
    """Do what the form says."""
    words = {"by": request.actor, "on": request.today, "case": case}
    CALLS[form.verb](request, form, words)
    messages.success(request, f"{case.number} {DONE[form.verb]}")


def _call(act: Callable[..., Any], *names: str, seen: bool = True) -> Callable[..., None]:
    """An action that takes these fields by their own names."""

    def call(request: HttpRequest, form: forms.ActForm, words: dict[str, Any]) -> None:
        data = form.cleaned_data
        taken = {name: data[name] for name in names if name in data}
        act(**words, **taken, **({"seen": data["seen"]} if seen else {}))

    return call


def _pass(request: HttpRequest, form: forms.ActForm, words: dict[str, Any]) -> None:
    data, flow = form.cleaned_data, form.flow
    where = data.get("to", "")
    ends = where in {ending.key for ending in flow.outcomes}
    target = {"outcome": where} if ends else {"to": where}
    actions.pass_step(**words, **target, opinion=data["opinion"], seen=data["seen"])


def _ask(request: HttpRequest, form: forms.ActForm, words: dict[str, Any]) -> None:
    data = form.cleaned_data
    keys = {name: data.get(name) or () for name in ("papers", "others")}
    actions.ask_papers(**words, **keys, opinion=data["opinion"], new_facts=data["new_facts"], seen=data["seen"])


def _receive(request: HttpRequest, form: forms.Receive, words: dict[str, Any]) -> None:
    actions.receive_papers(**words, papers=form.received(), photos=form.photos(), seen=form.cleaned_data["seen"])


def _stop(request: HttpRequest, form: forms.ActForm, words: dict[str, Any]) -> None:
    data = form.cleaned_data
    actions.stop_clock(**words, ground=Ground.HEARING, until=data["until"], opinion=data["opinion"], seen=data["seen"])


def _resume(request: HttpRequest, form: forms.ActForm, words: dict[str, Any]) -> None:
    data = form.cleaned_data
    actions.resume_clock(**words, ground=Ground(words["case"].stop), opinion=data["opinion"], seen=data["seen"])


CALLS: dict[str, Callable[..., None]] = {
    "pass": _pass,
    "refuse": _call(actions.refuse, "reason", "opinion"),
    "return": _call(actions.return_case, "to", "reason", "opinion"),
    "ask": _ask,
    "receive": _receive,
    "waive": _call(actions.waive_paper, "paper", "reason"),
    "stop": _stop,
    "resume": _resume,
    "extend": _call(actions.extend, "opinion", "document"),
    "withdraw": _call(actions.withdraw, "opinion"),
    "close": _call(actions.close, "outcome", "opinion"),
    "reopen": _call(actions.reopen, "to", "opinion"),
    "transfer": _call(actions.transfer, "to", "opinion"),
    "assign": _call(actions.assign_task, "to", "opinion"),
    "take": _call(actions.take_task, seen=False),
    "give_back": _call(actions.give_back_task, seen=False),
    "object": _call(actions.record_objection, "opinion", "source", seen=False),
    "note": _call(actions.note, "opinion", seen=False),
}
