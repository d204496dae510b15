"""A made-up population for tests, benchmarks and the demo: households with plausible ages, kin, homes and needs.

The same seed, size, places and day give the same people. Identity numbers have the reserved prefix 990404, telephone
numbers begin with 1990: neither belongs to anybody.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.base.identity import RESERVED_AREA
from linli.kernel.registry.rules.roster_columns import COLUMNS
from linli.kernel.registry.samples.names import Namer

HEADINGS = tuple(column.heading for column in COLUMNS)
ROADS = ("和平路", "解放路", "承水路", "宏学路", "坛山路", "榴花路", "中兴大道", "峄州路", "沿河路", "建设路")
_DIGITS = "10X98765432"


@dataclass(frozen=True)
class Home:
    """A village or community that people can live in: code, town and name, whether it is a town's street."""

    code: str
    town: str
    name: str
    urban: bool


# kind of household, its share in a hundred; the letters are its members: h head, s spouse, c child, g parent of the head
_KINDS = (
    ("h", 13), ("o", 8), ("oO", 11), ("hs", 15), ("hc", 4), ("hsc", 23), ("hscc", 13), ("hscg", 5), ("hsccg", 5), ("hsccgG", 3),
)  # fmt: skip
MEN_OF_KIN = {"c": "子", "g": "父亲", "s": "夫", "O": "夫"}
WOMEN_OF_KIN = {"c": "女", "g": "母亲", "s": "妻", "O": "妻"}


def make_population(count: int, homes: Sequence[Home], *, seed: int = 1, on: date = date(2010, 12, 20)) -> dict[str, list[str]]:
    """So many people as the columns of a roster, by heading; whole households, so the last one may be cut short."""
    maker = _Maker(random.Random(seed), homes, on)
    while len(maker.rows) < count:
        maker.household()
    columns = list(zip(*maker.rows[:count], strict=True)) or [()] * len(HEADINGS)
    return {heading: list(column) for heading, column in zip(HEADINGS, columns, strict=True)}


