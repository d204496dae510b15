from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.names import clean_name, initials, sort_key, surname_of, tokens
from linli.base.readings import SURNAMES, reading_of

characters = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
names = st.text(characters, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李明", "李明"),
        (" 李　明 ", "李明"),
        ("李\u200b明\ufeff", "李明"),
        ("李\t明\n", "李明"),
        ("阿不都·买买提", "阿不都·买买提"),
        ("阿不都•买买提", "阿不都·买买提"),
        ("阿不都・买买提", "阿不都·买买提"),
        ("阿不都 . 买买提", "阿不都·买买提"),
        ("阿不都．买买提", "阿不都·买买提"),
        ("王䶮", "王䶮"),
        ("王㛃", "王㛃"),
        ("𠮷田", "𠮷田"),
        ("王\ue863", "王䶮"),
        ("王\ue81e", "王龴"),
        ("⾦⼩⽉", "金小月"),
        ("金\U000e0100明", "金明"),
        ("李〇", "李〇"),
        ("Ｍａｒｉａ  Lopez", "Maria Lopez"),
        ("Jose\u0301 O'Neil-Smith", "José O'Neil-Smith"),
        ("ئابدۇللا", "ئابدۇللا"),
    ],
)
def test_a_name_is_stored_as_the_document_prints_it(text: str, name: str) -> None:
    assert clean_name(text) == name
    assert clean_name(name) == name


def test_a_name_may_have_fifty_characters() -> None:
    assert clean_name("㛃" * 50) == "㛃" * 50
    assert clean_name("李" + " " * 198 + "明") == "李明"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "没有填写姓名"),
        ("\u3000\u200b", "没有填写姓名"),
        ("李明2", "含有数字“2”"),
        ("李明２", "含有数字“２”"),
        ("李②", "含有数字“②”"),
        ("=李明", "不能以等号"),
        (" @SUM(A1)", "不能以等号"),
        ("＋李明", "不能以等号"),
        ("李\x00明", "控制字符"),
        ("李\x1b[0m", "控制字符"),
        ("李*", "全名"),
        ("李＊明", "全名"),
        ("李?", "生僻字"),
        ("李\ufffd", "生僻字"),
        ("李\ue000", "自造字"),
        ("李明（女）", "含有“（”"),
        ("李、明", "含有“、”"),
        ("李<b>", "含有“<”"),
        ("·李明", "间隔号"),
        ("李··明", "间隔号"),
        ("李" * 51, "不能超过50个字，现有51个"),
        ("李" * 5000, "不能超过50个字"),
    ],
)
def test_what_is_no_name_is_refused_with_the_fault_and_the_mend(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        clean_name(text)


@given(st.text())
def test_a_stored_name_is_stored_the_same_again(text: str) -> None:
    try:
        name = clean_name(text)
    except ValueError:
        return
    assert clean_name(name) == name
    assert 1 <= len(name) <= 50
    assert name == name.strip()


@pytest.mark.parametrize(
    ("name", "key", "letters", "surname"),
    [
        ("李小明", "li3李 xiao3小 ming2明", "lxm", "李"),
        ("曾单", "zeng1曾 dan1单", "zd", "曾"),
        ("单曾", "shan4单 ceng2曾", "sc", "单"),
        ("吕布", "lv3吕 bu4布", "lb", "吕"),
        ("欧阳明", "ou1欧 yang2阳 ming2明", "oym", "欧阳"),
        ("尉迟恭", "yu4尉 chi2迟 gong1恭", "ycg", "尉迟"),
        ("万俟明", "mo4万 qi2俟 ming2明", "mqm", "万俟"),
        ("单于丹", "chan2单 yu2于 dan1丹", "cyd", "单于"),
        ("单于", "shan4单 yu2于", "sy", "单"),
        ("阿不都·买买提", "a1阿 bu4不 dou1都  mai3买 mai3买 ti2提", "abdmmt", "阿"),
        ("𠮷䶮㛃", "ji2𠮷 yan3䶮 jie2㛃", "jyj", "𠮷"),
        ("Maria Lopez", "maria lopez", "ml", "M"),
        ("José", "jose", "j", "J"),
        ("李A", "li3李a", "la", "李"),
        ("\U000323af明", "~\U000323af ming2明", "?m", "\U000323af"),
        ("", "", "", ""),
    ],
)
def test_a_name_has_its_sort_key_initials_and_surname(name: str, key: str, letters: str, surname: str) -> None:
    assert sort_key(name) == key
    assert initials(name) == letters
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    ("surname", "pinyin"),
    [
        *[("曾", "zeng"), ("单", "shan"), ("仇", "qiu"), ("区", "ou"), ("解", "xie"), ("查", "zha")],
        *[("盖", "ge"), ("朴", "piao"), ("任", "ren"), ("华", "hua"), ("翟", "zhai"), ("缪", "miao")],
        *[("覃", "qin"), ("乐", "yue"), ("沈", "shen"), ("贾", "jia"), ("俞", "yu"), ("车", "che")],
    ],
)
def test_a_surname_is_read_as_a_surname(surname: str, pinyin: str) -> None:
    assert sort_key(surname + "明").split()[0].rstrip(surname + "12345") == pinyin


def test_the_table_of_surnames_holds_only_what_differs() -> None:
    assert [surname for surname, reading in SURNAMES.items() if reading_of(surname) == reading] == []


def test_names_are_ordered_by_pinyin_and_one_surname_stays_together() -> None:
    ordered = [
        "阿明",
        "白云",
        "黎安",
        "李安",
        "李华",
        "李明",
        "吕布",
        "区明",
        "任平",
        "单平",
        "曾平",
        "查平",
        "\U000323af平",
    ]
    by_code = sorted(ordered)
    assert by_code != ordered
    assert sorted(by_code, key=lambda name: sort_key(name).encode()) == ordered


@given(names, names)
def test_two_names_never_share_a_key_unless_they_are_one(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(names)
def test_a_name_has_an_initial_for_each_character(name: str) -> None:
    assert len(initials(name)) == len(name)
    assert set(initials(name)) <= set("abcdefghijklmnopqrstuvwxyz?")


@given(names, st.data())
def test_every_piece_of_a_name_is_found_by_its_tokens(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    piece = name[start : data.draw(st.integers(start + 1, len(name)))]
    found = tokens(name)
    assert piece in found if len(piece) <= 2 else tokens(piece) <= found
    assert all(token in name for token in found)


def test_tokens_skip_dots_and_capitals() -> None:
    assert tokens("阿不·买") == {"阿", "不", "买", "阿不", "不买"}
    assert tokens("Li") == {"l", "i", "li"}
    assert tokens("") == set()
