"""Reports: list, draft, words beside a preview, signature, and files."""

from __future__ import annotations

import io

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.gateways import documents
from linli.gateways.documents.model import numbered
from linli.gateways.spreadsheets import Sheet, write_table
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.figures import actions, forms, queries
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

STATES = {"draft": Badge("草稿", Tone.NOW), "signed": Badge("已签发", Tone.GOOD), "withdrawn": Badge("已撤回", Tone.QUIET)}
COLUMNS = (
    Column("title", "标题", link=lambda one: reverse("figures:report", args=[one.pk])),
    Column("number", "文号", kind="code"),
    Column("period_zh", "统计期"),
    Column("area", "区域", kind="area", minor=True),
    Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
    Column("made_by.name", "起草人", minor=True),
    Column("made_on", "起草日期", kind="day", sort=True),
)
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page("figures.see")
def reports(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="报表", rows=lambda words: queries.reports(**words), columns=COLUMNS, filters=forms.ReportSearch,
        order="-made_on", noun="份", name_of=lambda one: one.title,
        export=recording(by=request.actor, verb="figures.export", kind="figures.report"),
    )  # fmt: skip
    return listing.response("figures/reports.html")


@page("figures.draft")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = forms.NewReport(request.POST or None, initial={"period": str(request.today.year)})

    def act() -> str:
        made = actions.draft_report(by=request.actor, on=request.today, area=request.actor.area, **form.cleaned_data)
        return reverse("figures:edit", args=[made.pk])

    if (answer := handle(request, form, act)) is not None:
        return answer
    return render(request, "figures/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, one: object, numbers: object) -> dict[str, object]:
    document = queries.compose(one, numbers, request.actor.role)
    return {"document": document, "blocks": _blocks(document)}


@page("figures.see")
@require_safe
def report_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report as it prints, with its checks and, once signed, the proof of its numbers."""
    one = queries.report(report_id)
    numbers = queries.numbers_of(one)
    context = {
        "report": one, "state": STATES[one.state], **_preview(request, one, numbers),
        "checks": queries.checks_of(one, numbers), "withdraw": forms.Withdraw(),
        "may_sign": request.actor.may("figures.sign") and one.made_by_id != request.actor.staff_id,
    }  # fmt: skip
    if one.state != "draft" and request.GET.get("verify"):
        context["fits"], context["differences"] = queries.verify_report(one)
    record_seen(by=request.actor, verb="figures.see", kind="figures.report", subject=one.pk, area=one.area)
    return render(request, "figures/report.html", context)


@page("figures.draft")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, report_id: int) -> HttpResponse:
    """Words on the left, the printed report on the right."""
    one = queries.report(report_id)
    if one.state != "draft":
        return redirect("figures:report", report_id)
    numbers = queries.numbers_of(one)
    broken = [check for check in queries.checks_of(one, numbers) if not check.holds]
    slots, texts = queries.template_of(one).slots(), queries.texts_of(one)
    start = {f"slot_{key}": text for key, text in texts.items()} | {f"remark_{key}": word for key, word in one.remarks.items()}
    start |= {"title": one.title, "version": one.version}
    form = forms.EditReport(request.POST or None, slots=slots, broken=broken, initial=start)

    def act() -> str:
        words = {"texts": form.part("slot_"), "remarks": form.part("remark_"), "title": form.cleaned_data["title"]}
        words["seen"] = form.cleaned_data["version"]
        actions.edit_report(by=request.actor, on=request.today, report=one, **words)
        return reverse("figures:edit", args=[one.pk])

    if (answer := handle(request, form, act, said="已保存。")) is not None:
        return answer
    context = {"report": one, "form": form, **_preview(request, one, numbers), "checks": queries.checks_of(one, numbers)}
    return render(request, "figures/edit.html", context, status=422 if form.is_bound else 200)


@page("figures.sign")
@require_POST
def sign(request: HttpRequest, report_id: int) -> HttpResponse:
    one, here = queries.report(report_id), reverse("figures:report", args=[report_id])
    form = forms.Sign(request.POST)

    def act() -> str:
        actions.sign_report(by=request.actor, on=request.today, report=one, seen=form.cleaned_data["version"])
        return here

    return press(request, act, back=here, said="已签发。报表的数字与明细已封存。", form=form)


@page("figures.sign")
@require_POST
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    one, form = queries.report(report_id), forms.Withdraw(request.POST)

    def act() -> str:
        actions.withdraw_report(by=request.actor, on=request.today, report=one, why=form.cleaned_data["why"])
        return reverse("figures:report", args=[one.pk])

    if (answer := handle(request, form, act, said="已撤回。数字与明细仍保留备查。")) is not None:
        return answer
    return render(request, "figures/withdraw.html", {"report": one, "form": form}, status=422)


@page("figures.see")
@require_safe
def download(request: HttpRequest, report_id: int, kind: str) -> HttpResponse:
    """The same document as .docx (GB/T 9704), PDF, or its tables as .xlsx."""
    one = queries.report(report_id)
    if kind not in TYPES:
        raise Http404
    document = queries.compose(one, role=request.actor.role)
    if kind == "docx":
        content = documents.official_docx(document)
    elif kind == "pdf":
        if lacking := documents.missing_glyphs(documents.text_of(document), settings.FONTS_ROOT):
            raise Refused(f"PDF 的字库没有“{'、'.join(lacking)}”，会印成方框，请下载 Word 文档。")
        content = documents.official_pdf(document, settings.FONTS_ROOT)
    else:
        content = _sheets(document)
    record_seen(by=request.actor, verb="figures.download", kind="figures.report", subject=one.pk, area=one.area, form=kind)
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''report-{one.pk}.{kind}"
    return response


def _sheets(document: documents.Document) -> bytes:
    """The report's tables, one sheet each; numbers stand as numbers."""
    tables = [block for block in document.blocks if isinstance(block, documents.Table)]
    if not tables:
        raise Http404
    sheets = [
        Sheet(
            table.caption or f"表{number}",
            [column.heading for column in table.columns],
            [[row[0], *(_number(text) for text in row[1:])] for row in table.rows],
        )
        for number, table in enumerate(tables, 1)
    ]
    target = io.BytesIO()
    write_table(target, sheets)
    return target.getvalue()


def _number(text: str) -> str | int | float:
    plain = text.replace(",", "")
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return text


def _blocks(document: documents.Document) -> list[tuple[str, object]]:
    """The document's blocks with the name of their kind, for the page."""
    return [(type(block).__name__.lower(), block) for block in numbered(document.blocks)]
