"""Visits with at least two workers, five things made clear; the neighbours' meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from linli.domains.assistance.actions.facts import may_enter
from linli.domains.assistance.models import Application, Appraisal, Visit
from linli.domains.assistance.queries.applications import kin_of
from linli.domains.assistance.rules import FIVE, VisitKind
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.files.actions import store_file
from linli.kernel.files.rules import PAPERS

WORDS = ("visited_on", "visitors", "spoke_with", "remote", "five", "cause", "found", "signer", "no_signature")
LEVELS = {VisitKind.COUNTY: "assistance.approve"}


@action("assistance.enter")
def save_visit(
    *, by: Actor, on: date, application: Application, key: str, kind: VisitKind, visited_on: date, visitors: Sequence[str],
    done: bool, five: Mapping[str, str] | None = None, **found: Any,
) -> Visit:  # fmt: skip
    """A visit as a draft or finished. ``key`` is the sender's: the same visit sent again is one; a finished one stays."""
    may_enter(application, by)
    if LEVELS.get(kind) and not by.may(LEVELS[kind]):
        raise Refused(f"“{kind.zh}”由区级人员登记。", field="kind")
    if not 0 < len(key) <= 60:
        raise Refused("表单已过期，请返回上一页刷新后再提交。")
    present = Visit.objects.select_for_update().filter(key=key).first()
    if present is not None and (present.application_id != application.pk or present.done_on):
        if present.application_id != application.pk:
            raise Refused("这份调查记录属于另一份申请，请返回上一页刷新后再提交。")
        _check_same(present, {"visited_on": visited_on, "visitors": _names(visitors), "five": dict(five or {}), **found})
        return present
    if present is not None and present.struck_on:
        raise Refused("这份草稿已经划去，不能再改。请新登记一次调查。")
    names = _names(visitors)
    words = {"visited_on": visited_on, "visitors": names, "five": dict(five or {}), **found}
    if done:
        _check_whole(application, kind, visited_on, names, words, on)
    words |= {"kind": kind.value, "entered_by_id": by.staff_id, "entered_on": on, "done_on": on if done else None}
    made, _ = Visit.objects.update_or_create(key=key, application=application, defaults=words | {"area": application.area})
    about("assistance.application", application.pk, area=application.area, visit=made.pk, what=kind.value, done=done)
    return made


@action("assistance.enter")
def strike_visit(*, by: Actor, on: date, visit: Visit, why: str) -> None:
    """A draft that is not wanted (begun twice) is struck by who began it; it stays readable. What is finished stands.

    :raises Refused: it is finished, somebody else began it, or no reason is given.
    """
    may_enter(visit.application, by)
    if visit.entered_by_id != by.staff_id:
        raise Refused("草稿只能由登记人本人划去。")
    if not why.strip():
        raise Refused("请写明划去的原因，例如：重复登记。", field="why")
    drafts = Visit.objects.filter(pk=visit.pk, done_on=None, struck_on=None)
    if not drafts.update(struck_on=on, struck_why=why.strip()[:200]):
        raise Refused("这份调查已经完成或已经划去，不能划去。")
    about("assistance.application", visit.application_id, area=visit.area, visit=visit.pk, struck=True)


def _names(visitors: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in visitors if name.strip()))


def _check_same(present: Visit, sent: Mapping[str, Any]) -> None:
    """What is sent again is what was finished; nobody is told that a change was kept which was not."""
    if any(getattr(present, name) != value for name, value in sent.items()):
        raise Refused("这次调查已经完成，不能再改。情况有出入的，请另作一次调查，写明更正的内容。")


def _check_whole(
    one: Application, kind: VisitKind, visited_on: date, names: list[str], words: Mapping[str, Any], on: date
) -> None:
    if not one.applied_on <= visited_on <= on:
        raise Refused("调查日期应在申请之后，且不晚于今天，请核对。", field="visited_on")
    if len(names) < kind.least:
        raise Refused(f"“{kind.zh}”须有{kind.least}名以上工作人员，请填写姓名（用顿号分开）。", field="visitors")
    relatives = {row.name for row in kin_of(one)} & set(names)
    if relatives:
        raise Refused(f"{'、'.join(relatives)}是申请家庭的近亲属，应当回避，请由其他人员调查。", field="visitors")
    if kind is VisitKind.HOME:
        missing = [zh for name, zh in FIVE.items() if not str(words["five"].get(name, "")).strip()]
        if missing:
            raise Refused(f"五清还缺：{'、'.join(missing)}，请补充；没有异常的写明“与申报一致”。", field=f"five_{_first(words)}")
        if not words.get("cause"):
            raise Refused("请选择主要致贫原因。", field="cause")
    elif not str(words.get("found", "")).strip():
        raise Refused("请填写调查情况。", field="found")
    if not str(words.get("signer", "")).strip() and not str(words.get("no_signature", "")).strip():
        raise Refused("请登记被调查人签字；没有签字的，写明原因。", field="signer")


def _first(words: Mapping[str, Any]) -> str:
    return next((name for name in FIVE if not str(words["five"].get(name, "")).strip()), "members")


@action("assistance.enter")
def add_photo(*, by: Actor, on: date, visit: Visit, name: str, content: bytes) -> Any:
    """A photograph of the visit; place, time and device are taken out of it."""
    may_enter(visit.application, by)
    kept = store_file(
        by=by, on=on, name=name, content=content, need="assistance.read", owner_kind="assistance.visit", owner_id=visit.pk,
        area=visit.area, allowed=PAPERS,
    )  # fmt: skip
    about("assistance.application", visit.application_id, area=visit.area, visit=visit.pk, file=kept.pk)
    return kept


@action("assistance.enter")
def record_appraisal(
    *, by: Actor, on: date, application: Application, held_on: date, place: str, chair: str, present: int, representatives: int,
    agreed: int, against: int, abstained: int, record: str,
) -> Appraisal:  # fmt: skip
    """The neighbours' meeting and its votes. Who must stay away (relatives) does not chair it."""
    may_enter(application, by)
    if not application.applied_on <= held_on <= on:
        raise Refused("评议日期应在申请之后，且不晚于今天，请核对。", field="held_on")
    if present != agreed + against + abstained:
        raise Refused(f"参加{present}人，同意、不同意和弃权共{agreed + against + abstained}人，不相等，请核对。", field="present")
    if present < 1 or representatives > present:
        raise Refused("代表人数不能多于参加人数，请核对。", field="representatives")
    if chair.strip() in {row.name for row in kin_of(application)}:
        raise Refused(f"{chair}是申请家庭的近亲属，应当回避，请另定主持人。", field="chair")
    words = {
        "application": application, "held_on": held_on, "place": place, "chair": chair.strip(), "present": present,
        "representatives": representatives, "agreed": agreed, "against": against, "abstained": abstained, "record": record,
    }  # fmt: skip
    if Appraisal.objects.filter(**words).exists():
        raise Refused("这次民主评议已经登记，无需重复登记。", field="held_on")
    made = Appraisal.objects.create(entered_by_id=by.staff_id, area=application.area, **words)
    about("assistance.application", application.pk, area=application.area, appraisal=made.pk, passed=made.passed)
    return made
