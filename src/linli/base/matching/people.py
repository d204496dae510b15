"""How two rows of Chinese people are compared: by number, name and its sound, birth, sex, telephone, address.

The weights are given, not learnt: they are the same for every district and day, and can be told to whoever asks. m and u are
round numbers of the order that lists of a district show (a full name is shared by one of ten thousand pairs, a birth by one of
25,000); `fit` learns others from two lists. People of one family share address, telephone and surname, so these weigh little.
"""

from __future__ import annotations

import polars as pl

from linli.base.matching.columns import bag_code, day_code, number_birth, number_code, number_right, same_code
from linli.base.matching.model import Both, Comparison, Key, Level, Model, Same, Shared, Slip, Turned

KEYS = (
    Key(("number_core",)),
    Key(("bag", "birth")),
    Key(("bag", "phone")),
    Key(("bag", "address")),
    Key(("bag", "number_front")),
    Key(("bag", "number_back")),
    Key(("birth", "phone")),
    Key(("birth", "address")),
)
COMPARISONS = (
    Comparison("number", "身份证号", (
        Level("相同", Slip("number", most=0), 0.90, 1e-9),
        Level("仅差一处笔误", Slip("number", unless="number_right"), 0.08, 1e-7),
        Level("两个号码都正确而不同", Both("number_right"), 0.002, 1.0, against=True),
        Level("仅月日和顺序码相同", Same("number_back"), 0.008, 1e-5, against=True),
        Level("仅区划和年份相同", Same("number_front"), 0.004, 1e-2, against=True),
        Level("不同", None, 0.006, 1.0, against=True),
    )),
    Comparison("name", "姓名", (
        Level("相同", Same("name"), 0.90, 1e-4),
        Level("同音", Same("sound"), 0.06, 2e-4),
        Level("字序颠倒", Same("bag"), 0.01, 1e-4),
        Level("差一个字", Shared(("name_head", "name_ends", "name_tail")), 0.02, 5e-3, against=True),
        Level("不同", None, 0.01, 1.0, against=True),
    )),
    Comparison("birth", "出生日期", (
        Level("相同", Same("birth"), 0.95, 4e-5),
        Level("仅差一处笔误", Slip("birth"), 0.02, 1e-3),
        Level("月日颠倒", Turned("birth"), 0.01, 1e-4),
        Level("不同", None, 0.02, 1.0),
    )),
    Comparison("sex", "性别", (Level("相同", Same("sex"), 0.995, 0.5), Level("不同", None, 0.005, 0.5, against=True))),
    Comparison("phone", "电话", (Level("相同", Same("phone"), 0.70, 2e-5), Level("不同", None, 0.30, 1.0))),
    Comparison("address", "住址", (Level("相同", Same("address"), 0.70, 2e-5), Level("不同", None, 0.30, 1.0))),
)  # fmt: skip
PEOPLE = Model(KEYS, COMPARISONS, doubt=0.05)
"""A person is asked from a chance of one in twenty on: between two lists nobody should be missed for want of a question."""


def person_columns(people: pl.DataFrame) -> pl.DataFrame:
    """The columns that `PEOPLE` compares, of the texts name, sort_key (`linli.base.names`), number, sex, phone and address,
    and the day birth. An empty text is unknown; a birth that is not known is read from the number. A telephone or an address of
    more than `CROWD` people is that of an office or a village, and tells nothing of one of them.
    """
    name = pl.col("name")
    three = name.str.len_chars() == 3
    spelt = people.lazy().with_columns(syllables=pl.col("sort_key").str.replace_all(r"[^a-z ]", ""))
    coded = spelt.select(
        name=same_code(name),
        sound=same_code(pl.col("syllables")),
        bag=bag_code(pl.col("syllables")),
        name_head=pl.when(three).then(same_code(name.str.slice(0, 2))),
        name_ends=pl.when(three).then(same_code(name.str.slice(0, 1) + name.str.slice(2, 1))),
        name_tail=pl.when(three).then(same_code(name.str.slice(1, 2))),
        birth=day_code(pl.col("birth")),
        sex=same_code(pl.col("sex")),
        phone=same_code(pl.col("phone")),
        address=same_code(pl.col("address")),
    )
    return with_numbers(without_crowds(coded.collect(), ("phone", "address")), people["number"])


def with_numbers(columns: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """The columns with other identity numbers; "" where one is not known."""
    number = pl.col("given").replace("", None)
    coded = pl.DataFrame({"given": numbers}).lazy().select(
        number=number_code(number), number_right=number_right(number), number_birth=number_birth(number)
    )  # fmt: skip
    core = pl.col("number") // 16
    cut = coded.with_columns(number_core=core, number_front=core // 16**7, number_back=core % 16**7).collect()
    found = columns.with_columns(cut)
    return found.with_columns(birth=pl.coalesce("birth", "number_birth")).drop("number_birth")


def without_crowds(columns: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The columns with null where more than `CROWD` rows have the same."""
    for name in names:
        crowds = columns.group_by(name).len().filter(pl.col("len") > CROWD, pl.col(name).is_not_null())
        if len(crowds):
            crowded = pl.col(name).is_in(crowds[name].implode())
            columns = columns.with_columns(pl.when(~crowded).then(pl.col(name)).alias(name))
    return columns


CROWD = 30
