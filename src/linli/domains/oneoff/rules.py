"""Occasions, the registers that are joined, and how everybody is counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linli.base.named import Named

PURPOSE = "oneoff.subsidy"
PURPOSE_ZH = "一次性生活补贴"


class Occasion(Named):
    """For what it is paid; a person gets it once for an occasion of a year."""

    SPRING = "spring", "春节"
    AUTUMN = "autumn", "中秋"
    OTHER = "other", "其他"


class Register(Named):
    """The registers that are joined: kinds of status, the first comes first where somebody stands in several for the same sum."""

    TEKUN = "tekun", "五保（特困）对象"
    DIBAO = "dibao", "城乡低保对象"
    VETERAN = "veteran", "优抚对象"


class RoundState(Named):
    """How a round stands."""

    DRAFTED = "drafted", "待核对"
    CONFIRMED = "confirmed", "待开付款单"
    ORDERED = "ordered", "已开付款单"
    DISCARDED = "discarded", "已作废"


def once(registers: Mapping[Register, Iterable[int]], amounts: Mapping[Register, int]) -> dict[int, Register]:
    """Everybody of the joined registers once, in the register that gives most; a register without a sum gives nobody anything."""
    found: dict[int, Register] = {}
    for register in sorted(amounts, key=lambda one: (-amounts[one], list(Register).index(one))):
        if amounts[register] > 0:
            for person in registers.get(register, ()):
                found.setdefault(person, register)
    return found
