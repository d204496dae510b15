"""A provider's way: application, trial, admission by a second person, a pause, an end."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.names import sort_key
from linli.base.text import tidy
from linli.domains.providers.actions.common import PROVIDER, codes_of, fit, note
from linli.domains.providers.models import Provider
from linli.domains.providers.queries import departments_of, offers_of, proposal_of, record_of
from linli.domains.providers.queries.members import SEATS, events_of
from linli.domains.providers.rules import ACTIVE, BOUND, Ground, ProviderKind, Standing, Step, bar, end_of_trial, judge
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders import actions as work
from linli.kernel.orders.rules import DeskKind
from linli.kernel.registry.actions import found_area
from linli.kernel.registry.queries import area_on_day, areas_on, organisation_by_id, person_by_id

UNITS_NAME = "加盟服务单位"


@action("providers.keep")
def apply(
    *, by: Actor, on: date, name: str, kind: ProviderKind, contact: str, phone: str, licence: str, staff: int = 1,
    everywhere: bool = False, reaches: tuple[str, ...] = (), opens: time | None = None, closes: time | None = None,
    weekends: bool = False, organisation_id: int | None = None, person_id: int | None = None,
) -> Provider:  # fmt: skip
    """An application is entered; until somebody agrees to a trial it gets no orders.

    :raises Refused: an individual without a registered person, a place that is none, or somebody who has applied already.
    """
    if kind is ProviderKind.PERSON and (person_id is None or person_by_id(person_id) is None):
        raise Refused("请填写本人的身份证号；一技之长服务者须是登记的居民，没有登记的，请先由所在社区登记。", field="number")
    if kind is not ProviderKind.PERSON and (organisation_id is None or organisation_by_id(organisation_id) is None):
        raise Refused("请选择单位登记中的单位；没有登记的，请先由所在社区登记。", field="organisation_id")
    words = _how(on, by, everywhere, reaches, opens, closes, weekends) | {"name": tidy(name)[:60], "staff": staff}
    try:
        with transaction.atomic():
            made = Provider.objects.create(
                **words, sort_key=sort_key(tidy(name)), kind=kind, contact=tidy(contact)[:60], phone=tidy(phone)[:20],
                organisation_id=None if kind is ProviderKind.PERSON else organisation_id,
                person_id=person_id if kind is ProviderKind.PERSON else None,
                licence=tidy(licence)[:200], applied_on=on, entered_by_id=by.own_hand, area=by.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("已有同名的服务商，或这个单位、这位居民已经申请，请从列表中查找。", field="name") from fault
    note(made, Step.APPLIED, by=by, on=on)
    about(PROVIDER, made.pk, area=made.area)
    return made


def _how(
    on: date, by: Actor, everywhere: bool, reaches: tuple[str, ...], opens: time | None, closes: time | None, weekends: bool
) -> dict[str, Any]:
    """Where and when it serves, checked."""
    if not everywhere and not reaches:
        raise Refused("请选择服务的镇街或社区（村），服务全区的勾选“服务全区”。", field="towns")
    known = set(areas_on(on).filter(code__in=reaches).values_list("code", flat=True))
    if wrong := [code for code in reaches if code not in known or code[:6] != by.area[:6]]:
        raise Refused(f"没有这些镇街村居：{'、'.join(wrong)}，请重新选择。", field="towns")
    if (opens is None) != (closes is None) or (opens and closes and opens >= closes):
        raise Refused("请填写开始和结束的时间，结束应晚于开始；全天服务的都不填。", field="closes")
    return {
        "everywhere": everywhere, "reaches": [] if everywhere else sorted(set(reaches)), "opens": opens, "closes": closes,
        "weekends": weekends,
    }  # fmt: skip


@action("providers.keep")
def change(
    *, by: Actor, on: date, provider: Provider, contact: str, phone: str, licence: str, staff: int, everywhere: bool,
    reaches: tuple[str, ...], opens: time | None, closes: time | None, weekends: bool,
) -> Provider:  # fmt: skip
    """Whom to call, how many work there, where and when it serves now; the desk follows."""
    if Standing(provider.standing) not in (*BOUND, Standing.APPLIED):
        raise Refused("这个服务商已不在册，不能更改；再次加盟的请重新申请。")
    words = _how(on, by, everywhere, reaches, opens, closes, weekends)
    words |= {"contact": tidy(contact)[:60], "phone": tidy(phone)[:20], "licence": tidy(licence)[:200], "staff": staff}
    Provider.objects.filter(pk=provider.pk).update(**words)
    provider.refresh_from_db()
    fit(provider, by=by, on=on)
    about(PROVIDER, provider.pk, area=provider.area)
    return provider


@action("providers.judge")
def start_trial(*, by: Actor, on: date, provider: Provider) -> Provider:
    """Somebody else than who entered the application agrees: the provider has a seat, a desk, and gets orders on trial."""
    by.apart_from(provider.entered_by_id, said="申请由本人登记，应当由另一人同意试用。")
    if Standing(provider.standing) is not Standing.APPLIED:
        raise Stale("这个服务商的申请已经办理，请刷新后再看。")
    if not any(one.fen is not None for one in offers_of(provider, on)):
        raise Refused("还没有登记服务项目和价格，请先登记，再同意试用。")
    seat = _seat(by, on, provider.name)
    person = ProviderKind(provider.kind) is ProviderKind.PERSON
    desk = work.keep_desk(
        by=by, on=on, name=provider.name, kind=DeskKind.VOLUNTEER if person else DeskKind.FIRM, area=seat,
        codes=codes_of(provider), duty=f"{ProviderKind(provider.kind).zh}，服务电话{provider.phone}",
    )  # fmt: skip
    until = end_of_trial(on, bar(on, by.area))
    same = Provider.objects.filter(pk=provider.pk, standing=Standing.APPLIED)
    if not same.update(standing=Standing.TRIAL, desk=desk, area=seat, trial_since=on, trial_until=until):
        raise Stale
    provider.refresh_from_db()
    fit(provider, by=by, on=on)
    note(provider, Step.TRIED, by=by, on=on, facts={"until": until.isoformat()})
    about(PROVIDER, provider.pk, area=provider.area, standing=provider.standing)
    return provider


def _seat(by: Actor, on: date, name: str) -> str:
    """The code of a unit of its own under the district's pseudo-town of providers, which is founded with the first."""
    town = f"{by.area[:6]}{SEATS}000"
    if area_on_day(town, on) is None:
        found_area(by=by, on=on, code=town, name=UNITS_NAME, kind="units")
    prefix = town[:9]
    last = Provider.objects.filter(area__startswith=prefix).order_by("-area").values_list("area", flat=True).first()
    number = int(last[9:]) + 1 if last else 1
    if number > 999:
        raise Refused("加盟服务单位的编号已用完，请联系系统管理员。")
    found_area(by=by, on=on, code=f"{prefix}{number:03d}", name=name, kind="unit")
    return f"{prefix}{number:03d}"


