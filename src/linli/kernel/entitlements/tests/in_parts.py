"""A run computed part by part, for tests: on this connection one after the other, or on several at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

from django.test import override_settings

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements import actions
from linli.kernel.entitlements.actions.runs import drafting, parts
from linli.kernel.entitlements.models import Run, RunItem, RunLine, RunPart


@contextmanager
def small_parts(width: int = 3) -> Iterator[None]:
    """Every run is large, and is cut into parts of one entitlement each."""
    sizes = {"LEAST": 1, "MOST": 1, "STEP": 1}
    with patch.object(drafting, "LARGE", 0), patch.multiple(parts, **sizes), override_settings(RUN_CONNECTIONS=width):
        yield


def cut(maker: Actor, day: date, **words: Any) -> Run:
    """A run that waits, in parts of one entitlement each."""
    with small_parts():
        run = actions.open_run(by=maker, on=day, **words)
        assert run.state == "waiting" and parts.cut_run(by=maker, on=day, run_id=run.pk)
    return run


def left_of(run: Run) -> list[int]:
    """The parts that are not done, the last one first: the order is nothing to them."""
    with scoped(WHOLE):
        return list(RunPart.objects.filter(run=run, done=False).order_by("-number").values_list("pk", flat=True))


def part_by_part(maker: Actor, day: date, **words: Any) -> Run:
    """A run in parts of one entitlement each, all of them computed here."""
    run = cut(maker, day, **words)
    for pk in left_of(run):
        assert parts.finish_draft(by=maker, on=day, run_id=run.pk).state == "waiting"
        assert parts.draft_part(by=maker, on=day, run_id=run.pk, part_id=pk)
        assert not parts.draft_part(by=maker, on=day, run_id=run.pk, part_id=pk)
    return parts.finish_draft(by=maker, on=day, run_id=run.pk)


def proposed(run: Run) -> tuple[list[dict[str, Any]], tuple[int, ...]]:
    """All lines and items of a run, and its totals, which are those of its lines."""
    with scoped(WHOLE):
        lines = list(RunLine.objects.filter(run=run).order_by("entitlement").values())
        items = list(RunItem.objects.filter(run=run).order_by("entitlement", "for_month", "component").values())
    found = [{key: row[key] for key in row if key not in ("id", "run_id", "pk")} for row in (*lines, *items)]
    sums = []
    for held in (False, True):
        mine = [row["amount"] for row in lines if row["held"] is held and (held or row["amount"] > 0)]
        sums += [len(mine), sum(mine)]
    assert (run.count, run.amount, run.held, run.held_amount) == tuple(sums)
    return found, tuple(sums)
