"""The words of an order: how it came, what it is, how urgent, where it stands, who handles it, how it ended."""

from __future__ import annotations

from linli.base.named import Named


class Channel(Named):
    """How it came."""

    PHONE = "phone", "电话"
    WEB = "web", "网上"
    VISIT = "visit", "来访"
    ROUND = "round", "社区走访"
    KEY = "key", "单键呼叫"
    TRANSFER = "transfer", "上级或他处转来"
    LETTER = "letter", "来信"
    MONITOR = "monitor", "监督电话"


class OrderKind(Named):
    """What the caller wants."""

    HELP = "help", "求助"
    ADVICE = "advice", "咨询"
    COMPLAINT = "complaint", "投诉"
    PROPOSAL = "proposal", "建议"
    REPORT = "report", "举报"
    PRAISE = "praise", "表扬"
    PETITION = "petition", "信访"


class Lane(Named):
    """How fast it must go: life and property first."""

    ORDINARY = "ordinary", "一般"
    URGENT = "urgent", "紧急"
    EMERGENCY = "emergency", "特急"


class Stage(Named):
    """Where an order stands."""

    NEW = "new", "待派单"
    SENT = "sent", "待签收"
    DISPUTED = "disputed", "退单待裁定"
    WORKING = "working", "办理中"
    SUSPENDED = "suspended", "已挂起"
    HANDLED = "handled", "待回访"
    MERGED = "merged", "已并单"
    CLOSED = "closed", "已办结"


OPEN = (Stage.NEW, Stage.SENT, Stage.DISPUTED, Stage.WORKING, Stage.SUSPENDED)
"""Somebody still has to do something about the matter itself."""


class Move(Named):
    """What happened to an order: each is an event that stays."""

    RECEIVED = "received", "受理"
    ANSWERED = "answered", "当场答复"
    DISPATCHED = "dispatched", "派单"
    SIGNED = "signed", "签收"
    WITHDRAWN = "withdrawn", "收回改派"
    CONTACTED = "contacted", "联系来电人"
    RETURNED = "returned", "申请退单"
    RULED = "ruled", "裁定退单"
    HELPED = "helped", "请求协办"
    HELP_GIVEN = "help_given", "协办答复"
    ASKED = "asked", "申请延期或挂起"
    EXTENDED = "extended", "裁定延期"
    SUSPENDED = "suspended", "裁定挂起"
    RESUMED = "resumed", "恢复办理"
    SUPERVISED = "supervised", "督办"
    MERGED = "merged", "并单"
    HANDLED = "handled", "办理答复"
    CALLED_BACK = "called_back", "回访"
    REOPENED = "reopened", "重新办理"
    CLOSED = "closed", "办结"
    NAMED = "named", "指定知情人"
    ACCUSED = "accused", "登记被投诉对象"
    RECALLED = "recalled", "回避改派"
    SUPPLEMENTED = "supplemented", "来电人补充"


class DeskKind(Named):
    """Who takes orders."""

    DEPARTMENT = "department", "部门"
    STREET = "street", "镇街"
    COMMUNITY = "community", "村居"
    FIRM = "firm", "企业"
    VOLUNTEER = "volunteer", "一技之长志愿者"
    CENTRE = "centre", "区级中心"


OUTSIDE = (DeskKind.FIRM, DeskKind.VOLUNTEER)
"""Not offices: they come by agreement, may be paused, and have not always an account of their own."""


class AskKind(Named):
    """What a desk asks and another person rules on."""

    RETURN = "return", "退单"
    EXTEND = "extend", "延期"
    SUSPEND = "suspend", "挂起"


class ReturnGround(Named):
    """Why an order is said to be at the wrong desk."""

    NOT_OURS = "not_ours", "不属于本单位职责"
    OTHER_PLACE = "other_place", "不在本单位辖区"
    SEVERAL = "several", "应由其他单位牵头"
    COURT = "court", "已进入诉讼、复议或信访程序"


class StopGround(Named):
    """Why the clock of an order may stand still."""

    CALLER = "caller", "等待来电人补充情况"
    EXPERT = "expert", "等待检测鉴定"
    WEATHER = "weather", "天气或季节所限"
    PLANNED = "planned", "已列入工程计划"


class CallOutcome(Named):
    """How an attempt to call back ended."""

    REACHED = "reached", "已接通"
    REFUSED = "refused", "拒绝回访"
    SILENT = "silent", "无人接听"
    WRONG = "wrong", "号码有误"


class Satisfaction(Named):
    """The five grades of 好差评 (国办发〔2019〕51号)."""

    BEST = "5", "非常满意"
    GOOD = "4", "满意"
    FAIR = "3", "基本满意"
    BAD = "2", "不满意"
    WORST = "1", "非常不满意"


DISSATISFIED = (Satisfaction.BAD, Satisfaction.WORST)


class Pace(Named):
    """What a term counts in."""

    HOURS = "hours", "小时"
    WORKING = "working", "个工作日"
    DAYS = "calendar", "日"


class ClockKind(Named):
    """What a clock of an order waits for."""

    DISPATCH = "dispatch", "派单"
    SIGN = "sign", "签收"
    CONTACT = "contact", "首次联系"
    HANDLE = "handle", "办结"


class OmissionGround(Named):
    """Why an order is left out of a cohort: it is agreed to by a second person, and counted."""

    UNREASONABLE = "unreasonable", "诉求不合理"
    UNLAWFUL = "unlawful", "诉求违反法律法规"
    BEYOND = "beyond", "超出本区职权"
    DOUBLE = "double", "同一人重复反映"
