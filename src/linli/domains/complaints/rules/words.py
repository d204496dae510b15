"""The words of complaints, petitions, receptions and talks."""

from __future__ import annotations

from linli.base.named import Named

COMPLAINTS = ("5010", "5020")
"""Categories of orders that are administrative complaints: staff of the offices, affairs of villages and communities."""
PETITIONS = ("7010",)
ROOMS, ROSTER, SESSIONS, MATTERS = "complaints.rooms", "complaints.roster", "complaints.sessions", "complaints.matters"
RECEPTION = "complaints.reception"


def is_complaint(category: str) -> bool:
    """Whether an order of this category is an administrative complaint."""
    return category.startswith(COMPLAINTS)


def is_petition(category: str) -> bool:
    """Whether an order of this category is a petition."""
    return category.startswith(PETITIONS)


def is_ours(category: str) -> bool:
    """Whether an order of this category is a complaint or a petition."""
    return category.startswith(COMPLAINTS + PETITIONS)


class LetterKind(Named):
    """What somebody sends from the public page."""

    COMPLAINT = "complaint", "行政投诉"
    PETITION = "petition", "信访"


class AnswerState(Named):
    """Where a public answer stands."""

    DRAFT = "draft", "待审核"
    UP = "up", "已公开"
    REFUSED = "refused", "审核未通过"
    DOWN = "down", "已撤下"


class Handing(Named):
    """How a petition was handed on: passed on, or assigned with a report due (信访工作条例 §22)."""

    TRANSFER = "transfer", "转送"
    ASSIGN = "assign", "交办（须报告结果）"


class RefusalGround(Named):
    """Why a petition is not accepted."""

    LEGAL_WAY = "legal_way", "应当或已经通过诉讼、仲裁、行政复议等法定途径解决"
    COURTS = "courts", "属于人大、监察、审判、检察机关职权"
    NOT_OURS = "not_ours", "不属于本机关职权范围"
    PENDING = "pending", "已经受理，正在规定期限内办理，又重复提出"
    FINAL = "final", "已有复核意见，以同一事实和理由重复提出"


class PetitionOutcome(Named):
    """What the answer to a petition says."""

    SUPPORTED = "supported", "予以支持"
    EXPLAINED = "explained", "事由合理但缺乏依据，解释疏导"
    REJECTED = "rejected", "不予支持"


class RemedyKind(Named):
    """What a petitioner may ask for who does not agree."""

    REVIEW = "review", "复查"
    RECHECK = "recheck", "复核"


class RemedyOutcome(Named):
    """How a remedy ended."""

    UPHELD = "upheld", "维持"
    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销，责令重新处理"


class Occasion(Named):
    """At what a matter was raised."""

    DEPUTY = "deputy", "人大代表接待"
    STREET = "street", "街道领导接待"
    VISIT = "visit", "区领导到接待室走访"
    TALK = "talk", "聊天活动（连心桥）"


class Receiver(Named):
    """Who receives people."""

    DEPUTY = "deputy", "驻社区人大代表"
    STREET = "street", "街道领导干部"
    DISTRICT = "district", "区领导"


class MatterResult(Named):
    """What became of a matter that was raised."""

    OPEN = "open", "正在办理"
    SETTLED = "settled", "当场解决"
    EXPLAINED = "explained", "已解释说明"
    ORDER = "order", "已转工单"
