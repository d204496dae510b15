"""What the keys mean, when a press is the same one, and who must answer it by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from linli.base.named import Named

LONGEST_NEEDS = 500
SAME_WITHIN = timedelta(seconds=10)
"""A device that gives no press ids repeats itself: the same key within this time is one press."""
AGAIN_WITHIN = timedelta(minutes=5)
"""Whoever orders a meal and presses again, unsure whether it was heard, wants one meal."""
BEAT_EVERY = timedelta(hours=2)
"""How often the last sign of life is written down; devices tell it far more often."""


class Function(Named):
    """What a key asks for."""

    EMERGENCY = "emergency", "紧急求救"
    MEDICAL = "medical", "医疗急救"
    HOUSEHOLD = "household", "家政服务"
    MEALS = "meals", "送餐"
    REPAIR = "repair", "维修"
    CHAT = "chat", "聊天陪伴"
    UNKNOWN = "unknown", "按键不明"


KEYS: Mapping[int, Function] = dict(enumerate([one for one in Function if one is not Function.UNKNOWN], 1))
"""The six keys as devices are delivered."""
URGENT = frozenset({Function.EMERGENCY, Function.MEDICAL, Function.UNKNOWN})
"""A person answers these at once; the others are orders like those by telephone."""
CATEGORIES: Mapping[Function, str] = {
    Function.EMERGENCY: "302060", Function.UNKNOWN: "302060", Function.MEDICAL: "302020", Function.HOUSEHOLD: "101010",
    Function.MEALS: "103010", Function.REPAIR: "102040", Function.CHAT: "303030",
}  # fmt: skip
"""The category of the order that a key opens."""
SILENT_CATEGORY = "102050"


class PressState(Named):
    """How a press stands. Passed on: it became an order at once, and nobody has to answer the key itself."""

    WAITING = "waiting", "等待应答"
    TAKEN = "taken", "处理中"
    PASSED = "passed", "已转工单"
    CLOSED = "closed", "已处理"


OPEN = (PressState.WAITING, PressState.TAKEN)


class Outcome(Named):
    """How an answered press ended."""

    HELPED = "helped", "已救助"
    SENT_AMBULANCE = "ambulance", "已送医"
    NO_NEED = "no_need", "误触，平安"
    TEST = "test", "设备测试"
    UNREACHED = "unreached", "无法联系，已派人上门"


class Rung(Named):
    """Who is called upon while nobody answers, one after the other."""

    OPERATOR = "operator", "热线坐席"
    COMMUNITY = "community", "社区"
    STREET = "street", "镇街"
    DISTRICT = "district", "区级"


RUNGS = tuple(Rung)


class Happening(Named):
    """What happened to a press."""

    ARRIVED = "arrived", "收到按键"
    ORDERED = "ordered", "生成工单"
    NOT_ORDERED = "not_ordered", "未能生成工单"
    ESCALATED = "escalated", "升级"
    TAKEN = "taken", "接警"
    CLOSED = "closed", "处理完毕"


def function_of(keys: Mapping[str, str], key: int | None) -> Function:
    """What a key of this device asks for; a key that the device should not have is an unknown one."""
    return Function(keys.get(str(key), Function.UNKNOWN.value))


def rung_at(waited: timedelta, ladder: Sequence[int]) -> int:
    """On which rung a press stands that has waited so long: 0 the operator, one more for each passed number of seconds."""
    return min(sum(waited >= timedelta(seconds=step) for step in ladder), len(RUNGS) - 1)


def faults_of_keys(keys: Mapping[str, str]) -> str:
    """What is wrong with the keys of a device, in words; empty when nothing is. One of them must call for help."""
    if not any(function in (Function.EMERGENCY.value, Function.MEDICAL.value) for function in keys.values()):
        return "至少要有一个键用于紧急求救或医疗急救。"
    return ""
