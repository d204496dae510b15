"""Forms of units and places."""

from __future__ import annotations

from django import forms

from linli.base.areas import Level
from linli.kernel.registry.rules import ORGANISATION_KINDS, PLACE_KINDS, UnitRole
from linli.kernel.ui.forms import AreaField, DayField, Filter, Form, IdentityField, TextField, TidyField


class _Thing(Form):
    name = TidyField(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=[])
    area = AreaField(label="所在地", level=Level.COMMUNITY)
    address = TidyField(label="地址", max_length=200, required=False)
    since = DayField(label="自", required=False, help_text="不填为今天。")


class NewOrganisation(_Thing):
    kind = forms.ChoiceField(label="类别", choices=list(ORGANISATION_KINDS.items()))
    uscc = TidyField(label="统一社会信用代码", max_length=40, required=False)


class NewUnitMember(Form):
    number = IdentityField(label="身份证号", help_text="本辖区已登记人员的身份证号。")
    role = forms.ChoiceField(label="在单位的身份", choices=[("", "请选择"), *UnitRole.choices()])
    since = DayField(label="自", required=False, help_text="不填为今天。")


class LeavingUnit(Form):
    day = DayField(label="离开日期", required=False, help_text="不填为今天；从这一天起不再列出。")


class NewPlace(_Thing):
    kind = forms.ChoiceField(label="类别", choices=list(PLACE_KINDS.items()))


class NewRooms(Form):
    rooms = TextField(label="房间号", max_length=2000, help_text="一段连号写成 101-118，其余用顿号分开，例如 101-118、201、203")


class Ending(Form):
    day = DayField(label="注销日期", help_text="从这一天起不再列出。")


class OrganisationFilter(Filter):
    name = TidyField(label="名称（从头写起）", max_length=40)
    kind = forms.ChoiceField(label="类别", choices=list(ORGANISATION_KINDS.items()))
    area = AreaField(label="所在地")


class PlaceFilter(Filter):
    name = TidyField(label="名称（从头写起）", max_length=40)
    kind = forms.ChoiceField(label="类别", choices=list(PLACE_KINDS.items()))
    area = AreaField(label="所在地")
