"""The pages of the record books, the duties and the pairing with work on them: accessible, and no wider than the window."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from linli.domains.pairing.actions import give_money
from linli.domains.pairing.books import PAIRS
from linli.domains.pairing.rules import Help
from linli.domains.pairing.samples import UNITS, make_pair, make_pairing_fund, make_visit
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.duties.actions import ask_swap, plan, set_roster
from linli.kernel.duties.models import Shift
from linli.kernel.duties.queries import duties, occurrences
from linli.kernel.duties.samples import JOINT_OFFICE, WATCH
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.samples import make_areas, make_household
from tests.browser.sizes import AT_NIGHT

DAY, HERE = date(2010, 12, 20), "370404001001"
PAGES = {
    "books": ("li", "/records/"),
    "book": ("zheng", "/records/books/pairing.pairs/"),
    "book-print": ("zheng", "/records/books/pairing.pairs/print/"),
    "book-choose": ("zheng", "/records/books/pairing.pairs/new/"),
    "book-new": ("zheng", "/records/books/pairing.pairs/new/?person={person}"),
    "entry": ("zheng", "/records/entries/{pair}/"),
    "entry-print": ("zheng", "/records/entries/{pair}/print/"),
    "entry-correct": ("zheng", "/records/entries/{pair}/correct/"),
    "pairs": ("zheng", "/pairing/"),
    "unpaired": ("zheng", "/pairing/unpaired/"),
    "pair": ("wu", "/pairing/{pair}/"),
    "visit": ("li", "/pairing/{pair}/visit/"),
    "give": ("wu", "/pairing/{pair}/give/"),
    "duties": ("zheng", "/duties/"),
    "duty-list": ("li", "/duties/list/"),
    "calendar": ("li", "/duties/calendar/"),
    "occurrence": ("li", "/duties/{owed}/"),
    "do": ("li", "/duties/{owed}/do/"),
    "roster": ("li", "/duties/rosters/duties.watch/"),
    "shift": ("li", "/duties/shifts/{shift}/"),
    "swap": ("sun", "/duties/swaps/{swap}/"),
    "workbench": ("li", "/"),
}


@pytest.fixture
def work(site: str, settings: Any, monkeypatch: Any) -> Any:
    """Two paired families, one of them visited and helped; a third without a pair; a roster with a swap that waits."""
    settings.BUSINESS_DAY = DAY.isoformat()
    monkeypatch.setattr(apps.get_app_config("duties"), "duties", (JOINT_OFFICE, WATCH), raising=False)
    duties.cache_clear()
    founders = make_founders()
    make_areas(founders[0])
    made = {"li": (Role.COMMUNITY_WORKER, HERE), "sun": (Role.COMMUNITY_WORKER, HERE), "wu": (Role.FEDERATION_CLERK, DISTRICT),
            "zheng": (Role.TOWN_REVIEWER, "370404001000")}  # fmt: skip
    names = {"li": "李社工", "sun": "孙社工", "wu": "吴善行", "zheng": "郑审核"}
    staff = {name: make_staff(name, names[name], role, area, founders=founders) for name, (role, area) in made.items()}
    Staff.objects.update(must_change_password=False)
    homes = [make_household(staff["li"], date(2010, 1, 1), (head, "王芳", "李强")) for head in ("赵大山", "欧阳国庆", "司马玉兰")]
    for home in homes:
        words = {"kind": "dibao", "grade": "urban", "since": date(2010, 1, 1), "source": "区民政局"}
        recognise_status(by=staff["li"], on=DAY, person_id=home.head_id, **words)
    since = date(2010, 5, 20)
    paired = zip(homes[:2], UNITS[:2], strict=True)
    pairs = [make_pair(staff["zheng"], home.pk, on=DAY, since=since, helper=unit) for home, unit in paired]
    make_visit(staff["li"], pairs[0], on=DAY, day=date(2010, 12, 3))
    make_visit(staff["li"], pairs[0], on=DAY, day=date(2010, 8, 3))
    fund = make_pairing_fund(staff["wu"], DAY)
    words = {"pair_id": pairs[0].pk, "fund_id": fund.pk, "kind": Help.STUDY, "amount": 60_000, "heads": 1, "day": DAY}
    give_money(by=staff["wu"], on=DAY, **words)
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY)
    for number in range(6):
        chosen = [staff["li"].staff_id] + ([staff["sun"].staff_id] if number % 2 else [])
        day = DAY + timedelta(days=number)
        set_roster(by=staff["li"], on=DAY, duty=WATCH.key, area=HERE, day=day, staff=chosen)
    with scoped(staff["li"]):
        shift = Shift.objects.get(day=DAY)
        owed = occurrences([JOINT_OFFICE.key], on=DAY, state="due")[0]
        later = Shift.objects.get(day=DAY + timedelta(days=2))
    swap = ask_swap(by=staff["li"], on=DAY, shift_id=later.pk, to=staff["sun"].staff_id, why="外出培训")
    yield {"person": homes[2].head_id, "pair": pairs[0].pk, "owed": owed.pk, "shift": shift.pk, "swap": swap.pk}
    monkeypatch.undo()
    duties.cache_clear()


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_books_and_duties_is_accessible_and_fits(visit: Any, work: dict[str, int], size: str) -> None:
    assert PAIRS.key == "pairing.pairs"
    wrong = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        assert window.go(path.format(**work)).status == 200, name
        window.settle()
        window.picture(f"books-{name}-{size}")
        wrong += [f"{name}: {fault}" for fault in window.faults()]
        if window.too_wide() > 0:
            wrong.append(f"{name} is {window.too_wide()} px wider than the window")
    assert wrong == []


def test_on_a_phone_a_row_is_headed_by_whom_it_is_about(visit: Any, work: dict[str, int]) -> None:
    """The number of the row, a minor column, stays away; the name stands alone, as a heading, without its label."""
    window = visit("zheng", size="phone")
    window.go("/records/books/pairing.pairs/")
    heads = window.page.eval_on_selector_all(
        "table[role=table] tbody tr",
        """rows => rows.map(row => [...row.cells].find(cell => getComputedStyle(cell).display !== 'none')).map(
             cell => cell.innerText + '/' + getComputedStyle(cell, '::before').content)""",
    )
    assert len(heads) == 2 and all("赵大山" in one or "欧阳国庆" in one for one in heads)
    assert all(one.endswith("/none") for one in heads)
