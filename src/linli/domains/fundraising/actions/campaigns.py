"""Opening and closing campaigns and funds, and changing what their money may be used for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from linli.base.areas import Level, level_of
from linli.base.text import tidy
from linli.domains.fundraising import queries
from linli.domains.fundraising.models import Campaign, Donor, Gift, PurposeChange
from linli.domains.fundraising.rules import CampaignKind, Plan, faults_of_plan
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.ledgers.rules import FundLevel

ABOVE = (FundLevel.CENTRAL, FundLevel.PROVINCE, FundLevel.CITY)


@action("fundraising.campaign")
def open_campaign(
    *, by: Actor, on: date, title: str, plan: Plan, purposes: Sequence[str] = (), target: int | None = None,
    founder: Donor | None = None, source: str = "", source_level: str = "",
) -> Campaign:  # fmt: skip
    """A fundraising activity with its filed plan, a named fund with its founder, or money asked from above.

    ``purposes``: keys of the books' purposes that its money is held to; none: not restricted. ``target`` in fen.

    :raises Refused: the plan is incomplete, was filed too late, or lasts too long; all faults are named at once.
    """
    if level_of(by.area) not in (Level.DISTRICT, Level.TOWN):
        raise Forbidden("募捐活动由区慈善总会或镇街慈善分会主办。")
    title = tidy(title)
    if not title:
        raise Refused("请填写活动或基金的名称。", field="title")
    _check_plan(plan, by.area)
    _check_heading(plan.kind, purposes, founder, source, source_level)
    parts = {name: getattr(plan, name) for name in (
        "since", "until", "aim", "place", "responsible", "account", "beneficiary", "use", "cost", "surplus", "filed_on", "filing",
    )}  # fmt: skip
    try:
        with transaction.atomic():
            made = Campaign.objects.create(
                title=title, kind=plan.kind.value, purposes=list(dict.fromkeys(purposes)), target=target, founder=founder,
                source=tidy(source), source_level=source_level, made_by_id=by.own_hand, area=by.area, **parts,
            )  # fmt: skip
    except IntegrityError as fault:
        if "fundraising_title_once" not in str(fault):
            raise
        raise Refused(f"已有同名的活动或基金“{title}”，请换一个名称，例如加上年度。", field="title") from fault
    about("fundraising.campaign", made.pk, area=made.area)
    return made


def _check_plan(plan: Plan, area: str) -> None:
    if faults := faults_of_plan(plan, queries.law(), area):
        words = [reason.zh + (f"（{reason.article}）" if reason.article else "") for _, reason in faults]
        raise Refused("".join(words), field=faults[0][0])


def _check_heading(kind: CampaignKind, purposes: Sequence[str], founder: Donor | None, source: str, source_level: str) -> None:
    known = set(ledgers.purposes().values_list("key", flat=True))
    if unknown := set(purposes) - known:
        raise Refused(f"用途“{'、'.join(sorted(unknown))}”尚未设立，请先设立用途。", field="purposes")
    if kind is CampaignKind.NAMED and founder is None:
        raise Refused("冠名基金须写明冠名捐赠人，请补充。", field="founder")
    if kind is CampaignKind.NAMED and not purposes:
        raise Refused("冠名基金须写明约定的用途，请选择。", field="purposes")
    if kind is CampaignKind.UPPER and not source.strip():
        raise Refused("争取的上级资金须写明拨款单位，请补充。", field="source")
    if kind is CampaignKind.UPPER and source_level not in {level.value for level in ABOVE}:
        raise Refused("请选择拨款单位的层级：中央、省级或市级。", field="source_level")


@action("fundraising.campaign")
def close_campaign(*, by: Actor, on: date, campaign: Campaign) -> Campaign:
    """No further gift is taken for it after this day; an activity without a last day ends on it.

    :raises Stale: it was closed already.
    """
    open_ones = Campaign.objects.filter(pk=campaign.pk, closed_on=None, since__lte=on)
    if not open_ones.update(closed_on=on, until=campaign.until if campaign.until and campaign.until <= on else on):
        raise Stale
    campaign.refresh_from_db()
    about("fundraising.campaign", campaign.pk, area=campaign.area)
    return campaign


@action("fundraising.campaign")
def add_purpose(*, by: Actor, on: date, key: str, name: str) -> None:
    """A purpose that money may be spent on, e.g. a new project of aid; the same key again changes nothing."""
    if not key.strip() or not tidy(name):
        raise Refused("请填写用途的名称。", field="name")
    books.open_purpose(by=by, on=on, key=key, name=tidy(name))
    about("ledgers.purpose", key)


@action("fundraising.campaign")
def allow_use(*, by: Actor, on: date, campaign: Campaign, purpose: str, basis: str) -> PurposeChange:
    """A further use of what was raised under a plan. ``basis`` is the filed decision (慈善法 §56).

    Gifts whose donor named a purpose stay as they are: their donor's consent is needed (:func:`allow_gift_use`).

    :raises Refused: no paper, a campaign that is not restricted, or a purpose that is allowed already.
    """
    if not campaign.purposes:
        raise Refused("这项活动没有限定用途，无需变更。")
    if purpose in queries.purposes_of(campaign):
        raise Refused("这一用途已在方案之内，无需变更。", field="purpose")
    basis = _paper(basis)
    change = PurposeChange.objects.create(
        campaign=campaign, purpose_id=_known(purpose), basis=basis, on=on, made_by_id=by.own_hand, area=campaign.area
    )
    by_plan = Gift.objects.filter(campaign=campaign, purpose="").order_by().values("fund").distinct()
    for fund in ledgers.funds().filter(pk__in=by_plan, restricted=True):
        books.allow_purpose(by=by, on=on, fund=fund, purpose=purpose, basis=basis)
    about("fundraising.campaign", campaign.pk, area=campaign.area, purpose=purpose)
    return change


@action("fundraising.campaign")
def allow_gift_use(*, by: Actor, on: date, gift: Gift, purpose: str, basis: str) -> None:
    """A further use of gifts that a donor restricted. ``basis`` is the donor's written consent (慈善法 §56).

    :raises Refused: no paper, or the donor set no purpose.
    """
    if not gift.purpose:
        raise Refused("捐赠人没有指定用途；如需变更方案的用途，请在活动页面办理。")
    books.allow_purpose(by=by, on=on, fund=gift.fund, purpose=_known(purpose), basis=_paper(basis))
    about("fundraising.gift", gift.pk, area=gift.area, purpose=purpose)


def _paper(basis: str) -> str:
    if not tidy(basis):
        raise Refused("变更用途须有依据：请填写备案文号或捐赠人同意书。", field="basis")
    return tidy(basis)


def _known(purpose: str) -> str:
    if not ledgers.purposes().filter(pk=purpose).exists():
        raise Refused("没有这一用途，请重新选择。", field="purpose")
    return purpose
