"""A value of the law that a district sets, as a package declares it: how it is called, read and shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from linli.base.dated import Single
from linli.base.money import parse_yuan, show_yuan
from linli.kernel.access.rules import ProposalState

PARTS = 10_000
MOST = {"fen": 100_000_000, "ratio": 10, "count": 1000}
"""What is more is taken for a slip of the pen, where a key has no bound of its own: a million yuan, ten times, a thousand."""
YEAR = 12
HINTS = {"fen": "填元，如 200 或 200.50", "ratio": "填比例，如 30% 或 1.5", "count": "填整数"}


State = ProposalState
"""By the name under which the migrations know it."""


def certainty(whole: bool) -> str:
    """S where the full text of the document was read, else s."""
    return "S" if whole else "s"


@dataclass(frozen=True)
class Key:
    """A value of the law that a district may set. ``unit`` as in the parameters: fen, ratio or count.

    ``least``, ``most``: below or above it is no value; of a ratio in whole times (``most=1``: a part of a whole).
    ``only``: the values that there are. ``period``: the key of the number of months for which a sum is set (1 by the month, 12
    by the year). ``programmes``: whose recurring money hangs on it; ``whom``: the dotted path of a function
    ``(entitlements, key) -> entitlements`` where it concerns only some of that.
    """

    key: str
    zh: str
    unit: str
    least: int = 0
    only: tuple[int, ...] = ()
    period: str = ""
    programmes: tuple[str, ...] = ()
    most: int | None = None
    whom: str = ""

    @property
    def highest(self) -> int:
        """The most that the value can be."""
        return MOST[self.unit] if self.most is None else self.most

    def read(self, text: str) -> Single:
        """What was typed, as the law holds it. Raises ValueError, in Chinese."""
        if self.unit == "fen":
            value = parse_yuan(text)
            if value < self.least:
                raise ValueError("标准应大于0元，请核对。")
            if value > self.highest:
                raise ValueError(f"“{text}”超过{show_yuan(self.highest)}元，请核对单位是否为元。")
            return value
        if self.unit == "count":
            return self._count(text)
        return self._ratio(text)

    def show(self, value: Single, months: int = 0) -> str:
        """A value as people say it; ``months``: for how many it is set, where that is to be said."""
        if self.unit == "fen":
            per = {0: "", 1: "/月", YEAR: "/年"}.get(months, f"/{months}个月")
            return f"{show_yuan(int(value))} 元{per}"
        return f"{value}" if self.unit == "count" else percent(Fraction(value))

    def typed(self, stored: str) -> str:
        """A stored value as people would type it: fen as yuan, a ratio as a percentage."""
        if self.unit == "fen":
            return show_yuan(int(stored)).replace(",", "")
        return percent(Fraction(stored)) if self.unit == "ratio" else stored

    @property
    def hint(self) -> str:
        """What is to be typed."""
        if self.only:
            return f"只能填 {'、'.join(map(str, self.only))}"
        bounded = self.unit != "fen" and (self.least, self.highest) != (0, MOST[self.unit])
        return f"{HINTS[self.unit]}，{self._between}" if bounded else HINTS[self.unit]

    @property
    def _between(self) -> str:
        least, most = (percent(Fraction(one)) if self.unit == "ratio" else one for one in (self.least, self.highest))
        return f"应在{least}到{most}之间"

    def _count(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and self.least <= int(text) <= self.highest):
            raise ValueError(f"“{text}”应为{self.least}到{self.highest}的整数。")
        if self.only and int(text) not in self.only:
            raise ValueError(f"“{text}”应为{'或'.join(map(str, self.only))}，请修改。")
        return int(text)

    def _ratio(self, text: str) -> Fraction:
        bare = text.strip().replace("％", "%")
        try:
            found = Fraction(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"“{text}”应为比例，如 30% 或 1.5。") from None
        if not self.least <= found <= self.highest:
            raise ValueError(f"“{text}”{self._between}，请核对后填比例，如 30% 或 1.5。")
        if (found * PARTS).denominator != 1:
            raise ValueError(f"“{text}”最多精确到万分之一，请修改，如 33.33%。")
        return found


@dataclass(frozen=True)
class Group:
    """Values that stand together, in a package's manifest (``standard_keys = (Group(…),)``).

    ``law``: the dotted path of a function that gives the values that the program itself knows.
    """

    zh: str
    keys: tuple[Key, ...]
    law: str


def percent(ratio: Fraction) -> str:
    """30%, 12.5%: without needless zeros."""
    whole, rest = divmod(int(ratio * PARTS), 100)
    return f"{whole}{f'.{rest:02d}'.rstrip('0') if rest else ''}%"
