"""Every form of every page with what a hostile, hurried or late hand may send: other ids, the same again, a page out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.http import QueryDict
from django.test import Client, override_settings
from lxml import html

from linli.base.areas import WHOLE
from linli.base.money import show_yuan
from linli.domains.assistance.actions import answering
from linli.domains.charity.samples import DAY, Office
from linli.domains.oneoff.queries import rounds
from linli.gateways import bank
from linli.gateways.checking import FakeCheck
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import demo_actor
from linli.kernel.entitlements.queries import programmes, runs
from linli.kernel.entitlements.samples import ELDER, sample_programmes
from linli.kernel.ledgers.actions import send_batch
from linli.kernel.ledgers.queries import batches, funds
from linli.kernel.records.samples import SAMPLE_BOOKS
from linli.kernel.registry.actions import register_organisation
from linli.kernel.registry.queries import clear_number, households_of, people_list
from linli.kernel.registry.samples import make_person
from linli.kernel.registry.samples.population import make_population
from linli.kernel.registry.samples.rosters import as_csv, homes_of
from tests.busy import TODAY, answered, make_busy_world
from tests.busy_families import DUTIES
from tests.forms import words_for
from tests.known_doors import APART, LOOKS, REPEATED, WITHOUT_FORM
from tests.pages import CHOSEN, Sheet, every_form, methods, sheets_of
from tests.test_areas_apart import in_areas
from tests.test_attacks import everything
from tests.test_boundaries import forget
from tests.test_doors import ROUTES, signed_in
from tests.world import OTHER_COMMUNITY, OTHER_TOWN, undone

pytestmark = pytest.mark.nightly  # minutes in one transaction, which keeps the trail of all databases of the server unsealed

USERS = ("li", "zhao", "branch1", "cash1", "wang", "zhou", "qian", "sun", "shen", "qin", "he", "mei", "sys", "sec", "wei")
OF_TOWN = {"li": "370404001001", "zhao": "370404001000", "branch1": "370404001000", "cash1": "370404001000"}
NO_ID = ("-1", "987654321", "92233720368547758089", "\x00甲")
TYPED = ("<script>alert(1)</script>" + "长" * 6000, "\x00")


@dataclass
class Scene:
    """A busy district, its forms, and everybody who is signed in."""

    here: Office
    there: Office
    forms: dict[str, list[Sheet]]
    clients: dict[str, Client]

    @cached_property
    def known(self) -> dict[str, Any]:
        """What only this world knows and a form asks for."""
        worker = self.here.worker
        newcomer = make_person(worker, DAY, "新来者", worker.area)
        unit = register_organisation(by=worker, on=DAY, name="新家政", kind="company", area=worker.area)
        with scoped(self.here.maker):
            sent = batches(words="B-SENT").get()
            asked = bank.read_batch(bank.layouts()["bar_utf8"], send_batch(by=self.here.maker, on=TODAY, batch=sent).content)
        with scoped(worker):
            number = next(found for one in people_list(on=TODAY) if (found := clear_number(one)))
            home = min(households_of(people_list(on=TODAY).values_list("pk", flat=True), TODAY).values())
        with scoped(self.here.checker):
            fund, run = funds(words="M-001-11").get(), runs(state="ready").get()
            listed = rounds().filter(state="drafted").first()
            columns, coming = make_population(4, homes_of(DAY, worker), seed=9, on=DAY), clear_number(newcomer)
        return {
            "{number}": number, "{newcomer}": coming, "{fund}": str(fund.pk), "{unit}": str(unit.pk),
            "{listed}": str(listed.count), "{subsidies}": show_yuan(listed.amount).replace(",", ""),
            "{home}": f"{home} {worker.area[:-2]}22", "{count}": str(run.count), "{sum}": show_yuan(run.amount).replace(",", ""),
            "{roster}": lambda: SimpleUploadedFile("9.csv", as_csv(columns)),
            "{answer}": lambda: SimpleUploadedFile("r.txt", answered(asked)),
        }  # fmt: skip

    @cached_property
    def names(self) -> set[str]:
        """Names that only the other town knows."""
        with scoped(self.there.worker):
            there = {one.name for one in people_list(on=TODAY)}
        with scoped(self.here.worker):
            return there - {one.name for one in people_list(on=TODAY)}

    @cached_property
    def elsewhere(self) -> dict[str, list[str]]:
        """Ids of rows of the other town, by the name of their table."""
        with scoped(self.there.reviewer):
            return {
                model._meta.model_name: [str(pk) for pk in model.objects.order_by("-pk").values_list("pk", flat=True)[:2]]
                for model in in_areas() if "SELECT" in model.rights.sql
            }  # fmt: skip

    @cached_property
    def crossed(self) -> dict[str, int]:
        """How many rows of each area point out of it while nobody has attacked."""
        return {area: crossing(area) for area in set(OF_TOWN.values())}

    def post(self, sheet: Sheet, words: dict[str, Any], target: str = "") -> Any:
        client = self.clients[sheet.username]
        client.raise_request_exception = False
        return client.post(target or sheet.target, words)

    def valid(self, sheets: list[Sheet]) -> tuple[Sheet, dict[str, Any]] | None:
        """The first of these forms that is taken as it is filled in, and how it was filled in."""
        for sheet in sheets:
            words = sheet.filled(words_for(sheet, self.known))
            with undone():
                answer = self.post(sheet, words)
                assert answer.status_code < 500, f"{sheet.door} by {sheet.username}: a fault"
                if done(answer) or (looks(sheet) and answer.status_code == 200):
                    return sheet, words
        return None

    def look_further(self) -> None:
        """The forms that only the answer to another form shows: they propose what may be taken."""
        known = self.known
        for door in sorted(LOOKS & self.forms.keys()):
            for sheet in self.forms[door][:3]:
                with undone():
                    answer = self.post(sheet, sheet.filled(words_for(sheet, known)))
                if answer.status_code != 200 or not is_page(answer):
                    continue
                for one in sheets_of(html.fromstring(answer.content), sheet.username, sheet.page):
                    if one.route == sheet.route and one.door not in LOOKS and len(self.forms.get(one.door, ())) < 3:
                        self.forms.setdefault(one.door, []).append(one)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    """Made once, in a transaction that is never kept; each test takes back what it does."""
    declared = sample_programmes(*programmes().values(), ELDER)
    with django_db_blocker.unblock(), override_settings(BUSINESS_DAY=TODAY.isoformat()), undone(), declared:
        with pytest.MonkeyPatch.context() as patch, answering(FakeCheck()):
            patch.setattr(apps.get_app_config("duties"), "duties", DUTIES, raising=False)
            patch.setattr(apps.get_app_config("records"), "books", SAMPLE_BOOKS, raising=False)
            forget()
            here, there = make_busy_world()
            forms = every_form([(name, demo_actor(name, TODAY)) for name in USERS])
            made = Scene(here, there, forms, {name: signed_in(name) for name in USERS})
            made.look_further()
            yield made
        forget()


def done(answer: Any) -> bool:
    """Whether the office did what was asked: it leads on, or gives a file."""
    return answer.status_code == 302 or (answer.status_code == 200 and not is_page(answer))


def looks(sheet: Sheet) -> bool:
    """Whether this form only shows something."""
    return bool({sheet.route, sheet.door} & LOOKS)


def is_page(answer: Any) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def again(words: dict[str, Any]) -> dict[str, Any]:
    """The same words; files from their beginning."""
    for value in words.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    return words


def writes() -> int:
    """How many rows this transaction has written, also those that were taken back: unchanged means nothing happened."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables "
            "where relname not in ('access_auditline', 'django_session', 'access_requestkey')"
        )
        return int(cursor.fetchone()[0])


