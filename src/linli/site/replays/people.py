"""Made-up families for a replay: rosters and lists of applications as offices send them, faults included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from linli.base.identity import RESERVED_AREA, make_id
from linli.gateways.spreadsheets import Sheet, table_bytes

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英玉兰建国志华德福春梅凤琴"
STATUSES = (("dibao", "农村"), ("tekun", "分散供养"), ("disabled", "肢体2级"), ("other", "重大疾病"), ("other", "独居老人"))
ROSTER = ("姓名", "身份证号", "户编号", "与户主关系", "村居", "现住址", "低保", "特困供养", "残疾", "其他类别")
LIST = ("姓名", "身份证号", "救助项目", "申请事由", "病种", "自付医疗费用（元）", "情况说明")
ILLNESSES = ("恶性肿瘤", "尿毒症", "白血病", "其他重大疾病")


@dataclass(frozen=True)
class Family:
    """A household of two: head and spouse, with the head's recognised status ("" for none)."""

    number: str
    head: tuple[str, str]
    spouse: tuple[str, str]
    place: str
    status: tuple[str, str] | None


@dataclass
class Maker:
    """Gives out families with fresh identity numbers (prefix 990404), the same ones at every run."""

    serial: Iterator[int] = field(default_factory=lambda: count(1))

    def family(self, place: str, *, status: bool = True) -> Family:
        number = next(self.serial)
        kind = STATUSES[number % len(STATUSES)] if status else None
        return Family(f"{number:05d}", self._person(number, "1"), self._person(number, "2"), place, kind)

    def _person(self, number: int, sex: str) -> tuple[str, str]:
        shift = 7 if sex == "2" else 0
        surname = SURNAMES[(number * 3 + shift) % len(SURNAMES)]
        given = GIVEN[(number * 5 + shift) % len(GIVEN)] + GIVEN[(number // 7 + shift) % len(GIVEN)]
        born = date(1935 + number % 40, 1 + number % 12, 1 + (number // 12) % 28)
        order = 2 * (number // 40 % 490) + (1 if sex == "1" else 0)
        return surname + given, make_id(RESERVED_AREA, born, order)


def roster_file(families: list[Family]) -> bytes:
    """The families as a population roster (.xlsx)."""
    rows = []
    for family in families:
        held = {"dibao": "", "tekun": "", "disabled": "", "other": ""}
        if family.status:
            held[family.status[0]] = family.status[1]
        home = (family.number, "户主", family.place, f"{family.number}号")
        rows.append((*family.head, *home, held["dibao"], held["tekun"], held["disabled"], held["other"]))
        rows.append((*family.spouse, family.number, "妻", *home[2:], "", "", "", ""))
    return table_bytes(Sheet("花名册", ROSTER, rows))


def warm_row(family: Family, *, spouse: bool = False) -> tuple[str, ...]:
    """One line of a town's list for 情暖万家."""
    name, number = family.spouse if spouse else family.head
    return name, number, "情暖万家", "生活困难", "", "", ""


def illness_row(family: Family, cost: str, illness: str) -> tuple[str, ...]:
    """One line of a town's list for 大病救助; ``cost`` in 元."""
    return *family.head, "大病救助", "重大疾病", illness, cost, ""


def broken_rows(project: tuple[str, ...], known: Family, stranger: Family) -> list[tuple[str, ...]]:
    """Rows as they come: a wrong check digit, 15 digits, a person nobody knows, another name, an impossible cost."""
    rest = project[2:]
    digit = "0" if known.head[1][-1] != "0" else "1"
    return [
        (known.head[0], known.head[1][:17] + digit, *rest),
        (known.head[0], known.head[1][:6] + known.head[1][8:17], *rest),
        (*stranger.head, *rest),
        ("张冠李", known.spouse[1], *rest),
        (*known.head, rest[0], rest[1], rest[2], "两万三", ""),
    ]


def list_file(rows: list[tuple[str, ...]]) -> bytes:
    """A list of applications (.xlsx)."""
    return table_bytes(Sheet("救助申请名单", LIST, rows))
