"""Django's compiler without two detours that every list and every page of a thing pays.

*Ordering.* Before an ordered query is written, Django hashes each selected column, to see whether one is ordered by again as an
expression; for a page of a thing with its six joined tables that is a third of the whole statement. A field's name can only mean
an alias, so where all orderings are names and no column has an alias nothing is compared.

*Columns.* A plain column is its quoted table and name; no look-up of ways to write it.

The statements are Django's own, letter by letter; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql import compiler as base
from django.db.models.expressions import Col

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]

SQLAggregateCompiler = base.SQLAggregateCompiler
SQLDeleteCompiler = base.SQLDeleteCompiler
SQLInsertCompiler = base.SQLInsertCompiler
SQLUpdateCompiler = base.SQLUpdateCompiler


class SQLCompiler(base.SQLCompiler):
    """Writes selects."""

    def _order_by_pairs(self) -> Iterator[Any]:  # type: ignore[override]
        pairs: Any = super()._order_by_pairs
        named = all(isinstance(one, str) for one in self._orderings())
        if self.query.combinator or not named or any(alias for _, _, alias in self.select or ()):
            yield from pairs()
            return
        selected, self.select = self.select, []
        try:
            found = list(pairs())
        finally:
            self.select = selected
        yield from found

    def _orderings(self) -> list[Any]:
        query: Any = self.query
        meta = query.get_meta()
        return [*query.extra_order_by, *query.order_by, *(meta.ordering if meta else ())]

    def compile(self, node: Any) -> tuple[str, Any]:
        if type(node) is Col and node.alias:
            column: Any = node.target.column
            return f"{self.quote_name_unless_alias(node.alias)}.{self.quote_name_unless_alias(column)}", []
        return super().compile(node)
