"""Taking gifts: the donor, the books and the receipt in one act; and answering a wrong one by its reversal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linli.base.areas import Level, level_of
from linli.base.money import show_yuan
from linli.base.names import clean_name
from linli.base.text import is_formula_like, tidy
from linli.domains.fundraising import queries
from linli.domains.fundraising.actions.funds import fund_for
from linli.domains.fundraising.actions.publishing import show_receipt, void_receipt
from linli.domains.fundraising.actions.receipts import draw_receipt
from linli.domains.fundraising.models import Campaign, Contract, Donor, Gift, Instalment, Reversal
from linli.domains.fundraising.rules import (
    CampaignKind,
    DonorKind,
    GiftForm,
    Given,
    Tie,
    books_level,
    faults_of_gift,
)
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import goods_key

if TYPE_CHECKING:
    from linli.kernel.ledgers.models import Posting


@dataclass(frozen=True)
class DonorFacts:
    """What is told of the donor. ``unit``: where a person works, when the unit collected. ``consents``: to be named."""

    name: str = ""
    kind: DonorKind = DonorKind.PERSON
    unit: str = ""
    consents: bool = False
    minor: bool = False


NOBODY = DonorFacts()
PIECE = "件"


@action("fundraising.give")
def record_gift(
    *, by: Actor, on: date, campaign: Campaign, day: date, amount: int = 0, donor: DonorFacts = NOBODY, anonymous: bool = False,
    form: GiftForm = GiftForm.MONEY, goods: str = "", measure: str = "", pieces: int = 0, purpose: str = "", wish: str = "",
    designated: str = "", tie: Tie | None = None, instalment: Instalment | None = None, replaces: Gift | None = None,
    run: int | None = None,
) -> Gift:  # fmt: skip
    """Enter a gift in the books of the actor's organisation and issue its receipt.

    ``amount``: the money, or the value of the goods, in fen. ``purpose``: the donor's own restriction, within the plan's.
    ``replaces``: the reversed gift that this one puts right. ``run``: the import that it came with.

    :raises Refused: see :func:`linli.domains.fundraising.rules.faults_of_gift`; all faults are named at once.
    """
    if level_of(by.area) not in (Level.DISTRICT, Level.TOWN):
        raise Forbidden("捐赠由区慈善总会或镇街慈善分会登记。")
    given = Given(form, amount, day, _named(donor), anonymous, tidy(goods), pieces, tidy(designated), tie)
    _check(given, campaign, on)
    _check_links(campaign, instalment, replaces, amount)
    giver = _donor(by, on, donor) if given.donor else None
    fund = fund_for(by=by, on=on, campaign=campaign, purpose=_purpose(campaign, purpose))
    number = draw_receipt(area=by.area, year=on.year)
    words: dict[str, Any] = {
        "by": by,
        "on": on,
        "fund": fund,
        "reference": f"fundraising:{number}",
        "source": f"fundraising.campaign:{campaign.pk}",
    }
    words |= {"memo": f"{campaign.title} {number}", "party": f"fundraising.Donor:{giver.pk}" if giver else ""}
    in_goods = form is GiftForm.GOODS
    unit = (tidy(measure) or PIECE) if in_goods else ""
    posting = _store(given, unit, words) if in_goods else books.receive(amount=amount, **words)
    gift = Gift.objects.create(
        campaign=campaign, donor=giver, anonymous=anonymous, form=form.value, amount=amount, day=day, wish=tidy(wish),
        goods=given.goods if in_goods else "", measure=unit, pieces=pieces if in_goods else 0, purpose=purpose,
        designated=given.designated, tie=tie.value if tie else "", instalment=instalment, replaces=replaces, run=run, fund=fund,
        posting=posting, level=books_level(by.area).value, staff_id=by.own_hand, area=by.area,
    )  # fmt: skip
    show_receipt(by=by, on=on, gift=gift, number=number)
    about("fundraising.gift", gift.pk, area=gift.area, campaign=campaign.pk, amount=amount)
    return gift


def _store(given: Given, unit: str, words: dict[str, Any]) -> Posting:
    """The goods come into the store, counted in their own unit."""
    try:
        key = goods_key(given.goods, unit)
    except ValueError as fault:
        raise Refused(str(fault), field="goods") from fault
    books.open_goods(by=words["by"], on=words["on"], key=key, name=given.goods, measure=unit)
    return books.bring_in_goods(goods=key, pieces=given.pieces, **words)


def _named(donor: DonorFacts) -> str:
    """The donor's name as it is stored; empty when none was told."""
    if not donor.name.strip():
        return ""
    try:
        name = clean_name(donor.name) if donor.kind is DonorKind.PERSON else tidy(donor.name)
    except ValueError as fault:
        raise Refused(str(fault), field="donor") from fault
    for field, label, text in (("donor", "捐赠人", name), ("unit", "所在单位", tidy(donor.unit))):
        if is_formula_like(text):
            raise Refused(f"{label}以等号、加减号或@开头，像是公式，请改成文字。", field=field)
        if len(text) > 80:
            raise Refused(f"{label}不能超过80个字，请缩短。", field=field)
    return name


