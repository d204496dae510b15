"""Fields declared as data: how a value is read from text, what is kept of it, and how it is shown.

Record books and duties declare their fields with :class:`Field`; forms, imports, lists, prints and figures are made from
them. What is kept is plain JSON: text, whole numbers and fen as integers, other numbers as canonical text, days as ISO
text, codes, true or false, ids and area codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from linli.base.areas import check_code
from linli.base.days import parse_day
from linli.base.money import parse_yuan, show_yuan
from linli.base.text import plain, tidy

Value = str | int | bool | None
"""What is kept of one field; None where nothing was filled in."""


class FieldKind(StrEnum):
    """What a field holds. The four references point to rows of the registry, a file to a stored file."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    AREA = "area"
    FILE = "file"
    PERSON = "person"
    HOUSEHOLD = "household"
    ORGANISATION = "organisation"
    PLACE = "place"


REFERENCES = frozenset({FieldKind.PERSON, FieldKind.HOUSEHOLD, FieldKind.ORGANISATION, FieldKind.PLACE})
FIRST_YEAR = 1900
COUNTED = frozenset({FieldKind.NUMBER, FieldKind.MONEY})
LINE = 200
"""A text that may be longer than this has several lines."""
YES, NO = "是", "否"
_YES_WORDS, _NO_WORDS = frozenset({YES, "有", "√", "Y", "y", "1"}), frozenset({NO, "无", "×", "N", "n", "0"})


@dataclass(frozen=True)
class Field:
    """One field of a declaration.

    ``unit`` belongs to a number (户, 小时), ``places`` are its decimals; ``least`` and ``most`` are included (money in fen).
    ``choices`` are pairs of code and Chinese name. ``within`` says which areas an area field offers: "" those of the
    writer, "district" all of the district, "units" the district's own units. ``sensitive`` text is kept sealed and shown
    only for a stated purpose. ``not_before`` is the key of the day that a day may not precede. ``since`` and ``until`` are the
    first and last version of the definition with this field.
    """

    key: str
    zh: str
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    required: bool = False
    searchable: bool = False
    sensitive: bool = False
    listed: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    longest: int = 200
    least: int | None = None
    most: int | None = None
    places: int = 0
    within: str = ""
    not_before: str = ""
    since: int = 1
    until: int | None = None

    @property
    def year(self) -> bool:
        """Whether the number names a year of the calendar: it is read as it stands, and years do not add up."""
        return self.kind is FieldKind.NUMBER and self.least is not None and self.least >= FIRST_YEAR

    def __post_init__(self) -> None:
        if not (self.key.isidentifier() and self.zh):
            raise ValueError(f"{self.key}: a field has a key that is a Python name, and a Chinese name")
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.key}: a choice has choices, nothing else has")
        if self.sensitive and (self.kind is not FieldKind.TEXT or self.searchable):
            raise ValueError(f"{self.key}: only text that is not searched can be sensitive")
        if self.not_before and self.kind is not FieldKind.DAY:
            raise ValueError(f"{self.key}: only a day comes before another")
        if self.within not in {"", "district", "units"}:
            raise ValueError(f"{self.key}: an area field offers its own areas, the district's or the units'")

    def stands_in(self, version: int) -> bool:
        """Whether this version of the definition has the field."""
        return self.since <= version and (self.until is None or version <= self.until)

    @property
    def head(self) -> str:
        """The name with its unit: 服务时长（小时）."""
        unit = "元" if self.kind is FieldKind.MONEY else self.unit
        return f"{self.zh}（{unit}）" if unit else self.zh


def read_value(field: Field, text: str) -> Value:
    """What a typed text means for this field; None for an empty one.

    Files and references are not typed. Raises ValueError, in Chinese, saying what is wrong and how to mend it.
    """
    lines = text.splitlines() if field.kind is FieldKind.TEXT and field.longest > LINE else [text]
    text = "\n".join(tidy(line) for line in lines).strip()
    if not text:
        return None
    readers = {
        FieldKind.TEXT: _text, FieldKind.NUMBER: _number, FieldKind.MONEY: _money, FieldKind.CHOICE: _choice,
        FieldKind.YES_NO: _yes_no,
    }  # fmt: skip
    if field.kind in readers:
        return readers[field.kind](field, text)
    if field.kind is FieldKind.DAY:
        return parse_day(text).isoformat()
    if field.kind is FieldKind.AREA:
        return check_code(text)
    raise TypeError(f"{field.key}: a {field.kind} is chosen, not typed")


