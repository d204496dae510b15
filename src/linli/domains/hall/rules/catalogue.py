"""The catalogue of services: windows, items, papers, bundles and norms, as they are written in ``parameters``.

Everything that residents read, print or are asked for comes from these definitions; nothing is said twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from linli.base.areas import Level
from linli.base.days import Term
from linli.base.named import Named
from linli.base.readings import INITIALS

LEVELS = {"community": Level.COMMUNITY, "town": Level.TOWN, "district": Level.DISTRICT}
_BASIS = re.compile(r"(?P<document>\S+) (?P<article>.+) \[(?P<certainty>[SsM])\]")


class Group(Named):
    """Who somebody is, as people say it themselves when they look for an item."""

    RESIDENT = "resident", "普通居民"
    POOR = "poor", "困难家庭"
    ELDER = "elder", "老年人"
    DISABLED = "disabled", "残疾人"
    PARENT = "parent", "新婚和育儿家庭"
    WORKER = "worker", "求职和务工人员"
    FARMER = "farmer", "农户"
    VETERAN = "veteran", "优抚对象"
    SHOP = "shop", "经营者和社会组织"
    NEWCOMER = "newcomer", "外来人员"


class Kept(Named):
    """How a paper is given: shown and handed back at once, left until the end, left as a copy, or left for the file for good."""

    SHOWN = "shown", "看原件"
    ORIGINAL = "original", "收原件"
    COPY = "copy", "收复印件"
    FILED = "filed", "收下存档"


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a hall: its letter on tickets, the department that answers for it, where one asks."""

    key: str
    zh: str
    letter: str
    department: str
    consult: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that an item asks for. ``known``: why it is not asked for, because the register shows it already."""

    key: str
    zh: str
    issuer: str
    kept: Kept
    copies: int = 1
    known: str = ""
    required: bool = True

    @property
    def asked(self) -> bool:
        """Whether people have to bring it at all."""
        return not self.known

    @property
    def how(self) -> str:
        """Original or copy, and how many: 收复印件1份."""
        return self.kept.zh if self.kept is Kept.SHOWN else f"{self.kept.zh}{self.copies}份"


@dataclass(frozen=True, slots=True)
class Basis:
    """A document and its article; ``certainty`` as in ``linli.base.dated`` (S read, s in part, M from memory)."""

    document: str
    article: str
    certainty: str

    @property
    def zh(self) -> str:
        """The basis in words; one that was not read in full says so."""
        mark = "" if self.certainty == "S" else "（待核对）"
        return f"《{self.document}》{'' if self.article == '全文' else self.article}{mark}"


@dataclass(frozen=True, slots=True)
class Handler:
    """A business with an application of its own. ``page``: the act of a person that takes it; ``flows``: those of its cases."""

    key: str
    zh: str
    page: str
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of service in one version, in force from ``since`` to ``until`` (inclusive; None is open).

    ``taken``: the levels at whose counters it is taken; ``decided``: the lowest level that may end it. ``spot``: it is ended
    at a counter of that level, or of a higher one, while the person waits. ``passed_down``: a department has given it to the
    communities to do. ``legal`` and ``promised`` are the longest times of the law and of the district; ``fee`` is in fen.
    ``online``: the name of the public page on which one applies without coming. ``handler``: the business that takes it by its
    own application; no counter opens a case of the hall for it. ``spoken``: how people call it, for who looks for it.
    """

    code: str
    version: int
    zh: str
    window: Window
    department: str
    since: date
    until: date | None
    taken: tuple[Level, ...]
    decided: Level
    groups: tuple[Group, ...]
    who: str
    papers: tuple[Paper, ...]
    legal: Term
    promised: Term
    basis: tuple[Basis, ...]
    result: str
    spot: bool = False
    passed_down: bool = False
    fee: int = 0
    note: str = ""
    online: str = ""
    handler: Handler | None = None
    spoken: str = ""

    @property
    def flow(self) -> str:
        """The key of the flow by which it runs: each version has its own."""
        return f"hall.{self.code.lower()}.{self.version}"

    @property
    def asked(self) -> tuple[Paper, ...]:
        """The papers that people bring."""
        return tuple(paper for paper in self.papers if paper.asked)

    @property
    def not_asked(self) -> tuple[Paper, ...]:
        """The papers that the law knows and the register already shows."""
        return tuple(paper for paper in self.papers if not paper.asked)

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The way of the item for residents: what happens, and who does it."""
        lowest = "、".join(f"{level.zh}服务大厅" for level in sorted(self.taken, reverse=True))
        if self.spot:
            return (("交材料", lowest), ("当场办结", "能办结的窗口当场办结，其余由窗口上报办结"))
        review = (("审核", "镇街"),) if self.decided is Level.DISTRICT and max(self.taken) >= Level.TOWN else ()
        return (("交材料", lowest), *review, ("决定", self.decider), ("领取结果", "交材料的大厅"))

    @property
    def decider(self) -> str:
        """Who decides: the office of the level that may end it, the department where that is the district."""
        return self.department if self.decided is Level.DISTRICT else {Level.TOWN: "镇（街道）"}.get(self.decided, "村（社区）")

    @property
    def time(self) -> str:
        """The promise in words."""
        return "当场办结" if self.spot and not self.promised.n else self.promised.zh

    @property
    def words(self) -> str:
        """What a search looks through."""
        return f"{self.code} {self.zh} {self.who} {self.window.zh} {self.department} {self.result} {self.spoken}".casefold()

    @property
    def initials(self) -> str:
        """The first letters of its name: 残疾人证申领 is cjrzsl."""
        return "".join(INITIALS[sign] for sign in self.zh).casefold()

    def stands(self, on: date) -> bool:
        """Whether this version is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def taken_at(self, level: Level) -> bool:
        """Whether a counter of this level takes it."""
        return level in self.taken


