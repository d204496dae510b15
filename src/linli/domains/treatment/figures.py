"""What medical help counts: patients treated, costs waived, money paid to hospitals. Rows name no case and no person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from linli.base.money import show_yuan
from linli.domains.treatment import queries
from linli.domains.treatment.rules import PAID_BY_FUND, PROJECTS, WAIVED, Bearer, Organiser
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Unit, add_up, parts_of

OFFICE = "区慈善总会"
SPARED = tuple(bearer.value for bearer in sorted(WAIVED))
PAID = tuple(bearer.value for bearer in sorted(PAID_BY_FUND))
ORGANISERS = {one.value: one.zh for one in Organiser}
NAMES = {key: one.zh for key, one in PROJECTS.items()}
BY_PROJECT = Breakdown("project", "项目", "round__project", NAMES)
BY_ORGANISER = Breakdown("organiser", "组织单位", "round__organiser", ORGANISERS)
BY_HOSPITAL = Breakdown("hospital", "定点医院", "round__hospital_name")
BY_ROUND = Breakdown("round", "批次", "round__title")
BY_BEARER = Breakdown("bearer", "承担方", "bearer", {one.value: one.zh for one in Bearer})
PATIENT_PARTS = (BY_PROJECT, BY_ORGANISER, BY_HOSPITAL, BY_ROUND)
SHARE_PARTS = (
    BY_BEARER, *(Breakdown(one.key, one.zh, f"patient__{one.column}", one.names) for one in PATIENT_PARTS),
)  # fmt: skip


def _patient(one: Any) -> tuple[str, str]:
    """A row tells the round and the hospital; who it is opens for nobody from here."""
    return f"救助记录{one.pk}　{one.round.title}　{one.round.hospital_name}", ""


def _share(one: Any) -> tuple[str, str]:
    return f"救助记录{one.patient_id}　{Bearer(one.bearer).zh} {show_yuan(one.amount)}元", ""


def _shares(bearers: tuple[str, ...]) -> Callable[[Period], QuerySet[Any]]:
    return lambda period: queries.shares(period.first, period.last, bearers)


def _figure(
    key: str, zh: str, words: str, rows: Any, *, unit: Unit = Unit.FEN, measure: str = "sum:amount", rank: int = 0
) -> Figure:
    persons = unit is Unit.PERSON
    return Figure(
        f"treatment.{key}", zh, words, unit, Kind.FLOW, rows, measure, breakdowns=PATIENT_PARTS if persons else SHARE_PARTS,
        describe=_patient if persons else _share, owner=OFFICE, basis="慈善救助情况通报", persons=persons, dashboard=rank,
    )  # fmt: skip


PATIENTS = _figure(
    "patients", "医疗康复救助人数", "统计期内治疗的人数", lambda period: queries.treated(period.first, period.last),
    unit=Unit.PERSON, measure="count", rank=50,
)  # fmt: skip
WAIVED_MONEY = _figure(
    "waived", "医疗康复救助免除费用", "统计期内患者免除的费用：医保报销和家庭自付以外的部分", _shares(SPARED)
)
MONEY = _figure("money", "医疗康复救助资金", "统计期内由本区福彩公益金和慈善资金支付给医院的金额", _shares(PAID))
PATIENTS_OF = parts_of(PATIENTS, "project", "“{}”人数")

FIGURES = (
    PATIENTS, WAIVED_MONEY, MONEY, *PATIENTS_OF, *parts_of(WAIVED_MONEY, "project", "“{}”免除费用"),
    *parts_of(MONEY, "project", "“{}”资金"),
)  # fmt: skip

RELATIONS = (
    add_up("各项目人数之和等于医疗康复救助人数", PATIENTS, PATIENTS_OF),
    Relation("treatment.money.waived", "支付给医院的资金不多于免除费用", ("treatment.money",), "<=", ("treatment.waived",)),
)  # fmt: skip
