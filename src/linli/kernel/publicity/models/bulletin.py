"""The schema ``bulletin``: all that the public pages' role can see, and the one table into which it can put something.

The copies are made when a notice goes up and are erased when it comes down: after the term there is nothing to read.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ


class PublishedNotice(Guarded):
    """The copy of a notice that is up. Its id is the notice's."""

    rights = READ | APPEND | CHANGE | ERASE
    public_rights = READ

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    kind_zh = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    lead = models.CharField(max_length=400)
    law = models.CharField(max_length=200)
    heads = models.JSONField()
    area = AreaField()
    area_name = models.CharField(max_length=60)
    issuer = models.CharField(max_length=60)
    contact = models.CharField(max_length=200)
    objection = models.BooleanField()
    item_count = models.PositiveIntegerField()
    published_on = models.DateField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        db_table = 'bulletin"."notice'
        verbose_name = "公示（公开）"
        indexes: ClassVar = [models.Index(fields=["-published_on", "-id"], name="bulletin_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """The number that people quote."""
        return f"{self.pk:06d}"


class PublishedItem(Guarded):
    """The copy of one line: its number in the notice and the lawful fields as text."""

    rights = READ | APPEND | ERASE
    public_rights = READ
    area_from = "notice"

    notice = models.ForeignKey(PublishedNotice, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    row = models.JSONField()
    area = AreaField()

    class Meta:
        db_table = 'bulletin"."item'
        verbose_name = "公示条目（公开）"
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "number"], name="bulletin_item_number")]

    def __str__(self) -> str:
        return f"{self.notice_id}-{self.number}"


class Inbox(Guarded):
    """What residents sent from the public pages, until the office takes it in. The public's role can only add to it.

    The primary key is the receipt number, made by the page: the public's role could not read a number made here.
    """

    rights = READ | ERASE
    public_rights = APPEND

    receipt = models.CharField(primary_key=True, max_length=20)
    notice = models.BigIntegerField()
    item_number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    sender = models.BinaryField(null=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))

    class Meta:
        db_table = 'bulletin"."inbox'
        verbose_name = "公众来信"
        indexes: ClassVar = [models.Index(fields=["notice"], name="bulletin_inbox_notice")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=["objection", "enquiry"]), name="bulletin_inbox_kind"),
            models.CheckConstraint(condition=~models.Q(text=""), name="bulletin_inbox_text"),
        ]

    def __str__(self) -> str:
        return self.receipt


class Bucket(Guarded):
    """How much one address may still send: a keyed hash of the address and the day, refilled over time.

    Nobody reads it; the function bulletin.take_token draws from it. Rows are erased after a day.
    """

    rights = READ | ERASE

    key = models.BinaryField(primary_key=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        db_table = 'bulletin"."bucket'
        verbose_name = "发送额度"

    def __str__(self) -> str:
        return "bucket"
