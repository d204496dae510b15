"""A list shows its filter, sorts, pages, counts, and exports exactly what it shows."""

from __future__ import annotations

import io
from types import SimpleNamespace
from urllib.parse import quote

import openpyxl
import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Value
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from linli.kernel.ui.forms import Filter, TidyField
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Batch, Column, DaysLeft, Tone

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ settings.SECRET_KEY }}",
    "'; drop table x; --",
]


class Search(Filter):
    words = TidyField(label="姓名")
    state = forms.ChoiceField(label="状态", choices=[("open", "在办"), ("done", "办结")])
    least = forms.IntegerField(label="金额不低于")
    more = TidyField(label="备注")


def rows(count: int = 45):
    return [
        SimpleNamespace(pk=at, name=f"户{at:02d}", amount=at * 100, state="open" if at % 2 else "done", due=at - 3)
        for at in range(1, count + 1)
    ]


def one(name: str):
    return SimpleNamespace(pk=1, name=name, amount=1, state="open", due=None)


def listing(rf, address="/list/", *, found=None, post=None, **words):
    def choose(asked):
        chosen = rows() if found is None else found
        return [row for row in chosen if asked.get("state", row.state) == row.state and asked.get("words", "") in row.name]

    request = rf.post(address, post) if post is not None else rf.get(address)
    request.now, request.today, request.actor = timezone.now(), timezone.now().date(), None
    columns = (
        Column("name", "姓名", sort=True, link=lambda row: f"/list/{row.pk}/"),
        Column("amount", "金额", kind="money", sort=True, total="amount"),
        Column("state", "状态", kind="state", value=lambda row: Badge(row.state, Tone.GOOD)),
        Column("due", "时限", kind="days_left", value=lambda row: DaysLeft(row.due), sort=True),
    )
    made = {"rows": choose, "columns": columns, "filters": Search, "title": "家庭", "noun": "户", "ident": "pk"}
    return Listing(request, **(made | words))


def html(shown) -> str:
    return render_to_string("ui/listing.html", {"listing": shown, "request": shown.request})


def test_a_cell_without_anything_is_marked_so_that_a_narrow_screen_leaves_it_out(rf):
    found = listing(rf, found=[SimpleNamespace(pk=9, name="户09", amount=None, state="open", due=1), *rows(1)])
    body = str(found.body)
    assert body.count("—</td>") == body.count('blank">—</td>') == 1 and body.count("blank") == 1


def test_a_cell_without_anything_leads_nowhere_unless_it_names_the_row(rf):
    columns = (
        Column("name", "姓名", link=lambda row: f"/list/{row.pk}/"),
        Column("act", "办理", value=lambda row: "" if row.pk == 1 else "提出", link=lambda row: f"/act/{row.pk}/"),
    )
    body = str(listing(rf, found=[one(""), *rows(2)[1:]], columns=columns).body)
    assert 'href="/act/2/"' in body and 'href="/act/1/"' not in body and 'href="/list/1/"' in body


def test_a_page_holds_twenty_rows_and_says_how_many_there_are(rf):
    shown = listing(rf)
    assert len(shown.lines) == 20 and shown.total == 45
    assert "共 <strong>45</strong> 户" in html(shown)
    assert [words for words, _ in shown.page_links] == ["1", "2", "3"]


def test_the_filter_limits_the_rows_and_is_said_in_words(rf):
    shown = listing(rf, "/list/?state=done")
    assert shown.total == 22
    assert shown.filter_words == [("状态", "办结")]


def test_a_filter_that_cannot_be_understood_shows_nothing_but_the_fault(rf):
    shown = listing(rf, "/list/?least=abc")
    assert shown.total == 0
    assert "金额不低于应为整数，请只填数字。" in html(shown)


def test_three_filters_are_shown_and_the_rest_is_folded_until_used(rf):
    assert [field.name for field in listing(rf).more_filters] == ["more"]
    assert not listing(rf).more_open and listing(rf, "/list/?more=x").more_open


def test_a_click_on_a_head_sorts_and_a_second_one_turns_round(rf):
    up = listing(rf, "/list/?sort=amount&state=open&page=2")
    assert [row.amount for row in up.rows[:2]] == [100, 300]
    head = next(head for head in up.heads if head.column.key == "amount")
    assert head.sorted == "ascending" and head.href == "/list/?state=open&sort=-amount"
    assert listing(rf, "/list/?sort=-amount").rows[0].amount == 4500


def test_an_unknown_sort_or_page_or_size_is_ignored(rf):
    shown = listing(rf, "/list/?sort=password&page=999&size=100000")
    assert shown.sort == "" and shown.page.number == 3 and shown.size == 20


def test_the_last_line_sums_the_whole_filter_not_the_page(rf):
    assert [sum for _, sum in listing(rf).totals] == ["", f"{45 * 46 // 2:,}.00", "", ""]


def test_the_next_page_keeps_filter_and_order(rf):
    assert listing(rf, "/list/?state=open&sort=-name&words=").next_address == "/list/?state=open&sort=-name&page=2"


