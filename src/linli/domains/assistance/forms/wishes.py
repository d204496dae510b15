"""An application over the network in three short steps, looking it up, and what the community answers."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.assistance.rules.wishes import LONGEST, Decline, Teller, WishState
from linli.kernel.ui.forms import (
    AreaField,
    DayField,
    Filter,
    Form,
    IdentityField,
    NameField,
    PhoneField,
    PlainText,
    PublicForm,
    Step,
    TextField,
    TidyField,
)

SHORT = {"autocomplete": "off", "class": "medium"}


class WhoAsks(Step):
    """Who sends it; an agent says who and what the tie is."""

    zh = "谁来申请"
    others = ("name", "identity", "phone", "place", "home", "text")

    teller = forms.ChoiceField(label="谁来申请", choices=Teller.choices(), widget=forms.RadioSelect)
    agent = NameField(label="代办人姓名", required=False, help_text="本人申请的，这两栏不用填。")
    agent_tie = TidyField(
        label="代办人和申请人是什么关系", max_length=30, required=False, help_text="如：女儿、邻居、村（社区）干部。"
    )

    def clean(self) -> dict[str, Any]:
        """An agent has a name and a tie; whoever applies alone has none."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("teller") == Teller.SELF:
            return given | {"agent": "", "agent_tie": ""}
        if given.get("teller"):
            for name, said in (("agent", "请填写代办人姓名。"), ("agent_tie", "请填写代办人和申请人是什么关系。")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, said)
        return given


class ForWhom(Step):
    """For whom, where, and whom to call."""

    zh = "申请人"
    others = ("teller", "agent", "agent_tie", "text")

    name = NameField(label="申请人姓名", help_text="家里哪一位成年人申请都可以，一户只申请一次。")
    identity = IdentityField(label="申请人身份证号", help_text="18 位，最后一位是 X 的照填。")
    phone = PhoneField(label="联系电话", help_text="工作人员打这个电话；查进度也用它。")
    place = forms.ChoiceField(label="住在哪个村（社区）", choices=())
    home = TidyField(label="住址", max_length=200, help_text="街巷、门牌或小区楼号，入户时找得到就行。")


class WhatIsHard(Step):
    """What is difficult, in one's own words, and the consent."""

    zh = "困难"
    others = ("teller", "agent", "agent_tie", "name", "identity", "phone", "place", "home")

    text = PlainText(
        label="家里有什么困难", min_length=5, max_length=LONGEST, help_text="用自己的话说：谁病了、多少收入、靠什么生活。",
        widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": "请写下家里有什么困难。"},
    )  # fmt: skip
    agreed = forms.BooleanField(label="以上内容属实，我同意为办理这件申请使用这些内容")


STEPS: tuple[type[Step], ...] = (WhoAsks, ForWhom, WhatIsHard)


class Follow(PublicForm):
    """Number of the wish or of the case, and telephone or look-up code."""

    number = TidyField(
        label="网上申请编号或案件编号", max_length=40,
        help_text="网上申请的填提交时给的编号；当面申请的填受理通知单上的编号，只填里面的 10 位数字也行。",
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    secret = TidyField(
        label="电话或查询码", max_length=20, help_text="申请时留的电话，或者 8 位查询码。",
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
    )  # fmt: skip


class WishSearch(Filter):
    words = TidyField(label="编号或姓名", max_length=50)
    state = forms.ChoiceField(label="状态", choices=WishState.choices())
    first = DayField(label="收到自")
    last = DayField(label="至")
    area = AreaField(label="所在地", lived=True)


class DeclineWish(Form):
    """Why it does not become an application; the applicant reads all of it."""

    reason = forms.ChoiceField(label="原因", choices=[("", "请选择"), *Decline.choices()])
    said = TextField(
        label="说明", max_length=300, required=False, help_text="申请人查进度时看得到；不要写证件号码和别人的姓名。"
    )
    ask = TidyField(
        label="向谁咨询", max_length=100, help_text="单位和电话，申请人看得到。如：坛山街道社会救助窗口 0632-7710201。"
    )
