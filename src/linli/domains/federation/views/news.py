"""Bulletins: held on a signed report, asked about, published, covered by the media."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.domains.federation import actions, forms, queries
from linli.domains.federation.books import BULLETINS, MEDIA
from linli.domains.federation.rules import BULLETIN_KINDS, OUTLETS
from linli.domains.federation.views.common import Trail, by_year, carry_out, exporting
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.files.queries import files_of
from linli.kernel.publicity.queries import notice_standings
from linli.kernel.publicity.rules import NoticeState
from linli.kernel.records.queries import entries
from linli.kernel.records.rules import EntryState
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {NoticeState.UP: Tone.GOOD, NoticeState.DRAFT: Tone.NOW}


def notice_badge(notice: Any) -> Badge:
    """Whether the public can read it."""
    if notice is None:
        return Badge("未公布", Tone.WARN)
    state = NoticeState(notice.state)
    words = {NoticeState.UP: f"公布至{notice.until}", NoticeState.DOWN: "公布期满"}.get(state, state.zh)
    return Badge(words, TONES.get(state, Tone.QUIET))


def standing_badge(standing: Any, on: date) -> Badge:
    """The same in a list, where all notices are read together."""
    if standing.until is None:
        return Badge("未公布", Tone.WARN)
    return Badge(f"公布至{standing.until}", Tone.GOOD) if standing.until >= on else Badge("公布期满")


COLUMNS = (
    Column("day", "日期", kind="day", sort=True),
    Column("title", "主题", value="f_title", link=lambda row: reverse("federation:bulletin", args=[row.pk])),
    Column("kind", "形式", value=lambda row: BULLETIN_KINDS[row.values["kind"]]),
    Column("place", "地点", value="f_place", minor=True),
    Column("media", "到会媒体", value="f_media", minor=True),
    Column("shown", "公布", kind="state"),
)


@page("federation.follow")
def bulletins(request: HttpRequest) -> HttpResponse:
    """Every press conference and bulletin, newest first."""

    def rows(words: dict[str, Any]) -> list[Any]:
        year = {"day__year": words["year"]} if "year" in words else {}
        found = list(entries(BULLETINS, on=request.today).filter(**year))
        shown = notice_standings([queries.bulletin_case(row.pk) for row in found], request.today)
        for row in found:
            row.shown = standing_badge(shown[queries.bulletin_case(row.pk)], request.today)
        return found

    listing = Listing(
        request, title="新闻发布与情况通报", noun="次", columns=COLUMNS, filters=by_year(request, "全部"), rows=rows,
        export=exporting(request, "records.book", BULLETINS.key), name_of=lambda row: row.values["title"],
        empty="还没有新闻发布和情况通报。",
    )  # fmt: skip
    return listing.response("federation/bulletins.html", {"media": MEDIA, "may_tell": request.actor.may(BULLETINS.write)})


@page("federation.follow")
@require_GET
def bulletin(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One bulletin: where and by whom, the text with its frozen figures, what was asked, where it is public, its coverage."""
    row = queries.bulletin_here(by=request.actor, entry_id=entry_id)
    record_seen(by=request.actor, verb="federation.open", kind="records.entry", subject=row.pk, area=row.area)
    report, notice = queries.report_of(row), queries.notice_of(queries.bulletin_case(row.pk))
    photo = row.values.get("photo")
    context = {
        "row": row, "facts": _facts(row, report, request.actor.may("figures.see")), "report": report, "notice": notice,
        "badge": notice_badge(notice), "paragraphs": queries.paragraphs(report) if report and report.state == "signed" else [],
        "questions": queries.questions_of(row), "standing": row.state == EntryState.STANDING,
        "coverage": [(one, OUTLETS[one.values["kind"]]) for one in queries.coverage_of(row)],
        "may_tell": row.state == EntryState.STANDING and request.actor.may(BULLETINS.write),
        "photo": files_of("records.entry", BULLETINS.key).filter(pk=photo).first() if photo else None,
    }  # fmt: skip
    return render(request, "federation/bulletin.html", context)


