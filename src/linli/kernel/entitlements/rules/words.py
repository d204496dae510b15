"""States, grounds and kinds, each with its Chinese word."""

from __future__ import annotations

from datetime import date

from linli.base.named import Named


class State(Named):
    """How an entitlement stands in a month; computed from its months, never stored."""

    COMING = "coming", "尚未开始"
    STANDING = "standing", "在享"
    SUSPENDED = "suspended", "暂停发放"
    ENDED = "ended", "已终止"


def state_in(month: date, *, since: date, until: date | None, suspended: date | None) -> State:
    """The state in a month. ``suspended``: the month since which it is held back now."""
    if until is not None and until <= month:
        return State.ENDED
    if since > month:
        return State.COMING
    return State.SUSPENDED if suspended is not None and suspended <= month else State.STANDING


class Deed(Named):
    """What a decision did."""

    GRANT = "grant", "批准享受"
    CHANGE = "change", "调整"
    RAISE = "raise", "标准调整"
    ONCE = "once", "一次性补助"
    SUSPEND = "suspend", "暂停发放"
    RESUME = "resume", "恢复发放"
    TAPER = "taper", "渐退"
    END = "end", "终止"


class Ground(Named):
    """Why something was decided, for counting; the reasons of the rule itself stand beside it."""

    APPROVED = "approved", "经审核批准"
    FAMILY = "family", "家庭人口变化"
    INCOME = "income", "收入或财产变化"
    STANDARD = "standard", "标准调整"
    ADDED = "added", "增发项目"
    MENDED = "mended", "更正差错"
    UNREACHABLE = "unreachable", "联系不上本人"
    PRISON = "prison", "羁押、服刑"
    UNREVIEWED = "unreviewed", "逾期未复核"
    CLEARED = "cleared", "情况已核实"
    DEATH = "death", "死亡"
    MOVED = "moved", "迁出本区"
    UNFIT = "unfit", "不再符合条件"
    REFUSED_REVIEW = "refused_review", "不配合复核"
    OWN_WISH = "own_wish", "本人申请退出"
    OTHER_PROGRAMME = "other_programme", "转入其他待遇"
    NEW_JOB = "new_job", "就业后渐退"
    FALSE_FACTS = "false_facts", "隐瞒或虚报情况"
    OTHER = "other", "其他"


CHANGES = (Ground.FAMILY, Ground.INCOME, Ground.STANDARD, Ground.ADDED, Ground.MENDED, Ground.OTHER)
SUSPENDS = (Ground.UNREACHABLE, Ground.PRISON, Ground.UNREVIEWED, Ground.INCOME, Ground.OTHER)
ENDS = (
    Ground.DEATH, Ground.MOVED, Ground.UNFIT, Ground.REFUSED_REVIEW, Ground.OWN_WISH, Ground.OTHER_PROGRAMME, Ground.FALSE_FACTS,
    Ground.MENDED, Ground.OTHER,
)  # fmt: skip


class ItemKind(Named):
    """What a sum of a run is for."""

    REGULAR = "regular", "本月"
    BACK = "back", "补发"
    OFFSET = "offset", "抵扣"
    ASKED = "asked", "追缴"


class Difference(Named):
    """What became of an entitlement since the last month that was paid. New is who was granted since the last run; who had the
    right before and got nothing then (held back, suspended) gets it now, and is not new."""

    NEW = "new", "新增"
    BACK = "back", "补发"
    UP = "up", "增加"
    DOWN = "down", "减少"
    STOP = "stop", "停发"
    SAME = "same", "不变"


class Fault(Named):
    """What stands against paying a line; each is mended in its own place, and the line is paid later."""

    NO_ACCOUNT = "no_account", "收款人没有在用的银行账户"
    DEAD_PAYEE = "dead_payee", "收款人已登记死亡"
    DEAD_MEMBER = "dead_member", "保障人员中有人已登记死亡"
    OUTSIDE = "outside", "收款人不在这个家庭"
    DOUBLE = "double", "保障人员在另一份待遇中重复"
    HEAR = "hear", "重新计算后应调减或停发，须先听取本人意见"
    AGAIN = "again", "已在其他项目领取同一项一次性补助"
    LEFT_OUT = "left_out", "名单日期前已有人去世，没有计入"

    @property
    def mend(self) -> str:
        """What to do about it."""
        return {
            "no_account": "请在人员页面登记账户，或变更收款人。", "dead_payee": "请办理变更收款人或终止待遇。",
            "dead_member": "请核减保障人数并调整金额（死亡后应及时复核）。", "outside": "请核对家庭成员，或变更收款人。",
            "double": "请核对是否为同一人，终止其中一份。", "hear": "请听取意见后办理调整或终止；本月按原金额发放。",
            "again": "同一人只发一份，无需再发。", "left_out": "已按在世的人数计算，全户去世的不发；名单日期以后去世的照发。",
        }[self.value]  # fmt: skip

    @property
    def holds(self) -> bool:
        """Whether the line is held back; the others are told and paid."""
        return self not in (Fault.DEAD_MEMBER, Fault.HEAR, Fault.LEFT_OUT)


class RunState(Named):
    """Where a monthly run stands."""

    WAITING = "waiting", "试算中"
    READY = "ready", "待核定"
    CONFIRMED = "confirmed", "已核定"
    ORDERING = "ordering", "开单中"
    ORDERED = "ordered", "已开单"
    DISCARDED = "discarded", "已作废"
    FAILED = "failed", "未完成"


LIVING_RUNS = tuple(state.value for state in (RunState.WAITING, RunState.READY, RunState.CONFIRMED, RunState.ORDERING))


class Basis(Named):
    """From what a run takes the amounts."""

    STANDING = "standing", "按现行核定金额"
    RECKONED = "reckoned", "按当月标准和已登记情况重新计算"
    OCCASION = "occasion", "一次性发放"


class PartKind(Named):
    """How the part of a fund is stated."""

    RATIO = "ratio", "按比例"
    AMOUNT = "amount", "按定额"