class _Maker:
    def __init__(self, rng: random.Random, homes: Sequence[Home], on: date) -> None:
        self.rng, self.homes, self.on = rng, homes, on
        self.names = Namer(rng)
        self.rows: list[tuple[str, ...]] = []
        self._today = on.toordinal()
        self._taken: dict[int, int] = {}
        self._days: dict[int, tuple[int, str, str]] = {}
        self._phones = 0
        self._number_of = {home.code: 0 for home in homes}
        self._kinds = rng.choices([kind for kind, _ in _KINDS], [share for _, share in _KINDS], k=8192)
        self._made = 0
        self._sizes = [0.5 + rng.random() for _ in homes]

    def household(self) -> None:
        """One household more, with all its members."""
        draw = self.rng.random
        kind = self._kinds[self._made % 8192]
        self._made += 1
        home = self.rng.choices(self.homes, self._sizes)[0] if self._made % 3 == 1 else self._home
        self._home = home
        self._number_of[home.code] += 1
        number = f"{self._number_of[home.code]:04d}"
        address = self._address(home)
        registered = home.town + (home.name if home.urban else "") + address if draw() < 0.92 else ""
        old = kind[0] == "o"
        head_age = int(62 + draw() * 28) if old else int(26 + draw() * 34)
        head_male = draw() < (0.45 if len(kind) == 1 else 0.85)
        surname = self.names.surname()
        poor = draw() < (0.036 if old else 0.024)
        poverty = "" if not poor else "城市" if home.urban else "农村"
        parents = 0
        for place, letter in enumerate(kind):
            male, age = head_male, head_age
            if letter in "sO":
                male, age = not head_male, max(22, head_age + int(draw() * 9) - 5)
            elif letter == "c":
                male, age = draw() < 0.52, max(0, head_age - 24 - int(draw() * 10) - 3 * place // 3)
            elif letter in "gG":
                male, age = letter == "G" or draw() < 0.35, min(99, head_age + 21 + int(draw() * 9))
                male = not self._last_parent if parents else male
                self._last_parent, parents = male, parents + 1
            own = surname if place == 0 or letter == "c" or (letter in "gG" and male) else self.names.surname()
            kin = "户主" if place == 0 else (MEN_OF_KIN if male else WOMEN_OF_KIN)[letter.lower() if letter == "G" else letter]
            self._person(home, number, address, registered, own, kin, male, age, poverty, alone=old and len(kind) == 1)

    _home: Home
    _last_parent = False

    def _person(
        self, home: Home, number: str, address: str, registered: str, surname: str, kin: str, male: bool, age: int,
        dibao: str, *, alone: bool,
    ) -> None:  # fmt: skip
        draw = self.rng.random
        day = self._birth(age)
        year, head, iso = self._words(day)
        phone = ""
        if age >= 16 and draw() < (0.75 if age < 65 else 0.35):
            phone = f"1990{self._phones:07d}"
            self._phones += 1
        tekun = ""
        if alone and not dibao and draw() < 0.06:
            tekun = "分散供养" if draw() < 0.7 else "集中供养"
        disabled = ""
        if draw() < (0.014 if age < 40 else 0.036 if age < 65 else 0.058):
            disabled = f"{('视力', '听力', '肢体', '肢体', '肢体', '智力', '精神')[int(draw() * 7)]}{1 + int(draw() * 4)}级"
        marital = "未婚" if age < 22 or kin in ("子", "女") else "丧偶" if alone else "已婚"
        self.rows.append((
            surname + self.names.given(male, year), self._number(day, head, male), "", "男" if male else "女",
            iso, number, kin, home.code, address, registered, phone, "汉族" if draw() < 0.985 else "回族",
            marital, dibao, tekun, disabled, self._other(age, alone),
        ))  # fmt: skip

    def _other(self, age: int, alone: bool) -> str:
        draw, found = self.rng.random, []
        if draw() < (0.005 if age < 40 else 0.016):
            found.append("重大疾病")
        if alone and draw() < 0.2:
            found.append("独居老人")
        if age >= 18 and draw() < 0.006:
            found.append("低保边缘")
        if age >= 75 and draw() < 0.02:
            found.append("优抚对象（在乡复员军人）")
        if 15 <= age <= 17 and draw() < 0.7:
            found.append("在校学生（高中、中职）")
        elif 18 <= age <= 22 and draw() < 0.35:
            found.append("在校学生（大学、大专）")
        return "、".join(found)

    def _birth(self, age: int) -> int:
        """The ordinal of a day on which somebody of this age was born, with numbers left for it."""
        latest = self._today - int(age * 365.2425)
        while True:
            day = latest - int(self.rng.random() * 364)
            if self._taken.get(day, 0) < 400:
                return day

    def _words(self, day: int) -> tuple[int, str, str]:
        """Year, first fourteen digits of the number and ISO form of a day."""
        found = self._days.get(day)
        if found is None:
            birth = date.fromordinal(day)
            found = self._days[day] = birth.year, f"{RESERVED_AREA}{birth:%Y%m%d}", birth.isoformat()
        return found

    def _number(self, day: int, head: str, male: bool) -> str:
        taken = self._taken.get(day, 0)
        self._taken[day] = taken + 1
        first17 = f"{head}{998 - 2 * taken + male:03d}"
        return first17 + _DIGITS[2 * int(first17, 13) % 11]

    def _address(self, home: Home) -> str:
        draw = self.rng.random
        if home.urban:
            road = ROADS[int(draw() * len(ROADS))]
            room = f"{1 + int(draw() * 6)}0{1 + int(draw() * 4)}"
            return f"{road}{1 + int(draw() * 200)}号{1 + int(draw() * 24)}号楼{room}室"
        return f"{home.name}{1 + int(draw() * 9)}组{1 + int(draw() * 120)}号"
