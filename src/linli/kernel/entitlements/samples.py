"""A made-up programme and entitlements for tests and the demo, through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.apps import apps

from linli.base.reasons import Outcome, Reason, Step
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor
from linli.kernel.access.samples import FIRST_DAY
from linli.kernel.entitlements.actions import Why, confirm_run, grant, open_run, order_run, set_funding
from linli.kernel.entitlements.models import Entitlement, Run
from linli.kernel.entitlements.queries.declared import forget
from linli.kernel.entitlements.rules import Component, Ground, Part, PartKind, Programme, Unit
from linli.kernel.ledgers.models import Fund
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.ledgers.samples import account_number, make_fund
from linli.kernel.registry.actions import add_bank_account
from linli.kernel.registry.models import Household, Membership

MONTH = date(2010, 12, 1)
LIVING = Programme(
    "sample_living", "示例生活补助",
    (Component("basic", "基本补助"), Component("category", "分类补助"), Component("spring", "春节补助", occasional=True)),
    Unit.HOUSEHOLD, "《示例办法》第三条", purpose="sample.living", grades=(("A", "A类"), ("B", "B类")), excludes=("sample_care",),
)  # fmt: skip
CARE = Programme(
    "sample_care", "示例供养", (Component("basic", "基本生活费"),), Unit.PERSON, "《示例办法》第九条", purpose="sample.care",
    grades=(("home", "分散供养"), ("institution", "集中供养")),
)  # fmt: skip
ELDER = Programme(
    "sample_elder", "示例高龄津贴", (Component("allowance", "高龄津贴"),), Unit.PERSON, "《示例办法》第十二条",
    purpose="sample.elder",
)  # fmt: skip


@contextmanager
def sample_programmes(*declared: Programme) -> Iterator[None]:
    """Declare these programmes (three samples when none is given) in the kernel's own manifest, and no others, for a while."""
    former = {config: config.__dict__.get("programmes") for config in apps.get_app_configs()}
    for config in former:
        config.programmes = ()  # type: ignore[attr-defined]
    own: Any = apps.get_app_config("entitlements")
    own.programmes = declared or (LIVING, CARE, ELDER)
    forget()
    try:
        yield
    finally:
        for config, value in former.items():
            if value is None:
                del config.programmes  # type: ignore[attr-defined]
            else:
                config.programmes = value  # type: ignore[attr-defined]
        forget()


def make_why(ground: Ground = Ground.APPROVED, amount: int = 312_00, words: str = "") -> Why:
    """A ground with an outcome of one reason and one step."""
    reason = Reason("below_line", "家庭人均月收入低于标准", "《示例办法》第四条")
    outcome = Outcome(True, amount, (reason,), (Step("核定金额", f"{amount / 100:.2f}元"),))
    return Why(ground, words, outcome, paper="峄民助〔2010〕1号")


def make_entitlement(
    *, by: Actor, household: Household, programme: str = "sample_living", amounts: dict[str, int] | None = None,
    since: date = MONTH, on: date = date(2010, 11, 25), grade: str = "", **words: Any,
) -> Entitlement:  # fmt: skip
    """An entitlement of a household: its head holds it, all its present members count."""
    with scoped(by):
        members = list(Membership.objects.filter(household=household, until=None).values_list("person", flat=True))
    words.setdefault("covered", members)
    words.setdefault("why", make_why())
    return grant(
        by=by, on=on, programme=programme, person_id=household.head_id, household_id=household.pk, since=since, grade=grade,
        amounts=amounts or {"basic": 312_00}, **words,
    )  # fmt: skip


def make_payee(by: Actor, person_id: int, on: date = FIRST_DAY) -> None:
    """A bank account of this person's own."""
    add_bank_account(by=by, on=on, person_id=person_id, bank="枣庄银行峄城支行", number=account_number(person_id))


def make_funding(
    maker: Actor, *, programme: str = "sample_living", amount: int = 1_000_000_00, since: date = date(2010, 1, 1)
) -> list[Fund]:
    """The funds of province, city and district, which bear a programme at 50 : 20 : 30."""
    levels = ((FundLevel.PROVINCE, 50), (FundLevel.CITY, 20), (FundLevel.DISTRICT, 30))
    funds = [
        make_fund(
            maker, amount=amount, code=f"{programme}-{level.value}", name=f"{level.zh}补助资金", level=level, kind=FundKind.FISCAL
        )
        for level, _ in levels
    ]
    parts = [Part(fund.pk, PartKind.RATIO, weight) for fund, (_, weight) in zip(funds, levels, strict=True)]
    set_funding(by=maker, on=FIRST_DAY, programme=programme, since=since, parts=parts, paper="鲁财社〔2010〕5号")
    return funds


def confirmed(checker: Actor, run: Run, on: date) -> Run:
    """The run as a second person confirms it."""
    return confirm_run(by=checker, on=on, run=run, count=run.count, amount=run.amount)


def make_month(
    maker: Actor, checker: Actor, *, month: date = MONTH, programme: str = "sample_living", on: date | None = None, **words: Any
) -> Run:
    """A month computed, confirmed and ordered."""
    day = on or month.replace(day=5)
    run = open_run(by=maker, on=day, programme=programme, month=month, **words)
    return order_run(by=maker, on=day, run=confirmed(checker, run, day))
