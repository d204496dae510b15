"""Why a number became more or less: what stood at the beginning, who came, who went, each with its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from linli.kernel.figures import queries
from linli.kernel.figures.rules import APART, Figure, Period, hidden, show

Above = Callable[[HttpRequest, Figure, Period, str], list[str]]
SIGNS = ("", "＋", "－")


@dataclass(frozen=True, slots=True)
class Step:
    """One number of the course: its sign, its name and what is shown of it, the figure whose rows it opens (none: the rest)."""

    sign: str
    zh: str
    text: str
    one: Figure | None


def course_of(
    request: HttpRequest, one: Figure, period: Period, area: str, total: int, *, kept_back: bool, above: Above
) -> list[Step]:
    """The steps from the beginning to the total. To a leader all of them or none: where one number is small, or is not shown for
    another reason (``kept_back``; ``above``: not in the table of the area above), it would follow from the others.
    """
    if not one.course:
        return []
    figures = [queries.figure(key) for key in one.course]
    numbers = [queries.value(each, period, area) for each in figures]
    rest = total - numbers[0] - numbers[1] + numbers[2]
    role: Any = request.actor.role  # type: ignore[attr-defined]
    shy = kept_back or any(hidden(abs(number), role) for number in (*numbers, rest, total))
    shy = shy or any(above(request, each, period, area) for each in figures)

    def text(number: int) -> str:
        return APART if shy else show(number, one.unit, "thousands")

    steps = [
        Step(sign, each.zh, text(number), each) for sign, each, number in zip(SIGNS, figures, numbers, strict=True)
    ]
    if rest:  # whose area changed meanwhile
        steps.append(Step("＋" if rest > 0 or shy else "－", "迁移等其他变动", text(abs(rest)), None))
    return steps
