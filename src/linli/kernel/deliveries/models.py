"""The record of all aid, as a view over the books, the decisions and the registers: nothing is entered here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import READ


class Delivery(Guarded):
    """Aid that reached a person or a family on a day. A row of a view (``queries/view.py``): it keeps nothing of its own.

    The view reads with the rights of whoever asks, so the row security of the tables below it holds. ``origin`` and ``row``
    name the row of the table from which it comes. ``amount``: fen; empty for goods and services.
    """

    rights = READ
    stands_for = ("origin", "row")

    key = models.CharField("编号", max_length=80, primary_key=True)
    origin = models.CharField("来源表", max_length=60)
    row = models.CharField("来源记录", max_length=40)
    stream = models.CharField("救助项目", max_length=60)
    layer = models.CharField("层次", max_length=12)
    help = models.CharField("救助类别", max_length=12)
    day = models.DateField("日期")
    amount = models.BigIntegerField("金额（分）", null=True)
    pieces = models.BigIntegerField("件数", null=True)
    name = models.CharField("姓名", max_length=100)
    person = models.ForeignKey("registry.Person", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    household = models.ForeignKey("registry.Household", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "救助记录"
        managed = False
        db_table = "deliveries_delivery"

    columns: ClassVar = (
        "key", "origin", "row", "stream", "layer", "help", "day", "amount", "pieces", "name", "person", "household", "area",
    )  # fmt: skip

    def __str__(self) -> str:
        return self.key
