"""A day of calls to play: so many lines, callers who wait, are answered, hand up or give up; the same for the same seed."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.gateways.telephony.events import CallEvent, Ending, Happened

HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 16, 15, 12, 8, 11, 15, 15, 13, 11, 8, 7, 6, 4, 3, 2)
"""How calls spread over the hours of a day, of 179."""
TALK, LONGEST_TALK = 150, 1800
"""Seconds of a talk, on average and at most."""
PATIENCE = 60
"""Seconds after which half of the waiting have hung up, roughly."""


@dataclass(frozen=True, slots=True)
class Day:
    """``calls`` callers on a day that begins at ``start`` (aware), to ``lines`` operators with the given extensions."""

    start: datetime
    calls: int
    desks: Sequence[str]
    numbers: Sequence[str]
    """Numbers that callers call from; an empty one is withheld."""
    seed: int = 1
    dialled: str = "96777"


def play(day: Day) -> Iterator[CallEvent]:
    """Every event of the day in the order of time. A free desk answers after its ring; where none is free callers wait.

    Nobody is answered twice, no desk speaks to two at once, and every call ends.
    """
    chance = random.Random(day.seed)
    arrivals = _arrivals(day, chance)
    free = [(day.start, desk) for desk in day.desks]
    heapq.heapify(free)
    events: list[tuple[datetime, int, CallEvent]] = []
    for number, at in enumerate(arrivals, 1):
        call, caller = f"{day.start:%Y%m%d}-{number:05d}", chance.choice(day.numbers)
        events.append((at, number, CallEvent(call, Happened.RINGING, at, caller, day.dialled)))
        since, desk = free[0]
        answered = max(since, at) + timedelta(seconds=chance.uniform(2, 9))
        gone = at + timedelta(seconds=chance.expovariate(0.69 / PATIENCE) + 5)
        if gone < answered:
            events.append((gone, number, CallEvent(call, Happened.ENDED, gone, caller, day.dialled, ending=Ending.ABANDONED)))
            continue
        ended = answered + timedelta(seconds=min(LONGEST_TALK, 20 + chance.expovariate(1 / TALK)))
        heapq.heapreplace(free, (ended, desk))
        recording = f"rec/{call}"
        events.append((answered, number, CallEvent(call, Happened.ANSWERED, answered, caller, day.dialled, desk)))
        end = CallEvent(call, Happened.ENDED, ended, caller, day.dialled, desk, Ending.NORMAL, recording)
        events.append((ended, number, end))
    events.sort(key=lambda one: one[:2])
    return (event for _, _, event in events)


def _arrivals(day: Day, chance: random.Random) -> list[datetime]:
    hours = chance.choices(range(24), weights=HOURS, k=day.calls)
    return sorted(day.start + timedelta(hours=hour, seconds=chance.uniform(0, 3600)) for hour in hours)
