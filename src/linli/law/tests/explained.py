"""Ten decisions told in words, as the printed sheet of a family tells them: the page docs/explained.md.

``python -m linli.law.tests.explained > docs/explained.md`` writes it again after a rule, a value or a word has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from linli.law import Bearer, Disability, Recognised, all_values, decide, decide_subsidies, decide_support
from linli.law.coded import Person
from linli.law.tests.families import fen, household_of, table
from linli.law.words import sheet, yuan

KNOWN = all_values()
FAMILIES = (
    "2010年城市：夫妻月收入200元，标准178元",
    "2010年农村：标准900元一年，上年种地1200元，三口人",
    "2019年连续三次拒绝就业，只停本人的一份",
    "三口之家月收入800元，标准1245元：2935元（事实文件的测试向量）",
    "2026年分类施保：老人一成、重残三成，同一人只取高的",
    "2026年刚性支出困难：必需支出占收入超过六成",
    "2021年拥有机动车辆",
)
PEOPLE = ("2010年农村五保老人：1200元一年，当时没有照料护理", "2026年城市集中供养，六项都不行")
"""By their names in the tables of examples; four of the ten are judged by old law."""
HEAD = (
    "# Ten decisions explained\n\nWritten by `python -m linli.law.tests.explained`, from the tables of examples; a test holds "
    "it. Each is what\n`linli explain` and the family's printed sheet say, by the law of its day."
)


def page() -> str:
    """The whole page."""
    parts = [f"## {number}. {name}（{day}）\n\n```\n{text}\n```" for number, (name, day, text) in enumerate(_ten(), 1)]
    return "\n\n".join((HEAD, *parts)) + "\n"


def _ten() -> Iterator[tuple[str, date, str]]:
    families = {row["name"]: row for row in table("minimum")}
    for name in FAMILIES:
        home = household_of(families[name])
        yield name, home.applied, "\n".join(decide(home, KNOWN, on=home.applied).sheet())
    people = {row["name"]: row for row in table("support")}
    for name in PEOPLE:
        row = people[name]
        home = household_of(row)
        bearers = [Bearer(**{**one, "income": fen(one.get("income", 0))}) for one in row.get("bearers", ())]
        told = decide_support(
            home, bearers, frozenset(row["failed"]), KNOWN, on=home.applied, institution=row.get("institution", False)
        )
        yield name, home.applied, "\n".join(told.sheet())
    yield _disabled()


def _disabled() -> tuple[str, date, str]:
    day, person = date(2026, 8, 10), Person(2, 40, disability=Disability.LIMBS, level=1, other_care=150_00)
    outcome = decide_subsidies(Recognised.DIBAO, person, KNOWN, on=day, area="370404001001")
    lines = sheet("残疾人两项补贴认定说明", f"两项补贴合计每月{yuan(outcome.amount)}", outcome)
    return "2026年低保家庭中的肢体一级残疾人，另有护理补贴150元", day, "\n".join(lines)


if __name__ == "__main__":
    print(page(), end="")