def crossing(area: str) -> int:
    """How many rows of this area point to a row outside of it."""
    last, parts = area[:9] + "999" if area.endswith("000") else area, []
    scoped_models = {model for model in in_areas() if "SELECT" in model.rights.sql}
    for model in scoped_models:
        for one in model._meta.local_fields:
            if isinstance(one, models.ForeignKey) and one.related_model in scoped_models:
                child, parent = model._meta.db_table, one.related_model._meta.db_table
                parts.append(
                    f'select count(*) as n from "{child}" c join "{parent}" p on p.id = c."{one.column}" '
                    f"where c.area between '{area}' and '{last}' and not p.area between '{area}' and '{last}'"
                )
    with scoped(WHOLE), connection.cursor() as cursor:
        cursor.execute(f"select sum(n) from ({' union all '.join(parts)}) found")
        return int(cursor.fetchone()[0])


def test_every_door_that_takes_something_is_shown_as_a_form_with_a_key(scene):
    """A new door without a form that the crawl finds, or with a form without a key, fails here."""
    seen = {sheet.route for sheets in scene.forms.values() for sheet in sheets}
    hidden = [
        route + " " for route, pattern in ROUTES
        if not pattern.callback.door.public and route not in seen and route not in WITHOUT_FORM
        and "POST" in (methods(pattern.callback) or {"POST"})
    ]  # fmt: skip
    assert not hidden, "say which methods the view takes, or let the busy world show its form: " + "".join(hidden)
    assert not seen & WITHOUT_FORM.keys(), "no exceptions any more"
    unkeyed = [
        door for door, sheets in scene.forms.items()
        if not sheets[0].key and sheets[0].route not in APART and "export=" not in sheets[0].target
    ]  # fmt: skip
    assert not unkeyed, unkeyed


