"""Gifts that come as a file: one line a gift, each with its own receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.days import parse_day
from linli.base.money import parse_yuan
from linli.base.names import clean_name
from linli.base.text import tidy
from linli.domains.fundraising import queries
from linli.domains.fundraising.actions.gifts import DonorFacts, record_gift
from linli.domains.fundraising.models import Campaign
from linli.domains.fundraising.rules import CampaignKind, DonorKind, GiftForm, Given, faults_of_gift
from linli.kernel.access.rules import Actor
from linli.kernel.imports.rules import Checked, Fault, ImportColumn, ImportKind, Sheet, Tell, Undone

NOTICE = 200
KINDS = tuple(kind.zh for kind in DonorKind)
KIND_OF = {kind.zh: kind for kind in DonorKind}
COLUMNS = (
    ImportColumn(
        "donor", "捐赠人", help="个人姓名；单位捐赠请只填单位", example="张桂兰", longest=50, aliases=("姓名", "捐款人")
    ),
    ImportColumn(
        "unit", "单位", help="捐赠单位，或个人所在的单位", example="区实验小学", longest=80, aliases=("所在单位", "捐赠单位")
    ),
    ImportColumn("kind", "类别", help="不填时：有捐赠人为个人，只有单位为机关事业单位", choices=KINDS, aliases=("捐赠人类别",)),
    ImportColumn("amount", "金额", required=True, help="单位：元", example="100", aliases=("捐款金额", "金额（元）")),
    ImportColumn("day", "日期", required=True, example="2010-05-12", aliases=("捐赠日期", "捐款日期")),
    ImportColumn("campaign", "募捐活动", required=True, help="与系统中的名称一致", aliases=("活动",)),
    ImportColumn("anonymous", "匿名", help="填“是”则公布时不列名", choices=("是", "否")),
    ImportColumn("consents", "同意公布", help="填“是”则公布姓名或名称", choices=("是", "否")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One gift as the file says it."""

    campaign: Campaign
    donor: DonorFacts
    amount: int
    day: date
    anonymous: bool


def check(sheet: Sheet, faults: list[Fault], by: Actor, on: date, tell: Tell) -> Checked:
    """Judge each row as the form would."""
    known = {campaign.title: campaign for campaign in queries.campaigns(open_on=None).filter(closed_on=None)}
    wrong = {fault.row for fault in faults}
    rows: list[Row] = []
    seen: dict[tuple[Any, ...], int] = {}
    warnings: list[Fault] = []
    for at, cells in enumerate(sheet.frame.iter_rows(named=True)):
        if at % NOTICE == 0:
            tell("检查", at, len(sheet))
        read, found = _read(at, cells, known, on)
        faults += found
        if at in wrong or found or read is None:
            continue
        key = (read.donor.name, read.donor.unit, read.amount, read.day, read.campaign.pk)
        if read.donor.name and key in seen:
            warnings.append(Fault(at, "donor", f"与第{seen[key]}行的捐赠人、金额、日期都相同，请核对是否重复。"))
        seen.setdefault(key, sheet.numbers[at])
        rows.append(read)
    return Checked(len(sheet), faults, warnings, rows)


def _read(at: int, cells: dict[str, Any], known: dict[str, Campaign], on: date) -> tuple[Row | None, list[Fault]]:
    faults: list[Fault] = []

    def cell(key: str, reader: Any, otherwise: Any) -> Any:
        text = cells[key]
        if text is None or not str(text).strip():
            return otherwise
        try:
            return reader(text)
        except ValueError as fault:
            faults.append(Fault(at, key, str(fault)))
            return otherwise

    amount, day = cell("amount", parse_yuan, None), cell("day", parse_day, None)
    person, unit = cell("donor", clean_name, ""), cell("unit", tidy, "")
    campaign = known.get(cell("campaign", tidy, ""))
    if campaign is None and cells["campaign"]:
        faults.append(Fault(at, "campaign", "没有这个名称的活动，或它已结束。请与系统中的名称核对。"))
    if campaign is not None and campaign.kind == CampaignKind.CONTRACT.value:
        faults.append(Fault(at, "campaign", "合同捐赠请在合同页面的分期上登记到款。"))
    if faults or campaign is None or amount is None or day is None:
        return None, faults
    anonymous = cells["anonymous"] == "是"
    given = Given(GiftForm.MONEY, amount, day, person or unit, anonymous)
    found = faults_of_gift(given, on=on, since=campaign.since, until=campaign.until)
    faults += [Fault(at, field if field in cells else "", reason.zh) for field, reason in found]
    consents = cells["consents"] == "是"
    kind = KIND_OF.get(cells["kind"] or "", DonorKind.PERSON if person else DonorKind.OFFICE)
    donor = DonorFacts(person or unit, kind, unit if person else "", consents)
    return Row(campaign, donor, amount, day, anonymous), faults


def apply(checked: Checked, run: int, by: Actor, on: date, tell: Tell) -> dict[str, Any]:
    """Enter each accepted gift, with its receipt."""
    total = 0
    for done, row in enumerate(checked.rows, 1):
        record_gift(
            by=by, on=on, campaign=row.campaign, day=row.day, amount=row.amount, donor=row.donor, anonymous=row.anonymous, run=run
        )
        total += row.amount
        if done % NOTICE == 0:
            tell("登记", done, len(checked.rows))
    return {"made": [["捐赠", len(checked.rows)], ["票据", len(checked.rows)]], "fen": total}


def undo(facts: dict[str, Any], run: int, by: Actor, on: date) -> Undone:
    """Nothing is taken back here: each gift is in the books and has a receipt, so a second person reverses it."""
    numbers = queries.gifts(run=run, state="live").values_list("receipt__number", flat=True)
    return Undone(0, tuple(f"票据{number}已入账，须由财务复核冲正。" for number in numbers))


def gift_import() -> ImportKind:
    """The table of gifts that a unit or a branch collected."""
    return ImportKind(
        "fundraising.gifts", "捐赠名册", "fundraising.give", COLUMNS, check, apply, undo,
        notes=("每行一笔捐赠，逐笔开具票据。", "导入后如有错误，由财务复核逐笔冲正。"), rows=20_000,
    )  # fmt: skip
