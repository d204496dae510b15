"""A list of rows that can be filtered, sorted, paged, chosen from and exported; its state stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.base.masking import mask_home, mask_name
from linli.kernel.ui.queries.areas import area_names
from linli.kernel.ui.queries.counted import Counted
from linli.kernel.ui.queries.export import MOST_ROWS, USUAL, Recorder, Usual, export_answer, usual_recorder
from linli.kernel.ui.queries.html import body_html, shown
from linli.kernel.ui.queries.links import may_open
from linli.kernel.ui.queries.views import Tab, tabs_of, words_to_keep
from linli.kernel.ui.rules import NOTHING, Badge, Batch, Column, DaysLeft, show

SIZES = (20, 50, 100)
OWN_WORDS = ("sort", "page", "size", "export", "ids", "all")
Rows = QuerySet[Any] | Sequence[Any]
HIDDEN: dict[str, Callable[[str], str]] = {"person": mask_name, "home": mask_home}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: where a click leads, and how the list is sorted now ("", "ascending", "descending")."""

    column: Column
    href: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    html: SafeString


@dataclass(frozen=True, slots=True)
class Line:
    ident: str
    cells: list[Cell]
    row: Any


class Listing:
    """A list, from a request.

    ``rows``: a queryset, a sequence, or a function of the filter's words (only those that were filled in) that gives
    one. ``filters``: a form class whose fields stand in the filter bar; the first three are shown, the rest folded.
    ``order``: the column to sort by at first (``-key``: downwards). ``batch``: what can be done with several rows.
    ``export``: called with (purpose, number of rows) before a file goes out, to write the audit line. Where nothing is said,
    the line is the one that the package of the trail declares (``export_recorder``: request → such a function); None where
    this reader may not export. ``name_of``: the words for one row beside its check box, for those who cannot see. ``size``:
    rows on a page until the reader chooses.
    """

    def __init__(
        self, request: Any, *, rows: Rows | Callable[[dict[str, Any]], Rows], columns: Sequence[Column],
        filters: type[Any] | None = None, title: str = "清单", order: str = "", batch: Sequence[Batch] = (),
        export: Recorder | Usual | None = USUAL, ident: str = "pk", empty: str = "", noun: str = "条",
        name_of: Callable[[Any], str] = str, long: bool = False, size: int = SIZES[0],
    ) -> None:  # fmt: skip
        self.request, self.columns, self.title, self.long, self._size = request, columns, title, long, size
        self._rows, self._filters, self._order = rows, filters, order
        self.batch, self.empty, self.noun = batch, empty, noun
        self.export = usual_recorder(request) if isinstance(export, Usual) else export
        self._ident, self._name_of = ident, name_of

    # the filter

    @cached_property
    def form(self) -> Any:
        """The filter form, bound to the address; None for a list without filters."""
        return self._filters(self.request.GET, auto_id="f_%s") if self._filters else None

    @cached_property
    def faulty(self) -> bool:
        """Whether a filter cannot be understood; then the list says so and shows nothing."""
        return self.form is not None and not self.form.is_valid()

    @cached_property
    def words(self) -> dict[str, Any]:
        """The filters that were filled in."""
        if self.form is None or self.faulty:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [], False)}

    @cached_property
    def filter_words(self) -> list[tuple[str, str]]:
        """The filters that were filled in, as (label, value) for people."""
        return [(str(self.form.fields[name].label), self._said(name, value)) for name, value in self.words.items()]

    def _said(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        choices: dict[Any, Any] = dict(getattr(field, "choices", getattr(field, "known", ())))
        return "、".join(str(choices.get(str(one), show(one))) for one in (value if isinstance(value, list) else [value]))

    # views that the reader keeps of this list

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(self.form.fields) if self.form else frozenset()

    @property
    def may_keep(self) -> bool:
        """Whether the reader can keep views of this list: only staff, and only of lists with a filter."""
        return self.form is not None and getattr(self.request, "actor", None) is not None

    @cached_property
    def tabs(self) -> list[Tab]:
        """The views that the reader keeps of this list."""
        return tabs_of(self.request, self._fields) if self.may_keep else []

    @property
    def tab_here(self) -> Tab | None:
        return next((tab for tab in self.tabs if tab.here), None)

    @property
    def to_keep(self) -> str:
        """The words of the present filter, when there is one that is not a view already."""
        return words_to_keep(self.request, self._fields) if self.may_keep and self.words and not self.tab_here else ""

    @property
    def first_filters(self) -> list[Any]:
        return list(self.form.visible_fields())[:3] if self.form else []

    @property
    def more_filters(self) -> list[Any]:
        return list(self.form.visible_fields())[3:] if self.form else []

    @property
    def more_open(self) -> bool:
        return any(field.name in self.words or field.errors for field in self.more_filters)

    # the rows

    @cached_property
    def rows(self) -> Rows:
        """All rows of the filter, in the chosen order."""
        if self.faulty:
            return []
        return self._sorted(self._rows(self.words) if callable(self._rows) else self._rows)

    @cached_property
    def sort(self) -> str:
        """The key that the list is sorted by, with a minus for downwards; empty for the rows' own order."""
        wanted = self.request.GET.get("sort") or self._order
        known = {column.key for column in self.columns if column.order}
        return wanted if wanted.removeprefix("-") in known else ""

    def _sorted(self, rows: Rows) -> Rows:
        if not self.sort:
            return rows
        down = self.sort.startswith("-")
        column = next(column for column in self.columns if column.key == self.sort.removeprefix("-"))
        if isinstance(rows, QuerySet):
            sign = "-" if down else ""
            return rows.order_by(*(sign + field for field in column.order.split(",")), f"{sign}pk")
        known = [row for row in rows if column.value_of(row) is not None]
        known.sort(key=lambda row: _comparable(column.value_of(row)), reverse=down)
        return known + [row for row in rows if column.value_of(row) is None]

    @cached_property
    def size(self) -> int:
        wanted = self.request.GET.get("size", "")
        return int(wanted) if wanted in {str(size) for size in SIZES} else self._size

    @property
    def sizes(self) -> list[tuple[int, str]]:
        return [(size, self.address(size=size, page=None)) for size in SIZES]

    @cached_property
    def page(self) -> Page[Any]:
        kind = Counted if self.long else Paginator
        return kind(self.rows, self.size).get_page(self.request.GET.get("page"))

    @property
    def total(self) -> int:
        """How many rows the filter has; of a ``long`` list at most one more than can be exported."""
        return self.page.paginator.count

    @property
    def beyond(self) -> bool:
        """Whether a long list has more rows than were counted."""
        return self.long and self.total > MOST_ROWS

    @cached_property
    def lines(self) -> list[Line]:
        """The rows of this page, ready to be shown."""
        self.name_areas(self.page.object_list)
        return [self.line(row) for row in self.page]

    def name_areas(self, rows: Iterable[Any]) -> None:
        """Fetch the names of all areas of these rows at once."""
        columns = [column for column in self.columns if column.kind == "area" or column.codes]
        area_names(code for row in rows for column in columns for code in column.codes_of(row))

    def line(self, row: Any) -> Line:
        """One row, ready to be shown."""
        return Line(str(_step(row, self._ident)), [Cell(column, self._html(column, row)) for column in self.columns], row)

    def _html(self, column: Column, row: Any) -> SafeString:
        text = shown(self.value(column, row), column.kind)
        href = column.link(row) if column.link and (text != NOTHING or column is self.columns[0]) else ""
        if href and not may_open(getattr(self.request, "actor", None), href):
            return text
        return format_html('<a href="{}">{}</a>', href, text) if href else text

    def value(self, column: Column, row: Any) -> Any:
        """What a column says of a row to this reader: a name in full only to those who must recognise the person."""
        value = column.value_of(row)
        return value if self.near or column.kind not in HIDDEN else HIDDEN[column.kind](str(value or ""))

    @cached_property
    def near(self) -> bool:
        """Whether the reader's post is in a community or a town."""
        return bool(getattr(getattr(self.request, "actor", None), "near", False))

    @property
    def body(self) -> SafeString:
        """The rows of the page; each with a box to tick, where something can be done with several."""
        return body_html((line, self._name(line.row) if self.batch else None) for line in self.lines)

    def _name(self, row: Any) -> str:
        """The words for a row, with the names hidden that its columns hide."""
        name = self._name_of(row)
        for column in self.columns:
            clear = str(column.value_of(row) or "") if column.kind in HIDDEN else ""
            name = name.replace(clear, str(self.value(column, row))) if clear else name
        return name

    @cached_property
    def totals(self) -> list[tuple[Column, str]]:
        """The sums of the whole filter, one per column; empty when no column is summed."""
        summed = [column for column in self.columns if column.total]
        if not summed or not self.total:
            return []
        if isinstance(self.rows, QuerySet):
            sums = self.rows.order_by().aggregate(**{f"sum_{column.key}": Sum(column.total) for column in summed})
        else:
            sums = {f"sum_{column.key}": sum(column.value_of(row) or 0 for row in self.rows) for column in summed}
        return [(column, show(sums.get(f"sum_{column.key}"), column.kind) if column.total else "") for column in self.columns]

    # the heads and addresses

    @property
    def heads(self) -> list[Head]:
        return [Head(column, self._sort_address(column), self._direction(column)) for column in self.columns]

    def _direction(self, column: Column) -> str:
        if self.sort.removeprefix("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def _sort_address(self, column: Column) -> str:
        if not column.order:
            return ""
        return self.address(sort=f"-{column.key}" if self.sort == column.key else column.key, page=None)

    def address(self, **changes: Any) -> str:
        """This list with some words of its address changed; None takes a word away."""
        words = self.request.GET.copy()
        for name in ("export", "ids", "all", *changes):
            words.pop(name, None)
        for name in [name for name, values in words.lists() if values == [""]]:
            words.pop(name)
        for name, value in changes.items():
            if value is not None:
                words[name] = str(value)
        return f"{self.request.path}?{words.urlencode()}" if words else str(self.request.path)

    @property
    def may_export(self) -> bool:
        """Whether there is something to export and somebody to record it (a template would call the hook itself)."""
        return self.export is not None and self.total > 0

    @property
    def export_address(self) -> str:
        return self.address(export=1, page=None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Words of the address that a filter form must carry along."""
        return [(name, self.request.GET[name]) for name in ("sort", "size") if self.request.GET.get(name)]

    @property
    def filter_values(self) -> list[tuple[str, str]]:
        """The filter as hidden fields, so that a batch over the whole filter finds the same rows."""
        return [(name, value) for name, values in self.request.GET.lists() if name not in OWN_WORDS for value in values if value]

    @property
    def next_address(self) -> str:
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def previous_address(self) -> str:
        return self.address(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def page_links(self) -> list[tuple[str, str]]:
        """(words, address) around the present page; an empty address for the page itself and for gaps."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [(str(n), "" if n == self.page.number or not isinstance(n, int) else self.address(page=n)) for n in numbers]

    # what was chosen

    @cached_property
    def chosen(self) -> Rows:
        """The rows that were ticked, or all of the filter when that was asked for (check pages use it)."""
        if "all" in self.request.GET:
            return self.rows
        wanted = [ident for ident in self.request.GET.getlist("ids") if ident]
        if isinstance(self.rows, QuerySet):
            numbers = self._ident == "pk"
            known = [ident for ident in wanted if not numbers or (ident.isascii() and ident.isdecimal())]
            return self.rows.filter(**{f"{self._ident}__in": known})
        return [row for row in self.rows if str(_step(row, self._ident)) in set(wanted)]

    @cached_property
    def chosen_lines(self) -> list[Line]:
        self.name_areas(self.chosen)
        return [self.line(row) for row in self.chosen]

    # the answer

    def response(self, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
        """The page with this list as ``listing``; or its export, when that was asked for."""
        if "export" in self.request.GET and self.export is not None and not self.faulty:
            return export_answer(self)
        self.name_areas(self.page.object_list)  # with those that the frame shows above
        return render(self.request, template, {"listing": self, **(context or {})})


def _step(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _comparable(value: Any) -> Any:
    if isinstance(value, DaysLeft):
        return 10**9 if value.left is None else value.left
    return value.text if isinstance(value, Badge) else value
