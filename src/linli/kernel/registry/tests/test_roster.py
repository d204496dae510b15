"""The population roster: good rows become people, bad rows come back with their reasons."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.areas import WHOLE
from linli.base.identity import BadIdentity, make_id, read_id
from linli.gateways.spreadsheets import Sheet, table_bytes
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.imports import actions, queries
from linli.kernel.jobs.samples import work_off
from linli.kernel.registry.actions import correct_person, found_area, propose_duplicates, recognise_status
from linli.kernel.registry.actions import roster as roster_actions
from linli.kernel.registry.models import Household, Membership, Person, Residence, SearchToken, Status
from linli.kernel.registry.queries import clear_number, clear_phone
from linli.kernel.registry.rules import person_tokens
from linli.kernel.registry.rules.roster import read_roster
from linli.kernel.registry.rules.roster_columns import COLUMNS, Places
from linli.kernel.registry.samples import make_household, make_person

DAY = date(2010, 12, 1)
HEADINGS = (
    "姓名", "身份证号", "户编号", "与户主关系", "村居", "现住址", "电话", "性别", "出生日期", "低保", "残疾", "其他类别",
    "无身份证号原因",
)  # fmt: skip
AREAS = (
    ("370404000000", "峄城区", "district"), ("370404001000", "坛山街道", "street"), ("370404001001", "和顺社区", "community"),
    ("370404002000", "吴林街道", "street"), ("370404002001", "和顺社区", "community"), ("370404100000", "古邵镇", "town"),
    ("370404100201", "古上河村", "village"),
)  # fmt: skip
HERE, THERE = "370404001001", "370404002001"


def number(seq: int, birth: date = date(1960, 5, 1)) -> str:
    return make_id("990404", birth, seq)


def row(name="李小明", idno=None, home="1", kin="户主", place="", address="和平路1号", **more):
    idno = number(1) if idno is None else idno
    words = {"姓名": name, "身份证号": idno, "户编号": home, "与户主关系": kin, "村居": place, "现住址": address}
    return [(words | more).get(heading, "") for heading in HEADINGS]


@pytest.fixture
def founders(db):
    founders = make_founders()
    for code, name, kind in AREAS:
        found_area(by=founders[0], on=FIRST_DAY, code=code, name=name, kind=kind)
    return founders


@pytest.fixture
def worker(founders):
    return make_staff(founders=founders)


def book(rows) -> bytes:
    return table_bytes(Sheet("花名册", HEADINGS, rows))


def load(by, rows, name="花名册.xlsx", content=b""):
    run, _ = actions.send(by=by, on=DAY, kind="registry.roster", name=name, content=content or book(rows))
    work_off()
    with scoped(by):
        run = queries.run_in_area(by=by, run_id=run.pk)
    if run.state != "checked" or not run.accepted:
        return run
    actions.confirm(by=by, on=DAY, run_id=run.pk)
    work_off()
    with scoped(by):
        return queries.run_in_area(by=by, run_id=run.pk)


def reasons(by, run, grave=True):
    with scoped(by):
        return [(r.row, r.heading, r.reason) for r in queries.rejects_of(run, grave=grave)]


FAMILY = [
    row("欧阳䶮", number(1), 电话="13800001111", 低保="城市"),
    row("王芳", number(2, date(1962, 7, 9)), kin="配偶", 残疾="肢体2级", 其他类别="重大疾病、优抚对象（烈属）"),
    row("欧阳小", "", kin="子", 性别="男", 出生日期="2010.11.2", 无身份证号原因="新生儿尚未落户"),
]


def test_a_family_is_written_with_everything_that_the_roster_says(worker):
    run = load(worker, FAMILY)
    assert (run.state, run.read, run.accepted, run.message) == ("applied", 3, 3, "")
    assert run.result["made"] == [["人员", 3], ["家庭", 1], ["家庭成员", 3], ["身份类别", 4]]
    with scoped(worker):
        head, wife, child = Person.objects.order_by("birth")
        assert (clear_number(head), clear_phone(head), head.sex, head.area) == (number(1), "13800001111", "1", HERE)
        assert (child.number_sealed, child.no_number_reason, child.birth) == (None, "newborn", date(2010, 11, 2))
        home = Household.objects.get()
        assert (home.head_id, home.number, home.address, home.since) == (head.pk, "1", "和平路1号", DAY)
        kin = dict(Membership.objects.values_list("person", "kin"))
        assert kin == {head.pk: "02", wife.pk: "10", child.pk: "20"}
        assert Residence.objects.filter(until=None, at=HERE).count() == 3
        kinds = set(Status.objects.values_list("person", "kind", "grade"))
        hers = {(wife.pk, "disabled", "42"), (wife.pk, "ill", ""), (wife.pk, "veteran", "martyr")}
        assert kinds == {(head.pk, "dibao", "urban"), *hers}
        tokens = set(SearchToken.objects.filter(person=head).values_list("token", flat=True))
    assert tokens == set(person_tokens("欧阳䶮", "和平路1号")) == set(head.tokens)


def test_a_loaded_person_is_the_same_as_one_entered_by_hand(worker):
    from linli.kernel.registry.actions import register_person
    from linli.kernel.registry.rules import PersonFacts

    load(worker, [row("曾李", number(1), 电话="13800001111", home="", kin="")])
    by_hand = register_person(
        by=worker, on=DAY, area=HERE,
        facts=PersonFacts(name="曾李", number=number(3), phone="13800001111", address="和平路1号"),
    )  # fmt: skip
    same = (
        "name", "sort_key", "sex", "birth", "phone_digest", "phone_tail", "ethnic", "marital", "address", "area",
        "registered_address", "registered_area", "tokens", "died_on", "merged_into_id", "version", "no_number_reason",
    )  # fmt: skip
    with scoped(worker):
        loaded = Person.objects.exclude(pk=by_hand.pk).get()
        by_hand.refresh_from_db()
        assert {f: getattr(loaded, f) for f in same} == {f: getattr(by_hand, f) for f in same}
        assert clear_number(loaded) == number(1)


@pytest.mark.parametrize(
    ("cells", "heading", "why"),
    [
        ({"idno": "37040419600501001"}, "身份证号", "应为18位"),
        ({"idno": number(1)[:17] + ("1" if number(1)[17] != "1" else "2")}, "身份证号", "末位与前17位对不上"),
        ({"idno": "370404600501001"}, "身份证号", "15位的旧号码"),
        ({"idno": "990404196002300010"}, "身份证号", "出生日期"),
        ({"idno": number(1, date(2010, 12, 2))}, "身份证号", "晚于办理日期"),
        ({"idno": "99040419600501OO1X"}, "身份证号", "17位数字"),
        ({"idno": 990404196005010017}, "身份证号", "按数字存放"),
        ({"idno": "=A1"}, "身份证号", ""),
        ({"idno": " "}, "身份证号", "没有填写身份证号"),
        ({"性别": "女"}, "性别", "不一致"),
        ({"性别": "雄"}, "性别", "应填写：男、女"),
        ({"出生日期": "1960-05-02"}, "出生日期", "不一致"),
        ({"出生日期": "1960-02-30"}, "出生日期", "看不懂或不存在"),
        ({"出生日期": "去年"}, "出生日期", "看不懂或不存在"),
        ({"无身份证号原因": "未落户"}, "无身份证号原因", "请清空"),
        ({"name": "李?"}, "姓名", "生僻字没有显示出来"),
        ({"name": "李*"}, "姓名", "隐去了一部分"),
        ({"name": "=HYPERLINK(1)"}, "姓名", "像是公式"),
        ({"place": "不存在村"}, "村居", "没有这个村居"),
        ({"place": THERE}, "村居", "不在本辖区内"),
        ({"电话": "12345"}, "电话", "11位手机号"),
        ({"kin": "表侄女婿"}, "与户主关系", "国家标准"),
        ({"home": "", "kin": "子"}, "户编号", "请填写户编号"),
        ({"kin": ""}, "与户主关系", "请填写与户主关系"),
        ({"kin": "子"}, "户编号", "没有户主"),
        ({"残疾": "肢体9级"}, "残疾", "应填写"),
        ({"其他类别": "有点困难"}, "其他类别", "按名称填写"),
        ({"address": "+86路"}, "现住址", "像是公式"),
    ],
)
def test_a_bad_cell_comes_back_with_its_reason(worker, cells, heading, why):
    run = load(worker, [row("张三", number(9), home="7"), row(**cells)])
    assert (run.read, run.accepted, run.rejected) == (2, 1, 1)
    found = reasons(worker, run)
    assert any(r == 3 and h == heading and why in reason for r, h, reason in found), found


SEVEN = number(7)


@pytest.mark.parametrize(
    "typed", [SEVEN.lower(), " ".join(SEVEN), SEVEN[:6] + "-" + SEVEN[6:], "９" + SEVEN[1:], "\u200b" + SEVEN]
)
def test_numbers_are_read_as_people_type_them(worker, typed):
    run = load(worker, [row(idno=typed)])
    assert run.state == "applied"
    with scoped(worker):
        assert clear_number(Person.objects.get()) == number(7)


@pytest.mark.parametrize("name", ["䶮", "㛃", "𠮷野", "阿不都·买买提", "诸葛亮"])
def test_rare_names_are_kept(worker, name):
    load(worker, [row(name)])
    with scoped(worker):
        assert Person.objects.get().name == name


def test_the_same_number_stands_once_in_the_file(worker):
    run = load(worker, [row("张三", number(5), home="", kin=""), row("张三", number(5), home="", kin="")])
    assert run.accepted == 1
    assert reasons(worker, run) == [(3, "身份证号", "与第 2 行的身份证号相同，只能写一次。")]


def test_a_newborn_without_a_number_is_not_entered_again_by_the_mended_file(worker):
    load(worker, FAMILY)
    run = load(worker, [*FAMILY, row("赵", number(20), home="9")])
    assert (run.accepted, run.rejected) == (1, 3)
    baby = {"idno": "", "性别": "男", "出生日期": "2010-11-03", "无身份证号原因": "新生儿尚未落户"}
    run = load(worker, [row("孙一", home="", kin="", **baby), row("孙一", home="", kin="", **baby)])
    assert reasons(worker, run) == [(3, "姓名", "与第 2 行的姓名、出生日期和村居都相同，只能写一次。")]


def test_a_person_of_another_town_is_named_by_the_town_only(worker, founders):
    other = make_staff("qian", "钱社工", area=THERE, founders=founders)
    load(other, [row("张三", number(5))])
    run = load(worker, [row("张三", number(5)), row("李四", number(6), home="2")])
    assert (run.accepted, run.rejected) == (1, 1)
    assert "已在吴林街道登记" in reasons(worker, run)[0][2]


def test_who_is_registered_while_the_roster_is_written_stops_it_with_a_sentence(worker, monkeypatch):
    load(worker, [row("张三", number(5))])
    monkeypatch.setattr(roster_actions, "_known_numbers", lambda *words: {})
    run = load(worker, [row("张三", number(5), home="8"), row("李四", number(6), home="9")])
    assert run.state == "failed" and "刚刚由他人登记" in run.message
    with scoped(worker):
        assert Person.objects.count() == 1


def test_a_bad_head_sends_the_household_back_as_a_whole(worker):
    rows = [row("张", "1"), row("王", number(2), kin="配偶"), row("赵", number(3), home="2")]
    run = load(worker, rows)
    assert (run.accepted, run.rejected) == (1, 2)
    assert reasons(worker, run)[1] == (3, "", "同户的户主（第 2 行）有问题，请改正后一并上传。")


def test_a_household_has_one_head(worker):
    run = load(worker, [row("张", number(1)), row("王", number(2)), row("赵", number(3), kin="子")])
    assert reasons(worker, run) == [(3, "与户主关系", "这一户在第 2 行已有户主，一户只能有一个户主。")]


def test_a_mended_member_joins_the_household_that_went_in_before(worker):
    run = load(worker, [row("张", number(1)), row("王", "坏", kin="配偶")])
    assert run.rejected == 1
    run = load(worker, [row("王", number(2), kin="配偶")])
    assert reasons(worker, run, grave=False) == [(2, "户编号", "将加入库中已有的这一户，请核对户编号。")]
    with scoped(worker):
        assert Household.objects.count() == 1 and Membership.objects.count() == 2


def test_the_whole_mended_file_may_be_sent_again(worker):
    load(worker, [row("张", number(1)), row("王", "坏", kin="配偶")])
    run = load(worker, [row("张", number(1)), row("王", number(2), kin="配偶")])
    assert (run.accepted, run.rejected) == (1, 1)
    assert "已在坛山街道登记" in reasons(worker, run)[0][2]
    with scoped(worker):
        assert Household.objects.count() == 1 and Membership.objects.count() == 2


def test_a_known_household_gets_no_second_head(worker):
    load(worker, [row("张", number(1))])
    run = load(worker, [row("张", number(1)), row("王", number(2))])
    assert run.accepted == 0


def test_nobody_ends_up_in_a_strange_family_that_has_the_same_number(worker):
    load(worker, [row("张", number(1))])
    run = load(worker, [row("赵", number(3)), row("钱", number(4), kin="配偶")])
    assert reasons(worker, run) == [
        (2, "户编号", "这个户编号在库中已有一户；是另一户的请换编号，变更户主请在家庭页面办理。"),
        (3, "", "同户的户主（第 2 行）有问题，请改正后一并上传。"),
    ]


def test_a_district_loads_places_by_code_or_name(founders):
    district = make_staff("district", "区民政", Role.DISTRICT_APPROVER, "370404000000", founders=founders)
    run = load(district, [
        row("甲", number(1), place=HERE), row("乙", number(2), place="吴林街道和顺社区"), row("丙", number(3), place="和顺社区"),
        row("丁", number(4)), row("戊", number(5), place="古上河村", home="1"),
    ])  # fmt: skip
    assert [reason for _, _, reason in reasons(district, run)] == [
        "有几个同名的村居，请在前面写上镇街名称，或填写12位代码。", "没有填写村居。",
    ]  # fmt: skip
    with scoped(district):
        assert set(Person.objects.values_list("area", flat=True)) == {HERE, THERE, "370404100201"}


def test_an_import_is_taken_back_as_far_as_nobody_touched_it(worker):
    alone = row("周", number(10), home="", kin="")
    run = load(worker, [*FAMILY, row("张三", number(8), home="2"), row("李四", number(9), home="3"), alone])
    assert run.accepted == 6, reasons(worker, run)
    with scoped(worker):
        touched, recognised = Person.objects.get(name="张三"), Person.objects.get(name="李四")
    correct_person(by=worker, on=DAY, person_id=touched.pk, version=1, address="新街2号")
    recognise_status(by=worker, on=DAY, person_id=recognised.pk, kind="ill", source="走访")
    kept = make_household(worker, DAY)
    undone = actions.take_back(by=worker, on=DAY, run_id=run.pk)
    assert undone.reversed == 4
    assert undone.left == ("张*（和顺社区）", "李*（和顺社区）")
    with scoped(worker):
        assert set(Household.objects.values_list("number", flat=True)) == {"2", "3", ""}
        assert Person.objects.filter(memberships__household=kept).count() == 3
        assert not SearchToken.objects.filter(token="欧阳").exists()
    again = load(worker, [*FAMILY])
    assert again.state == "applied"


def test_a_household_that_somebody_joined_stays(worker):
    from linli.kernel.registry.actions import join_household
    from linli.kernel.registry.samples import make_person

    run = load(worker, FAMILY)
    guest = make_person(worker, DAY, "郑", birth=date(1990, 1, 1))
    with scoped(worker):
        home = Household.objects.get()
    join_household(by=worker, on=DAY, household_id=home.pk, person_id=guest.pk, kin="99")
    undone = actions.take_back(by=worker, on=DAY, run_id=run.pk)
    assert undone.reversed == 0 and len(undone.left) == 3


def test_nobody_takes_back_what_lies_elsewhere(worker, founders):
    run = load(worker, FAMILY)
    other = make_staff("qian", "钱社工", area=THERE, founders=founders)
    with pytest.raises(Forbidden):
        actions.take_back(by=other, on=DAY, run_id=run.pk)
    with scoped(WHOLE):
        assert Person.objects.count() == 3


def test_a_csv_of_another_office_in_gb18030_goes_in(worker):
    text = "姓名,公民身份号码,户号,户主关系,住址\r\n㛃明," + number(1) + ",1,户主,和平路\r\n"
    run = load(worker, [], "花名册.csv", text.encode("gb18030"))
    assert run.state == "applied"
    with scoped(worker):
        assert Person.objects.get().name == "㛃明"


NUMBERS = st.one_of(
    st.builds(make_id, st.just("990404"), st.dates(date(1840, 1, 1), date(2012, 1, 1)), st.integers(0, 999)),
    st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True),
    st.from_regex(r"[0-9０-９ xX-]{14,20}", fullmatch=True),
)


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_whole_columns_are_judged_as_single_numbers_are(numbers):
    empty = {column.key: [None] * len(numbers) for column in COLUMNS}
    frame = pl.DataFrame({key: pl.Series(key, cells, dtype=pl.String) for key, cells in empty.items()})
    frame = frame.with_columns(pl.Series("number", [n.strip() or None for n in numbers], dtype=pl.String))
    roster = read_roster(frame, [], Places({}, own=HERE), DAY)
    for index, text in enumerate(frame["number"]):
        said = [fault.reason for fault in roster.faults if fault.row == index and fault.column == "number"]
        try:
            found = read_id(text or "", on=DAY)
        except BadIdentity as fault:
            assert roster.people["number"][index] is None
            assert said == [str(fault)] or not text
        else:
            assert not said
            assert roster.people.row(index, named=True) | {
                "number": found.number, "birth": found.birth, "sex": found.sex
            } == roster.people.row(index, named=True)  # fmt: skip


def test_a_row_that_is_like_somebody_registered_without_a_number_is_told_and_written(worker):
    child = make_person(worker, DAY, "李小名", birth=date(2009, 3, 2), no_number_reason="newborn", address="和平路1号")
    run = load(worker, [
        row(), row("李晓明", number(9, date(2009, 3, 2)), kin="子"), row("李强", number(5, date(1985, 8, 8)), kin="子"),
    ])  # fmt: skip
    like = f"与库中编号{child.pk}的人相像（姓名同音、出生日期相同、性别相同、住址相同）"
    told = f"{like}，可能是同一人，请核对；导入后会列入“疑似重复”。"
    assert (run.accepted, run.rejected) == (3, 0) and reasons(worker, run, grave=False) == [(3, "姓名", told)]
    assert propose_duplicates(by=worker, on=DAY) == 1


def test_a_row_without_a_number_is_compared_with_everybody_but_not_with_numbers(worker):
    known = make_person(worker, DAY, "李小明", phone="13805471234")
    run = load(worker, [
        row(idno="", 性别="男", 出生日期="1960-05-01", 电话="13805471234", 无身份证号原因="证件遗失、号码待查"),
        row("李小明", number(3), home="2", address="新华街8号"),  # one name and one birth, two numbers: nobody is told
    ])  # fmt: skip
    ((line, heading, told),) = reasons(worker, run, grave=False)
    assert (run.accepted, line, heading) == (2, 2, "姓名") and f"编号{known.pk}的人" in told and "电话相同" in told


def test_a_roster_says_nothing_of_people_outside_of_the_range(worker, founders):
    other = make_staff("qian", "钱社工", area=THERE, founders=founders)
    make_person(other, DAY, "李小明", birth=date(2009, 3, 2), no_number_reason="newborn", address="和平路1号")
    run = load(worker, [row("李小明", number(9, date(2009, 3, 2)))])
    assert run.accepted == 1 and reasons(worker, run, grave=False) == []
