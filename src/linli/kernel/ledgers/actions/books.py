"""Opening funds, accounts, purposes and kinds of goods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.base.areas import check_code
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.models import Account, Fund, FundPurpose, Goods, Purpose
from linli.kernel.ledgers.queries import account_of
from linli.kernel.ledgers.rules import CHART, AccountKind, FundKind, FundLevel


@action("ledgers.open")
def open_purpose(*, by: Actor, on: date, key: str, name: str) -> Purpose:
    """A purpose that money may be spent on; the same key again gives the purpose that stands."""
    purpose, _ = Purpose.objects.get_or_create(key=key, defaults={"name": name})
    about("ledgers.purpose", key)
    return purpose


@action("ledgers.open")
def open_goods(*, by: Actor, on: date, key: str, name: str, measure: str, per_room: int | None = None) -> Goods:
    """A kind of goods; the same key again gives the kind that stands. ``per_room``: how many one room may have."""
    words = {"name": name, "measure": measure, "per_room": per_room}
    goods, _ = Goods.objects.get_or_create(key=key, defaults=words)
    about("ledgers.goods", key[:40])
    return goods


@action("ledgers.open")
def open_fund(
    *, by: Actor, on: date, code: str, name: str, kind: FundKind, level: FundLevel, area: str, donor: str = "",
    limits: str = "", purposes: Mapping[str, str] | None = None, year: int | None = None, ceiling: int | None = None,
    account: str = "",
) -> Fund:  # fmt: skip
    """A source of money in the books of the organisation at ``area`` (district or town), with nothing in it yet.

    ``purposes``: purpose key → the paper that sets it; None means that the fund is not restricted. ``year``: it may be spent
    in this year only. ``ceiling``: the most that may be spent of it, in fen. ``account``: the code of the account in which its
    money lies, if not the main bank account. The accounts of the books are opened with the first fund.

    :raises Refused: the code is taken, a restricted fund names no purpose, or the limit is not above zero.
    """
    if ceiling is not None and ceiling <= 0:
        raise Refused("支出限额应大于0；不设限额请留空。", field="ceiling")
    if Fund.objects.filter(code=code).exists():
        raise Refused(f"资金编号“{code}”已被使用，请换一个。", field="code")
    if purposes is not None and not purposes:
        raise Refused("限定用途的资金至少要有一个用途，请补充。", field="purposes")
    known = set(Purpose.objects.filter(key__in=purposes or ()).values_list("key", flat=True))
    if unknown := set(purposes or ()) - known:
        raise Refused(f"用途“{'、'.join(sorted(unknown))}”尚未设立，请先设立用途。", field="purposes")
    complete_chart(area, area)
    held_in = account_of(area, account) if account else None
    if held_in is not None and held_in.kind != AccountKind.CASH.value:
        raise Refused("存放账户应是银行或现金账户，请重新选择。", field="account")
    with refusing():
        fund = Fund.objects.create(
            code=code, name=name, kind=kind.value, level=level.value, book=check_code(area), area=area, donor=donor,
            limits=limits, opened_on=on, restricted=purposes is not None, year=year, ceiling=ceiling, account=held_in,
        )  # fmt: skip
    for key, basis in (purposes or {}).items():
        FundPurpose.objects.create(fund=fund, purpose_id=key, basis=basis, since=on, area=area)
    about("ledgers.fund", fund.pk, area=area)
    return fund


@action("ledgers.open")
def allow_purpose(*, by: Actor, on: date, fund: Fund, purpose: str, basis: str) -> FundPurpose:
    """A further purpose of a restricted fund. ``basis`` is the filed decision or the donor's consent (慈善法 §56).

    For domains whose own act has set it (a plan that was filed); finance asks by :func:`ask_change`.
    """
    if not fund.restricted:
        raise Refused("这项资金没有限定用途，无需增加用途。")
    if not basis.strip():
        raise Refused("变更用途须有依据：请填写备案文号或捐赠人同意书。", field="basis")
    allowed, _ = FundPurpose.objects.get_or_create(
        fund=fund, purpose_id=purpose, defaults={"basis": basis, "since": on, "area": fund.area}
    )
    about("ledgers.fund", fund.pk, area=fund.area, purpose=purpose)
    return allowed


@action("ledgers.open")
def open_account(*, by: Actor, on: date, area: str, code: str, name: str, kind: AccountKind, place: str = "") -> Account:
    """A further account: another bank account, or the store of a place (``place`` e.g. ``registry.Place:12``)."""
    if Account.objects.filter(book=area, code=code).exists():
        raise Refused(f"科目编号“{code}”已被使用，请换一个。", field="code")
    with refusing():
        account = Account.objects.create(book=area, area=area, code=code, name=name, kind=kind.value, place=place)
    about("ledgers.account", account.pk, area=area)
    return account


def complete_chart(book: str, area: str) -> None:
    """The usual accounts of an organisation's books, those that are missing."""
    chart = [Account(book=book, area=area, code=code, name=name, kind=kind.value) for code, name, kind in CHART]
    Account.objects.bulk_create(chart, ignore_conflicts=True)