@dataclass(frozen=True, slots=True)
class Bundle:
    """One thing of life (一件事): one form, several items behind it."""

    key: str
    zh: str
    group: Group
    who: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm of service in one version."""

    key: str
    zh: str
    version: int
    since: date
    until: date | None
    window: str
    lines: tuple[str, ...]

    def stands(self, on: date) -> bool:
        """Whether this version is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Catalogue:
    """Everything in all versions; ``on`` gives what is in force on a day."""

    windows: Mapping[str, Window]
    items: tuple[Item, ...]
    bundles: tuple[Bundle, ...]
    norms: tuple[Norm, ...]
    complaint: str
    handlers: tuple[Handler, ...] = ()

    def on(self, day: date) -> tuple[Item, ...]:
        """The items in force on a day, by code."""
        return tuple(item for item in self.items if item.stands(day))

    def item(self, code: str, on: date) -> Item | None:
        """The version of an item in force on a day; None when there is none."""
        return next((item for item in self.items if item.code == code and item.stands(on)), None)

    def version(self, code: str, version: int) -> Item:
        """One version of an item. LookupError when there never was such a one."""
        for item in self.items:
            if (item.code, item.version) == (code, version):
                return item
        raise LookupError(f"the catalogue has no item {code} in version {version}")

    def norms_on(self, day: date) -> tuple[Norm, ...]:
        """The norms in force on a day."""
        return tuple(norm for norm in self.norms if norm.stands(day))