@action("providers.judge")
def extend_trial(*, by: Actor, on: date, provider: Provider, why: str) -> Provider:
    """A trial goes on once for as long again."""
    said = _said(why, "延长试用的理由")
    if events_of(provider).filter(step=Step.EXTENDED).exists():
        raise Refused("试用期只能延长一次，请提请加盟或不予加盟。")
    until = end_of_trial(max(provider.trial_until + timedelta(days=1), on), bar(on, by.area)) if provider.trial_until else None
    if until is None or not Provider.objects.filter(pk=provider.pk, standing=Standing.TRIAL).update(trial_until=until):
        raise Refused("只有试用中的服务商可以延长试用。")
    provider.refresh_from_db()
    note(provider, Step.EXTENDED, by=by, on=on, text=said, facts={"until": until.isoformat()})
    about(PROVIDER, provider.pk, area=provider.area, until=until.isoformat())
    return provider


@action("providers.keep")
def propose(*, by: Actor, on: date, provider: Provider, why: str) -> Provider:
    """At the end of the trial what was done is counted and kept with the proposal to admit.

    :raises Refused: the trial still runs, or the bar is not reached; every ground is told.
    """
    said = _said(why, "评议意见")
    if Standing(provider.standing) is not Standing.TRIAL or provider.trial_since is None or provider.trial_until is None:
        raise Refused("只有试用中的服务商可以提请加盟。")
    if on < provider.trial_until:
        raise Refused(f"试用期到{provider.trial_until}，期满再提请加盟。")
    if proposal_of(provider):
        raise Refused("已经提请加盟，等待另一人批准。")
    outcome = judge(record_of(provider, provider.trial_since, on), bar(on, by.area))
    if not outcome.granted:
        reasons = "；".join(one.zh for one in outcome.reasons)
        raise Refused(f"还不能加盟：{reasons}。可以延长试用一次，或不予加盟。")
    note(provider, Step.PROPOSED, by=by, on=on, text=said, facts=outcome.to_json())
    about(PROVIDER, provider.pk, area=provider.area)
    return provider


