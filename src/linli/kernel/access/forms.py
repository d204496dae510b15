"""Forms of sign-in, staff, posts and the audit trail; the rules for passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import EXPORTED, Role
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, NameField, PhoneField, TextField, TidyField

KINDS_OF_SIGNS = 3
ROLES = [(role.value, role.zh) for role in Role if role is not Role.MACHINE]


class Refusal(Form):
    """Why a second person does not agree to what another proposed."""

    why = TextField(label="不同意的理由", max_length=300)


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


class PasswordField(forms.CharField):
    """A password; ``new``: one that is being chosen, so it must keep the rules."""

    def __init__(self, *, new: bool = False, **words: Any) -> None:
        kept = "new-password" if new else "current-password"
        widget = forms.PasswordInput(attrs={"autocomplete": kept, "class": "medium"})
        super().__init__(strip=False, max_length=128, widget=widget, **words)
        self.new = new

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.new and value:
            PasswordRules().validate(value)


class SignIn(Form):
    marks = ""  # both are needed, plainly
    username = forms.CharField(
        label="用户名", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = PasswordField(label="密码")


class CodeField(forms.CharField):
    """A code of the authenticator or a recovery code, as it was typed; ``recovery`` says whether the latter will do."""

    def __init__(self, *, recovery: bool = False, **words: Any) -> None:
        typed = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "class": "short"}
        if not recovery:
            typed["inputmode"] = "numeric"
        words.setdefault("help_text", "手机上显示的 6 位数字，每 30 秒换一次。" + ("也可输入一个恢复码。" if recovery else ""))
        super().__init__(max_length=40, label="动态口令", widget=forms.TextInput(attrs=typed), **words)


class Code(Form):
    marks = ""
    code = CodeField(recovery=True)


class OwnCode(Form):
    marks = ""
    code = CodeField()


class NewFactor(Form):
    """The second step of setting a factor up: it works, and it is the account's owner who sits there."""

    code = CodeField()
    password = PasswordField(label="登录密码", help_text="核实是本人在设置。")


class AskReset(Form):
    why = TidyField(label="原因", max_length=200, help_text="例如：手机丢失，恢复码也不在手边。")


class OwnPassword(Form):
    old = PasswordField(label="原密码")
    new = PasswordField(label="新密码", new=True, help_text=PasswordRules().get_help_text())
    again = PasswordField(label="再输一次新密码")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新密码不一致，请重新输入。")
        return data


class FirstPassword(Form):
    """A first password for somebody else; its owner changes it at the next sign-in."""

    password = PasswordField(label="初始密码", new=True, help_text=PasswordRules().get_help_text())


class NewStaff(Form):
    username = forms.RegexField(
        label="用户名", regex=r"^[a-z0-9._-]{3,40}$", help_text="3 至 40 个小写字母、数字或 . _ -",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "medium"}),
        error_messages={"invalid": "用户名应为 3 至 40 个小写字母、数字或 . _ -，请修改。"},
    )  # fmt: skip
    name = NameField()
    phone = PhoneField(label="手机", required=False)
    password = PasswordField(label="初始密码", new=True, help_text=PasswordRules().get_help_text())

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] or ""


class Switch(Form):
    """What the account shall be, as the page said it: whoever presses on a page that is out of date changes nothing."""

    active = forms.ChoiceField(label="账号", choices=[("yes", "启用"), ("no", "停用")], widget=forms.HiddenInput)


class NewPost(Form):
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *ROLES])
    at = AreaField(label="任职区域")
    since = DayField(label="任职自")
    until = DayField(label="任职至", required=False, help_text="不含当日；长期任职不填。")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] <= data["since"]:
            self.add_error("until", "结束日期应晚于开始日期，请修改。")
        return data


class StaffSearch(Filter):
    words = TidyField(label="用户名或姓名")
    role = forms.ChoiceField(label="角色", choices=ROLES)
    active = forms.ChoiceField(label="账号", choices=[("yes", "启用"), ("no", "停用")])


def _verbs() -> list[tuple[str, str]]:
    return [EXPORTED, *((key, permission.zh) for key, permission in sorted(permissions().items()))]


class AuditSearch(Filter):
    since = DayField(label="自")
    until = DayField(label="至")
    outcome = forms.ChoiceField(label="结果", choices=[("done", "已办"), ("seen", "查看"), ("refused", "不予办理")])
    verb = forms.ChoiceField(label="事项", choices=_verbs)
    username = TidyField(label="用户名")
    kind = TidyField(label="对象类别")
    subject = TidyField(label="对象编号")


class CheckChain(Form):
    """A head of the chain that was kept elsewhere; without it only a changed line is found, not a cut tail."""

    number = forms.IntegerField(
        label="留存的封印号",
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    digest = forms.RegexField(
        label="留存的封印摘要",
        regex=r"^\s*[0-9a-fA-F]{64}\s*$",
        required=False,
        help_text="64 位，由每日对外留存的封印单上抄录。",
        error_messages={"invalid": "封印摘要应为 64 位 0-9、a-f，请对照留存的封印单核对。"},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("number")) != bool(data.get("digest")):
            self.add_error("digest" if data.get("number") else "number", "封印号和封印摘要须一并填写，或都不填。")
        return data