def _facts(row: Any, report: Any, opens: bool) -> list[Fact]:
    words = row.values
    href = reverse("figures:report", args=[report.pk]) if report and opens else ""
    said = f"{report.title}（{report.number or '未编号'}）" if report else "不在本辖区内"
    return [
        Fact("主题", words["title"]), Fact("形式", BULLETIN_KINDS[words["kind"]]), Fact("日期", row.day, "day"),
        Fact("地点", words["place"]), Fact("主持人", words["host"]), Fact("发布人", words.get("speaker")),
        Fact("到会媒体", words.get("media")), Fact("到会代表", words.get("guests")),
        Fact("到会人数", words.get("heads"), "count"),
        Fact("依据的报表", said, href=href),
    ]  # fmt: skip


def _crumbs(row: Any = None) -> Trail:
    top = (("新闻发布与情况通报", reverse("federation:bulletins")),)
    return (*top, (row.values["title"], reverse("federation:bulletin", args=[row.pk]))) if row else top


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest) -> HttpResponse:
    """A press conference or bulletin on a signed report."""
    reports = [(str(one.pk), f"{one.title} {one.number}".strip()) for one in queries.reports_to_tell(request.actor.area)]
    start = {"day": request.today.isoformat(), "kind": "conference"}
    form = forms.Hold(request.POST or None, request.FILES or None, reports=reports, initial=start)

    def act() -> str:
        words = {"report_id": form.cleaned_data["report"], "photo": form.cleaned_data["photo"]}
        made = actions.hold(by=request.actor, on=request.today, values=form.values, **words)
        return reverse("federation:bulletin", args=[made.pk])

    note = "" if reports else "没有可以发布的报表。请先在“报表”中起草，由区级审批员或领导签发后，再来登记发布。"
    words = {"title": "登记发布", "submit": "登记", "said": "已登记。核对后可向社会公布。"}
    return carry_out(request, form, act, crumbs=_crumbs(), note=note, blocked=not reports, **words)


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The text as the public will read it, and the button that shows it to them."""
    row = queries.bulletin_here(by=request.actor, entry_id=entry_id)
    form, report = forms.Publish(request.POST or None), queries.report_of(row)

    def act() -> str:
        actions.publish_bulletin(by=request.actor, on=request.today, bulletin_id=row.pk, **form.cleaned_data)
        return reverse("federation:bulletin", args=[row.pk])

    text = queries.paragraphs(report) if report and report.state == "signed" else []
    done = queries.notice_of(queries.bulletin_case(row.pk)) is not None
    more = {"text": text, "questions": queries.questions_of(row), "title": "向社会公布", "submit": "公布", "said": "已公布。"}
    note = (
        "这次发布已经公布，无需再次办理。" if done
        else "公布后列在公众页面30天，公众可以咨询。请核对下列文字中没有个人信息。" if text
        else "这次发布所依据的报表已经撤回，不能公布。请用新签发的报表另行发布。"
    )  # fmt: skip
    return carry_out(request, form, act, crumbs=_crumbs(row), note=note, blocked=done or not text, **more)


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A question and its answer."""
    row = queries.bulletin_here(by=request.actor, entry_id=entry_id)
    start = {"day": row.day.isoformat(), "answered_by": row.values.get("speaker") or row.values["host"]}
    form = forms.Ask(request.POST or None, initial=start)

    def act() -> str:
        actions.record_answer(by=request.actor, on=request.today, bulletin_id=row.pk, values=form.values)
        return reverse("federation:bulletin", args=[row.pk])

    fresh = queries.notice_of(queries.bulletin_case(row.pk)) is None
    note = "公布时只列问题和答复，不列提问人。" if fresh else "这次发布已经公布，新登记的问答不会加入已公布的内容。"
    return carry_out(request, form, act, title="登记问答", submit="登记", crumbs=_crumbs(row), said="已登记。", note=note)


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What a medium said of a bulletin."""
    row = queries.bulletin_here(by=request.actor, entry_id=entry_id)
    form = forms.Cover(request.POST or None, request.FILES or None, initial={"day": request.today.isoformat()})

    def act() -> str:
        words = {"values": form.values, "clipping": form.cleaned_data["clipping"]}
        actions.record_coverage(by=request.actor, on=request.today, bulletin_id=row.pk, **words)
        return reverse("federation:bulletin", args=[row.pk])

    return carry_out(request, form, act, title="登记报道", submit="登记", crumbs=_crumbs(row), said="已登记。")
