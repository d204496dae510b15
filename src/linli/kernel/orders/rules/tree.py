"""The tree of categories: codes of two digits a level, with names, usual lane, desk and terms; kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from linli.base.readings import reading_of
from linli.base.text import plain
from linli.kernel.orders.rules.clocks import FILES
from linli.kernel.orders.rules.words import DeskKind, Lane, OrderKind


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of matter. ``code``: two digits a level. ``words``: other names by which people call it. ``terms``: the group
    whose terms hold. ``desk``: who usually takes it. ``secret``: it is confidential unless somebody says otherwise. ``script``:
    what is said first when life is in danger. ``accuses``: it complains of an office, which never handles it. ``keys``:
    everything by which it is found.
    """

    code: str
    zh: str
    path: str
    words: tuple[str, ...] = ()
    lane: Lane = Lane.ORDINARY
    kind: OrderKind = OrderKind.HELP
    desk: DeskKind = DeskKind.COMMUNITY
    terms: str = ""
    secret: bool = False
    script: str = ""
    accuses: bool = False
    leaf: bool = True
    keys: tuple[str, ...] = ()


def _keys(code: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Everything by which a category is found: code, names, pinyin, initials."""
    read = [[reading_of(character).rstrip("12345") for character in name] for name in names]
    whole, first = ["".join(parts) for parts in read], ["".join(part[:1] for part in parts) for parts in read]
    return (code, *(name.casefold() for name in names), *whole, *first)


@cache
def categories() -> dict[str, Category]:
    """The whole tree by code, in its order. Raises ValueError for a code without its parent, or one that stands twice."""
    entries = tomllib.loads((FILES / "categories.toml").read_text(encoding="utf-8"))["category"]
    found: dict[str, Category] = {}
    parents = {entry["code"][:-2] for entry in entries}
    for entry in entries:
        code, above = entry["code"], entry["code"][:-2]
        if code in found or len(code) % 2 or (above and above not in found):
            raise ValueError(f"分类{code}重复，或缺少上级分类，请核对。")
        up = found.get(above)
        words = {"lane": Lane(entry.get("lane", up.lane if up else "ordinary")),
                 "kind": OrderKind(entry.get("kind", up.kind if up else "help")),
                 "desk": DeskKind(entry.get("desk", up.desk if up else "community")),
                 "terms": entry.get("terms", up.terms if up else ""), "secret": entry.get("secret", up.secret if up else False),
                 "accuses": entry.get("accuses", up.accuses if up else False)}
        path, names = f"{up.path} › {entry['zh']}" if up else entry["zh"], tuple(entry.get("words", ()))
        found[code] = Category(code, entry["zh"], path, names, script=entry.get("script", ""), leaf=code not in parents,
                               keys=_keys(code, (entry["zh"], *names)), **words)  # fmt: skip
    return found


def category(code: str) -> Category | None:
    """The category with this code, if it is one that an order may carry."""
    found = categories().get(code)
    return found if found and found.leaf else None


def find_categories(typed: str, most: int = 12) -> list[Category]:
    """Categories whose code, name, other name or initials begin with, then hold, what was typed."""
    wanted = plain(typed).casefold()
    leaves = [one for one in categories().values() if one.leaf]
    if not wanted:
        return leaves
    ranked = [(rank, one) for one in leaves if (rank := _rank(one, wanted)) is not None]
    return [one for _, one in sorted(ranked, key=lambda pair: (pair[0], pair[1].code))][:most]


def _rank(one: Category, wanted: str) -> int | None:
    if wanted in one.keys:
        return 0
    if any(key.startswith(wanted) for key in one.keys):
        return 1
    return 2 if any(wanted in key for key in (*one.keys, one.path.casefold())) else None


def alarming(text: str) -> list[Category]:
    """Categories whose words of danger stand in a text (自杀, 走失, 家暴 …): their script is shown at once."""
    return [one for one in categories().values() if one.script and any(word in text for word in (one.zh, *one.words))]
