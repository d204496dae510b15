"""The registers and the recurring work of the three-level network, through the pages of records and duties."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.walker import Walker

from linli.domains.hall import queries
from linli.domains.hall.books import HALL_BOOK, OPINION_BOOK, SESSION_BOOK, SYSTEM_BOOK
from linli.domains.hall.rules.network import DISTRICT_WATCH, JOINT, SHEET, TOWN_WATCH, WATCH, WATCHES
from linli.domains.hall.samples import DAY, VALUES, make_row
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.duties.actions import plan
from linli.kernel.duties.models import Occurrence
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import month_period, read_period
from linli.kernel.records.actions import strike_entry
from linli.kernel.registry.actions import found_area

VILLAGE, TOWN = "370404101201", "370404101000"
DECEMBER = month_period(2010, 12)


@pytest.fixture
def village(halls):
    """The cadres of a village, and who looks after it in the town."""
    founders = make_founders()
    made = {
        "zhang": ("张村干", Role.COMMUNITY_WORKER, VILLAGE), "liu": ("刘村干", Role.COMMUNITY_WORKER, VILLAGE),
        "tian": ("田镇审", Role.TOWN_REVIEWER, TOWN),
    }  # fmt: skip
    return {name: make_staff(name, *words, on=FIRST_DAY, founders=founders) for name, words in made.items()}


def count(key, by, area=DISTRICT, period=DECEMBER):
    with scoped(by):
        return value(figure(key), period, area, {})


def write(user, book, **words):
    """Fill in a register's page as its user does."""
    at = user if isinstance(user, Walker) else Walker(user)
    sent = {key: "1" if said is True else "0" if said is False else said for key, said in VALUES[book].items()} | words
    return at.open(f"/records/books/{book}/new/").send("登记", **sent)


def test_halls_windows_and_points_of_three_levels_are_entered_and_counted(halls):
    """HALL-01, HALL-02, HALL-03, HALL-09, HALL-11: halls by kind and state, departments with a window, service points."""
    write("li", "hall.halls", since="2010-03-01", name="和顺社区服务大厅")
    write("li", "hall.halls", since="2010-05-01", name="和顺社区居民事务受理中心", kind="residents")
    write("zhao", "hall.halls", since="2010-06-01", name="坛山街道服务中心", kind="street", state="built")
    write("wang", "hall.halls", since="2009-06-01", name="区公共行政服务中心", kind="district", counters="40")
    write("wang", "hall.windows", since="2009-06-01", hall="区公共行政服务中心", department="区工商局", permits="1")
    write("li", "hall.windows", since="2010-03-01", hall="和顺社区服务大厅", department="区民政局")
    write("li", "hall.points", since="2010-04-01", name="和顺便民超市")
    write("li", "hall.points", since="2010-04-01", name="社区图书角", kind="item", funding="opened")
    assert count("book.hall.halls.count", halls.approver) == 4 and count("book.hall.windows.count", halls.approver) == 2
    with scoped(halls.approver):
        used = value(figure("book.hall.halls.count"), DECEMBER, DISTRICT, {"state": "used"})
        permits = value(figure("book.hall.windows.count"), DECEMBER, DISTRICT, {"permits": "true"})
        points = value(figure("book.hall.points.count"), DECEMBER, DISTRICT, {"kind": "point"})
        items = value(figure("book.hall.points.count"), DECEMBER, DISTRICT, {"kind": "item"})
    assert (used, permits, points, items) == (3, 1, 1, 1)
    seen = Walker("zhao").open("/hall/network/").follow("服务大厅和服务中心")
    assert "和顺社区服务大厅" in seen.text and "坛山街道服务中心" in seen.text and "建设中" in seen.text


def test_a_village_with_both_centres_is_counted_once(village, halls):
    """HALL-13: an administrative and a living service centre in each rural community."""
    write("zhang", "hall.halls", since="2010-03-01", name="行政服务中心", kind="village_admin", functions="办公、治安、卫生")
    assert count("hall.both", halls.approver) == 0
    write("zhang", "hall.halls", since="2010-04-01", name="生活服务中心", kind="village_living", functions="超市、洗浴、农资")
    write("li", "hall.halls", since="2010-04-01", name="社区超市", kind="village_living", functions="超市")
    assert count("hall.both", halls.approver) == 1
    assert "双中心齐备的村：1 个" in Walker("tian").open("/hall/network/").text


