"""Two lists of made-up people, in which part of the one stands again in the other with the errors that clerks make.

Eight of ten of the second list are in the first; the others are new, half of them relatives of somebody (surname, address and
telephone are the same). Rates of the normal set: an identity number with two digits changed over 4 %, with one digit wrong 2 %,
of 15 digits 5 % (born before 2000), missing 8 %; a name with another character of the same sound 6 %, with its characters
changed over 1 %, with a wrong character 1 %; a wrong day of birth 2 %, no day 10 %; moved 20 %; another telephone 25 %, none
40 %. The first list has 15 % of these rates. The hard set: 2.5 times the rates, 15 % more without a number, 85 % without a
telephone, half without a day of birth.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import polars as pl

from linli.base.matching import check_digits
from linli.base.names import sort_key
from linli.base.readings import reading_of

SURNAMES = (
    ("王李张刘陈", 60), ("杨赵黄周吴徐孙马朱胡", 22),
    ("郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔", 9),
    ("钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤", 3),
)  # fmt: skip
GIVEN = (  # born from, until, letters of men and of women
    (0, 1965, "国建军志明德福贵成义忠学文武树林山海清泉士振兴永长春玉宝金庆", "秀英桂兰玉珍凤莲淑芳翠花素梅香云美霞荣华爱菊春芝"),
    (1965, 1995, "伟强磊洋勇军杰涛超明刚鹏辉斌波亮龙飞宇浩俊毅峰帅凯健博旭",
     "芳娜敏静丽艳娟霞平红燕玲洁莉颖慧婷雪琳丹萍欣倩蕾璐莹晶"),
    (1995, 9999, "浩然子轩宇泽博文俊熙嘉豪梓睿晨铭皓逸辰天佑一诺奕", "梓涵欣怡诗琪雨桐可馨思雅语嫣佳若萱悦彤依诺紫梦瑶"),
)
EVER = "文华明玉春海云林平志"
AREAS = [f"9904{town:02d}" for town in range(1, 60)]
STREETS = [first + last for first in "和平建设解放人民团结幸福新华胜利光明文化" for last in ("路", "街", "巷", "大街")]
RATES = {
    "turned": 0.04, "digit": 0.02, "old": 0.05, "unnumbered": 0.08, "homophone": 0.06, "swapped": 0.01, "character": 0.01,
    "day": 0.02, "undated": 0.10, "moved": 0.20, "phone": 0.25, "unphoned": 0.40,
}  # fmt: skip
HARD = {name: rate * 2.5 for name, rate in RATES.items()} | {"unphoned": 0.85, "undated": 0.50}
HARD["unnumbered"] += 0.15
FIRST_LIST = 0.15
"""The share of the rates that the first list has."""


class Lists(NamedTuple):
    """Both lists, and for each row of the second one the row of the first that is the same person, or -1."""

    first: pl.DataFrame
    second: pl.DataFrame
    truth: np.ndarray


def make_lists(count: int, seed: int, rates: dict[str, float]) -> Lists:
    """So many rows in each list."""
    rng = np.random.default_rng(seed)
    known = _people(rng, count)
    again = rng.permutation(count)[: int(count * 0.8)]
    relatives = known[rng.integers(0, count, (count - len(again)) // 2)]
    new = _people(rng, count - len(again))
    family = pl.concat([relatives, new[len(relatives) :]])
    new = new.with_columns(
        family["address"], family["phone"], name=family["name"].str.slice(0, 1) + new["name"].str.slice(1)
    )
    order = rng.permutation(count)
    second = pl.concat([known[again], new])[order]
    truth = np.concatenate([again, np.full(len(new), -1)])[order]
    fewer = {name: rate * FIRST_LIST for name, rate in rates.items()}
    return Lists(_finished(_damaged(rng, known, fewer)), _finished(_damaged(rng, second, rates)), truth)


def _people(rng: np.random.Generator, count: int) -> pl.DataFrame:
    letters = [letter for group, _ in SURNAMES for letter in group]
    weights = np.array([weight for group, weight in SURNAMES for _ in group], float)
    surnames = np.array(letters)[rng.choice(len(letters), count, p=weights / weights.sum())]
    days = np.datetime64("1930-01-01") + rng.integers(0, 82 * 365, count)
    male, year = rng.random(count) < 0.51, days.astype("datetime64[Y]").astype(int) + 1970
    given = np.empty(count, "U2")
    for from_year, until, men, women in GIVEN:
        for pool, sex in ((men, True), (women, False)):
            here = np.flatnonzero((year >= from_year) & (year < until) & (male == sex))
            pool = np.array(list(pool + EVER))
            one, two = pool[rng.integers(0, len(pool), len(here))], pool[rng.integers(0, len(pool), len(here))]
            given[here] = np.where(rng.random(len(here)) < 0.8, np.char.add(one, two), one)
    frame = pl.DataFrame({
        "name": np.char.add(surnames, given), "sex": np.where(male, "1", "2"), "birth": days.astype("datetime64[D]"),
        "place": np.array(AREAS)[rng.integers(0, len(AREAS), count)], "order": rng.integers(0, 500, count) * 2 + male,
        "address": _addresses(rng, count), "phone": _phones(rng, count),
    })  # fmt: skip
    first17 = pl.col("place") + pl.col("birth").dt.strftime("%Y%m%d") + pl.col("order").cast(pl.String).str.zfill(3)
    frame = frame.with_columns(number=first17 + "0")
    return frame.with_columns(number=pl.col("number").str.slice(0, 17) + check_digits(pl.col("number"))).select(
        "name", "number", "birth", "sex", "phone", "address"
    )


def _addresses(rng: np.random.Generator, count: int) -> np.ndarray:
    """A home for every 2.6 people: families share theirs."""
    homes = rng.integers(0, max(1, int(count / 2.6)), count)
    draw = np.random.default_rng(7)
    house, floor = draw.integers(1, 400, homes.max() + 1), draw.integers(1, 7, homes.max() + 1)
    street, room = draw.integers(0, len(STREETS), homes.max() + 1), draw.integers(1, 5, homes.max() + 1)
    words = np.array([f"{STREETS[s]}{h}号{f}0{r}室" for s, h, f, r in zip(street, house, floor, room, strict=True)])
    return words[homes]


def _phones(rng: np.random.Generator, count: int) -> np.ndarray:
    return np.char.add("13", rng.integers(10**8, 10**9, count).astype(str))


def _damaged(rng: np.random.Generator, people: pl.DataFrame, rates: dict[str, float]) -> pl.DataFrame:
    """The people as another clerk wrote them down."""
    count = len(people)
    elsewhere, others = _addresses(rng, count), _phones(rng, count)
    columns = {name: people[name].to_list() for name in ("name", "number", "birth", "phone", "address")}
    slips = {
        "turned": ("number", lambda row, text: _turned(rng, text)),
        "digit": ("number", lambda row, text: _slipped(rng, text)),
        "old": ("number", lambda row, text: text[:6] + text[8:17] if columns["birth"][row].year < 2000 else text),
        "unnumbered": ("number", lambda row, text: ""),
        "homophone": ("name", lambda row, text: _other_character(rng, text, alike=True)),
        "swapped": ("name", lambda row, text: text[0] + text[:0:-1] if len(text) > 2 else text[::-1]),
        "character": ("name", lambda row, text: _other_character(rng, text, alike=False)),
        "day": ("birth", lambda row, day: _other_day(rng, day)),
        "undated": ("birth", lambda row, day: None),
        "moved": ("address", lambda row, text: str(elsewhere[row])),
        "phone": ("phone", lambda row, text: str(others[row])),
        "unphoned": ("phone", lambda row, text: ""),
    }
    for kind, (name, damage) in slips.items():
        values = columns[name]
        for row in np.flatnonzero(rng.random(count) < rates[kind]):
            values[row] = damage(row, values[row])
    return people.with_columns(pl.Series(name, values, people.schema[name]) for name, values in columns.items())


def _slipped(rng: np.random.Generator, number: str) -> str:
    at = int(rng.integers(0, 17))
    return number[:at] + str((int(number[at]) + int(rng.integers(1, 10))) % 10) + number[at + 1 :]


def _turned(rng: np.random.Generator, number: str) -> str:
    places = [at for at in range(16) if number[at] != number[at + 1]]
    at = places[rng.integers(0, len(places))]
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _other_day(rng: np.random.Generator, day):
    """Month and day changed over where that is a day, else (and half the time) another day of the month."""
    if day.day <= 12 and day.day != day.month and rng.random() < 0.5:
        return day.replace(month=day.day, day=day.month)
    return day.replace(day=(day.day + int(rng.integers(1, 27))) % 28 + 1)


_alike: dict[str, list[str]] = defaultdict(list)
_usual: list[str] = []


def _other_character(rng: np.random.Generator, name: str, *, alike: bool) -> str:
    """The name with one character of the given name written otherwise."""
    if not _usual:
        for high in range(0xB0, 0xD8):  # the first plane of GB 2312: the usual characters by their sound
            for low in range(0xA1, 0xFF if high < 0xD7 else 0xFA):
                letter = bytes([high, low]).decode("gb2312")
                _usual.append(letter)
                _alike[reading_of(letter)[:-1]].append(letter)
    at = int(rng.integers(1, len(name)))
    pool = _alike[reading_of(name[at])[:-1]] if alike else _usual
    pool = [letter for letter in pool if letter != name[at]] or [name[at]]
    return name[:at] + pool[rng.integers(0, len(pool))] + name[at + 1 :]


def _finished(people: pl.DataFrame) -> pl.DataFrame:
    names = people["name"].unique().to_list()
    return people.with_columns(sort_key=people["name"].replace_strict(names, [sort_key(name) for name in names]))
