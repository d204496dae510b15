"""What residents fill in."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.text import has_control
from linli.domains.complaints.rules import LetterKind
from linli.kernel.ui.forms import CodeField, PhoneField, PublicForm, TextField, TidyField

MOST = 1500


class Write(PublicForm):
    kind = forms.ChoiceField(label="您要", choices=[("complaint", "投诉工作人员或单位"), ("petition", "信访：申诉、建议、检举")],
                             widget=forms.RadioSelect, initial="complaint")  # fmt: skip
    unit = TidyField(label="反映哪个单位", max_length=60, help_text="例如：某某街道办事处、某某社区")
    staff = TidyField(label="反映哪位工作人员", max_length=30, required=False, help_text="不知道姓名的可以写岗位或窗口号")
    centre = forms.BooleanField(label="反映的是市民服务中心或接听热线的人员", required=False,
                                help_text="勾选后由区里另外的人拆阅")  # fmt: skip
    text = TextField(label="事情的经过和您的要求", max_length=MOST, help_text=f"什么时候、在哪里、发生了什么。最多{MOST}个字。")
    name = TidyField(label="您的姓名", max_length=60, required=False)
    phone = PhoneField(label="您的电话", required=False, help_text="填写电话才能向您答复")

    def clean_kind(self) -> LetterKind:
        return LetterKind(self.cleaned_data["kind"])

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if len(text.strip()) < 10:
            raise forms.ValidationError("请至少写10个字，说清楚事情的经过。")
        if has_control(text):
            raise forms.ValidationError("内容里有看不见的控制字符，请重新输入或粘贴为纯文本。")
        return text

    def content(self) -> dict[str, Any]:
        """What is sealed."""
        return {name: self.cleaned_data[name] or "" for name in ("unit", "staff", "text", "name", "phone")}


class LookUp(PublicForm):
    receipt = CodeField(label="回执号", max_length=20)
