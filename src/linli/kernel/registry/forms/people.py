"""Forms of one person."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from linli.base.areas import Level
from linli.kernel.registry.actions import REVEALABLE
from linli.kernel.registry.rules import CAUSES, ETHNIC, GROUPS, NEEDS, NO_NUMBER_REASONS, STATUS_KINDS, Marital, PersonFacts, Sex
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, IdentityField, NameField, PhoneField, TidyField

SEXES = [("", "由身份证号得出"), ("1", "男"), ("2", "女")]
STATUSES = [(kind.code, kind.zh) for kind in STATUS_KINDS.values()]
GRADES = [
    ("", "不分等级"),
    *((f"{kind.code}:{code}", f"{kind.zh}：{zh}") for kind in STATUS_KINDS.values() for code, zh in kind.grades),
]
TYPED_NUMBER = {"autocomplete": "off", "inputmode": "numeric"}


class _Facts(Form):
    name = NameField()
    number = IdentityField(label="身份证号", required=False, help_text="出生日期和性别由号码得出，不用另填。")
    no_number_reason = forms.ChoiceField(
        label="没有身份证号的原因", required=False, choices=[("", "有身份证号"), *NO_NUMBER_REASONS.items()]
    )
    birth = DayField(label="出生日期", required=False, help_text="没有身份证号时填写。")
    sex = forms.ChoiceField(label="性别", required=False, choices=SEXES)
    phone = PhoneField(label="电话", required=False)
    ethnic = forms.ChoiceField(label="民族", choices=sorted(ETHNIC.items()), initial="01")
    marital = forms.ChoiceField(label="婚姻状况", required=False, choices=[("", "未填"), *Marital.choices()])
    address = TidyField(label="现住址", required=False, max_length=200, help_text="从路名或村名写起，如：和平路12号3号楼501室。")
    registered_address = TidyField(label="户籍地址", required=False, max_length=200, help_text="与现住址相同的不用填。")


class Registration(_Facts):
    area = AreaField(label="居住地", level=Level.COMMUNITY)
    since = DayField(label="居住自", required=False, help_text="不填为今天。")

    groups: ClassVar = (
        ("身份", ("name", "number", "no_number_reason", "birth", "sex", "ethnic", "marital")),
        ("住址与联系", ("area", "address", "since", "phone", "registered_address")),
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        known = self.fields["area"].known
        if len(known) == 1:
            self.fields["area"].initial = known[0][0]

    @property
    def facts(self) -> PersonFacts:
        """What was typed, as facts."""
        texts = PersonFacts.__dataclass_fields__.keys() - {"birth"}
        typed = {name: value or "" for name, value in self.cleaned_data.items() if name in texts}
        return PersonFacts(**typed, birth=self.cleaned_data["birth"])


class Correction(_Facts):
    """A correction: the hidden numbers stay as they are unless typed anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    groups: ClassVar = (
        ("身份", ("name", "number", "no_number_reason", "birth", "sex", "ethnic", "marital")),
        ("住址与联系", ("address", "phone", "registered_address")),
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["number"].help_text = "不更正的留空，原号码保持不变。"
        self.fields["phone"].help_text = "不更正的留空，原电话保持不变。"

    @property
    def changes(self) -> dict[str, Any]:
        """What is corrected: everything shown, and the numbers that were typed."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if not data["number"]:
            del data["number"]
        else:
            data |= {"birth": None, "sex": ""}
        if not data["phone"]:
            del data["phone"]
        return data


class Death(Form):
    day = DayField(label="死亡日期")


class StatusStart(Form):
    kind = forms.ChoiceField(label="类别", choices=STATUSES)
    grade = forms.ChoiceField(label="等级", choices=GRADES, required=False)
    since = DayField(label="自")
    until = DayField(label="至（不含当日）", required=False, help_text="长期的不填。")
    source = TidyField(label="来源", max_length=60, help_text="谁认定的，如：区残联。")
    evidence = TidyField(label="依据", max_length=200, required=False, help_text="证件或文书的名称和编号，不写病情细节。")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind, _, grade = (data.get("grade") or "").partition(":")
        if kind and kind != data.get("kind"):
            self.add_error("grade", "等级与类别不符，请重新选择。")
        return data | {"grade": grade}


class StatusEnd(Form):
    day = DayField(label="终止日期", help_text="从这一天起不再是。")
    reason = TidyField(label="终止原因", max_length=200)


class Account(Form):
    bank = TidyField(label="开户行", max_length=60)
    number = forms.CharField(label="银行账号", max_length=40, widget=forms.TextInput(attrs=TYPED_NUMBER))
    holder = NameField(label="户名", required=False, help_text="与本人姓名相同的不用填。")
    since = DayField(label="启用日期", required=False, help_text="不填为今天。")


class Reveal(Form):
    field = forms.ChoiceField(label="查看", choices=list(REVEALABLE.items()))
    purpose = TidyField(label="用途", max_length=200, help_text="将记入审计记录。")


class Decision(Form):
    answer = forms.ChoiceField(label="认定", widget=forms.RadioSelect, choices=[])
    note = TidyField(label="说明", max_length=200, required=False)


class Undo(Form):
    note = TidyField(label="撤销原因", max_length=200)


class Elsewhere(Form):
    number = IdentityField(label="身份证号")


class PeopleFilter(Filter):
    name = TidyField(label="姓名（从姓写起）", max_length=20)
    area = AreaField(label="居住地")
    status = forms.ChoiceField(label="身份类别", choices=STATUSES)
    sex = forms.ChoiceField(label="性别", choices=[(Sex.MALE.value, "男"), (Sex.FEMALE.value, "女")])
    age_from = forms.IntegerField(label="年龄自", min_value=0, max_value=150)
    age_to = forms.IntegerField(label="年龄至", min_value=0, max_value=150)


class VulnerableFilter(Filter):
    name = TidyField(label="姓名（从姓写起）", max_length=20)
    area = AreaField(label="居住地")
    need = forms.ChoiceField(label="类型", choices=[(str(code), zh) for code, zh in NEEDS.items()])
    cause = forms.ChoiceField(label="致贫原因", choices=[(str(code), zh) for code, zh in CAUSES.items()])
    group = forms.ChoiceField(label="人员情况", choices=[(code, STATUS_KINDS[code].zh) for code in GROUPS])
    sex = forms.ChoiceField(label="性别", choices=[(Sex.MALE.value, "男"), (Sex.FEMALE.value, "女")])
    age_from = forms.IntegerField(label="年龄自", min_value=0, max_value=150)
    age_to = forms.IntegerField(label="年龄至", min_value=0, max_value=150)
