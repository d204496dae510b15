"""A request in three short steps; looking up, adding, judging."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from linli.base.text import running
from linli.domains.intake.rules import LONGEST, TOPICS
from linli.kernel.files.forms import UploadField
from linli.kernel.orders.actions import LARGEST, PICTURES
from linli.kernel.orders.rules import Satisfaction
from linli.kernel.registry.rules import read_phone
from linli.kernel.ui.forms import NameField, PhoneField, PlainText, PublicForm, Step, TidyField

SOLVED = (("yes", "解决了"), ("no", "没有解决"))


def picture_field() -> UploadField:
    """One photograph, judged by its content."""
    return UploadField(
        label="照片", allowed=PICTURES, limit=LARGEST, required=False,
        help_text="不选也可以。jpg 或 png，不超过 8 MB；拍摄地点和时间会自动去掉。",
    )


class What(Step):
    """What happened."""

    zh = "什么事"
    others = ("place", "where", "name", "phone")

    topic = forms.ChoiceField(
        label="您要反映哪一类事", choices=[(one.category, one.zh) for one in TOPICS], widget=forms.RadioSelect
    )
    text = PlainText(
        label="请把情况说一说", min_length=5, max_length=LONGEST, help_text="什么时候、出了什么事、希望怎么办。",
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": "请写下出了什么事。"},
    )  # fmt: skip


class WhereStep(Step):
    """RequestState it is."""

    zh = "在哪里"
    others = ("topic", "text", "name", "phone")

    place = forms.ChoiceField(label="在哪个村（社区）", choices=())
    where = TidyField(label="具体地点", max_length=200, required=False, help_text="小区、楼号、路口，能让人找到就行。")


class Who(Step):
    """Whom to answer."""

    zh = "怎么联系您"
    others = ("topic", "text", "place", "where")

    name = NameField(label="您的姓名")
    phone = PhoneField(label="您的电话", help_text="办理人员会打这个电话；查进度也用它。")
    picture = picture_field()
    agreed = forms.BooleanField(label="我同意为办理这件事使用以上内容")

    def clean_phone(self) -> str:
        """As an order keeps it: what no order could carry is asked again now, and not after the number was told."""
        try:
            return read_phone(self.cleaned_data["phone"])
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault


STEPS: tuple[type[Step], ...] = (What, WhereStep, Who)


class LookUp(PublicForm):
    """Order number, and telephone or look-up code."""

    number = TidyField(
        label="工单号或预约号", max_length=16, help_text="提交后显示的号码，如 20101220-00001。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "medium"}),
    )  # fmt: skip
    secret = TidyField(
        label="电话或查询码", max_length=20, help_text="求助时留的电话，或者提交后显示的 8 位查询码。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "medium"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        return running(self.cleaned_data["number"])


class Known(PublicForm):
    """What opened the page travels with what is added."""

    number = forms.CharField(max_length=16, widget=forms.HiddenInput)
    secret = forms.CharField(max_length=20, widget=forms.HiddenInput)


class AddWords(Known):
    """More words, and a photograph."""

    text = PlainText(label="要补充的情况", min_length=2, max_length=LONGEST)
    picture = picture_field()


class GradeOrder(Known):
    """The answer to the call back."""

    solved = forms.ChoiceField(label="事情解决了吗", choices=SOLVED, widget=forms.RadioSelect)
    grade = forms.ChoiceField(label="您满意吗", choices=Satisfaction.choices(), widget=forms.RadioSelect)
    words = TidyField(label="您的意见", max_length=300, required=False)
