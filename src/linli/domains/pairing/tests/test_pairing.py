"""Offices and families: paired, visited, helped through the books, and none forgotten."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.domains.pairing import queries
from linli.domains.pairing.actions import give_money, withdraw_help
from linli.domains.pairing.books import HELPS, VISITING, VISITS
from linli.domains.pairing.rules import Help
from linli.domains.pairing.samples import UNITS, make_pair, make_pairing_fund, make_visit
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.duties.actions import plan
from linli.kernel.duties.queries import occurrences
from linli.kernel.figures.queries import broken_down, figure, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers.actions import make_batch
from linli.kernel.ledgers.queries import check_books, goods_balances, order_by_source
from linli.kernel.ledgers.samples import account_number
from linli.kernel.records.actions import correct_entry, end_entry, strike_entry
from linli.kernel.records.queries import standing
from linli.kernel.registry.actions import add_bank_account, move_household, recognise_status
from linli.kernel.registry.samples import make_areas, make_household

DAY, TOWN, DISTRICT = date(2010, 12, 20), "370404001000", "370404000000"
FOURTH = date(2010, 10, 8)


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def office(db):
    founders = make_founders()
    make_areas(founders[0])
    posts = {
        "worker": ("li", Role.COMMUNITY_WORKER, "370404001001"), "reviewer": ("zheng", Role.TOWN_REVIEWER, TOWN),
        "approver": ("zhou", Role.DISTRICT_APPROVER, DISTRICT), "clerk": ("wu", Role.FEDERATION_CLERK, DISTRICT),
        "maker": ("qian", Role.FINANCE_MAKER, DISTRICT), "far": ("sun", Role.TOWN_REVIEWER, "370404100000"),
    }  # fmt: skip
    return {key: make_staff(name, f"{name}同志", role, area, founders=founders) for key, (name, role, area) in posts.items()}


@pytest.fixture
def home(office):
    made = make_household(office["worker"], date(2010, 1, 1))
    recognise_status(by=office["worker"], on=DAY, person_id=made.head_id, kind="dibao", grade="urban", since=date(2010, 1, 1),
                     source="区民政局")  # fmt: skip
    return made


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Staff.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Client, page: str, **fields):
    key = re.search(r'name="_key" value="([^"]+)"', client.get(page).content.decode())[1]
    return client.post(page, fields | {"_key": key})


def owed(by, on=DAY):
    with scoped(by):
        return [(row.first, row.state) for row in occurrences([VISITING.key], on=on).order_by("first") if row.first <= on]


def test_an_office_is_paired_with_a_family_visits_it_and_gives_through_the_books(office, home):
    """Mission row RELIEF-13: found among the unpaired, paired, visited from the task, helped; counted and opened."""
    town, worker, clerk = signed_in("zheng"), signed_in("li"), signed_in("wu")
    fund = make_pairing_fund(office["clerk"], DAY)
    listed = town.get(reverse("pairing:unpaired"))
    address = re.search(r'href="([^"]+\?person=\d+)"', listed.content.decode())[1]
    words = {"since": "2010-10-08", "helper": UNITS[2], "cadre": "张主任", "phone": "06327711234", "cause": "illness"}
    assert send(town, address, **words).status_code == 302
    assert "困难家庭都已结对" in text_of(town.get(reverse("pairing:unpaired")))
    bench = worker.get("/", {"kind": "结对走访"})
    task = re.search(r'href="(/duties/\d+/)"', bench.content.decode())[1]
    visit = re.search(r'href="(/pairing/\d+/visit/)"', worker.get(task).content.decode())[1]
    assert "区人民医院" in text_of(worker.get(visit))
    assert send(worker, visit, day="2010-12-18", way="health", found="术后恢复良好").status_code == 302
    assert "结对走访" not in text_of(worker.get("/", {"kind": "结对走访"})).split("我的待办")[-1]
    here = visit.removesuffix("visit/")
    give = {"day": "2010-12-18", "kind": "illness", "heads": "1", "fund": fund.pk, "amount": "600"}
    assert send(clerk, f"{here}give/", **give).status_code == 302
    short = send(clerk, f"{here}give/", **give | {"kind": "goods"})
    assert short.status_code == 422 and "请填写品名" in text_of(short)
    goods = {"kind": "goods", "amount": "120", "name": "大米", "measure": "袋", "pieces": "2", "proof": "李小明签收"}
    assert send(clerk, f"{here}give/", **give | goods).status_code == 302
    shown = text_of(worker.get(here))
    assert "术后恢复良好" in shown and "600.00 元" in shown and "大米2袋" in shown and "06327711234" not in shown
    line = text_of(worker.get(reverse("pairing:pairs")))
    assert "720.00" in line and "本期已走访" in line
    with scoped(office["clerk"]):
        year = year_period(2010)
        assert value(figure("book.pairing.pairs.count"), year, DISTRICT) == 1
        parts = {cell.key: cell.value for cell in broken_down(figure("book.pairing.helps.sum_amount"), year, DISTRICT, "kind")}
        assert parts == {"illness": 60_000, "goods": 12_000}
        assert value(figure("book.pairing.helps.sum_heads"), year, DISTRICT, {"kind": "illness"}) == 1
        help_row = standing(HELPS).get(f_kind="illness")
        order = order_by_source(f"pairing.help:{help_row.pk}")
        assert (order.amount, order.household_id) == (60_000, home.pk)
        assert [proof for proof in check_books() if proof.faults] == []


def test_a_quarter_without_a_visit_is_missed_and_the_town_is_told(office, home):
    make_pair(office["reviewer"], home.pk, on=DAY, since=date(2010, 5, 20))
    assert owed(office["worker"]) == [(date(2010, 5, 20), "owed"), (date(2010, 7, 1), "owed"), (date(2010, 10, 1), "owed")]
    bench = text_of(signed_in("zheng").get("/", {"kind": "结对走访"}))
    assert "逾期" in bench
    with scoped(office["reviewer"]):
        [line] = queries.pair_lines(DAY)
        assert (line.state.value, line.visits, line.last_visit) == ("missed", 0, None)
        assert queries.pair_lines(DAY, state="due") == []


def test_a_visit_does_the_quarter_of_its_day_and_a_second_one_makes_up_what_was_missed(office, home):
    pair = make_pair(office["reviewer"], home.pk, on=DAY, since=date(2010, 5, 20))
    make_visit(office["worker"], pair, on=DAY, day=date(2010, 8, 3))
    assert [state for _, state in owed(office["worker"])] == ["owed", "done", "owed"]
    make_visit(office["worker"], pair, on=DAY, day=date(2010, 9, 30))
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY)
    assert [state for _, state in owed(office["worker"])] == ["done", "done", "owed"]
    with scoped(office["worker"]):
        assert occurrences([VISITING.key], on=DAY, state="late").get().first == date(2010, 5, 20)


def test_a_corrected_visit_moves_and_a_struck_one_is_owed_again(office, home):
    pair = make_pair(office["reviewer"], home.pk, on=DAY, since=date(2010, 5, 20))
    visit = make_visit(office["worker"], pair, on=DAY, day=date(2010, 8, 3))
    words = {"by": office["worker"], "on": DAY, "entry_id": visit.pk}
    correct_entry(**words, version=1, values={"day": "2010-11-03"}, why="日期写错")
    assert [state for _, state in owed(office["worker"])] == ["owed", "owed", "done"]  # August's visit was in November
    strike_entry(**words, version=2, why="没有去过")
    assert [state for _, state in owed(office["worker"])] == ["owed", "owed", "owed"]


def test_an_ended_pair_owes_nothing_more_and_a_struck_one_never_did(office, home):
    pair = make_pair(office["reviewer"], home.pk, on=DAY, since=date(2010, 5, 20))
    end_entry(by=office["reviewer"], on=DAY, entry_id=pair.pk, version=1, until=date(2010, 12, 1), why="家庭脱困")
    assert [first for first, _ in owed(office["worker"])] == [date(2010, 5, 20), date(2010, 7, 1)]
    with pytest.raises(Refused, match="已经结束"):
        make_visit(office["worker"], pair, on=DAY)
    other = make_pair(office["reviewer"], home.pk, on=DAY, since=date(2010, 6, 1), helper=UNITS[1])
    strike_entry(by=office["reviewer"], on=DAY, entry_id=other.pk, version=1, why="重复登记")
    assert len(owed(office["worker"])) == 2


def test_a_family_that_moved_is_visited_where_it_lives_now(office, home):
    pair = make_pair(office["reviewer"], home.pk, on=DAY, since=date(2010, 10, 1))
    move_household(by=office["approver"], on=DAY, household_id=home.pk, to="370404100201", address="前街3号")
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY)
    assert owed(office["worker"]) == [] and len(owed(office["far"])) == 1
    make_visit(office["far"], pair, on=DAY)
    assert owed(office["far"]) == [(date(2010, 10, 1), "done")]


def test_the_same_office_is_paired_once_and_help_is_not_entered_beside_the_books(office, home):
    make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH)
    with pytest.raises(Refused, match="相同的在册记录"):
        make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH)
    make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH, helper=UNITS[1])
    clerk = signed_in("wu")
    assert clerk.get(reverse("records:new", args=[HELPS.key]))["location"] == reverse("pairing:pairs")
    worker = signed_in("li")
    assert worker.get(reverse("records:new", args=[VISITS.key]))["location"] == reverse("pairing:pairs")
    assert f"records.{HELPS.key}" not in clerk.get("/imports/").content.decode()


def test_unpaid_help_is_taken_back_and_paid_help_is_not(office, home):
    add_bank_account(by=office["worker"], on=DAY, person_id=home.head_id, bank="枣庄银行", number=account_number(1))
    pair = make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH)
    fund = make_pairing_fund(office["clerk"], DAY)
    words = {"by": office["clerk"], "on": DAY, "pair_id": pair.pk, "fund_id": fund.pk, "kind": Help.MONEY, "heads": 1, "day": DAY}
    first, second = give_money(amount=50_000, **words), give_money(amount=30_000, **words)
    client = signed_in("wu")
    shown = client.get(reverse("records:entry", args=[first.pk])).content.decode()
    assert reverse("records:correct", args=[first.pk]) not in shown
    assert client.post(reverse("records:strike", args=[first.pk]), {"why": "不给了", "version": 1}).status_code == 403
    assert send(client, reverse("pairing:withdraw", args=[first.pk]), why="单位改期", version=1).status_code == 302
    with scoped(office["maker"]):
        order = order_by_source(f"pairing.help:{second.pk}")
    make_batch(by=office["maker"], on=DAY, number="P1", item="结对帮扶", orders=[order.pk])
    with pytest.raises(Refused, match="发放批次"):
        withdraw_help(by=office["clerk"], on=DAY, entry_id=second.pk, version=1, why="单位改期")
    with scoped(office["clerk"]):
        assert [row.f_amount for row in standing(HELPS)] == [30_000]
        assert list(goods_balances()) == []


def test_a_list_of_pairs_costs_as_many_queries_for_ten_as_for_one(office, home):
    client = signed_in("zheng")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("pairing:pairs")).status_code == 200
        return len(asked)

    make_visit(office["worker"], make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH), on=DAY)
    cost()
    one = cost()
    for unit in UNITS[1:]:
        make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH, helper=unit)
    assert cost() == one


def test_a_pair_of_elsewhere_does_not_exist(office, home):
    pair = make_pair(office["reviewer"], home.pk, on=DAY, since=FOURTH)
    far = signed_in("sun")
    for name in ("pair", "visit"):
        assert far.get(reverse(f"pairing:{name}", args=[pair.pk])).status_code == 403
    with scoped(office["far"]):
        assert queries.pair_lines(DAY) == []
    with pytest.raises(Refused):
        make_pair(office["far"], home.pk, on=DAY, since=FOURTH)
