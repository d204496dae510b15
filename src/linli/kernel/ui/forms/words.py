"""The words of faults: each names the field and how to mend it. The page shows no other words for common faults."""

from __future__ import annotations

from functools import cache

from django import forms

CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


def put_messages(field: forms.Field) -> None:
    """Replace Django's own messages, but never those that the form's author wrote."""
    label = str(field.label or "")
    defaults = _class_messages(type(field))
    for code, said in _messages(field, label).items():
        if field.error_messages.get(code, defaults.get(code)) == defaults.get(code):
            field.error_messages[code] = said


@cache
def _class_messages(kind: type) -> dict[str, object]:
    found: dict[str, object] = {}
    for parent in reversed(kind.__mro__):
        if parent.__module__.startswith("django."):
            found.update(getattr(parent, "default_error_messages", {}))
    return found


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    return {
        "required": _required(field, label),
        "invalid": _invalid(field, label),
        "max_length": f"{label}不能超过%(limit_value)d个字，现有%(show_value)d个，请缩短。",
        "min_length": f"{label}至少要有%(limit_value)d个字，现有%(show_value)d个，请补全。",
        "max_value": f"{label}不能大于%(limit_value)s，请核对。",
        "min_value": f"{label}不能小于%(limit_value)s，请核对。",
        "invalid_choice": f"{label}中没有“%(value)s”这一项，请重新选择。",
        "invalid_list": f"请重新选择{label}。",
        "missing": f"没有收到{label}，请重新上传。",
        "empty": f"{label}是空文件，请检查后重新上传。",
        "invalid_extension": f"{label}的格式不能使用，请上传以下格式之一：%(allowed_extensions)s。",
        "null_characters_not_allowed": f"{label}含有不能识别的字符，请重新输入。",
    }


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return f"请上传{label}。"
    if isinstance(field, forms.BooleanField):
        return f"请勾选“{label}”。"
    return f"请选择{label}。" if isinstance(field.widget, CHOSEN) else f"请填写{label}。"


def _invalid(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return f"没有收到{label}，请重新上传。"
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.FloatField | forms.DecimalField):
        return f"{label}应为整数，请只填数字。"
    if isinstance(field, forms.FloatField | forms.DecimalField):
        return f"{label}应为数字，请核对。"
    if isinstance(field, forms.TimeField):
        return f"{label}的写法不对，请写成 09:30 的样子。"
    return f"{label}的写法不对，请核对后重新填写。"