def test_a_second_identical_post_does_nothing_and_answers_alike(scene):
    """A double click; then a third time with a fresh key, as a colleague on a page that is out of date would press."""
    wrong, silent = [], []
    for door, sheets in sorted(scene.forms.items()):
        if sheets[0].route in APART:
            continue
        found = scene.valid(sheets)
        if found is None:
            wrong.append(f"{door}: no form of it is taken as it is filled in")
        if found is None or looks(sheets[0]):
            continue
        sheet, words = found
        with undone():
            first, before = scene.post(sheet, again(words)), writes()
            second, after = scene.post(sheet, again(words)), writes()
            late = scene.post(sheet, again(words) | {"_key": "another"})
            wrote_again, wrote_late = after != before, writes() != after
        if (first.status_code, first.headers.get("Location")) != (second.status_code, second.headers.get("Location")):
            wrong.append(f"{door}: {first.status_code}, then {second.status_code}")
        if late.status_code >= 500:
            wrong.append(f"{door}: a page out of date is a fault")
        if wrote_again and changes(scene, sheet, words, {}):
            wrong.append(f"{door}: the second post changed something")
        again_on_purpose = {sheet.route, door} & REPEATED
        if done(late) and wrote_late and not again_on_purpose and changes(scene, sheet, words, {"_key": "another"}):
            silent.append(f"{door}: {sheet.username} did it twice")
    assert not wrong + silent, "\n".join(wrong + silent)


def changes(scene: Scene, sheet: Sheet, words: dict[str, Any], more: dict[str, str]) -> bool:
    """Whether the same post again, perhaps with another key, leaves any table otherwise than the first one did."""
    with undone():
        scene.post(sheet, again(words))
        after = everything()
        scene.post(sheet, again(words) | more)
        return everything() != after


def test_no_field_of_any_form_reaches_out_of_the_area(scene):
    """Each field that holds an id, a code or a choice is replaced by ids of the other town, of other kinds, and of nothing."""
    wrong: list[str] = []
    tried = 0
    assert scene.crossed  # asked before anything is attacked
    for door, sheets in sorted(scene.forms.items()):
        if sheets[0].route in APART - {"post/"}:
            continue
        sheet, words = scene.valid(sheets) or (sheets[0], sheets[0].filled(words_for(sheets[0], scene.known)))
        for name, value, target in attacks(sheet, scene):
            tried += 1
            said = attack(scene, sheet, again(words) | ({name: value} if name else {}), target, choice=name)
            if said:
                wrong.append(f"{door} by {sheet.username}, {name or target}={value!r:.40}: {said}")
    assert not wrong, f"{len(wrong)} found\n" + "\n".join(wrong)
    assert tried > 4000, tried


def attacks(sheet: Sheet, scene: Scene) -> Iterator[tuple[str, Any, str]]:
    """(field, what is sent in it, where it is sent) for each field that may name something."""
    for one in sheet.fields:
        if one.name == "_key":
            continue
        if one.kind in CHOSEN - {"check"}:
            others = _elsewhere(one.name, scene) if sheet.username in OF_TOWN else []
            for value in (*NO_ID, *others):
                if value not in one.offered and value not in one.values:
                    yield one.name, [value] if one.kind == "many" else value, ""
        elif one.kind == "text":
            for value in TYPED:
                yield one.name, value, ""
    path, _, query = sheet.target.partition("?")
    if "ids=" in query:
        for value in (*NO_ID, *scene.elsewhere["task"], *scene.elsewhere["paymentorder"]):
            sent = QueryDict(mutable=True)
            sent.setlist("ids", [value])
            yield "", value, f"{path}?{sent.urlencode()}"


def _elsewhere(name: str, scene: Scene) -> list[str]:
    """Ids of the other town for a field of this name, and of two other kinds; codes of its areas."""
    word = re.sub(r"_id$", "", name)
    alike = {"head": "person", "account": "bankaccount", "answer": "person", "to": "staff", "survivor": "person"}.get(word, word)
    found = scene.elsewhere
    return [*found.get(alike, []), *found["person"][:1], *found["household"][:1], *found["case"][:1], OTHER_TOWN, OTHER_COMMUNITY]


def attack(scene: Scene, sheet: Sheet, words: dict[str, Any], target: str, *, choice: str) -> str:
    """What is wrong with the answer; nothing when the door withstood."""
    area = OF_TOWN.get(sheet.username, "")
    with undone():
        before = writes()
        answer = scene.post(sheet, words, target)
        text = answer.content.decode(errors="replace") if is_page(answer) else ""
        if answer.status_code >= 500:
            return f"a fault ({answer.status_code})"
        if not done(answer) and not re.search(r"[\u4e00-\u9fff]", text) and answer.status_code not in {404, 405}:
            return "no word of Chinese"
        if "<script>alert(1)" in text:
            return "what was typed comes back as a script"
        changed = writes() != before
        if done(answer) and answer.status_code == 302:
            text += scene.clients[sheet.username].get(answer.headers["Location"]).content.decode(errors="replace")
        if area and (leaked := {name for name in scene.names if name in text}):
            return f"names of the other town: {leaked}"
        field = next((one for one in sheet.fields if one.name == choice), None)
        if changed and area and crossing(area) > scene.crossed[area]:
            return "a row of this town points to the other one"
        if changed and done(answer) and field is not None and field.kind in {"select", "radio", "many"}:
            return "taken, though it was not offered"
    return ""
