"""A document of the place with the values that it sets, from the proposal to the agreement of a second person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.base.dated import Value
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded, Proposed, by_two
from linli.kernel.access.rules import APPEND, READ
from linli.kernel.standards.rules import certainty

STAFF = "access.Staff"


class Proposal(Proposed):
    """What one document of the district sets, from which day on. It is the law once a second person has agreed.

    ``whole``: the full text was read. ``correction``: its values stand instead of those that begin on the same day. ``serial``:
    in which order it was agreed; ``token`` names what was agreed, so that two that got one number are never taken for each other.
    ``made_up``, ``left``: of months paid by the former values, how many people's were computed anew, and how many not.
    Standards are public, so every post reads them; only the district's own post writes.
    """

    wide_reading = True

    document = models.CharField("文件", max_length=120)
    article = models.CharField("条款", max_length=60, blank=True)
    since = models.DateField("执行日期")
    until = models.DateField("执行到", null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    whole = models.BooleanField("已核对全文", default=False)
    correction = models.BooleanField("更正", default=False)
    made_up = models.IntegerField("补算份数", null=True)
    left = models.IntegerField("须逐份核对", null=True)
    trouble = models.CharField("补算未完成的原因", max_length=400, blank=True)
    serial = models.IntegerField("次序", null=True, unique=True)
    token = models.CharField("版本", max_length=32, blank=True)

    class Meta:
        verbose_name = "标准拟定单"
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="standard_proposal_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="standard_proposal_area_code"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="standard_proposal_days"),
            by_two("standard_proposal_second_person"),
            models.CheckConstraint(
                condition=Q(state="agreed", serial__isnull=False, token__gt="") | (~Q(state="agreed") & Q(serial=None, token="")),
                name="standard_proposal_numbered",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document} {self.since}"


class Standard(Guarded):
    """One value that the document sets. ``before``: the value that held when it was proposed, as it was told to both persons.
    ``until``: where it ends before the proposal's other values.
    """

    rights = READ | APPEND
    wide_reading = True
    area_from = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="standards", verbose_name="标准拟定单")
    key = models.CharField("项目", max_length=80)
    value = models.JSONField("数值")
    unit = models.CharField("单位", max_length=10)
    until = models.DateField("执行到", null=True)
    before = models.JSONField("原规定", null=True)
    area = AreaField("区划")

    class Meta:
        verbose_name = "地方标准"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="standard_area_code"),
            models.UniqueConstraint(fields=["proposal", "key"], name="standard_once"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def law(self) -> Value:
        """The value as the law holds it, at the digits of the district."""
        return value_of(self, self.proposal)


def value_of(one: Standard, proposal: Proposal) -> Value:
    """The value as the law holds it; the proposal may not be kept yet."""
    until = one.until or proposal.until
    return Value.from_json({
        "key": one.key, "since": proposal.since.isoformat(), "until": until and until.isoformat(),
        "place": proposal.area[:6], "value": one.value, "unit": one.unit, "document": proposal.document,
        "article": proposal.article, "certainty": certainty(proposal.whole), "note": proposal.note,
    })  # fmt: skip