@action("providers.admit")
def admit(*, by: Actor, on: date, provider: Provider, opinion: str) -> Provider:
    """The second person admits what another hand proposed."""
    said, asked = _said(opinion, "审批意见"), proposal_of(provider)
    if asked is None:
        raise Refused("还没有人提请加盟，请先由另一人提请。")
    by.apart_from(asked.by_id, said="不能批准自己提请的加盟，请由另一人办理。")
    if not Provider.objects.filter(pk=provider.pk, standing=Standing.TRIAL).update(standing=Standing.MEMBER, member_since=on):
        raise Stale("这个服务商的状态刚才已变，请刷新后再看。")
    provider.refresh_from_db()
    note(provider, Step.ADMITTED, by=by, on=on, text=said)
    about(PROVIDER, provider.pk, area=provider.area, standing=provider.standing)
    return provider


@action("providers.judge")
def refuse(*, by: Actor, on: date, provider: Provider, why: str) -> Provider:
    """An application is not taken, or a trial was not passed."""
    said = _said(why, "不予加盟的理由")
    if Standing(provider.standing) not in (Standing.APPLIED, Standing.TRIAL):
        raise Refused("已经加盟的，请按退出办理。")
    return _end(provider, Standing.REFUSED, Step.REFUSED, by=by, on=on, text=said)


@action("providers.judge")
def remove(*, by: Actor, on: date, provider: Provider, ground: Ground, why: str) -> Provider:
    """A provider leaves, by its own wish or on a ground. What it has in hand is settled or sent elsewhere first."""
    said = _said(why, "退出的理由")
    if Standing(provider.standing) not in BOUND:
        raise Refused("这个服务商不在册。")
    return _end(provider, Standing.REMOVED, Step.REMOVED, by=by, on=on, text=said, ground=ground)


def _end(
    provider: Provider, standing: Standing, step: Step, *, by: Actor, on: date, text: str, ground: Ground | None = None
) -> Provider:
    if provider.desk is not None:
        work.close_desk(by=by, on=on, desk=provider.desk)
    same = Provider.objects.filter(pk=provider.pk, standing=provider.standing)
    if not same.update(standing=standing, ended_on=on, before=""):
        raise Stale
    provider.refresh_from_db()
    offers_of(provider, on).update(until=on)
    departments_of(provider).update(until=on)
    note(provider, step, by=by, on=on, text=text, ground=ground)
    about(PROVIDER, provider.pk, area=provider.area, standing=standing.value)
    return provider


@action("providers.suspend")
def suspend(*, by: Actor, on: date, provider: Provider, ground: Ground, why: str) -> Provider:
    """Nothing is sent there any more until somebody else restores it; what it has in hand is sent elsewhere one by one."""
    said = _said(why, "暂停的理由")
    if Standing(provider.standing) not in ACTIVE or provider.desk is None:
        raise Refused("只有试用或加盟中的服务商可以暂停派单。")
    same = Provider.objects.filter(pk=provider.pk, standing=provider.standing)
    if not same.update(standing=Standing.SUSPENDED, before=provider.standing):
        raise Stale
    work.pause_desk(by=by, on=on, desk=provider.desk, paused=True)
    provider.refresh_from_db()
    note(provider, Step.SUSPENDED, by=by, on=on, text=said, ground=ground)
    about(PROVIDER, provider.pk, area=provider.area, standing=provider.standing)
    return provider


@action("providers.judge")
def restore(*, by: Actor, on: date, provider: Provider, why: str) -> Provider:
    """Another person than who paused it lets it have orders again."""
    said = _said(why, "恢复的理由")
    paused = events_of(provider).filter(step=Step.SUSPENDED).first()
    if Standing(provider.standing) is not Standing.SUSPENDED or paused is None or provider.desk is None:
        raise Refused("这个服务商没有暂停。")
    by.apart_from(paused.by_id, said="由本人暂停的，应当由另一人恢复。")
    same = Provider.objects.filter(pk=provider.pk, standing=Standing.SUSPENDED)
    if not same.update(standing=provider.before, before=""):
        raise Stale
    work.pause_desk(by=by, on=on, desk=provider.desk, paused=False)
    provider.refresh_from_db()
    note(provider, Step.RESTORED, by=by, on=on, text=said)
    about(PROVIDER, provider.pk, area=provider.area, standing=provider.standing)
    return provider


def _said(text: str, label: str) -> str:
    said = tidy(text)
    if len(said) < 2:
        raise Refused(f"请填写{label}。", field="why")
    return said[:300]
