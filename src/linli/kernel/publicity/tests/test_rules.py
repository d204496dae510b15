"""What may be public, judged without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import Term
from linli.base.identity import make_id
from linli.kernel.publicity.rules import (
    OFFICE,
    RECEIPT,
    LawfulField,
    Minors,
    NoticeKind,
    NotLawful,
    Show,
    Standing,
    Who,
    personal_data_in,
    prepare_rows,
    receipt_of,
)
from linli.kernel.publicity.samples import SAMPLE_KIND

ROW = {"name": Who("张桂兰", minor=False), "village": "坛山社区", "amount": 50_000}
LAWFUL = set(ROW)
people = st.builds(Who, st.text(max_size=5), st.booleans())
values = st.one_of(st.text(max_size=30), st.integers(), st.dates(), st.none(), st.booleans(), people)


@given(st.dictionaries(st.one_of(st.sampled_from([*LAWFUL, "id_number", "illness"]), st.text(max_size=8)), values, max_size=6))
def test_a_field_that_the_law_does_not_list_is_never_published(row):
    try:
        (shown,) = prepare_rows(SAMPLE_KIND, [row])
    except NotLawful:
        return
    assert set(row) == set(shown) == LAWFUL
    assert all(isinstance(text, str) and not personal_data_in(text) for text in shown.values())


@given(st.dictionaries(st.text(min_size=1, max_size=8).filter(lambda key: key not in LAWFUL), values, min_size=1, max_size=3))
def test_a_lawful_row_with_anything_more_is_refused_as_a_whole(more):
    with pytest.raises(NotLawful, match="不在“救助对象公示”的法定公示项目内"):
        prepare_rows(SAMPLE_KIND, [ROW | more])


def test_a_row_is_shown_in_the_order_of_the_list():
    (shown,) = prepare_rows(SAMPLE_KIND, [dict(reversed(ROW.items()))])
    assert list(shown.items()) == [("name", "张桂兰"), ("village", "坛山社区"), ("amount", "500.00")]


def test_a_row_that_lacks_a_lawful_field_is_refused_with_its_number():
    with pytest.raises(NotLawful, match="第2行：缺少公示项目“village”"):
        prepare_rows(SAMPLE_KIND, [ROW, {key: ROW[key] for key in ("name", "amount")}])


@pytest.mark.parametrize(
    ("show", "value", "seen"),
    [
        (Show.NAME, Who("王小虎", minor=True), "王某"),
        (Show.NAME, Who("欧阳小明", minor=True), "欧阳某"),
        (Show.NAME, (Who("张桂兰", False), Who("王小虎", True)), "张桂兰、王某"),
        (Show.HIDDEN_NAME, Who("张桂兰", minor=False), "张**"),
        (Show.HIDDEN_NAME, Who("王小虎", minor=True), "王某"),
        (Show.MONEY, 123_450, "1,234.50"),
        (Show.COUNT, 3, "3"),
        (Show.DAY, date(2010, 12, 5), "2010年12月5日"),
        (Show.NUMBER_HEAD, "990404195001010016", "9904**************"),
        (Show.PHONE, "13812345678", "138****5678"),
        (Show.ACCOUNT_TAIL, "6222020200112233445", "********3445"),
    ],
)
def test_a_value_is_shown_in_the_lawful_way_only(show, value, seen):
    assert prepare_rows(one_field(show), [{"value": value}]) == ({"value": seen},)


@pytest.mark.parametrize(
    ("show", "value"),
    [
        (Show.NAME, "张桂兰"), (Show.NAME, ()), (Show.NAME, Who(" ", minor=False)), (Show.NAME, None), (Show.TEXT, 5),
        (Show.TEXT, None), (Show.TEXT, "长" * 61), (Show.MONEY, 5.0), (Show.MONEY, -1), (Show.MONEY, True),
        (Show.COUNT, "3"), (Show.DAY, "2010-12-05"), (Show.PHONE, 13812345678), (Show.TEXT, "990404195001010016"),
    ],
)  # fmt: skip
def test_a_value_of_another_sort_is_refused_and_not_repeated(show, value):
    with pytest.raises(NotLawful) as refused:
        prepare_rows(one_field(show), [{"value": value}])
    assert str(value) not in refused.value.message or value in ((), None, 5)


def one_field(show: Show, minors: Minors = Minors.SURNAME) -> NoticeKind:
    return replace(SAMPLE_KIND, fields=(LawfulField("value", "内容", show, "某法 §1"),), minors=minors)


def test_a_kind_may_forbid_lines_that_name_a_minor():
    kind = one_field(Show.NAME, Minors.REFUSED)
    assert prepare_rows(kind, [{"value": Who("张桂兰", minor=False)}])
    with pytest.raises(NotLawful, match="不得公示未成年人"):
        prepare_rows(kind, [{"value": Who("王小虎", minor=True)}])


@pytest.mark.parametrize("heading", ["身份证号", "银行账号", "联系电话", "家庭住址", "疾病名称", "残疾类别", "家庭月收入"])
def test_what_is_never_public_cannot_even_be_declared(heading):
    with pytest.raises(ValueError, match="不得公开"):
        LawfulField("value", heading, Show.TEXT, "某法 §1")


def test_a_masked_number_may_tell_two_people_of_one_name_apart():
    assert LawfulField("number", "身份证号（前四位）", Show.NUMBER_HEAD, "某法 §1")
    with pytest.raises(ValueError):
        LawfulField("number", "编号", Show.TEXT, "")


@pytest.mark.parametrize(
    "change",
    [
        {"key": "nodot"}, {"fields": ()}, {"places": frozenset()}, {"law": ""}, {"fields": SAMPLE_KIND.fields * 2},
        {"term": Term("calendar", 0)},
    ],
)
def test_a_kind_without_its_law_fields_places_or_days_is_refused(change):
    with pytest.raises(ValueError):
        replace(SAMPLE_KIND, **change)


FOUND = [
    ("张桂兰 990404195001010016", "identity"),
    ("990404195001010016", "identity"),
    ("99040419500101001x", "identity"),
    ("９９０４０４１９５００１０１００１６", "identity"),
    ("990404 19500101 0016", "identity"),
    ("990404-19500101-0016", "identity"),
    ("9 9 0 4 0 4 1 9 5 0 0 1 0 1 0 0 1 6", "identity"),
    ("9904\u200b04195001010016", "identity"),
    ("旧号990404500101001", "identity"),
    ("电话13812345678。", "mobile"),
    ("138-1234-5678", "mobile"),
    ("138 1234 5678", "mobile"),
    ("+86 13812345678", "mobile"),
    ("１３８１２３４５６７８", "mobile"),
    ("0632-7711234", "landline"),
    ("(0632)7711234", "landline"),
    ("（0632）7711234", "landline"),
    ("010-88886666", "landline"),
    ("6222020200112233445", "account"),
    ("6222 0202 0011 2233 445", "account"),
    ("6222-0202-0011-2233", "account"),
    ("1234567890123456", "account"),
    ("坛山社区峄州路12号", "address"),
    ("阳光花园3号楼2单元501室", "address"),
    ("三号楼二单元", "address"),
    ("南关村5组18号", "address"),
]
QUIET = [
    "", "坛山街道情暖万家救助对象公示", "公示期自2010年12月11日至2010年12月17日", "2010-12-11 2010-12-17",
    "2010.12.11-2010.12.17", "20101211—20101217", "金额500,000.00元", "民发〔2021〕57号", "每户500元，共1000户，计500000元",
    "区划370404001001", "第12号文件",
    "统计代码913704040123", "3组村民代表", "路字12号文", "12345", "共计 1 2 3 项",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_the_scanner_finds_personal_data(text, kind):
    assert kind in {finding.kind for finding in personal_data_in(text)}


@pytest.mark.parametrize("text", QUIET)
def test_the_scanner_leaves_days_amounts_and_document_numbers_alone(text):
    assert personal_data_in(text) == ()


def test_an_office_may_give_its_desk_telephone_and_door_but_no_mobile():
    assert personal_data_in("峄州路12号，电话0632-7711234", allowed=OFFICE) == ()
    assert [finding.zh for finding in personal_data_in("峄州路12号，13812345678", allowed=OFFICE)] == ["手机号"]


@given(
    st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
    st.text(alphabet="张王李，。 ：（）第号元的了村x-", max_size=12),
    st.text(alphabet="张王李，。 ：（）第号元的了村-", max_size=12),
)
def test_every_identity_number_is_found_wherever_it_stands(birth, sequence, before, after):
    assert personal_data_in(f"{before}{make_id('990404', birth, sequence)}{after}")


def test_a_case_goes_on_only_when_the_days_are_over_and_nothing_is_open_or_upheld():
    last = date(2010, 12, 17)
    table = [
        (Standing("c", 1, last, last), False),
        (Standing("c", 1, last, date(2010, 12, 18)), True),
        (Standing("c", 1, last, date(2010, 12, 18), open=1), False),
        (Standing("c", 1, last, date(2010, 12, 18), upheld=True), False),
        (Standing("c"), False),
    ]
    for standing, wanted in table:
        assert standing.passed is wanted


@given(st.binary(min_size=32, max_size=34))
def test_a_receipt_number_can_be_read_out(digest):
    import re

    assert re.match(RECEIPT, receipt_of(digest))
