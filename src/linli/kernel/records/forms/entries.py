"""The form of a book asks what the registry does not hold; its filter searches the book's own fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from linli.base.fields import Field, FieldKind, Value
from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import PAPERS
from linli.kernel.records.rules import Book
from linli.kernel.registry.queries import organisations, person_by_number, places
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, IdentityField, TidyField, form_field

MOST_CHOICES = 500
REASON = {"label": "原因", "max_length": 200, "min_length": 2}


class BookSearch(Filter):
    words = TidyField(label="台账名称或用途", max_length=30)


class Finding(Form):
    """Whom is the row about? The registry's own search; sent by post, for what is typed may be a number of a person."""

    find = TidyField(
        label="登记谁？", max_length=60,
        help_text="填姓名、首字母、身份证号或电话，从居民登记中找到人。住址、家庭成员等已掌握的情况不用再填。",
        error_messages={"required": "请填写要登记的人的姓名、身份证号或电话。"},
    )  # fmt: skip


class Ending(Form):
    until = DayField(label="结束日期", help_text="从这一天起不再在册。")
    why = TidyField(**REASON)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Striking(Form):
    why = TidyField(**REASON, help_text="作废后仍可查阅，不再计入任何数字。")
    version = forms.IntegerField(widget=forms.HiddenInput)


class Revealing(Form):
    field = forms.ChoiceField(label="查看的内容")
    purpose = TidyField(label="用途", max_length=200, min_length=2, help_text="查看会记入审计记录。")

    def __init__(self, *args: Any, fields: list[Field], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["field"].choices = [(one.key, one.zh) for one in fields]


class Destroying(Form):
    why = TidyField(label="批准销毁的文号或依据", max_length=200, min_length=2)


def entry_form(book: Book, on: date) -> type[Form]:
    """The form of a new row: the fields of the present version without the person or household that was chosen."""
    return type("EntryForm", (Form,), {one.key: _field_of(one, on) for one in book.asked})


def correction_form(book: Book, on: date) -> type[Form]:
    """As the form of a new row, without what a row is about, and with the reason."""
    asked = [one for one in book.asked if one.key != book.subject and one.kind not in _REFERENCES]
    fields: dict[str, Any] = {one.key: _field_of(one, on, correcting=True) for one in asked}
    fields["why"] = TidyField(label="更正原因", max_length=200, min_length=2)
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    return type("CorrectionForm", (Form,), fields)


_REFERENCES = {FieldKind.PERSON, FieldKind.HOUSEHOLD, FieldKind.ORGANISATION, FieldKind.PLACE}


class PersonField(IdentityField):
    """Another person of the registry, by the identity number; cleans to the id."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        person = person_by_number(number)
        if person is None:
            raise forms.ValidationError("本辖区没有登记这个身份证号，请核对，或先在居民登记中建档。", code="unknown")
        return person.pk


class RowField(forms.TypedChoiceField):
    """A unit or place of the registry in the writer's area."""

    def __init__(self, one: Field, on: date) -> None:
        rows = organisations(on) if one.kind is FieldKind.ORGANISATION else places(on)
        there = [(str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST_CHOICES]]
        choices = [("", "请选择" if one.required else "未填"), *there]
        super().__init__(
            choices=choices, coerce=int, empty_value=None, label=one.zh, required=one.required, help_text=one.help
        )


def _field_of(one: Field, on: date, correcting: bool = False) -> forms.Field:
    if one.kind is FieldKind.FILE:
        words = {"label": one.zh, "required": one.required and not correcting, "allowed": PAPERS}
        return UploadField(**words)
    if one.kind is FieldKind.PERSON:
        return PersonField(label=f"{one.zh}（身份证号）", required=one.required, help_text=one.help)
    if one.kind in {FieldKind.ORGANISATION, FieldKind.PLACE}:
        return RowField(one, on)
    if one.kind is FieldKind.HOUSEHOLD:
        return forms.IntegerField(label=f"{one.zh}（家庭编号）", required=one.required, min_value=1, help_text=one.help)
    field = form_field(one)
    if one.sensitive and correcting:
        field.required, field.help_text = False, "不更正的留空，原内容保持不变。"
    return field


def values_from(book: Book, form: Form) -> tuple[dict[str, Value], dict[str, Any]]:
    """What was filled in: values by field, and uploads by field. A hidden text that was left empty is left out."""
    values: dict[str, Value] = {}
    files: dict[str, Any] = {}
    for one in book.present:
        if one.key not in form.cleaned_data:
            continue
        given = form.cleaned_data[one.key]
        if one.kind is FieldKind.FILE:
            files[one.key] = given
        elif not (one.sensitive and given in (None, "")):
            values[one.key] = given
    return values, files


def search_form(book: Book) -> type[Filter]:
    """The filter of a book's list: words, area, days, state, and each choice field."""
    states = [("ended", "已结束"), *_STATES] if book.lasting else _STATES
    fields: dict[str, Any] = {
        "words": TidyField(label="姓名或内容", max_length=60),
        "area": AreaField(),
        "first": DayField(label=f"{book.field(book.day).zh if book.day else '登记日'}自"),
        "last": DayField(label="至"),
        "state": forms.ChoiceField(label="状态", choices=states),
    }
    for one in book.present:
        if one.kind is FieldKind.CHOICE:
            fields[f"f_{one.key}"] = forms.ChoiceField(label=one.zh, choices=one.choices)
        elif one.kind is FieldKind.YES_NO:
            fields[f"f_{one.key}"] = forms.ChoiceField(label=one.zh, choices=[("1", "是"), ("0", "否")])
    return type("BookSearch", (_Search,), fields)


_STATES = [("struck", "已作废"), ("all", "全部（含作废）")]


class _Search(Filter):
    """The filter knows the areas of the district by itself: a list has only the rows that the post may see."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["state"].choices = [("", "在册"), *self.fields["state"].choices[1:]]
