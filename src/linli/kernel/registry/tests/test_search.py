"""One box: number, last four, telephone, name, pinyin, address; inside the own area only."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.registry.models import Person
from linli.kernel.registry.queries import people_list, search
from linli.kernel.registry.rules import Meaning, address_pieces, person_tokens, read_words
from linli.kernel.registry.samples import make_household, make_number, make_person

DAY = date(2010, 12, 1)
FAR = "370404100201"
NUMBER = make_number(date(1971, 2, 3), "2", seq=410)


@pytest.fixture
def people(worker):
    return [
        make_person(worker, DAY, "李小明", phone="13805471234", address="坛山街道和顺社区和平路12号3号楼501室", number=NUMBER,
                    birth=date(1971, 2, 3), sex="2"),
        make_person(worker, DAY, "李小刚", phone="0632-7711234", address="文化路5号"),
        make_person(worker, DAY, "欧阳小明", address="和平路14号"),
        make_person(worker, DAY, "䶮㛃𠮷"),
        make_person(worker, DAY, "阿不都·买买提"),
        make_person(worker, DAY, "单曾"),
    ]  # fmt: skip


def found(worker, words):
    with scoped(worker):
        return [row.name for row in search(words, on=DAY).rows]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (NUMBER, ["李小明"]),
        (f" {NUMBER[:6]} {NUMBER[6:14]}-{NUMBER[14:].lower()}".replace(" ", ""), ["李小明"]),
        (NUMBER[-4:], ["李小明"]),
        ("13805471234", ["李小明"]),
        ("1234", ["李小明", "李小刚"]),
        ("06327711234", ["李小刚"]),
        ("0632-7711234", ["李小刚"]),
        ("李小明", ["李小明"]),
        ("李小", ["李小刚", "李小明"]),
        ("小明", ["李小明", "欧阳小明"]),
        ("阳小明", ["欧阳小明"]),
        ("lxm", ["李小明"]),
        ("LXM", ["李小明"]),
        ("lx", ["李小明", "李小刚"]),
        ("lixiaoming", ["李小明"]),
        ("ouyang", ["欧阳小明"]),
        ("sc", ["单曾"]),
        ("㛃𠮷", ["䶮㛃𠮷"]),
        ("𠮷", ["䶮㛃𠮷"]),
        ("䶮㛃𠮷", ["䶮㛃𠮷"]),
        ("买买提", ["阿不都·买买提"]),
        ("阿不都买买提", ["阿不都·买买提"]),
        ("和平路", ["李小明", "欧阳小明"]),
        ("和平", ["李小明", "欧阳小明"]),
        ("和平路12号", ["李小明"]),
        ("小明 和平路14号", ["欧阳小明"]),
        ("501室", ["李小明"]),
        ("3号楼501", ["李小明"]),
        ("和平路12号3号楼501室", ["李小明"]),
        ("坛山街道和顺社区和平路12号", ["李小明"]),
        ("和顺社区", ["李小明"]),
        ("501", ["李小明"]),
        ("小明 文化路", []),
        ("王", []),
        ("", []),
        ("'; drop table", []),
        ("%", []),
        ("_小明", []),
    ],
)
def test_the_box_finds(worker, people, words, names):
    assert sorted(found(worker, words)) == sorted(names)


def test_the_exact_name_comes_first(worker, people):
    make_person(worker, DAY, "王李小明")
    assert found(worker, "李小明") == ["李小明", "王李小明"]


@pytest.mark.parametrize("words", [NUMBER, "1234", "13805471234", "李小明", "小明", "lxm", "和平路"])
def test_the_worker_of_another_community_finds_nothing(people, neighbour, words):
    assert found(neighbour, words) == []


def test_a_row_hides_the_numbers(worker, people):
    with scoped(worker):
        row = search("李小明", on=DAY).rows[0]
    assert (row.number, row.phone) == ("*" * 14 + NUMBER[-4:], "138****1234")
    assert not hasattr(row, "birth")


def test_more_than_the_limit_is_said(worker):
    for _ in range(4):
        make_person(worker, DAY, "赵一")
    with scoped(worker):
        shown = search("赵一", on=DAY, limit=3)
    assert (len(shown.rows), shown.more) == (3, True)


def test_a_search_costs_the_same_however_many_it_finds(worker, people, django_assert_num_queries):
    make_household(worker, DAY, names=("李小明", "李小红", "李小兰", "李小宁"))
    with scoped(worker), django_assert_num_queries(8):
        assert len(search("李小", on=DAY).rows) == 6
    with scoped(worker), django_assert_num_queries(8):
        assert len(search("小明", on=DAY).rows) == 3


def test_the_list_is_narrowed_by_age_sex_and_status(worker, people):
    with scoped(worker):
        assert [p.name for p in people_list(on=DAY, sex="2")] == ["李小明"]
        assert [p.name for p in people_list(on=DAY, age_to=39)] == ["李小明"]
        assert people_list(on=DAY, age_from=50, age_to=50).count() == 5
        assert people_list(on=date(2010, 4, 30), age_from=50).count() == 0
        assert people_list(on=DAY, status="dibao").count() == 0
        assert people_list(on=DAY, area=FAR).count() == 0


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("99040419600501001X", Meaning.NUMBER), ("123x", Meaning.TAIL), ("1234", Meaning.TAIL), ("13800138000", Meaning.PHONE),
        ("７７１１２３４", Meaning.PHONE), ("lxm", Meaning.LETTERS), ("小明", Meaning.TEXT), ("3号楼", Meaning.ADDRESS),
        ("和平路12号", Meaning.ADDRESS),
    ],
)  # fmt: skip
def test_a_word_is_read_as(typed, meaning):
    assert [word.meaning for word in read_words(typed)] == [meaning]


@pytest.mark.parametrize(
    ("address", "pieces"),
    [
        ("和平路12号3号楼501室", ["和平路", "12号", "3号楼", "501室"]),
        ("峄城区坛山街道和顺社区和平路12号", ["和顺社区", "和平路", "12号"]),
        ("古邵镇上河村3组8号", ["上河村", "3组", "8号"]),
        ("", []),
    ],
)
def test_an_address_falls_into_pieces(address, pieces):
    assert address_pieces(address) == pieces


def test_tokens_are_those_of_the_name_in_every_form():
    assert set(person_tokens("李小明")) == {"李", "小", "明", "李小", "小明", "lxm", "lixiaoming"}


def test_no_table_holds_a_number_in_clear(worker, people):
    from django.db import connections

    make_person(worker, DAY, "赵一", phone="13900001111")
    with scoped(worker), connections["default"].cursor() as cursor:
        cursor.execute("select string_agg(to_jsonb(p)::text, '') from registry_person p")
        everything = cursor.fetchone()[0]
        cursor.execute("select string_agg(token, ' ') from registry_searchtoken")
        everything += cursor.fetchone()[0]
    assert Person.__name__ and "和平路" in everything
    for secret in (NUMBER, "13805471234", "13900001111"):
        assert secret not in everything and secret.encode().hex() not in everything
