"""States, grounds and kinds, each with its Chinese word."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How an entitlement stands in a month; computed from its months, never stored."""

    COMING = "coming"
    STANDING = "standing"
    SUSPENDED = "suspended"
    ENDED = "ended"

    @property
    def zh(self) -> str:
        return {"coming": "尚未开始", "standing": "在享", "suspended": "暂停发放", "ended": "已终止"}[self.value]


def state_in(month: date, *, since: date, until: date | None, suspended: date | None) -> State:
    """The state in a month. ``suspended``: the month since which it is held back now."""
    if until is not None and until <= month:
        return State.ENDED
    if since > month:
        return State.COMING
    return State.SUSPENDED if suspended is not None and suspended <= month else State.STANDING


class Deed(StrEnum):
    """What a decision did."""

    GRANT = "grant"
    CHANGE = "change"
    RAISE = "raise"
    ONCE = "once"
    SUSPEND = "suspend"
    RESUME = "resume"
    TAPER = "taper"
    END = "end"

    @property
    def zh(self) -> str:
        return {
            "grant": "批准享受", "change": "调整", "raise": "标准调整", "once": "一次性补助",
            "suspend": "暂停发放", "resume": "恢复发放",
            "taper": "渐退", "end": "终止",
        }[self.value]  # fmt: skip


class Ground(StrEnum):
    """Why something was decided, for counting; the reasons of the rule itself stand beside it."""

    APPROVED = "approved"
    FAMILY = "family"
    INCOME = "income"
    STANDARD = "standard"
    ADDED = "added"
    MENDED = "mended"
    UNREACHABLE = "unreachable"
    PRISON = "prison"
    UNREVIEWED = "unreviewed"
    CLEARED = "cleared"
    DEATH = "death"
    MOVED = "moved"
    UNFIT = "unfit"
    REFUSED_REVIEW = "refused_review"
    OWN_WISH = "own_wish"
    OTHER_PROGRAMME = "other_programme"
    NEW_JOB = "new_job"
    FALSE_FACTS = "false_facts"
    OTHER = "other"

    @property
    def zh(self) -> str:
        return GROUND_NAMES[self.value]


GROUND_NAMES = {
    "approved": "经审核批准", "family": "家庭人口变化", "income": "收入或财产变化", "standard": "标准调整", "added": "增发项目",
    "mended": "更正差错", "unreachable": "联系不上本人", "prison": "羁押、服刑", "unreviewed": "逾期未复核",
    "cleared": "情况已核实", "death": "死亡",
    "moved": "迁出本区", "unfit": "不再符合条件", "refused_review": "不配合复核", "own_wish": "本人申请退出",
    "other_programme": "转入其他待遇", "new_job": "就业后渐退", "false_facts": "隐瞒或虚报情况", "other": "其他",
}  # fmt: skip
CHANGES = (Ground.FAMILY, Ground.INCOME, Ground.STANDARD, Ground.ADDED, Ground.MENDED, Ground.OTHER)
SUSPENDS = (Ground.UNREACHABLE, Ground.PRISON, Ground.UNREVIEWED, Ground.INCOME, Ground.OTHER)
ENDS = (
    Ground.DEATH, Ground.MOVED, Ground.UNFIT, Ground.REFUSED_REVIEW, Ground.OWN_WISH, Ground.OTHER_PROGRAMME, Ground.FALSE_FACTS,
    Ground.MENDED, Ground.OTHER,
)  # fmt: skip


class ItemKind(StrEnum):
    """What a sum of a run is for."""

    REGULAR = "regular"
    BACK = "back"
    OFFSET = "offset"

    @property
    def zh(self) -> str:
        return {"regular": "本月", "back": "补发", "offset": "抵扣"}[self.value]


class Difference(StrEnum):
    """What became of an entitlement since the last month that was paid."""

    NEW = "new"
    UP = "up"
    DOWN = "down"
    STOP = "stop"
    SAME = "same"

    @property
    def zh(self) -> str:
        return {"new": "新增", "up": "增加", "down": "减少", "stop": "停发", "same": "不变"}[self.value]


class Fault(StrEnum):
    """What stands against paying a line; each is mended in its own place, and the line is paid later."""

    NO_ACCOUNT = "no_account"
    DEAD_PAYEE = "dead_payee"
    DEAD_MEMBER = "dead_member"
    OUTSIDE = "outside"
    DOUBLE = "double"
    HEAR = "hear"
    AGAIN = "again"

    @property
    def zh(self) -> str:
        return {
            "no_account": "收款人没有在用的银行账户", "dead_payee": "收款人已登记死亡", "dead_member": "保障人员中有人已登记死亡",
            "outside": "收款人不在这个家庭", "double": "保障人员在另一份待遇中重复",
            "hear": "重新计算后应调减或停发，须先听取本人意见",
            "again": "已在其他项目领取同一项一次性补助",
        }[self.value]  # fmt: skip

    @property
    def mend(self) -> str:
        """What to do about it."""
        return {
            "no_account": "请在人员页面登记账户，或变更收款人。", "dead_payee": "请办理变更收款人或终止待遇。",
            "dead_member": "请核减保障人数并调整金额（死亡后应及时复核）。", "outside": "请核对家庭成员，或变更收款人。",
            "double": "请核对是否为同一人，终止其中一份。", "hear": "请听取意见后办理调整或终止；本月按原金额发放。",
            "again": "同一人只发一份，无需再发。",
        }[self.value]  # fmt: skip

    @property
    def holds(self) -> bool:
        """Whether the line is held back; the others are told and paid."""
        return self not in (Fault.DEAD_MEMBER, Fault.HEAR)


class RunState(StrEnum):
    """Where a monthly run stands."""

    WAITING = "waiting"
    READY = "ready"
    CONFIRMED = "confirmed"
    ORDERING = "ordering"
    ORDERED = "ordered"
    DISCARDED = "discarded"
    FAILED = "failed"

    @property
    def zh(self) -> str:
        return {
            "waiting": "试算中", "ready": "待核定", "confirmed": "已核定", "ordering": "开单中", "ordered": "已开单",
            "discarded": "已作废", "failed": "未完成",
        }[self.value]  # fmt: skip


LIVING_RUNS = tuple(state.value for state in (RunState.WAITING, RunState.READY, RunState.CONFIRMED, RunState.ORDERING))


class Basis(StrEnum):
    """From what a run takes the amounts."""

    STANDING = "standing"
    RECKONED = "reckoned"
    OCCASION = "occasion"

    @property
    def zh(self) -> str:
        return {"standing": "按现行核定金额", "reckoned": "按当月标准和已登记情况重新计算", "occasion": "一次性发放"}[self.value]


class PartKind(StrEnum):
    """How the part of a fund is stated."""

    RATIO = "ratio"
    AMOUNT = "amount"

    @property
    def zh(self) -> str:
        return {"ratio": "按比例", "amount": "按定额"}[self.value]