def catalogue_of(tables: Iterable[Mapping[str, Any]]) -> Catalogue:
    """The catalogue that these tables (read from TOML) say. LookupError or ValueError names what is wrong."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for table in tables:
        for kind, found in table.items():
            rows.setdefault(kind, []).extend(found)
    windows = {row["key"]: Window(**row) for row in rows.get("window", ())}
    papers = {row["key"]: _paper(row) for row in rows.get("paper", ())}
    handlers = {row["key"]: Handler(**{**row, "flows": tuple(row["flows"])}) for row in rows.get("handler", ())}
    spoken = {row["code"]: row["words"] for row in rows.get("spoken", ())}
    found = (replace(_item(row, windows, papers, handlers), spoken=spoken.get(row["code"], "")) for row in rows.get("item", ()))
    items = tuple(sorted(found, key=lambda one: (one.code, one.since)))
    if lost := spoken.keys() - {item.code for item in items}:
        raise LookupError(f"there are spoken words for {sorted(lost)}, but no such items")
    bundles = tuple(
        Bundle(row["key"], row["zh"], Group(row["for"]), row["who"], tuple(row["items"])) for row in rows.get("bundle", ())
    )
    norms = tuple(_norm(row) for row in rows.get("norm", ()))
    complaint = "、".join(f"{row['zh']} {row['phone']}" for row in rows.get("complaint", ()))
    return Catalogue(windows, items, bundles, norms, complaint, tuple(handlers.values()))


def _paper(row: Mapping[str, Any]) -> Paper:
    return Paper(row["key"], row["zh"], row["from"], Kept(row["kind"]), row.get("copies", 1), row.get("known", ""))


def _norm(row: Mapping[str, Any]) -> Norm:
    return Norm(
        row["key"], row["zh"], row.get("version", 1), row["from"], row.get("until"), row.get("window", ""), tuple(row["lines"])
    )


def _item(
    row: Mapping[str, Any], windows: Mapping[str, Window], papers: Mapping[str, Paper], handlers: Mapping[str, Handler]
) -> Item:
    window = windows[row["window"]]
    return Item(
        code=row["code"], version=row.get("version", 1), zh=row["zh"], window=window,
        department=row.get("department", window.department), since=row["from"], until=row.get("until"),
        taken=tuple(LEVELS[name] for name in row["taken"]), decided=LEVELS[row["decided"]],
        groups=tuple(Group(name) for name in row["for"]), who=row["who"],
        papers=tuple(_asked(word, papers) for word in row["papers"]), legal=_term(row["legal"]), promised=_term(row["promised"]),
        basis=tuple(_basis(text) for text in row["basis"]), result=row["result"], spot=row.get("spot", False),
        passed_down=row.get("passed_down", False), fee=row.get("fee", 0), note=row.get("note", ""),
        online=row.get("online", ""), handler=handlers[row["handled_by"]] if "handled_by" in row else None,
    )  # fmt: skip


def _asked(word: str, papers: Mapping[str, Paper]) -> Paper:
    """A paper of the list; a question mark behind it: only where it applies."""
    return replace(papers[word.removesuffix("?")], required=not word.endswith("?"))


def _term(text: str) -> Term:
    n, kind = text.split()
    return Term(kind, int(n))  # type: ignore[arg-type]


def _basis(text: str) -> Basis:
    found = _BASIS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text}: a basis is written as 文件 条 [S]")
    return Basis(found["document"], found["article"], found["certainty"])


def faults(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with a catalogue, as sentences for its authors; none means good."""
    for item in catalogue.items:
        yield from (f"{item.code}.{item.version}: {fault}" for fault in _faults_of(item))
    for item, later in zip(catalogue.items, catalogue.items[1:], strict=False):
        if item.code == later.code and not (item.until and item.until < later.since and item.version < later.version):
            yield f"{item.code}: the versions {item.version} and {later.version} overlap"
    codes = {item.code for item in catalogue.items}
    for bundle in catalogue.bundles:
        yield from (f"{bundle.key}: there is no item {code}" for code in bundle.codes if code not in codes)
        own = {item.code: item.handler.zh for item in catalogue.items if item.handler}
        yield from (f"{bundle.key}: {code} is taken by {own[code]}" for code in bundle.codes if code in own)


def _faults_of(item: Item) -> Iterator[str]:
    texts = (item.zh, item.who, item.result, item.department, item.window.consult)
    if not all(texts) or not item.groups or not item.basis or not item.papers:
        yield "something that residents must know is missing"
    if item.promised.kind == item.legal.kind and item.promised.n > item.legal.n:
        yield "the promise is longer than the law"
    if not item.taken or (not item.spot and min(item.taken) < item.decided):
        yield "it is taken above the level that decides it"
    if item.decided is Level.COMMUNITY and not item.spot:
        yield "what a community decides it does while the person waits"
    if item.passed_down and Level.COMMUNITY not in item.taken:
        yield "what was passed down is taken by communities"
    if len({paper.key for paper in item.papers}) != len(item.papers):
        yield "a paper is asked for twice"
