"""Receipts with the copies that donors may look up, and the publication of what was raised."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from linli.base.areas import Level, level_of
from linli.domains.fundraising import queries
from linli.domains.fundraising.actions.receipts import new_check_word
from linli.domains.fundraising.models import Campaign, Disclosure, Gift, PublicFund, PublicReceipt, Receipt
from linli.domains.fundraising.rules import KIND_HEART, GiftForm
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.publicity import actions as publicity
from linli.kernel.publicity.rules import Entry, Who
from linli.kernel.registry.queries import area_name


def body_of(area: str, on: date) -> str:
    """The name of the organisation that takes gifts at this area."""
    name = area_name(area, on)
    return f"{name}慈善总会" if level_of(area) is Level.DISTRICT else f"{name}慈善分会"


def show_receipt(*, by: Actor, on: date, gift: Gift, number: str) -> Receipt:
    """The receipt of a gift, and the copy that its holder may look up."""
    word = new_check_word()
    _, year, serial = number.split("-")
    receipt = Receipt.objects.create(
        gift=gift, number=number, year=int(year), serial=int(serial), check_word=word, body=body_of(gift.area, on),
        handler=by.name, issued_on=on, area=gift.area,
    )  # fmt: skip
    _count_in(gift, on, gift.amount)
    PublicReceipt.objects.create(
        number=number, check_hash=queries.check_hash(number, word), fund_id=gift.fund_id, campaign=gift.campaign.title,
        what=gift.what, body=receipt.body, day=gift.day, area=gift.area,
    )  # fmt: skip
    return receipt


def void_receipt(*, gift: Gift, on: date) -> None:
    """The copy says that the receipt is void from this day."""
    PublicReceipt.objects.filter(number=gift.receipt.number).update(void_on=on)
    _count_in(gift, on, -gift.amount)


def _count_in(gift: Gift, on: date, amount: int) -> None:
    money = amount if gift.form == GiftForm.MONEY.value else 0
    none = {"name": gift.fund.name, "received": 0, "spent": 0, "families": 0, "uses": [], "as_of": on, "area": gift.area}
    PublicFund.objects.get_or_create(id=gift.fund_id, defaults=none)
    if money:
        PublicFund.objects.filter(pk=gift.fund_id).update(received=F("received") + money)


@action("fundraising.tell")
def tell_donors(*, by: Actor, on: date) -> int:
    """Bring the copies to how the funds stand now; how many funds. No names leave the books (慈善法 §42, §82)."""
    copies = list(PublicFund.objects.values_list("pk", flat=True))
    for use in queries.uses_of(ledgers.funds().filter(pk__in=copies)):
        uses = [{"purpose": name, "amount": amount} for name, amount in use.by_purpose]
        PublicFund.objects.filter(pk=use.fund.pk).update(
            received=use.received, spent=use.spent, families=use.families, uses=uses, as_of=on
        )
    about("fundraising.fund", "all", funds=len(copies))
    return len(copies)


def lines_to_publish(campaign: Campaign) -> list[Entry]:
    """One line for each gift of the present scope, in the order of the days: the donor as the law lets them be named."""
    found = queries.gifts(campaign=campaign.pk, state="live").order_by("day", "id")
    return [Entry("", {"donor": _who(gift), "what": gift.what, "day": gift.day}) for gift in found]


def _who(gift: Gift) -> Who:
    if gift.anonymous or gift.donor is None or not gift.donor.consents:
        return Who(KIND_HEART, minor=False)
    return Who(gift.donor.name, minor=gift.donor.minor)


@action("fundraising.publish")
def publish_gifts(*, by: Actor, on: date, campaign: Campaign, contact: str) -> Disclosure:
    """Make public what a campaign raised so far, line by line (慈善法 §79). ``contact``: where questions are heard.

    :raises Refused: nothing was given yet, or the campaign belongs to another organisation.
    """
    if campaign.area != by.area:
        raise Refused("募捐情况由主办单位公布。")
    lines = lines_to_publish(campaign)
    if not lines:
        raise Refused("这项活动还没有捐赠，暂时没有可以公布的内容。")
    term = queries.law().on("fundraising.notice.days", on, by.area).term
    draft = publicity.draft_notice(
        by=by, on=on, kind="fundraising.gifts", area=by.area, area_name=area_name(by.area, on), issuer=body_of(by.area, on),
        contact=contact, entries=lines, words={"campaign": campaign.title}, term=term,
    )  # fmt: skip
    notice = publicity.publish(by=by, on=on, notice=draft)
    done = Disclosure.objects.create(campaign=campaign, notice_id=notice.pk, on=on, area=campaign.area)
    about("fundraising.campaign", campaign.pk, area=campaign.area, notice=notice.pk, lines=len(lines))
    return done
