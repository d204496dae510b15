"""Drafting, signing and withdrawing reports; setting targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.figures.models import Report, ReportFigure, Target
from linli.kernel.figures.queries.reporting import (
    checks_of,
    digest_of,
    freeze,
    stray_words,
    template_of,
    templates,
    texts_of,
)
from linli.kernel.figures.queries.values import figure
from linli.kernel.figures.rules import Period


@action("figures.draft")
def draft_report(*, by: Actor, on: date, template: str, period: Period, area: str, title: str = "") -> Report:
    """A draft: its numbers are live until it is signed."""
    if template not in templates():
        raise Refused("没有这个报表模板，请从列表中选择。", field="template")
    if not by.covers(area):
        raise Refused("报表的区域不在本辖区内，请重新选择。", field="area")
    one = Report.objects.create(
        template=template, title=title or templates()[template].title.format(period=period.zh), area=area,
        first=period.first, last=period.last, period_zh=period.zh, made_by_id=by.own_hand, made_on=on,
    )  # fmt: skip
    about("figures.report", one.pk, area=area, template=template)
    return one


@action("figures.draft")
def edit_report(
    *, by: Actor, on: date, report: Report, texts: Mapping[str, str], title: str = "", remarks: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Report:  # fmt: skip
    """Change a draft's words. ``remarks``: the written reason for each relation that does not hold; ``seen``: the version
    that the writer began with."""
    _check_seen(report, seen)
    slots = template_of(report).slots()
    if unknown := set(texts) - set(slots):
        raise Refused(f"模板中没有这些段落：{'、'.join(sorted(unknown))}。")
    words = report.texts | dict(texts)
    changed = Report.objects.filter(pk=report.pk, state="draft", version=report.version).update(
        texts=words, title=title or report.title, remarks=report.remarks | dict(remarks or {}), version=report.version + 1
    )
    if not changed:
        raise Stale()
    report.refresh_from_db()
    about("figures.report", report.pk, area=report.area)
    return report


@action("figures.sign")
def sign_report(*, by: Actor, on: date, report: Report, seen: int | None = None) -> Report:
    """Freeze every number with the digest of its rows. The signer is not the writer; broken relations need a reason.

    :raises Stale: the words have changed since the signer read them (version ``seen``), or somebody else was quicker.
    """
    _check_seen(report, seen)
    by.apart_from(report.made_by_id, said="报表须由起草人以外的人签发。")
    if strays := stray_words(report):
        raise Refused(f"文字中有无法识别的引用：{'、'.join(strays[:5])}。请改正后再签发。")
    kept = freeze(report)
    numbers = {(one.figure, one.cell): one.value for one in kept}
    broken = [check for check in checks_of(report, numbers) if not check.holds]
    unsaid = [check.zh for check in broken if not report.remarks.get(check.relation, "").strip()]
    if unsaid:
        raise Refused(f"以下勾稽关系不成立，须先写明原因：{'；'.join(unsaid)}。")
    words = texts_of(report)
    changed = Report.objects.filter(pk=report.pk, state="draft", version=report.version).update(
        state="signed", signed_by_id=by.own_hand, signed_on=on, texts=words, digest=digest_of(kept, words),
        number=_next_number(report, on), version=report.version + 1,
    )  # fmt: skip
    if not changed:
        raise Stale()
    ReportFigure.objects.bulk_create([ReportFigure(report=report, area=report.area, **vars(one)) for one in kept])
    report.refresh_from_db()
    about("figures.report", report.pk, area=report.area, digest=report.digest)
    return report


def _check_seen(report: Report, seen: int | None) -> None:
    if seen is not None and seen != report.version:
        raise Stale("这份报表刚才已有改动，本次没有办理。请看过最新内容后再办理。")


def _next_number(report: Report, on: date) -> str:
    """The next number of the year in this area: counted under the lock of the template's signing."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"report:{report.template}:{report.area}"])
    signed = Report.objects.filter(template=report.template, area=report.area, signed_on__year=on.year).exclude(number="")
    return template_of(report).number.format(year=on.year, serial=signed.count() + 1)


@action("figures.sign")
def withdraw_report(*, by: Actor, on: date, report: Report, why: str) -> Report:
    """A signed report is kept and marked as withdrawn; a new one replaces it."""
    if not why.strip():
        raise Refused("请写明撤回的原因。", field="why")
    changed = Report.objects.filter(pk=report.pk, state="signed").update(
        state="withdrawn", withdrawn_on=on, withdrawn_why=why.strip(), version=report.version + 1
    )
    if not changed:
        raise Stale()
    report.refresh_from_db()
    about("figures.report", report.pk, area=report.area)
    return report


@action("figures.target")
def set_target(*, by: Actor, on: date, key: str, year: int, area: str, value: int, document: str) -> Target:
    """What a document asks of a figure in a year; a new line replaces the former one."""
    figure(key)
    if not document.strip():
        raise Refused("请写明目标的依据文件。", field="document")
    last = Target.objects.filter(figure=key, year=year, area=area).order_by("-pk").first()
    if last is not None and (last.value, last.document) == (value, document.strip()):
        raise Refused("这个目标已经按同一份文件登记，无需重复登记。", field="value")
    target = Target.objects.create(
        figure=key, year=year, area=area, value=value, document=document.strip(), made_by_id=by.own_hand, made_on=on
    )
    about("figures.target", target.pk, area=area, figure=key)
    return target
