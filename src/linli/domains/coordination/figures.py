"""What the system of assistance gives, by layer and by the five aids, and how much of it goes to disabled people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.coordination import queries
from linli.domains.coordination.rules import IN_TIME, LEFT_BEHIND, Reach
from linli.kernel.deliveries.queries import stream_names
from linli.kernel.deliveries.rules import UNSORTED, Help, Layer
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Share, Unit, add_up, parts_of

OWNER, BASIS = "区民政局社会救助科", "《关于建立社会救助协调机制的意见》；新型社会救助“五助”"
WORDS = (
    "统计期内发给居民的救助：每月待遇按开单日期，付款单按开单日期，医疗救助按出院或就诊日期，其他按登记日期；"
    "取消、追回、作废和退回的不计，抵扣的扣除"
)  # fmt: skip
LAYERS = {one.value: one.zh for one in Layer}
HELPS = {one.value: one.zh for one in Help}
PARTS = (
    Breakdown("layer", "层次", "layer", LAYERS), Breakdown("help", "救助类别", "help", HELPS),
    Breakdown("stream", "救助项目", "stream", stream_names),
    Breakdown("disabled", "残疾人（家庭）", "disabled", {"True": "是", "False": "否"}),
)  # fmt: skip


def _rows(**words: Any) -> Any:
    def rows(period: Period) -> Any:
        return queries.given_in(period.first, period.last).filter(**words)

    return rows


def _describe(row: Any) -> tuple[str, str]:
    said = f"{row.day} {queries.shown_name(row)}　{HELPS.get(row.help, UNSORTED)}"
    return said + (f"　{show_yuan(row.amount)}元" if row.amount is not None else f"　{row.pieces}件"), queries.file_of(row)


def _figure(key: str, zh: str, words: str, unit: Unit, measure: str, rank: int = 0, parts: Any = PARTS, **only: Any) -> Figure:
    return Figure(
        f"coordination.{key}", zh, words, unit, Kind.FLOW, _rows(**only), measure, breakdowns=parts, describe=_describe,
        owner=OWNER, basis=BASIS, persons=unit is not Unit.FEN, dashboard=rank,
    )  # fmt: skip


MONEY = _figure("money", "社会救助资金", WORDS, Unit.FEN, "sum:amount", 5)
TIMES = _figure("times", "社会救助人次", f"{WORDS}；每发放一次计一人次，由一人代表全户领取的计一人次", Unit.TIMES, "count", 6)
PEOPLE = _figure(
    "people", "领取救助的人数", f"{WORDS}；同一人只计一次，由一人代表全户领取的计一人", Unit.PERSON, "distinct:whose"
)
BY_LAYER = parts_of(MONEY, "layer", "救助资金：{}")
MONEY_BY_HELP = parts_of(MONEY, "help", "“五助”资金：{}")
TIMES_BY_HELP = parts_of(TIMES, "help", "“五助”人次：{}")
UNSORTED_MONEY = _figure(
    "unsorted.money", "救助资金：未归类", f"{WORDS}；只计用途没有归入层次的付款单", Unit.FEN, "sum:amount", layer=""
)
UNSORTED_TIMES = _figure(
    "unsorted.times", "救助人次：未归类", f"{WORDS}；只计用途没有归入层次的付款单和物资", Unit.TIMES, "count", layer=""
)
DISABLED_WORDS = f"{WORDS}；只计发给残疾人本人或者有残疾人的家庭的，按救助当日的残疾认定"
DISABLED = _figure(
    "disabled.times", "残疾人（家庭）受助人次", DISABLED_WORDS, Unit.TIMES, "count", parts=PARTS[:3], disabled=True
)
DISABLED_MONEY = _figure(
    "disabled.money", "残疾人（家庭）救助资金", DISABLED_WORDS, Unit.FEN, "sum:amount", parts=PARTS[:3], disabled=True
)
DISABLED_BY_HELP = parts_of(DISABLED, "help", "残疾人（家庭）受助人次：{}")

BY_LEFT = Breakdown("left", "人员类别", "left", LEFT_BEHIND)
PLATFORM, LEFT_BASIS = "社区作为社会救助平台", "农村“三留”人员关爱服务"
NEED_WORDS = (
    "期末有困难、残疾、重病、优抚、下岗失业、独居空巢、三留等身份的人，同一人计一次；近一年本人或本户得到救助、期末享受每月待遇或者认定为低保、特困的为已得到救助，"
    "其余有在办案件的为正在办理，认定未满规定天数的为期限以内"
)  # fmt: skip


def _people(
    key: str, zh: str, words: str, rows: Any, parts: tuple[Breakdown, ...], kind: Kind = Kind.STOCK, basis: str = PLATFORM
) -> Figure:
    return Figure(
        f"coordination.{key}", zh, words, Unit.PERSON, kind, rows, breakdowns=parts, describe=_person, owner=OWNER, basis=basis,
        persons=True,
    )  # fmt: skip


def _person(row: Any) -> tuple[str, str]:
    return row.name, reverse("coordination:person_record", args=[row.pk])


NEED = _people("need.people", "需要救助关爱的人", NEED_WORDS, lambda period: queries.in_need(period.last), ())


def _reach(one: Reach) -> Figure:
    return _people(
        f"{one.value}.need.people", f"需要救助关爱的人：{one.zh}", f"{NEED_WORDS}；只计“{one.zh}”",
        lambda period: queries.in_need(period.last, one), (),
    )  # fmt: skip


NEED_BY_REACH = tuple(_reach(one) for one in Reach)
COVERED = _people(
    "covered.people", "救助及时覆盖的人", f"{NEED_WORDS}；以上三种都计入",
    lambda period: queries.in_need(period.last, *IN_TIME), (),
)  # fmt: skip
LEFT = _people(
    "left_behind.people", "三留人员", "期末认定为留守儿童、留守老人、留守妇女的人，有几种的按这一顺序计一次",
    lambda period: queries.left_behind(period.last), (BY_LEFT,), basis=LEFT_BASIS,
)  # fmt: skip
LEFT_BY_KIND = parts_of(LEFT, "left", "三留人员：{}")
LEFT_HELPED = _people(
    "left_behind.helped", "得到救助的三留人员", "期末的三留人员中，统计期内本人或本户得到救助、期末享受每月待遇的人",
    lambda period: queries.left_helped(period.first, period.last), (BY_LEFT,), Kind.FLOW, LEFT_BASIS,
)  # fmt: skip
LEFT_HELPED_BY_KIND = parts_of(LEFT_HELPED, "left", "得到救助的{}")


def _left_money(kind: str, zh: str) -> Figure:
    stem = kind or "left_behind"
    return Figure(
        f"coordination.{stem}.money", f"发给{zh}家庭的救助资金", f"{WORDS}；只计发给期末认定的{zh}本人或本户的", Unit.FEN,
        Kind.FLOW, lambda period: queries.to_left_behind(period.first, period.last, kind), "sum:amount", breakdowns=PARTS[1:3],
        describe=_describe, owner=OWNER, basis=LEFT_BASIS,
    )  # fmt: skip


LEFT_MONEY = (_left_money("", "三留人员"), *(_left_money(kind, zh) for kind, zh in LEFT_BEHIND.items()))
COVERAGE_SHARE = Share(
    "coordination.coverage", "社区救助覆盖率", "救助及时覆盖的人与需要救助关爱的人之比", COVERED.key, NEED.key,
    tuple(one.key for one in NEED_BY_REACH[:3]),
)  # fmt: skip

FIGURES = (
    MONEY, TIMES, PEOPLE, *BY_LAYER, *MONEY_BY_HELP, *TIMES_BY_HELP, UNSORTED_MONEY, UNSORTED_TIMES, DISABLED, DISABLED_MONEY,
    *DISABLED_BY_HELP, NEED, *NEED_BY_REACH, COVERED, LEFT, *LEFT_BY_KIND, LEFT_HELPED, *LEFT_HELPED_BY_KIND, *LEFT_MONEY,
)  # fmt: skip


def _adds_up(zh: str, whole: Figure, parts: tuple[Figure, ...], rest: Figure) -> Relation:
    return Relation(f"{whole.key}.{parts[0].key.split('.')[1]}", zh, (whole.key,), "=", (*(one.key for one in parts), rest.key))


RELATIONS = (
    _adds_up("各层次与未归类资金之和等于社会救助资金", MONEY, BY_LAYER, UNSORTED_MONEY),
    _adds_up("“五助”各类与未归类资金之和等于社会救助资金", MONEY, MONEY_BY_HELP, UNSORTED_MONEY),
    _adds_up("“五助”各类与未归类人次之和等于社会救助人次", TIMES, TIMES_BY_HELP, UNSORTED_TIMES),
    Relation("coordination.disabled.fewer", "残疾人（家庭）受助人次不多于社会救助人次", (DISABLED.key,), "<=", (TIMES.key,)),
    add_up("各种情况的人数之和等于需要救助关爱的人", NEED, NEED_BY_REACH),
    add_up("已得到救助、正在办理、期限以内之和等于及时覆盖的人", COVERED, NEED_BY_REACH[:3]),
    add_up("留守儿童、老人、妇女之和等于三留人员", LEFT, LEFT_BY_KIND),
    Relation("coordination.left_behind.fewer", "得到救助的三留人员不多于三留人员", (LEFT_HELPED.key,), "<=", (LEFT.key,)),
    Relation("coordination.people.fewer", "领取救助的人数不多于人次", (PEOPLE.key,), "<=", (TIMES.key,)),
)
SHARES = (
    Share(
        "coordination.disabled", "残疾人（家庭）受助占比", "残疾人（家庭）受助人次与社会救助人次之比", DISABLED.key, TIMES.key,
        tuple(one.key for one in DISABLED_BY_HELP),
    ),
    COVERAGE_SHARE,
    Share(
        "coordination.left_behind", "三留人员救助覆盖率", "得到救助的三留人员与三留人员之比", LEFT_HELPED.key, LEFT.key,
        tuple(one.key for one in LEFT_HELPED_BY_KIND),
    ),
)  # fmt: skip
