"""What medical assistance counts: money and person-times, by way of treatment, class of illness and of patient (RELIEF-03)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.medical import queries
from linli.domains.medical.models import Bill, Statement
from linli.domains.medical.rules import Illness, Way
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Share, Unit
from linli.kernel.ledgers.queries import line_shown
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.law.medical import Patient

OWNER, BASIS = "区民政局社会救助科", "民政事业统计：医疗救助"
PARTS = (
    Breakdown("way", "就诊方式", "way", dict(Way.choices())),
    Breakdown("illness", "疾病类别", "illness", dict(Illness.choices())),
    Breakdown("patient", "对象类别", "patient", dict(Patient.choices())), Breakdown("hospital", "定点医院", "hospital__name"),
)  # fmt: skip


def _bill(one: Bill) -> tuple[str, str]:
    return f"{one.hospital.name}　{one.invoice}　救助{show_yuan(one.aid)}元", reverse("medical:bill", args=[one.pk])


def _statement(one: Statement) -> tuple[str, str]:
    return f"{one.hospital.name}　{one.bills}笔", reverse("medical:statement", args=[one.pk])


def _rows(**words: Any) -> Any:
    def rows(period: Period) -> Any:
        found = Bill.objects.filter(**period.within("left_on"), state="settled", **words)
        return found.select_related("hospital")

    return rows


def _figure(key: str, zh: str, words: str, unit: Unit, rows: Any, **more: Any) -> Figure:
    return Figure(
        f"medical.{key}", zh, words, unit, Kind.FLOW, rows, breakdowns=PARTS, describe=_bill, owner=OWNER, basis=BASIS,
        persons=unit is Unit.TIMES, **more,
    )  # fmt: skip


FUNDING_PARTS = (
    Breakdown("kind", "来源", "fund__kind", dict(FundKind.choices())),
    Breakdown("level", "层级", "fund__level", dict(FundLevel.choices())), Breakdown("fund", "资金", "fund__name"),
)  # fmt: skip
SPECIAL = "限定可用于医疗救助的资金"


def _funding(part: str, zh: str, words: str, kind: Kind = Kind.FLOW) -> Figure:
    def rows(period: Period) -> Any:
        since = None if kind is Kind.STOCK else period.first
        return queries.funding_lines(part, since=since, until=period.last)

    return Figure(
        f"medical.funding.{part}", zh, words, Unit.FEN, kind, rows, "sum:fen", breakdowns=FUNDING_PARTS, describe=line_shown,
        owner=OWNER, basis="医疗救助筹资与财政专项资金",
    )  # fmt: skip


FUNDING = (
    _funding("income", "医疗救助资金筹集", f"统计期内{SPECIAL}的收入，上年结余不计"),
    _funding("spent", "医疗救助资金支出", f"统计期内{SPECIAL}的支出，取消、冲正和追回的扣除"),
    _funding("balance", "医疗救助资金结余", f"期末{SPECIAL}历年收入与支出之差", Kind.STOCK),
)
SHARES = (
    Share(
        "medical.funding", "医疗救助人均筹资", "统计期内医疗救助资金筹集与期末登记人口之商", "medical.funding.income",
        "registry.people", per="元/人",
    ),
)  # fmt: skip
FIGURES = (
    *FUNDING,
    _figure("times", "医疗救助人次", "统计期内出院或就诊、得到医疗救助的人次", Unit.TIMES, _rows(aid__gt=0), dashboard=16),
    _figure("inpatient", "医疗救助人次：住院", "统计期内出院、得到医疗救助的人次", Unit.TIMES,
            _rows(aid__gt=0, way=Way.INPATIENT)),
    _figure("outpatient", "医疗救助人次：门诊", "统计期内门诊就诊、得到医疗救助的人次", Unit.TIMES,
            _rows(aid__gt=0, way=Way.OUTPATIENT)),
    _figure("money", "医疗救助资金", "统计期内结算的医疗救助金额", Unit.FEN, _rows(), measure="sum:aid", dashboard=17),
    _figure("cost", "医疗救助对象总费用", "统计期内结算的医疗总费用", Unit.FEN, _rows(), measure="sum:cost"),
    Figure(
        "medical.paid", "与定点医院结算的救助款", "统计期内核定、付给定点医院的金额", Unit.FEN, Kind.FLOW,
        lambda period: Statement.objects.filter(**period.within("made_on")).select_related("hospital"), "sum:amount",
        breakdowns=(Breakdown("hospital", "定点医院", "hospital__name"),), describe=_statement, owner=OWNER, basis=BASIS,
    ),
)  # fmt: skip
RELATIONS = (
    Relation(
        "medical.times.ways", "住院与门诊人次之和等于医疗救助人次", ("medical.times",), "=",
        ("medical.inpatient", "medical.outpatient"),
    ),
    Relation("medical.money.most", "救助金额不多于总费用", ("medical.money",), "<=", ("medical.cost",)),
)
