"""Goods: what a slip (物资单) says of each movement, and what a count or a loss asks a second person to confirm."""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.named import Named
from linli.base.text import is_formula_like

LONGEST_KEY, LONGEST_MEASURE = 40, 10


class SlipKind(Named):
    """What a slip moves: into the store (``sign`` +1) or out of it."""

    GIFT = "gift", "受赠入库"
    PURCHASE = "purchase", "购入入库"
    ISSUE = "issue", "发放"
    BACK = "back", "退回"
    MOVE = "move", "移库"
    LOSS = "loss", "报损盘亏"
    FOUND = "found", "盘盈"

    @property
    def sign(self) -> int:
        """How it changes the store that the slip names."""
        return 1 if self in (SlipKind.GIFT, SlipKind.PURCHASE, SlipKind.BACK, SlipKind.FOUND) else -1


class AdjustKind(Named):
    """Why the store is to be put right."""

    COUNT = "count", "盘点"
    LOSS = "loss", "报损"


class AdjustState(Named):
    """Where it stands: nothing differs, waits for a second person, posted, or not agreed to."""

    EVEN = "even", "账实相符"
    WAITING = "waiting", "待复核"
    APPROVED = "approved", "已入账"
    REFUSED = "refused", "未同意"


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom goods go: a person, a household, a place, or one room of a place; ``area`` is where they are."""

    name: str
    area: str = ""
    person: int | None = None
    household: int | None = None
    place: int | None = None
    room: int | None = None

    @property
    def party(self) -> str:
        """How a line of the books names the receiver; the name itself where the registry does not know them."""
        known = (
            ("registry.Room", self.room), ("registry.Place", self.place), ("registry.Household", self.household),
            ("registry.Person", self.person),
        )  # fmt: skip
        return next((f"{kind}:{pk}" for kind, pk in known if pk), self.name[:80])


def goods_key(name: str, measure: str) -> str:
    """The key of a kind of goods: its name and its unit, so that 棉被/床 is one kind whoever enters it.

    :raises ValueError: nothing written, too long, or it looks like a formula; in Chinese.
    """
    if not name or not measure:
        raise ValueError("请填写物资的品名和计量单位。")
    key = f"{name}/{measure}"
    if len(key) > LONGEST_KEY or len(measure) > LONGEST_MEASURE:
        raise ValueError(f"品名和单位合起来不能超过{LONGEST_KEY - 1}个字，单位不能超过{LONGEST_MEASURE}个字，请缩短。")
    if is_formula_like(name) or is_formula_like(measure):
        raise ValueError("品名或单位以等号、加减号或@开头，像是公式，请改成文字。")
    return key


def difference_words(difference: int, measure: str) -> str:
    """A difference as the office says it: 少 3台, 多 1台, 账实相符."""
    if not difference:
        return "账实相符"
    return f"{'多' if difference > 0 else '少'} {abs(difference):,}{measure}"