def test_an_empty_list_says_so_and_offers_the_way_out(rf):
    assert "这里还没有记录" in html(listing(rf, found=[]))
    assert "清除条件，看全部" in html(listing(rf, "/list/?words=无"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_and_never_run(rf, hostile):
    shown = listing(rf, f"/list/?words={quote(hostile)}&more={quote(hostile)}", found=[one(hostile)])
    page = html(shown)
    assert shown.total == 1 and escape(hostile) in page
    assert "<script" not in page and "<img" not in page


def test_the_export_asks_for_a_purpose_and_records_it_before_the_file_goes_out(rf):
    recorded = []
    words = {"export": lambda purpose, count: recorded.append((purpose, count))}
    asked = listing(rf, "/list/?export=1&state=done", **words).response("ui/listing.html")
    assert "范围" in asked.content.decode() and recorded == []
    refused = listing(rf, "/list/?export=1", post={"purpose": "  "}, **words).response("ui/listing.html")
    assert refused.status_code == 422 and "请填写用途" in refused.content.decode() and recorded == []
    listing(rf, "/list/?export=1&state=done", post={"purpose": "月报"}, **words).response("ui/listing.html")
    assert recorded == [("月报", 22)]


def test_a_list_offers_its_export_only_when_somebody_records_it(rf):
    assert "导出当前筛选" in html(listing(rf, export=lambda purpose, count: None))
    assert "导出当前筛选" not in html(listing(rf))


def exported(rf, address, found=None):
    answer = listing(rf, address, found=found, post={"purpose": "月报"}, export=lambda purpose, count: None).response("x")
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())


def test_the_export_equals_what_the_filter_shows(rf):
    lines = exported(rf, "/list/?export=1&state=done&sort=-amount")
    head = next(at for at, line in enumerate(lines) if line[0].value == "姓名")
    above = [line[0].value for line in lines[:head]]
    assert "筛选：状态：办结" in above and "用途：月报" in above and any("共22户；金额合计：" in str(line) for line in above)
    assert [cell.value for cell in lines[head]] == ["姓名", "金额（元）", "状态", "时限"]
    shown = listing(rf, "/list/?state=done&sort=-amount")
    assert [(line[0].value, line[1].value, line[2].value) for line in lines[head + 1 :]] == [
        (row.name, row.amount / 100, row.state) for row in shown.rows
    ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_exported_cell_is_a_formula(rf, hostile):
    lines = exported(rf, "/list/?export=1", [one(hostile)])
    assert lines[-1][0].value == hostile and lines[-1][0].data_type == "s"


def test_ticked_rows_or_the_whole_filter_reach_the_check_page(rf):
    assert [row.pk for row in listing(rf, "/check/?ids=2&ids=4&ids=x&state=done").chosen] == [2, 4]
    outside_of_the_filter = listing(rf, "/check/?ids=2&ids=3&state=done")
    assert [row.pk for row in outside_of_the_filter.chosen] == [2]
    assert len(listing(rf, "/check/?all=1&state=done").chosen) == 22


def test_a_batch_button_carries_the_filter_along(rf):
    page = html(listing(rf, "/list/?state=done", batch=(Batch("批量通过", "/check/"),)))
    assert '<input type="hidden" name="state" value="done">' in page
    assert 'formaction="/check/"' in page and 'name="all"' in page


def test_a_list_from_the_database_costs_two_queries_whatever_its_size(rf, db, django_assert_num_queries):
    columns = (Column("app_label", "应用", sort=True), Column("model", "表"))
    for size in (20, 50):
        shown = listing(rf, f"/list/?size={size}&sort=-app_label", rows=ContentType.objects.all(), filters=None, columns=columns)
        with django_assert_num_queries(2):
            html(shown)
        assert len(shown.lines) == min(size, shown.total) and shown.total > 20


def test_sums_and_choices_work_on_querysets_too(rf, db):
    rows = ContentType.objects.order_by("pk").annotate(one=Value(100) + F("id") * 0)
    first = rows.first().pk
    columns = (Column("one", "数", kind="money", total="one"),)
    shown = listing(rf, f"/list/?ids={first}&ids=abc&ids=²&ids={10**30}&ids=-1", rows=rows, filters=None, columns=columns)
    assert [sum for _, sum in shown.totals] == [f"{rows.count()}.00"]
    assert [row.pk for row in shown.chosen] == [first]
    named = listing(rf, "/list/?ids=staff&ids=²", rows=rows, filters=None, columns=columns, ident="model")
    assert [row.model for row in named.chosen] == ["staff"]


def test_the_words_of_a_deadline():
    said = {left: str(DaysLeft(left)) for left in (-3, 0, 2, 9, None)}
    assert said == {-3: "逾期3天", 0: "今天到期", 2: "剩2天", 9: "剩9天", None: "不计时限"}
    assert [DaysLeft(left).badge.tone for left in (-1, 2, 3)] == [Tone.BAD, Tone.WARN, Tone.QUIET]
    assert str(DaysLeft(5, provisional=True, unit="个工作日")) == "剩5个工作日（暂定）"


def test_filters_write_money_days_and_masks():
    engine = Engine(builtins=["linli.kernel.ui.templatetags.linli"])
    page = engine.from_string(
        '{{ fen|yuan }} {{ fen|wan }} {{ none|yuan }} {{ name|mask_name }} {{ phone|mask_phone }} {% state word "good" %}'
    )
    words = {"fen": 123450, "none": None, "name": "欧阳小明", "phone": "13806321234", "word": "<b>"}
    assert page.render(Context(words)) == (
        '1,234.50 0.12345 — 欧阳** 138****1234 <span class="state state-good">&lt;b&gt;</span>'
    )
