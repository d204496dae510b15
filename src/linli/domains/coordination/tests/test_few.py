"""The table of coverage tells a leader no small number, neither by a column nor by a row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from linli.domains.coordination.rules import Reach
from linli.domains.coordination.views.coverage import AreaLine, _hidden, _line, _sum
from linli.kernel.access.rules import Role

KINDS = [one.value for one in Reach]


def table(*rows: tuple[int, ...], role: Role = Role.LEADER) -> list[list[Any]]:
    """The lines as the page shows them, the sum last: whole, then by reach."""
    found = [AreaLine(f"37040400{n}000", f"镇{n}", dict(zip(KINDS, row, strict=True))) for n, row in enumerate(rows)]
    lines = [*found, _sum(found)]
    apart = _hidden(SimpleNamespace(actor=SimpleNamespace(role=role)), lines)  # type: ignore[arg-type]
    shown = [_line(line, apart) for line in lines]
    return [[line["whole"], *line["numbers"], line["ratio"]] for line in shown]


@pytest.mark.parametrize("few", [1, 3, 4])
def test_the_only_small_number_is_not_what_the_others_leave(few):
    first, second, both = table((20, few, 0, 12), (30, 9, 0, 8))
    assert first[2] == "少于5" and first[-1] == "—"
    assert sum(cell == "不显示" for cell in (second[2], both[2])) >= 1, "its column"
    assert sum(cell == "不显示" for cell in (first[0], *first[1:5])) >= 1, "its row"


def test_who_works_with_the_families_reads_the_whole_table():
    assert table((20, 3, 0, 12), (30, 9, 0, 8), role=Role.DISTRICT_APPROVER)[0][:5] == ["35", "20", "3", "0", "12"]
