"""Forms keep what was typed and say what is wrong, where, and how to mend it."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from linli.base.areas import WHOLE, scope_of
from linli.kernel.ui.forms import (
    AreaField,
    ClockField,
    CodeField,
    DayField,
    Filter,
    Form,
    IdentityField,
    MoneyField,
    NameField,
    PhoneField,
    TextField,
    YearMonth,
)


class Application(Form):
    groups = (("申请人", ("name", "identity")),)
    name = NameField()
    identity = IdentityField(label="身份证号", required=False)
    born = DayField(label="出生日期", required=False)
    month = YearMonth(label="所属年月", required=False)
    amount = MoneyField(label="申请金额", least=1, required=False)
    phone = PhoneField(label="电话", required=False)
    came = ClockField(label="上门时间", required=False)
    code = CodeField(label="查询码", required=False)
    kin = forms.ChoiceField(label="关系", choices=[("1", "本人"), ("2", "配偶")], widget=forms.RadioSelect, required=False)
    reason = TextField(label="理由", max_length=10, required=False)


def filled(**typed: str) -> Application:
    data = QueryDict(mutable=True)
    data.update({"name": "王小明", **typed})
    return Application(data)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", " 阿不都・买买提 ", "阿不都·买买提"),
        ("name", "䶮𠮷", "䶮𠮷"),
        ("amount", "1,234.5", 123450),
        ("amount", "￥５００元", 50000),
        ("month", "2010年3月", "2010-03-01"),
        ("month", "201003", "2010-03-01"),
        ("born", "2010.3.5", "2010-03-05"),
        ("phone", "138 0632 1234", "13806321234"),
        ("phone", "0632－7711234", "0632-7711234"),
        ("came", "08：30", "08:30:00"),
        ("came", "9点5分", "09:05:00"),
        ("came", "14时", "14:00:00"),
        ("code", "７２６０　2770", "72602770"),
        ("code", " ehzq 2ej7v4", "EHZQ2EJ7V4"),
        ("identity", "", None),
    ],
)
def test_a_field_reads_what_people_type(field, typed, kept):
    form = filled(**{field: typed})
    assert form.is_valid(), form.errors
    value = form.cleaned_data[field]
    assert (value.isoformat() if hasattr(value, "isoformat") else value) == kept


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "请填写姓名。"),
        ("kin", "7", "关系中没有“7”这一项，请重新选择。"),
        ("reason", "一二三四五六七八九十一", "理由不能超过10个字，现有11个，请缩短。"),
        ("amount", "0", "申请金额：金额不能小于0.01元，请核对。"),
        ("month", "三月", "所属年月：“三月”不是完整的年月，请写成 2026-01 的样子。"),
        ("month", "2026-13", "所属年月：“2026-13”的月份应在1至12之间，请核对。"),
        ("month", "202600", "所属年月：“202600”的月份应在1至12之间，请核对。"),
        ("born", "2010-2-30", "出生日期：日期“2010-2-30”不存在，2010年2月只有28天，请核对。"),
    ],
)
def test_a_fault_names_the_field_and_the_mend(field, typed, said):
    form = filled(**{field: typed})
    assert [words for _, words in form.faults] == [said]


def test_a_refused_form_keeps_what_was_typed_and_links_each_fault_to_its_input(rf):
    form = filled(amount="五百", reason="<script>alert(1)</script>", kin="9")
    html = str(form)
    assert 'value="五百"' in html
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html
    assert 'href="#id_amount"' in html and 'id="id_amount"' in html
    assert 'href="#id_kin_0"' in html and 'id="id_kin_0"' in html
    assert 'aria-describedby="id_amount_error"' in html and 'id="id_amount_error"' in html
    assert "有 3 处需要改正" in html


def test_the_required_field_is_marked_and_the_mark_explained():
    html = str(Application())
    assert "为必填项" in html and html.count("（必填）") == 1


def test_a_form_under_headings_shows_every_field_once():
    html = str(Application())
    for name in Application.base_fields:
        assert html.count(f'name="{name}"') == (2 if name == "kin" else 1)
    assert "<legend>申请人</legend>" in html


def test_a_filter_asks_for_nothing_and_begins_with_all():
    class Search(Filter):
        words = forms.CharField(label="姓名")
        state = forms.ChoiceField(label="状态", choices=[("a", "甲")])

    search = Search(QueryDict(""))
    assert search.is_valid()
    assert list(search.fields["state"].choices) == [("", "全部"), ("a", "甲")]


def test_a_filter_offers_all_areas_of_the_range_and_all_of_them_together(monkeypatch):
    monkeypatch.setattr("linli.kernel.ui.forms.fields.area_choices", lambda scope, level, lived: [("370404001000", "坛山街道")])

    class Search(Filter):
        town = AreaField(label="镇街")

    class Move(Form):
        town = AreaField(label="镇街")

    assert "全部" in str(Search(QueryDict(""), scope=WHOLE)["town"]) and "请选择" in str(Move(scope=WHOLE)["town"])
    assert Search(QueryDict("town=370404001000"), scope=WHOLE).is_valid()
    faults = [said for _, said in Search(QueryDict("town=370403001000"), scope=WHOLE).faults]
    assert faults == ["镇街：这个区域不在可选范围内，请重新选择。"]


def test_an_area_is_a_code_where_no_names_are_kept(monkeypatch):
    monkeypatch.setattr("linli.kernel.ui.forms.fields.area_choices", lambda scope, level, lived: [])

    class Move(Form):
        town = AreaField(label="镇街")

    form = Move(QueryDict("town=３７０４０４００１０００"), scope=scope_of("370404000000"))
    assert form.is_valid() and form.cleaned_data["town"] == "370404001000"
    outside = Move(QueryDict("town=370403001000"), scope=scope_of("370404000000"))
    assert [said for _, said in outside.faults] == ["镇街：这个区域不在本辖区内，请重新选择。"]


def test_the_authors_own_message_stands():
    class Code(Form):
        code = forms.RegexField(label="代码", regex=r"^\d$", error_messages={"invalid": "代码应为一位数字，请修改。"})

    assert [said for _, said in Code(QueryDict("code=x")).faults] == ["代码应为一位数字，请修改。"]
