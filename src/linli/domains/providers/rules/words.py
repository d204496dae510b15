"""The words of providers: who they are, how they stand, what they do, and why an order ends."""

from __future__ import annotations

import re
from datetime import date

from linli.base.named import Named


class ProviderKind(Named):
    """What a provider is."""

    FIRM = "firm", "加盟企业"
    PERSON = "person", "一技之长服务者"
    NETWORK = "network", "社区网络服务中心"


class Standing(Named):
    """How a provider stands with the centre. On trial and as a member it gets orders."""

    APPLIED = "applied", "已申请"
    TRIAL = "trial", "试用"
    MEMBER = "member", "加盟"
    SUSPENDED = "suspended", "暂停派单"
    REFUSED = "refused", "未予加盟"
    REMOVED = "removed", "已退出"


ACTIVE = (Standing.TRIAL, Standing.MEMBER)
BOUND = (*ACTIVE, Standing.SUSPENDED)
"""Under agreement: on trial, a member, or paused for now."""


class Step(Named):
    """What happened to a provider: each stays with its day, its hand and its words."""

    APPLIED = "applied", "申请加盟"
    TRIED = "tried", "同意试用"
    EXTENDED = "extended", "延长试用"
    PROPOSED = "proposed", "提请加盟"
    ADMITTED = "admitted", "批准加盟"
    REFUSED = "refused", "不予加盟"
    WARNED = "warned", "提醒"
    SUSPENDED = "suspended", "暂停派单"
    RESTORED = "restored", "恢复派单"
    REMOVED = "removed", "退出"


class Ground(Named):
    """Why a provider is paused or leaves."""

    ABSENT = "absent", "接单后多次不上门或不签收"
    QUALITY = "quality", "服务质量差、投诉属实"
    PRICE = "price", "不按约定价格收费"
    PAPERS = "papers", "证照失效"
    OWN = "own", "本单位或本人提出"
    FALSE = "false", "虚报服务、冒领补贴"


class LapseKind(Named):
    """What the clocks saw: nobody signed, or somebody signed and nobody came."""

    UNSIGNED = "unsigned", "超时未签收"
    ABSENT = "absent", "签收后未按时上门"


class Service(Named):
    """What a household may order. The sources name 托幼、托老、配送、家政、保洁; meals, haircut, medical; property, security."""

    CLEANING = "cleaning", "保洁"
    HOUSEWORK = "housework", "家政"
    CHILD = "child", "托幼"
    OLD = "old", "托老"
    MEALS = "meals", "配餐送餐"
    DELIVERY = "delivery", "商品配送"
    HAIRCUT = "haircut", "上门理发"
    REPAIR = "repair", "维修"
    MEDICAL = "medical", "上门医疗"
    PROPERTY = "property", "物业服务"
    SECURITY = "security", "治安保卫"


CODES = {
    Service.CLEANING: "101010", Service.HOUSEWORK: "101020", Service.CHILD: "104020", Service.OLD: "104010",
    Service.MEALS: "103010", Service.DELIVERY: "103020", Service.HAIRCUT: "104030", Service.REPAIR: "102040",
    Service.MEDICAL: "104050", Service.PROPERTY: "105010", Service.SECURITY: "105020",
}  # fmt: skip
"""The category of orders under which each service is handled."""
FOR_THE_OLD = (Service.MEALS, Service.HAIRCUT, Service.MEDICAL)
"""What the service for the old through the hotline began with (ELDER-03)."""
OLD_AGE = 60
"""An old person is 60 or older (老年人权益保障法 §2)."""


class Measure(Named):
    """By what a price counts."""

    TIME = "time", "次"
    HOUR = "hour", "小时"
    PIECE = "piece", "份"
    SQUARE = "square", "平方米"
    MONTH = "month", "月"


class Contested(Named):
    """What is said against a line of a settlement."""

    NOT_DONE = "not_done", "居民称没有上门"
    TIME = "time", "服务时间不实"
    PRICE = "price", "收费与约定不符"
    QUALITY = "quality", "质量有争议"
    OTHER = "other", "其他"


WISH_NUMBER = re.compile(r"(\d{8})-?(\d{6})")
"""Six digits behind the day; an order has five."""


def wish_number(since: date, key: int) -> str:
    """The number that residents are told (预约号)."""
    return f"{since:%Y%m%d}-{key:06d}"


def wish_key(given: str) -> tuple[date, int] | None:
    """Day and key of such a number; None for anything else."""
    found = WISH_NUMBER.fullmatch(given.strip())
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


class WishState(Named):
    """How what a resident asked for on the web stands."""

    OPEN = "open", "待联系"
    ORDERED = "ordered", "已下单"
    DECLINED = "declined", "未下单"