def _text(field: Field, text: str) -> str:
    if len(text) > field.longest:
        raise ValueError(f"{field.zh}不能超过{field.longest}个字，现有{len(text)}个，请缩短。")
    return text


def _number(field: Field, text: str) -> int | str:
    try:
        number = Decimal(plain(text).replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{field.zh}应为数字，请只填数字。") from None
    if not number.is_finite() or abs(number) >= 10**12:
        raise ValueError(f"{field.zh}的数字过大，请核对。")
    if number != round(number, field.places):
        places = f"最多{field.places}位小数" if field.places else "整数"
        raise ValueError(f"{field.zh}应为{places}，请核对。")
    _check_bounds(field, number, str)
    return int(number) if field.places == 0 else f"{number:.{field.places}f}"


def _money(field: Field, text: str) -> int:
    fen = parse_yuan(text, signed=field.least is not None and field.least < 0)
    _check_bounds(field, fen, lambda bound: show_yuan(bound) + "元")
    return fen


def _check_bounds(field: Field, number: Decimal | int, write: object) -> None:
    if field.least is not None and number < field.least:
        raise ValueError(f"{field.zh}不能小于{write(field.least)}，请核对。")  # type: ignore[operator]
    if field.most is not None and number > field.most:
        raise ValueError(f"{field.zh}不能大于{write(field.most)}，请核对。")  # type: ignore[operator]


def _choice(field: Field, text: str) -> str:
    codes = {code: code for code, _ in field.choices} | {zh: code for code, zh in field.choices}
    if text not in codes:
        raise ValueError(f"{field.zh}应为以下之一：{'、'.join(zh for _, zh in field.choices)}。")
    return codes[text]


def _yes_no(field: Field, text: str) -> bool:
    if text in _YES_WORDS:
        return True
    if text in _NO_WORDS:
        return False
    raise ValueError(f"{field.zh}请填“{YES}”或“{NO}”。")


def show_value(field: Field, value: Value) -> str:
    """A kept value in words; "" for none. Areas, files and references are named by whoever keeps them."""
    if value is None or value == "":
        return ""
    if field.kind is FieldKind.MONEY:
        return show_yuan(int(value))
    if field.kind is FieldKind.CHOICE:
        return dict(field.choices).get(str(value), str(value))
    if field.kind is FieldKind.YES_NO:
        return YES if value else NO
    return str(value)


def check_values(fields: tuple[Field, ...], values: dict[str, Value]) -> list[tuple[str, str]]:
    """What is wrong with kept values as (key, sentence): an unknown field, a missing one, one that cannot be read back."""
    known = {field.key: field for field in fields}
    faults = [(key, f"没有“{key}”这一项，请使用现行的表样。") for key in values if key not in known]
    for key, field in known.items():
        value = values.get(key)
        if value in (None, ""):
            if field.required:
                faults.append((key, f"请填写{field.zh}。"))
        elif field.kind not in REFERENCES | {FieldKind.FILE}:
            faults += _read_back(field, value) or _too_early(field, known.get(field.not_before), values)
    return faults


def _too_early(field: Field, other: Field | None, values: dict[str, Value]) -> list[tuple[str, str]]:
    """Days are kept as ISO text, so that they compare as text."""
    first = values.get(other.key) if other else None
    if other is None or not isinstance(first, str) or str(values[field.key]) >= first:
        return []
    return [(field.key, f"{field.zh}不能早于{other.zh}{first}，请修改。")]


_KEPT_AS: dict[FieldKind, tuple[type, ...]] = {FieldKind.MONEY: (int,), FieldKind.NUMBER: (int, str), FieldKind.YES_NO: (bool,)}


def _read_back(field: Field, value: Value) -> list[tuple[str, str]]:
    """A kept value must be what its own words are read as: nothing but the reader makes values."""
    wrong = [(field.key, f"{field.zh}的写法不对，请核对后重新填写。")]
    if not isinstance(value, _KEPT_AS.get(field.kind, (str,))) or isinstance(value, bool) != (field.kind is FieldKind.YES_NO):
        return wrong
    said = str(value) if field.kind in {FieldKind.CHOICE, FieldKind.AREA} else show_value(field, value)
    try:
        return [] if read_value(field, said) == value else wrong
    except ValueError as fault:
        return [(field.key, str(fault))]
