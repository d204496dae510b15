"""From a case's facts to the lines that the public sees: the lawful fields, shown as the list says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from linli.base.masking import Audience, mask_account, mask_address, mask_id, mask_name, mask_phone
from linli.base.money import show_yuan
from linli.base.text import tidy
from linli.kernel.access.rules import Refused
from linli.kernel.publicity.rules.kinds import LawfulField, Minors, NoticeKind, Show, Who
from linli.kernel.publicity.rules.scanner import personal_data_in

LONGEST, LONGEST_PROSE = 60, 400
"""Signs that a value may have; a paragraph of a signed report (:attr:`Show.PROSE`) may have more."""


class NotLawful(Refused):
    """Something would become public that the law's field list does not name, or that is personal data."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line that a domain hands over: its case ("<package>.<thing>:<id>"), the facts, and whom it is about.

    ``case``, ``person`` and ``household`` (ids in the registry) stay with the staff; only the lawful fields of ``row``
    are published.
    """

    case: str
    row: Mapping[str, object]
    person: int | None = None
    household: int | None = None


def prepare_rows(kind: NoticeKind, rows: Iterable[Mapping[str, object]]) -> tuple[dict[str, str], ...]:
    """The lines as the public will read them, each value as text, in the order of the list.

    :raises NotLawful: a row has a field that the list does not name or lacks one that it names, a value cannot be shown
        in the lawful way, or a shown value holds personal data. The message names the line, never the value.
    """
    return tuple(_prepared(kind, number, row) for number, row in enumerate(rows, 1))


def _prepared(kind: NoticeKind, number: int, row: Mapping[str, object]) -> dict[str, str]:
    lawful = {one.key for one in kind.fields}
    if beyond := row.keys() - lawful:
        raise NotLawful(f"第{number}行：“{'、'.join(sorted(beyond))}”不在“{kind.zh}”的法定公示项目内，不能公布。")
    if missing := lawful - row.keys():
        raise NotLawful(f"第{number}行：缺少公示项目“{'、'.join(sorted(missing))}”，请补充后再公示。")
    return {one.key: _shown(kind, number, one, row[one.key]) for one in kind.fields}


def _shown(kind: NoticeKind, number: int, one: LawfulField, value: object) -> str:
    show = _WAYS[one.show]
    try:
        text = show(value, kind.minors)
    except _Unshowable as fault:
        raise NotLawful(f"第{number}行“{one.heading}”{fault}") from fault
    longest = LONGEST_PROSE if one.show is Show.PROSE else LONGEST
    if len(text) > longest:
        raise NotLawful(f"第{number}行“{one.heading}”超过{longest}个字，请缩短。")
    if found := personal_data_in(text):
        raise NotLawful(f"第{number}行“{one.heading}”中含有{found[0].zh}，不能公布，请删去。")
    return text


class _Unshowable(ValueError):
    """The rest of a sentence that begins with the line and the heading."""


def _text(value: object, minors: Minors) -> str:
    if not isinstance(value, str):
        raise _Unshowable("应为文字，请核对。")
    return tidy(value)


def _people(value: object, minors: Minors) -> tuple[Who, ...]:
    people = (value,) if isinstance(value, Who) else value
    if not isinstance(people, tuple) or not people or not all(isinstance(one, Who) for one in people):
        raise _Unshowable("应写明姓名和是否未成年，请核对。")
    if minors is Minors.REFUSED and any(one.minor for one in people):
        raise _Unshowable("涉及未成年人，这一事项不得公示未成年人。")
    if not all(one.name.strip() for one in people):
        raise _Unshowable("没有姓名，请补充。")
    return people


def _name(value: object, minors: Minors) -> str:
    people = _people(value, minors)
    return "、".join(mask_name(one.name, minor=True) if one.minor else tidy(one.name) for one in people)


def _hidden_name(value: object, minors: Minors) -> str:
    return "、".join(mask_name(one.name, minor=one.minor) for one in _people(value, minors))


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise _Unshowable("应为不小于0的整数，请核对。")
    return value


def _day(value: object, minors: Minors) -> str:
    if type(value) is not date:
        raise _Unshowable("应为日期，请核对。")
    return f"{value.year}年{value.month}月{value.day}日"


def _masked(mask: Callable[[str], str]) -> Callable[[object, Minors], str]:
    def show(value: object, minors: Minors) -> str:
        return mask(_text(value, minors))

    return show


_WAYS: dict[Show, Callable[[object, Minors], str]] = {
    Show.TEXT: _text,
    Show.PROSE: _text,
    Show.NAME: _name,
    Show.HIDDEN_NAME: _hidden_name,
    Show.MONEY: lambda value, minors: show_yuan(_whole(value)),
    Show.COUNT: lambda value, minors: str(_whole(value)),
    Show.DAY: _day,
    Show.TOWN: _masked(lambda text: mask_address(text, Audience.PUBLIC)),
    Show.NUMBER_HEAD: _masked(lambda text: mask_id(text, Audience.PUBLIC)),
    Show.PHONE: _masked(mask_phone),
    Show.ACCOUNT_TAIL: _masked(mask_account),
}
