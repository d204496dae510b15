"""The pages of imports: the list, sending a file, following it, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.access.actions import handle, press
from linli.kernel.access.rules import page
from linli.kernel.files.rules import FileKind
from linli.kernel.files.views import attachment
from linli.kernel.imports import actions, forms, queries
from linli.kernel.imports.rules import RunState
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Step, Tone

SHOWN = 50
TONES = {
    RunState.SENT: Tone.NOW, RunState.CHECKED: Tone.WARN, RunState.APPLYING: Tone.NOW, RunState.APPLIED: Tone.GOOD,
    RunState.FAILED: Tone.BAD,
}  # fmt: skip
RUNNING = (RunState.SENT, RunState.APPLYING)


def badge(run: Any) -> Badge:
    state = RunState(run.state)
    return Badge(state.zh, TONES.get(state, Tone.QUIET))


COLUMNS = (
    Column("id", "编号", kind="code", link=lambda row: reverse("imports:run", args=[row.pk])),
    Column("kind", "类别", value=lambda row: queries.import_kinds()[row.kind].zh),
    Column("file_name", "文件"),
    Column("state", "状态", kind="state", value=badge),
    Column("accepted", "接受", kind="count", unit="行"),
    Column("rejected", "退回", kind="count", unit="行"),
    Column("by.name", "导入人", minor=True),
    Column("at", "时间", kind="moment", sort=True),
)


@page("imports.run")
@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="导入", columns=COLUMNS, filters=forms.Search, order="-at", noun="次",
        rows=lambda words: queries.runs(by=request.actor, **words), empty="还没有导入过名单。请先下载模板，填好后上传。",
    )  # fmt: skip
    return listing.response("imports/runs.html", {"kinds": queries.kinds_for(request.actor)})


@page("imports.run")
def new(request: HttpRequest, key: str) -> HttpResponse:
    kind = queries.kind_for(by=request.actor, key=key)
    form = forms.SendFile(request.POST or None, request.FILES or None, kind=kind)

    def act() -> str:
        sent = form.cleaned_data["file"]
        run, fresh = actions.send(by=request.actor, on=request.today, kind=key, name=sent.name, content=sent.content)
        if not fresh:
            messages.warning(request, f"这个文件已在 {run.on} 上传过（编号 {run.pk}），没有重复导入。")
        return reverse("imports:run", args=[run.pk])

    if (answer := handle(request, form, act)) is not None:
        return answer
    words = {"form": form, "kind": kind}
    return render(request, "imports/new.html", words, status=422 if form.is_bound else 200)


@page("imports.run")
@require_GET
def template(request: HttpRequest, key: str) -> FileResponse:
    name, content = queries.template_file(by=request.actor, key=key)
    return attachment(content, name, FileKind.XLSX)


@page("imports.run")
@require_GET
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    return render(request, "imports/run.html", _words(request, run_id))


@page("imports.run")
@require_GET
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """The part of the page that changes; when the step is over the page is loaded anew."""
    words = _words(request, run_id)
    answer = render(request, "imports/progress.html", words)
    if words["run"].state not in RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


@page("imports.run")
@require_GET
def return_file(request: HttpRequest, run_id: int) -> FileResponse:
    name, content = queries.return_file(by=request.actor, run_id=run_id, whole=request.GET.get("whole") == "1")
    return attachment(content, name, FileKind.XLSX)


@page("imports.run")
@require_POST
def confirm(request: HttpRequest, run_id: int) -> HttpResponse:
    return _act(request, run_id, actions.confirm, "")


@page("imports.run")
@require_POST
def discard(request: HttpRequest, run_id: int) -> HttpResponse:
    return _act(request, run_id, actions.discard, "已放弃这次导入，没有写入任何数据。")


@page("imports.run")
def take_back(request: HttpRequest, run_id: int) -> HttpResponse:
    """First the page that says what it means, then the act."""
    if request.method == "POST":
        return _act(request, run_id, actions.take_back, "已撤回这次导入，结果见下。")
    words = _words(request, run_id)
    return render(request, "imports/take_back.html", words | {"form": forms.Confirm()})


def _act(request: HttpRequest, run_id: int, do: Callable[..., Any], said: str) -> HttpResponse:
    here = reverse("imports:run", args=[run_id])
    queries.run_in_area(by=request.actor, run_id=run_id)

    def act() -> str:
        do(by=request.actor, on=request.today, run_id=run_id)
        return here

    return press(request, act, back=here, said=said)


def _words(request: HttpRequest, run_id: int) -> dict[str, Any]:
    found = queries.run_in_area(by=request.actor, run_id=run_id)
    kind = queries.import_kinds()[found.kind]
    state = RunState(found.state)
    return {
        "run": found,
        "kind": kind,
        "state": badge(found),
        "steps": _steps(state),
        "running": state in RUNNING,
        "progress": queries.progress_of(found),
        "facts": _facts(found),
        "rejects": list(queries.rejects_of(found, grave=True)[:SHOWN]),
        "warnings": list(queries.rejects_of(found, grave=False)[:SHOWN]),
        "shown": SHOWN,
        "made": found.result.get("made", []),
        "left": found.result.get("left", []),
        "can_confirm": state is RunState.CHECKED and found.accepted > 0,
        "can_discard": state is RunState.CHECKED,
        "can_take_back": state is RunState.APPLIED,
    }


def _facts(run: Any) -> list[Fact]:
    facts = [
        Fact("文件", run.file_name),
        Fact("导入人", run.by.name if run.by else "系统"),
        Fact("上传时间", run.at, kind="moment"),
    ]
    if run.state in (RunState.CHECKED, RunState.APPLIED, RunState.TAKEN_BACK, RunState.APPLYING, RunState.DISCARDED):
        facts += [
            Fact("读取", f"{run.read} 行"),
            Fact("接受", f"{run.accepted} 行"),
            Fact("退回", f"{run.rejected} 行"),
            Fact("接受但有提示", f"{run.warned} 行"),
        ]
    return facts


def _steps(state: RunState) -> list[Step]:
    labels = ("上传", "检查", "确认", "写入")
    place = {RunState.SENT: 1, RunState.CHECKED: 2, RunState.APPLYING: 3}.get(state, 4)
    if state is RunState.FAILED:
        return []
    return [
        Step(label, "done" if at < place else "now" if at == place else "todo") for at, label in enumerate(labels)
    ]