def test_the_five_systems_under_one_roof_are_entered_once_each(halls):
    """HALL-17: who answers for each of the five systems of the centre, and where to call."""
    systems = ("administration", "calls", "training", "workers", "complaints")
    wang = Walker("wang")
    for system in systems:
        write(wang, "hall.systems", since="2009-06-01", system=system, unit="区公共服务中心")
    assert count("book.hall.systems.count", halls.approver) == len(systems)
    centre = Walker("wang").open("/hall/centre/")
    systems_shown = ("公共行政服务中心", "劳动就业培训中心", "大厅受理件（就业服务）", "热线受理", "困难职工帮扶登记")
    for words in (*systems_shown, "区公共服务中心"):
        assert words in centre.text, words
    assert sum("/figures/hall.taken/" in (link.get("href") or "") for link in centre.page.iter("a")) == 4
    assert "无上年数据" in centre.text, "who took nothing in the year before is compared with nothing, not with a zero"
    for wrong, said in (("abc", "“abc”"), ("2012-01-01", "还没有到")):
        asked = Walker("wang").open(f"/hall/centre/?day={wrong}")
        assert said in asked.text and asked.page.xpath("//input[@name='day']")[0].get("value") == wrong, "not today's in silence"
    opened = next(link.get("href") for link in centre.page.iter("a") if "cell=jobs" in (link.get("href") or ""))
    assert "大厅受理件" in centre.open(opened).text
    again = wang.open("/records/books/hall.systems/new/")
    again.send("登记", expect=422, **VALUES["hall.systems"] | {"since": "2010-01-01", "system": "calls", "unit": "区民政局"})
    assert "相同的在册记录" in again.text


def test_two_cadres_are_on_duty_each_day_and_days_below_two_become_tasks(village, halls):
    """HALL-06: a roster of at least two, entered as they come; a day with fewer stands on the desk and in the figure."""
    machine = machine_actor("duties.plan", DISTRICT)
    plan(by=machine, on=DAY, duty=WATCH)
    assert count("duty.hall.watch.missed", halls.approver) == 0, "without a hall nobody is owed in one"
    make_row(village["zhang"], HALL_BOOK, date(2010, 6, 1), kind="village_admin", name="村行政服务中心")
    plan(by=machine, on=DAY, duty=WATCH)
    desk = Walker("zhang").open("/")
    assert "服务大厅值班：" in desk.text and "人数不足" in desk.text
    staff = [str(village[name].staff_id) for name in ("zhang", "liu")]
    desk.open(f"/duties/rosters/{WATCH}/").send("排班", day="2010-12-20", through="2010-12-21", staff=staff)
    Walker("zhang").open("/").follow("今天值班").send("登记到岗")
    assert count("duty.hall.watch.done", halls.approver, VILLAGE) == 0
    Walker("liu").open("/").follow("今天值班").send("登记到岗")
    assert count("duty.hall.watch.done", halls.approver, VILLAGE) == 1
    assert count("duty.hall.watch.missed", halls.approver, VILLAGE, read_period("2010-12-01..2010-12-20")) == 13
    assert "服务大厅值班：近14天" in Walker("tian").open("/").text


def test_a_village_holds_its_joint_office_twice_a_month_for_eight_hours(village, halls):
    """HALL-14: who took the chair, who came, what was raised and settled; a short day does not count."""
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY, duty=JOINT)
    assert count("duty.hall.joint.due", halls.approver, VILLAGE) == 2
    short = write("zhang", "hall.sessions", village=VILLAGE, day="2010-12-06", hours="6")
    assert count("duty.hall.joint.done", halls.approver, VILLAGE) == 0
    assert "孙书记" in short.text
    for day in ("2010-12-10", "2010-12-20"):
        write("zhang", "hall.sessions", village=VILLAGE, day=day)
    assert count("duty.hall.joint.done", halls.approver, VILLAGE) == 2
    assert count("book.hall.sessions.count", halls.approver, VILLAGE) == 3
    assert count("book.hall.sessions.sum_settled", halls.approver, VILLAGE) == 15
    wrong = Walker("zhang").open("/records/books/hall.sessions/new/")
    sent = VALUES["hall.sessions"] | {"village": VILLAGE, "day": "2010-12-15", "settled": "9"}
    wrong.send("登记", expect=422, **sent)
    assert "办结事项不能多于受理事项" in wrong.text


def test_a_session_that_is_struck_out_is_owed_again(village, halls):
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY, duty=JOINT)
    made = make_row(village["zhang"], SESSION_BOOK, date(2010, 12, 10))
    assert count("duty.hall.joint.done", halls.approver, VILLAGE) == 1
    strike_entry(by=village["zhang"], on=DAY, entry_id=made.pk, version=made.version, why="写错了村")
    assert count("duty.hall.joint.done", halls.approver, VILLAGE) == 0


