"""Money, shares and months as a family reads them; reasons with their articles; the printed sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple, TypeVar

from linli.base.dated import NoValue, Parameters, Value
from linli.base.money import show_yuan
from linli.base.reasons import Outcome, Reason
from linli.law.values import PARTS

WIDTH = 40
_PIECES = re.compile(r"[（《“〔]*(?:[0-9][0-9,.]*[%元]?|.)[，。：；、）》”〕]*")
VALUE_NAMES = {
    "dibao.standard.urban": "城市低保标准", "dibao.standard.rural": "农村低保标准", "tekun.basic": "特困基本生活标准",
    "tekun.care": "特困照料护理标准", "tekun": "特困认定规定", "procedure": "审核确认程序", "income": "收入计算规定",
    "property": "家庭财产限额", "edge": "低保边缘标准", "rigid": "刚性支出困难认定标准", "family": "共同生活家庭成员规定",
    "alone": "单人户规定", "recheck": "复核周期", "article": "法律条文", "dibao": "低保规定",
    "disabled.living": "困难残疾人生活补贴标准", "disabled.care": "重度残疾人护理补贴标准",
    "disabled.care_mental": "重度残疾人护理补贴标准", "discovery": "主动发现提示线", "relief": "临时救助规定",
    "relief.fast": "小额快救规定", "article.relief": "临时救助条文",
}  # fmt: skip
"""What a key of the law is called by those who enter it; the longest beginning that fits."""
_TO_COURT = "对本决定不服的，可以自收到决定书之日起60日内申请行政复议，或者自收到之日起{court}内向人民法院提起行政诉讼。"
REMEDY = _TO_COURT.format(court="6个月")
FORMER_REMEDIES = ((date(2015, 5, 1), _TO_COURT.format(court="3个月")),)
"""What can be done against a decision: 行政复议法 §9; 行政诉讼法, three months by that of 1989, six since 2015-05-01 (§46)."""
MEND = "请区级审批员在“社会救助—政策标准”中拟定，由另一人审定。"
"""Where a missing value of the law is entered."""
CERTAINTY = {"s": "只见到摘录，未核全文", "M": "未核到文件，待核对"}


G = TypeVar("G", bound=IntEnum)


class Words(NamedTuple):
    """The code that figures count, the sentence, and the key of the article in `parameters/`."""

    code: str
    zh: str
    article: str


def name_of_value(key: str) -> str:
    """城市低保标准 of dibao.standard.urban; a key that has no name stays as it is."""
    parts = key.split(".")
    found = (VALUE_NAMES.get(".".join(parts[:n])) for n in range(len(parts), 0, -1))
    return next((zh for zh in found if zh), key)


def missing_words(fault: NoValue, place: str) -> str:
    """What is missing of the law at a place of this name, and who puts it right."""
    return (
        f"没有{fault.day:%Y年%-m月%-d日}适用于{place}的“{name_of_value(fault.key)}”，不能按规定计算。"
        f"{MEND}在此之前不能作出决定。"
    )


def yuan(fen: int) -> str:
    """1245.00元."""
    return f"{show_yuan(fen)}元"


def about(above: int, below: int) -> str:
    """A fraction of fen in yuan, with 约 where it had to be rounded for reading."""
    exact = Fraction(above, below)
    nearest = int(exact + Fraction(1, 2)) if exact >= 0 else -int(-exact + Fraction(1, 2))
    return yuan(nearest) if exact == nearest else f"约{yuan(nearest)}"


def percent(share: int) -> str:
    """Ten-thousandths as a percentage without needless zeros."""
    whole, rest = divmod(share * 100, PARTS)
    return f"{whole}{f'.{rest:04d}'.rstrip('0') if rest else ''}%"


def month_zh(month: int) -> str:
    """2021年8月 of a month's number."""
    return f"{month // 12}年{month % 12 + 1}月"


def reasons_in(
    table: Mapping[G, Words], bits: int, known: Parameters, *, on: date, area: str
) -> tuple[tuple[Reason, ...], tuple[Value, ...]]:
    """The grounds whose bits are set, in words, each with the article as it stood on the day; and those articles."""
    reasons, values = [], []
    for ground, words in table.items():
        if bits & ground:
            article = known.on(words.article, on, area)
            reasons.append(Reason(words.code, words.zh, article.source))
            values.append(article)
    return tuple(reasons), tuple(dict.fromkeys(values))


def articles_on(table: Mapping[G, Words], known: Parameters, *, on: date, area: str) -> tuple[str, ...]:
    """The article behind each ground of the table as it stood on the day, in the order of the bits; "" where there was none."""
    told = []
    for ground in sorted(table):
        try:
            told.append(known.on(table[ground].article, on, area).source)
        except NoValue:
            told.append("")
    return tuple(told)


def doubts(values: Iterable[Value]) -> list[str]:
    """What the decision rests on and nobody has read in full: 峄城区… 城市低保标准178元/人月（只见到摘录，未核全文）."""
    found = {value.source: value.note or CERTAINTY[value.certainty] for value in values if value.certainty in CERTAINTY}
    return [f"{source}（{why}）" for source, why in found.items()]


def sheet(title: str, result: str, outcome: Outcome) -> list[str]:
    """The explanation as lines of a printed sheet: result, reasons, calculation, sources, and what is still to be checked."""
    lines = [title, "", *wrapped(f"结果：{result}"), "", "一、理由"]
    for number, reason in enumerate(outcome.reasons, 1):
        lines += wrapped(f"{number}. {reason.zh}。（{reason.article}）")
    lines += ["", "二、怎样计算"]
    for step in outcome.steps:
        lines += wrapped(f"{step.label}：{step.value}" + (f"（{step.note}）" if step.note else ""))
    lines += ["", "三、依据"]
    for source in dict.fromkeys(value.source for value in outcome.values):
        lines += wrapped(f"· {source}")
    if uncertain := doubts(outcome.values):
        lines += ["", "四、尚待核对的依据"]
        for doubt in uncertain:
            lines += wrapped(f"· {doubt}")
    return lines


def wrapped(text: str) -> list[str]:
    """Lines of at most WIDTH characters. Chinese breaks anywhere, a number and its unit nowhere; no line begins with a stop."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if len(line) + len(piece) > WIDTH:
            lines.append(line.rstrip())
            line = "  "
        line += piece.lstrip() if line.isspace() else piece
    return [*lines, line]
