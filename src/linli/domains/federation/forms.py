"""Forms of the network and of its publicity: what the registry, the report and the other rows do not tell."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from linli.base.areas import Level
from linli.base.fields import Value
from linli.domains.federation.books import BODIES, BULLETINS, CONTACTS, HONOURS, MEDIA, PAPERS, QUESTIONS, STAFF
from linli.domains.federation.rules import BodyLevel, Consent
from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import PAPERS as SCANS
from linli.kernel.records.rules import Book
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, IdentityField, TidyField, form_field

CONTACT_HELP = "公布在页面上的办公地点和电话，如：区慈善总会办公室，0632-7711234"
VERSION = forms.IntegerField(widget=forms.HiddenInput)
MARKS = {"max_length": 200, "min_length": 2}


def declared(book: Book, *keys: str) -> dict[str, forms.Field]:
    """The form fields of a book's fields, so that what a book asks is said once."""
    return {key: form_field(book.field(key)) for key in keys}


class OfBook(Form):
    """A form whose fields are those of a book."""

    book: Book
    keys: tuple[str, ...] = ()

    def __init__(self, *args: Any, **words: Any) -> None:
        self.base_fields = declared(self.book, *self.keys) | self.base_fields
        super().__init__(*args, **words)

    @property
    def values(self) -> dict[str, Value]:
        """What was filled in of the book's fields, as it is kept."""
        return {key: self.cleaned_data[key] for key in self.keys}


class YearSearch(Filter):
    """The last ten years; ``on`` is today, ``blank`` what it means to choose none."""

    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None)

    def __init__(self, *args: Any, on: date, blank: str = "本年", **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["year"].choices = [("", blank), *((str(year), f"{year}年") for year in range(on.year, on.year - 10, -1))]


class Found(Form):
    groups = (("组织", ("level", "name", "seat", "address", "phone")),
              ("设立", ("founded", "approval", "approver", "person")))  # fmt: skip
    level = forms.ChoiceField(label="层级", choices=BodyLevel.choices())
    name = TidyField(label="名称", max_length=60, help_text="登记或批准的全称，如：坛山街道慈善分会")
    seat = AreaField(label="办公地点", level=Level.COMMUNITY, help_text="办公室所在的村（居）或区直单位；区划调整时随之归属。")
    address = TidyField(label="详细地址", max_length=100, required=False)
    phone = form_field(BODIES.field("phone"))
    founded = DayField(label="成立日期")
    approval = form_field(BODIES.field("approval"))
    approver = form_field(BODIES.field("approver"))
    person = form_field(BODIES.field("person"))


class Amend(OfBook):
    book, keys = BODIES, ("founded", "approval", "approver", "person", "phone")
    why = TidyField(label="变更或更正的原因", **MARKS)
    version = VERSION


class Close(Form):
    what = forms.ChoiceField(label="办理", choices=[("ended", "撤销（或并入其他组织）"), ("mistaken", "登记有误，作废")])
    until = DayField(label="撤销日期", required=False, help_text="从这一天起不再在册，在任人员同时离任。登记有误的不填。")
    why = TidyField(label="依据和原因", **MARKS)
    version = VERSION

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == "ended" and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "请填写撤销日期。")
        return data


class Appoint(OfBook):
    book, keys = STAFF, ("name", "office", "engagement", "since", "term_until", "document")


class Adopt(OfBook):
    book, keys = PAPERS, ("kind", "title", "edition", "passed", "meeting", "valid_from")
    file = UploadField(label="文本", required=False, allowed=SCANS)


class Hold(OfBook):
    groups = (("依据", ("report",)), ("发布", ("kind", "day", "title", "place", "host", "speaker")),
              ("到会", ("media", "guests", "heads", "photo")))  # fmt: skip
    book, keys = BULLETINS, ("kind", "day", "title", "place", "host", "speaker", "media", "guests", "heads")
    report = forms.TypedChoiceField(label="已签发的报表", coerce=int, help_text="发布的文字和数字以签发的报表为准。")
    photo = UploadField(label="现场照片", required=False, allowed=SCANS)

    def __init__(self, *args: Any, reports: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["report"].choices = [("", "请选择"), *reports]


class Ask(OfBook):
    book, keys = QUESTIONS, ("day", "asker", "question", "answer", "answered_by")


class Cover(OfBook):
    book, keys = MEDIA, ("day", "outlet", "kind", "title", "project", "link")
    clipping = UploadField(label="剪报或截图", required=False, allowed=SCANS)


class Publish(Form):
    contact = TidyField(label="受理方式", max_length=100, min_length=4, help_text=CONTACT_HELP)


class PublishHonours(Publish):
    year = forms.IntegerField(min_value=1990, max_value=2100, widget=forms.HiddenInput)


class HonourSearch(YearSearch):
    words = TidyField(label="姓名、称号或事迹", max_length=40)
    consent = forms.ChoiceField(label="公布意愿", choices=Consent.choices())
    title = TidyField(label="称号（全称）", max_length=40)


class Award(OfBook):
    groups = (("对象", ("unit", "name", "number", "minor", "phone")), ("表彰", ("title", "body", "day", "document", "deeds")),
              ("公布意愿", ("consent", "asked_on", "letter")), ("联系服务", ("served",)))  # fmt: skip
    book, keys = HONOURS, (
        "unit", "name", "minor", "phone", "title", "body", "day", "document", "deeds", "consent", "asked_on", "served",
    )  # fmt: skip
    number = IdentityField(label="身份证号", required=False, help_text="本辖区登记的居民填写；外地人员和单位不填。")
    letter = UploadField(label="同意书", required=False, allowed=SCANS)


class RecordConsent(Form):
    consent = forms.ChoiceField(label="公布意愿", choices=[(one.value, one.zh) for one in Consent if one is not Consent.UNASKED])
    asked_on = DayField(label="征询日期", help_text="未成年人征询监护人。")
    letter = UploadField(label="同意书", required=False, allowed=SCANS)
    version = VERSION


class Contact(OfBook):
    book, keys = CONTACTS, ("day", "way", "heard", "needs", "done")