def test_opinions_are_noted_analysed_each_month_and_summed_up_for_the_town(village, halls):
    """HALL-15: notebook, card and box; an analysis and a summary sheet a month, by topic and source."""
    write("zhang", "hall.channels", village=VILLAGE, since="2010-12-01")
    write("zhang", "hall.channels", village=VILLAGE, since="2010-12-01", kind="card", holder="全村农户", pieces="320")
    write("zhang", "hall.opinions", village=VILLAGE, day="2010-12-02")
    write("zhang", "hall.opinions", village=VILLAGE, day="2010-12-03", source="notebook", topic="living", result="open")
    make_row(village["zhang"], OPINION_BOOK, date(2010, 11, 30))
    sheet = Walker("tian").open("/hall/opinions/sheet/?month=2010-12")
    assert "2010年12月社情民意汇总表" in sheet.text and "道路和水电0010011" in sheet.text
    assert "请写成" in Walker("tian").open("/hall/opinions/sheet/?month=xx").text
    assert "合计1010021" in sheet.text
    with scoped(halls.approver):
        assert [line.total for line in queries.opinions_of(date(2010, 11, 1), VILLAGE)][-1] == 1
        boxes = value(figure("book.hall.opinions.count"), DECEMBER, DISTRICT, {"source": "box"})
    assert boxes == 1
    plan(by=machine_actor("duties.plan", DISTRICT), on=date(2010, 12, 31), duty=SHEET)
    settled = Walker("zhang").open(f"/duties/list/?duty={SHEET}&state=due")
    assert settled.text.count("社情民意月分析") >= 1


def test_a_hall_that_is_entered_twice_is_refused(halls):
    make_row(halls.worker, HALL_BOOK, name="和顺社区服务大厅")
    with pytest.raises(Refused, match="相同的在册记录"):
        make_row(halls.worker, HALL_BOOK, name="和顺社区服务大厅")


def test_town_and_district_keep_rosters_of_their_own_and_seats_of_offices_owe_none(village, halls):
    """HALL-06: two on duty at the halls of towns and of the district, too; a pseudo-town of offices owes nothing."""
    founders = make_founders()
    units = make_seats(founders[0])
    for by, kind in ((village["tian"], "street"), (halls.approver, "district")):
        make_row(by, HALL_BOOK, date(2010, 12, 16), kind=kind, name="服务中心")
    mate = make_staff("qin", "秦窗口", Role.HALL_CLERK, TOWN, on=FIRST_DAY, founders=founders)
    machine = machine_actor("duties.plan", DISTRICT)
    plan(by=machine, on=DAY)
    with scoped(halls.approver):
        owed = Occurrence.objects.filter(duty__in=WATCHES).exclude(state="dropped")
        assert set(owed.values_list("duty", "area")) == {(TOWN_WATCH, TOWN), (DISTRICT_WATCH, DISTRICT)}
        assert not Occurrence.objects.filter(area__in=units, duty__startswith="hall.").exclude(state="dropped").exists()
        assert owed.filter(duty=TOWN_WATCH).order_by("first").first().first == date(2010, 12, 16), "since the hall is in use"
    at = Walker("tian").open("/")
    assert "镇街服务大厅值班：" in at.text and "人数不足" in at.text
    rosters = at.open("/duties/rosters/").text
    assert "镇街服务大厅值班" in rosters and "区服务中心值班" not in rosters
    staff = [str(village["tian"].staff_id), str(mate.staff_id)]
    at.open(f"/duties/rosters/{TOWN_WATCH}/").send("排班", day="2010-12-20", staff=staff)
    for name in ("tian", "qin"):
        Walker(name).open("/").follow("今天值班").send("登记到岗")
    assert count(f"duty.{TOWN_WATCH}.done", halls.approver) == 1
    assert "镇街服务大厅值班：近14天" in Walker("wang").open("/").text
    shown = Walker("qin").open("/hall/network/").text
    assert "值班表" in shown


def test_what_seats_of_offices_owed_before_is_dropped(halls):
    machine = machine_actor("duties.plan", DISTRICT)
    [seat] = make_seats(make_founders()[0])[1:]
    day = date(2010, 12, 3)
    words = {"duty": SHEET, "line": day, "subject_zh": "区教育局", "last": day, "late_after": day, "number": 1, "first": day}
    with scoped(halls.approver):
        wrong = Occurrence.objects.create(subject=seat, area=seat, **words)
        right = Occurrence.objects.create(subject=VILLAGE, area=VILLAGE, **words)
    plan(by=machine, on=DAY, duty=SHEET)
    with scoped(halls.approver):
        assert Occurrence.objects.get(pk=wrong.pk).state == "dropped"
        assert Occurrence.objects.get(pk=right.pk).state == "owed", "what people owed and did not do is not forgiven"


def make_seats(by):
    """A pseudo-town of the district's offices with one office."""
    codes = (f"{DISTRICT[:6]}900000", f"{DISTRICT[:6]}900001")
    for code, name, kind in zip(codes, ("区直单位", "区教育局"), ("units", "unit"), strict=True):
        found_area(by=by, on=FIRST_DAY, code=code, name=name, kind=kind)
    return codes


def test_the_call_centre_is_open_day_and_night_in_the_demo(halls):
    """HALL-17, HOTLINE-01: under the number that the residents' page tells."""
    row = make_row(halls.approver, SYSTEM_BOOK, system="calls", unit="社区服务呼叫中心", phone="96777", hours="24小时")
    page = Walker("wang").open("/hall/centre/").text
    assert row.values["hours"] == "24小时" and "电话 96777，24小时" in page