def _check(given: Given, campaign: Campaign, on: date) -> None:
    if campaign.closed_on is not None and given.day > campaign.closed_on:
        raise Refused(f"“{campaign.title}”已于{campaign.closed_on}结束，不能再登记捐赠，请改选其他活动。", field="campaign")
    if faults := faults_of_gift(given, on=on, since=campaign.since, until=campaign.until):
        words = [reason.zh + (f"（{reason.article}）" if reason.article else "") for _, reason in faults]
        raise Refused("".join(words), field=faults[0][0])


def _check_links(campaign: Campaign, instalment: Instalment | None, replaces: Gift | None, amount: int) -> None:
    if instalment is not None:
        _check_instalment(campaign, instalment, amount)
    elif campaign.kind == CampaignKind.CONTRACT.value:
        raise Refused("合同捐赠请在合同页面的分期上登记到款。", field="campaign")
    if replaces is not None and not Reversal.objects.filter(gift=replaces).exists():
        raise Refused("原来的捐赠还没有冲正，请先由财务复核冲正，再重新登记。")
    if replaces is not None and Gift.objects.filter(replaces=replaces).exists():
        raise Refused("原来的捐赠已经重新登记过，无需再次登记。")


def _check_instalment(campaign: Campaign, instalment: Instalment, amount: int) -> None:
    contract = Contract.objects.select_for_update().get(pk=instalment.contract_id)  # two payments wait for each other
    if contract.campaign_id != campaign.pk:
        raise Refused("这一期付款属于另一项活动的合同，请重新选择。", field="campaign")
    left = queries.instalment_of(instalment.pk).left
    if amount > left:
        raise Refused(f"这一期尚欠{show_yuan(left)}元，到款不能超过它；多付的部分请登记到下一期或另作捐赠。", field="amount")


def _purpose(campaign: Campaign, purpose: str) -> str:
    allowed = queries.purposes_of(campaign)
    if purpose and allowed and purpose not in allowed:
        raise Refused(f"捐赠人指定的用途不在“{campaign.title}”的方案之内，请改选用途或登记到其他活动。", field="purpose")
    return purpose


def _donor(by: Actor, on: date, facts: DonorFacts) -> Donor:
    """The donor as this organisation knows them; a consent that is given now holds for the earlier gifts too."""
    donor, _ = Donor.objects.get_or_create(
        area=by.area, kind=facts.kind.value, name=_named(facts), unit=tidy(facts.unit),
        defaults={"minor": facts.minor, "consents": facts.consents, "consented_on": on if facts.consents else None},
    )  # fmt: skip
    if facts.consents and not donor.consents:
        Donor.objects.filter(pk=donor.pk).update(consents=True, consented_on=on)
        donor.refresh_from_db()
    return donor


@action("fundraising.give")
def register_donor(*, by: Actor, on: date, donor: DonorFacts) -> Donor:
    """A donor known before the first gift: the founder of a fund, the other side of a contract.

    :raises Refused: no name.
    """
    if not _named(donor):
        raise Refused("请填写捐赠人的名称。", field="donor")
    made = _donor(by, on, donor)
    about("fundraising.donor", made.pk, area=made.area)
    return made


@action("fundraising.give")
def set_consent(*, by: Actor, on: date, donor: Donor, consents: bool) -> Donor:
    """The donor agrees to be named in what is published, or agrees no longer (慈善法 §82)."""
    words = {"consents": consents, "consented_on": on if consents else None}
    if not Donor.objects.filter(pk=donor.pk, consents=not consents).update(**words):
        raise Stale()
    donor.refresh_from_db()
    about("fundraising.donor", donor.pk, area=donor.area, consents=consents)
    return donor


@action("fundraising.reverse")
def reverse_gift(*, by: Actor, on: date, gift: Gift, reason: str) -> Reversal:
    """A gift that was entered wrongly is answered by its mirror posting, and its receipt is void. Another person does it.

    :raises Refused: the same person, no reason, reversed already, or the money has been used since.
    """
    by.apart_from(gift.staff_id, said="捐赠须由另一人冲正，不能冲正本人登记的捐赠。")
    if not tidy(reason):
        raise Refused("请填写冲正原因。", field="reason")
    posting = books.reverse(by=by, on=on, posting=gift.posting, reason=tidy(reason))
    done = Reversal.objects.create(
        gift=gift, posting=posting, reason=tidy(reason)[:200], on=on, staff_id=by.own_hand, area=gift.area
    )
    void_receipt(gift=gift, on=on)
    about("fundraising.gift", gift.pk, area=gift.area)
    return done
