"""What follows when rows of the books were written: what must stand of each, visits that are done, notices that come down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domains.federation.actions.bodies import still_standing
from linli.domains.federation.actions.honours import shown_as
from linli.domains.federation.books import BODY
from linli.domains.federation.queries import body_of, bulletin_case, is_minor, notice_of, on_show, people_of
from linli.domains.federation.rules import CONTACT, OFFICES, SINGLE, Consent, is_link
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.duties.actions import do_next, plan, take_back
from linli.kernel.publicity.actions import withdraw_notice
from linli.kernel.publicity.rules import NoticeState
from linli.kernel.records.rules import EntryState

WRITTEN = {"added", "corrected"}


def staff_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Whoever serves does so in an organisation that stands; some offices are held by one person at a time.

    :raises Refused: the office is taken, or the days do not fit.
    """
    for entry in entries:
        if what not in WRITTEN:
            continue
        still_standing(_body(entry), on, entry.day, "since")
        term, office = entry.values.get("term_until"), entry.values["office"]
        if term and date.fromisoformat(term) <= entry.day:
            raise Refused("任期届满日应晚于任职日期，请修改。", field="term_until")
        holders = [one for one in people_of(entry.organisation_id) if one.until is None and one.values["office"] == office]
        if entry.until is None and office in SINGLE and len(holders) > 1:
            other = next(one for one in holders if one.pk != entry.pk)
            raise Refused(f"现任{OFFICES[office]}是{other.values['name']}，请先为其办理离任，再登记新任。", field="office")


def _body(entry: Any) -> Any:
    body = body_of(entry.organisation_id)
    if body is None:
        raise Refused("这个单位不在慈善组织网络中，请先登记慈善组织。", field=BODY.key)
    return body


def papers_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A paper belongs to an organisation of the network, and holds from the day on which it was passed or later."""
    for entry in entries:
        if what not in WRITTEN:
            continue
        still_standing(_body(entry), on)
        start = entry.values.get("valid_from")
        if start and date.fromisoformat(start) < entry.day:
            raise Refused("施行日期不能早于通过日期，请修改。", field="valid_from")


def bulletins_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A bulletin that the public can read is not struck out: its notice is withdrawn first."""
    for entry in entries:
        shown = notice_of(bulletin_case(entry.pk))
        if what == "struck" and shown is not None and shown.state == NoticeState.UP:
            raise Refused(f"这次发布正在公布（第{shown.number}号），请先撤回公布，再作废。", field="why")


def media_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Coverage can be found again: by its address or by a clipping. Rows of an import are taken as the sheet has them."""
    for entry in entries:
        link, clipping = entry.values.get("link"), entry.values.get("clipping")
        if what not in WRITTEN or (what == "added" and entry.run is not None):
            continue
        if link and not is_link(link):
            raise Refused("网址应以 http:// 或 https:// 开头，如 http://www.example.cn/2010/a.html，请修改。", field="link")
        if not (link or clipping):
            raise Refused("请填写网址，或上传剪报、截图。", field="link")


def honours_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Consent has its day; consent that is taken back takes the notice down at once; contact falls due, or does so no more.

    Source: 个人信息保护法 §15 (consent can be taken back), §25.
    """
    for entry in entries:
        consent, asked = Consent(entry.values["consent"]), entry.values.get("asked_on")
        if what in WRITTEN and consent is not Consent.UNASKED and not asked:
            raise Refused("请填写征询日期。", field="asked_on")
        if what in WRITTEN and asked and date.fromisoformat(asked) > on:
            raise Refused("征询日期不能晚于今天，请修改。", field="asked_on")
        if what in WRITTEN and entry.values.get("unit") and is_minor(entry, on):
            raise Refused("单位不分是否未成年人，请选“否”。", field="minor")
        if what != "added":
            _take_down(by, on, entry)
    plan(by=by, on=on, duty=CONTACT)


def _take_down(by: Actor, on: date, entry: Any) -> None:
    """A list that shows an honour otherwise than it stands now is withdrawn; the clerk publishes it anew."""
    item = next(iter(on_show([entry]).values()), None)
    ended = entry.state != EntryState.STANDING or entry.until is not None
    if item is None or (not ended and shown_as(entry, on) == item.row):
        return
    why = "称号已撤销或登记作废" if ended else "当事人的公布意愿或登记内容已变更"
    withdraw_notice(by=by, on=on, notice=item.notice, why=f"{why}，名单重新公布")


def contacts_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A contact does the duty that is owed on its day; corrected or struck out, the duty is judged anew."""
    for entry in entries:
        evidence = f"records.entry:{entry.pk}"
        if what in {"corrected", "struck"}:
            take_back(by=by, on=on, evidence=evidence, why=entry.why or "记录已更正")
        if what in WRITTEN:
            subject = entry.source.partition(":")[2]
            do_next(by=by, on=on, duty=CONTACT, subject=subject, done_on=entry.day, evidence=evidence)
