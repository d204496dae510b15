"""Forms of single-key callers: parse and check; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.domains.callers.actions import Kin
from linli.domains.callers.rules import KEYS, LONGEST_NEEDS, Function, Outcome, PressState
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, PhoneField, TextField, TidyField

ROWS = 3
FUNCTIONS = [("", "不用"), *((one.value, one.zh) for one in Function if one is not Function.UNKNOWN)]


class SetUp(Form):
    """What a device does, where it stands, whom it calls for. ``new`` also asks for its name."""

    def __init__(self, *args: Any, new: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        if new:
            self.add("name", TidyField(label="设备编号", max_length=64, help_text="设备背面标签上的编号"))
        self.add("address", TidyField(label="安装地址", max_length=200, help_text="写到楼、单元、室，救助人员照此上门"))
        for key, function in KEYS.items():
            field = forms.ChoiceField(label=f"{key}号键", choices=FUNCTIONS, required=False, initial=function.value)
            self.add(f"key_{key}", field)
        help_text = "例如：独居，听力差；高血压，降压药在床头；备用钥匙在301室。只有接警人看得到"
        self.add("needs", TextField(label="救助须知", required=False, max_length=LONGEST_NEEDS, help_text=help_text))
        for rank in range(1, ROWS + 1):
            self.add(f"kin_name_{rank}", TidyField(label=f"联系人{rank}", max_length=60, required=rank == 1))
            self.add(f"kin_relation_{rank}", TidyField(label="关系", max_length=20, required=False))
            self.add(f"kin_phone_{rank}", PhoneField(label="电话", required=rank == 1))
        kin = tuple(f"kin_{part}_{rank}" for rank in range(1, ROWS + 1) for part in ("name", "relation", "phone"))
        first = ("name", "address") if new else ("address",)
        keys = tuple(f"key_{key}" for key in KEYS)
        self.groups = (("设备", first), ("按键功能", keys), ("救助须知", ("needs",)), ("紧急联系人", kin))  # type: ignore[misc]

    @property
    def words(self) -> dict[str, Any]:
        """What the action wants."""
        data = self.cleaned_data
        keys = {str(key): data[f"key_{key}"] for key in KEYS if data[f"key_{key}"]}
        parts = [[data[f"kin_{part}_{rank}"] or "" for part in ("name", "relation", "phone")] for rank in range(1, ROWS + 1)]
        kin = [Kin(*part) for part in parts if any(part)]
        found = {"address": data["address"], "keys": keys, "needs": data["needs"], "kin": kin}
        return found | ({"name": data["name"]} if "name" in data else {})


class End(Form):
    why = TidyField(label="停用原因", max_length=200)


class Close(Form):
    outcome = forms.TypedChoiceField(label="结果", choices=[("", "请选择"), *Outcome.choices()], coerce=Outcome)
    note = TidyField(label="处理情况", max_length=300, required=False, help_text="谁去的、人怎么样；设备测试可以不写")


class Send(Form):
    """An order for a press whose device is not known."""

    place = AreaField(level=Level.COMMUNITY, label="所在社区（村）", lived=True)
    text = TidyField(label="情况", max_length=300)


class DeviceSearch(Filter):
    words = TidyField(label="设备编号或使用人")
    area = AreaField(level=Level.COMMUNITY, label="社区（村）", lived=True)
    standing = forms.ChoiceField(label="状态", choices=[("used", "在用"), ("silent", "失联"), ("ended", "已停用")])


class PressSearch(Filter):
    words = TidyField(label="设备编号或使用人")
    function = forms.ChoiceField(label="功能", choices=Function.choices())
    state = forms.ChoiceField(label="状态", choices=PressState.choices())
    first = DayField(label="自")
    last = DayField(label="至")
