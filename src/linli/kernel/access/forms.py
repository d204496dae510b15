"""Forms of sign-in, staff and posts; the rules for passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.base.areas import check_code
from linli.kernel.access.rules import Role
from linli.kernel.ui.forms import DayField, Filter, Form

KINDS_OF_SIGNS = 3


class PasswordRules:
    """At least 10 characters of three kinds (GB/T 22239 8.1.4.1 a asks for complexity); up to 128, pasting allowed."""

    def validate(self, password: str, user: Any = None) -> None:
        kinds = [str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum()]
        found = sum(any(test(sign) for sign in password) for test in kinds)
        if len(password) < 10 or len(password) > 128 or found < KINDS_OF_SIGNS:
            raise ValidationError(self.get_help_text())
        if user is not None and user.username and user.username.lower() in password.lower():
            raise ValidationError("密码中不能含有用户名，请换一个。")

    def get_help_text(self) -> str:
        return "密码须有 10 至 128 个字符，并含有大写字母、小写字母、数字、符号中的至少三种。"


class SignIn(Form):
    username = forms.CharField(label="用户名", max_length=40)
    password = forms.CharField(label="密码", max_length=128, strip=False, widget=forms.PasswordInput)


class OwnPassword(Form):
    old = forms.CharField(label="原密码", strip=False, widget=forms.PasswordInput)
    new = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput, help_text=PasswordRules().get_help_text()
    )
    again = forms.CharField(label="再输入一次新密码", strip=False, widget=forms.PasswordInput)

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        PasswordRules().validate(new)
        return new

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新密码不一致，请重新输入。")
        return data


class NewStaff(Form):
    username = forms.RegexField(
        label="用户名", regex=r"^[a-z0-9._-]{3,40}$", help_text="3 至 40 个小写字母、数字或 . _ -",
        error_messages={"invalid": "用户名应为 3 至 40 个小写字母、数字或 . _ -，请修改。"},
    )  # fmt: skip
    name = forms.CharField(label="姓名", max_length=50)
    phone = forms.CharField(label="手机", max_length=20, required=False)
    password = forms.CharField(label="初始密码", strip=False, help_text=PasswordRules().get_help_text())

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        PasswordRules().validate(password)
        return password


class NewPost(Form):
    role = forms.ChoiceField(label="角色", choices=[(role.value, role.zh) for role in Role if role is not Role.MACHINE])
    at = forms.CharField(label="任职区域代码", max_length=12, help_text="12 位统计用区划代码")
    since = DayField(label="任职自")
    until = DayField(label="任职至（不含当日）", required=False)

    def clean_at(self) -> str:
        try:
            return check_code(self.cleaned_data["at"])
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] <= data["since"]:
            self.add_error("until", "结束日期应晚于开始日期，请修改。")
        return data


class AuditSearch(Filter):
    verb = forms.CharField(label="事项", required=False)
    outcome = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), ("done", "已办"), ("seen", "查看"), ("refused", "被拒绝")]
    )
    kind = forms.CharField(label="对象", required=False)
    subject = forms.CharField(label="对象编号", required=False)
    since = DayField(label="自", required=False)
    until = DayField(label="至", required=False)
