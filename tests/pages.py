"""The forms that the pages of a district show, found by opening the pages as each role does, and filled in validly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve
from lxml import html

from linli.domains.charity.samples import TOWN
from linli.kernel.access.actions import scoped
from linli.kernel.access.actions.secure import guarded_models
from linli.kernel.files.samples import PNG
from tests.rows import named_by
from tests.test_doors import ROUTES, signed_in
from tests.world import OTHER_TOWN

ROWS = 15
CANDIDATES = 60
FEW, FEW_ACTS = 20, 6
APART = {"design/"}  # shows every component and does nothing
SEVERAL = {
    "assistance/answers/<int:answer_id>/correct/", "assistance/answers/<int:answer_id>/dispute/",
    "assistance/applications/<int:application_id>/", "assistance/applications/<int:application_id>/end/",
    "assistance/applications/<int:application_id>/verify/", "assistance/applications/new/<int:person_id>/",
    "assistance/delegations/<int:delegation_id>/", "assistance/delegations/<int:delegation_id>/refuse/",
    "assistance/samples/<int:sample_id>/",
    "assistance/wishes/<int:wish_id>/", "assistance/wishes/<int:wish_id>/decline/", "assistance/wishes/<int:wish_id>/take/",
    "assistance/postings/", "assistance/trials/<int:trial_id>/?export", "cases/<int:case_id>/",
    "charity/applications/<int:application_id>/",
    "charity/applications/<int:application_id>/aid/", "charity/audits/<int:audit_id>/",
    "charity/audits/samples/<int:sample_id>/", "charity/campaigns/<int:campaign_id>/",
    "charity/campaigns/<int:campaign_id>/audits/new/", "charity/doubts/<int:doubt_id>/", "duplicates/<int:pair_id>/",
    "complaints/<int:order_id>/", "complaints/<int:order_id>/accept/", "complaints/<int:order_id>/accused/",
    "complaints/<int:order_id>/answer/", "complaints/<int:order_id>/refuse/", "complaints/<int:order_id>/remedy/",
    "complaints/<int:order_id>/joint/", "complaints/<int:order_id>/reply/", "complaints/<int:order_id>/report/",
    "complaints/<int:order_id>/supervise/", "complaints/answers/<int:answer_id>/",
    "complaints/answers/<int:answer_id>/down/", "complaints/matters/<int:entry_id>/order/",
    "complaints/receptions/<int:entry_id>/matters/new/", "complaints/remedies/<int:remedy_id>/",
    "concession/cards/<int:card_id>/end/", "concession/cards/<int:card_id>/replace/",
    "concession/cards/<int:card_id>/visits/new/", "concession/hospitals/", "concession/visits/<int:visit_id>/cancel/",
    "disability/claims/<int:claim_id>/care/", "disability/claims/<int:claim_id>/end/",
    "duties/<int:occurrence_id>/", "duties/<int:occurrence_id>/do/", "entitlements/<int:entitlement_id>/end/",
    "entitlements/<int:entitlement_id>/resume/", "entitlements/<int:entitlement_id>/suspend/",
    "entitlements/runs/<int:run_id>/", "entitlements/runs/<int:run_id>/confirm/", "entitlements/runs/<int:run_id>/discard/",
    "entitlements/runs/<int:run_id>/order/", "entitlements/runs/new/", "findings/<int:finding_id>/",
    "fundraising/campaigns/<int:campaign_id>/?export", "fundraising/campaigns/<int:campaign_id>/close/",
    "fundraising/campaigns/<int:campaign_id>/use/", "fundraising/funds/<int:fund_id>/hand-out/",
    "fundraising/gifts/<int:gift_id>/use/", "hall/counter/<int:person_id>/",
    "hall/errands/<int:errand_id>/", "hall/handlings/<int:handling_id>/",
    "hall/handlings/<int:handling_id>/mandate/", "hall/handlings/<int:handling_id>/mandate/end/",
    "hall/handlings/<int:handling_id>/originals/", "hall/handlings/<int:handling_id>/papers/",
    "hall/handlings/<int:handling_id>/result/", "hall/appointments/<int:appointment_id>/",
    "hall/queue/<int:ticket_id>/window/", "hall/ratings/<int:rating_id>/", "hall/tellings/<int:telling_id>/",
    "broadcast/<int:message_id>/", "broadcast/consents/<int:person_id>/",
    "broadcast/receivers/<int:receiver_id>/", "intake/clients/<int:client_id>/",
    "hotline/articles/<int:article_id>/",
    "hotline/", "hotline/desks/<int:desk_id>/", "hotline/helps/<int:help_id>/", "hotline/orders/<int:order_id>/",
    "hotline/calls/checks/<int:check_id>/", "hotline/rates/<int:cohort_id>/", "hotline/rates/omissions/<int:omission_id>/",
    "hotline/rates/orders/<int:cohortmember_id>/leave-out/", "hotline/surveys/<int:survey_id>/",
    "hotline/surveys/people/<int:sampled_id>/", "hotline/surveys/people/<int:sampled_id>/mend/",
    "hotline/surveys/mends/<int:mend_id>/", "hotline/jobs/wishes/<int:wish_id>/",
    "hotline/jobs/introductions/<int:introduction_id>/", "hotline/telephone/<int:call_id>/",
    "imports/<int:run_id>/", "ledgers/adjustments/<int:adjustment_id>/",
    "ledgers/batches/<int:batch_id>/", "ledgers/batches/<int:batch_id>/check/", "ledgers/batches/<int:batch_id>/return/",
    "ledgers/batches/<int:batch_id>/sign/", "ledgers/funds/<int:fund_id>/ceiling/", "ledgers/funds/<int:fund_id>/close/",
    "ledgers/funds/<int:fund_id>/purpose/", "ledgers/mending/<int:line_id>/", "ledgers/months/",
    "ledgers/months/<str:book>/<int:year>/<int:month>/", "ledgers/months/closed/<int:end_id>/ask/",
    "ledgers/orders/<int:order_id>/cancel/", "ledgers/orders/<int:order_id>/recover/", "ledgers/orders/batch/",
    "ledgers/recoveries/<int:recovery_id>/", "ledgers/recoveries/<int:recovery_id>/plan/",
    "ledgers/recoveries/<int:recovery_id>/write-off/", "ledgers/plans/<int:plan_id>/stop/",
    "ledgers/write-offs/<int:writeoff_id>/", "ledgers/slips/<int:slip_id>/back/", "ledgers/stock/<int:balance_id>/move/",
    "medical/bills/new/<int:person_id>/",
    "mutual/<int:aidfund_id>/gifts/arrived/", "mutual/gifts/<int:gift_id>/strike/", "mutual/requests/<int:request_id>/",
    "mutual/requests/<int:request_id>/void/", "mutual/requests/<int:request_id>/withdraw/",
    "notices/<int:notice_id>/", "notices/<int:notice_id>/extend/", "notices/<int:notice_id>/objections/new/",
    "notices/<int:notice_id>/proofs/new/", "objections/<int:objection_id>/", "oneoff/<int:round_id>/confirm/",
    "oneoff/<int:round_id>/pay/", "pairing/helps/<int:entry_id>/withdraw/",
    "people/<int:person_id>/undo-merge/", "posts/<int:post_id>/grant/", "provision/cards/<int:card_id>/",
    "providers/<int:provider_id>/", "providers/<int:provider_id>/state/",
    "providers/contests/<int:contest_id>/", "providers/services/<int:service_id>/",
    "providers/statements/<int:statement_id>/", "providers/statements/<int:statement_id>/?export",
    "providers/statements/<int:statement_id>/pay/",
    "providers/statements/<int:statement_id>/withdraw/", "providers/wishes/<int:wish_id>/",
    "provision/cards/<int:card_id>/lose/", "provision/cards/<int:card_id>/replace/", "provision/cards/<int:card_id>/withdraw/",
    "provision/cards/till/", "provision/cards/waiting/<int:order_id>/", "provision/schemes/<int:scheme_id>/",
    "provision/schemes/<int:scheme_id>/homes/<int:place_id>/", "records/books/<str:key>/destroy/",
    "records/books/<str:key>/new/", "records/entries/<int:entry_id>/", "records/entries/<int:entry_id>/end/",
    "records/entries/<int:entry_id>/reveal/", "relief/goods/new/", "relief/postings/", "relief/requests/<int:request_id>/",
    "relief/requests/<int:request_id>/goods/", "relief/requests/<int:request_id>/more/",
    "relief/requests/<int:request_id>/pay/", "relief/requests/<int:request_id>/survey/", "reports/<int:report_id>/",
    "standards/proposals/<int:proposal_id>/", "standards/proposals/<int:proposal_id>/agree/",
    "standards/proposals/<int:proposal_id>/refuse/", "standards/proposals/<int:proposal_id>/withdraw/",
    "staff/<int:staff_id>/factor/", "staff/<int:staff_id>/factor/drop/", "staff/<int:staff_id>/factor/grant/",
    "treatment/patients/<int:patient_id>/bill/", "treatment/patients/<int:patient_id>/withdraw/",
    "treatment/rounds/<int:round_id>/",
    "callers/devices/<int:device_id>/?export", "callers/presses/<int:press_id>/order/",
    "ledgers/stock/<int:balance_id>/?export", "medical/statements/<int:statement_id>/?export",
    "provision/cards/<int:card_id>/?export",
}  # fmt: skip
CHOSEN_ROWS = {"cases/tasks/pass/": "cases.task", "ledgers/orders/batch/": "ledgers.paymentorder"}
FILTERED = {"charity/applications/": "state=open"}  # a list under a filter, which can be kept
KEYS: dict[str, list[Any]] = {  # what an address may name by a word that is no id
    "records": ["pairing.pairs", "pairing.visits", "records.rehabilitation", "records.lectures"],
    "imports": ["registry.roster"], "figures": ["charity.received"], "entitlements": ["dibao"], "duties": ["duties.watch"],
    "standards": ["dibao.standard.urban", "tekun.basic.rural.home", "disabled.living"],
}  # fmt: skip
KINDS = {"assistance": "home"}  # of visits; elsewhere of files
OWN_WORDS = {"csrfmiddlewaretoken"}
CHOSEN = {"hidden", "select", "radio", "many", "check"}


@dataclass(frozen=True)
class Field:
    """One input of a form: its name, what it is, what stands in it, and what it offers."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A form as somebody sees it: who, on which page, where it is sent, and its fields."""

    username: str
    page: str
    target: str
    route: str
    fields: tuple[Field, ...] = field(hash=False)

    @property
    def door(self) -> str:
        """The route, and which of its forms it is where it has several."""
        act = next((one.values[0] for one in self.fields if one.name in {"act", "decision"} and one.values), "")
        return f"{named(resolve(urlsplit(self.target).path))} {act}".strip()

    @property
    def key(self) -> str:
        return next((one.values[0] for one in self.fields if one.name == "_key"), "")

    def filled(self, words: dict[str, Any]) -> dict[str, Any]:
        """What a person sends: what stands in the form, the first offer where a choice is open, ``words`` for the rest."""
        sent: dict[str, Any] = {}
        for one in self.fields:
            if one.name in words:
                value = words[one.name]
            elif one.kind in {"select", "radio"} and not "".join(one.values):
                value = next((offer for offer in one.offered if offer), "")
            elif one.kind == "file":
                value = SimpleUploadedFile("photo.png", PNG)
            else:
                value = list(one.values) if one.kind == "many" else "".join(one.values[:1])
            if value not in (None, "", []) or one.kind not in {"check", "many", "file"}:
                sent[one.name] = value
        return sent


def every_form(users: Iterable[tuple[str, Any]]) -> dict[str, list[Sheet]]:
    """The forms of all pages, by door, as these users see them, the first of them first. ``users``: (name, the actor).

    A page whose forms depend on where its row stands (SEVERAL) is opened for every row by everybody, another one for a
    few rows until its own form was seen, and by two of those who may open it; what stands below a page that is shut to
    somebody is not tried.
    """
    found: dict[str, list[Sheet]] = {}
    settled: Counter[str] = Counter()
    for username, actor in users:
        client, tried, linked, shut = signed_in(username), Counter[str](), Links(), set[str]()
        for route, address in chain(addresses(actor), linked):
            several = route in SEVERAL or " " in route  # one of several acts
            if (not several and (settled[route] >= 2 or tried[route] >= 3)) or f"{address.rsplit('/', 2)[0]}/" in shut:
                continue
            sheets, shown = sheets_on(client, username, address, linked)
            shut |= set() if shown else {address}
            tried[route] += shown
            if any(sheet.route == route.split("?")[0] for sheet in sheets):
                settled[route] = 2
            for sheet in sheets:
                if len(known := found.setdefault(sheet.door, [])) < CANDIDATES:
                    known.append(sheet)
        settled.update(route for route, count in tried.items() if count)
    return found


class Links:
    """Addresses that name more than one row, as the pages link to them: nobody can guess which rows belong together."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, str]] = []
        self.seen: Counter[str] = Counter()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        while self.waiting:
            yield self.waiting.pop(0)

    def note(self, address: str) -> None:
        """Keep an address of ours that names several rows, a few for each route."""
        with suppress(Resolver404):
            match = resolve(urlsplit(address).path)
            route = named(match)
            few = FEW_ACTS if "act" in match.kwargs else FEW
            if open_words(match.route) > 1 and self.seen[route] < few and (route, address) not in self.waiting:
                self.seen[route] += 1
                self.waiting.append((route, address))


def named(match: ResolverMatch) -> str:
    """The route, and which act of it where the address says so: each asks for something else."""
    return f"{match.route} {match.kwargs.get('act', '')}".strip()


def methods(view: Any) -> set[str] | None:
    """What a view says that it takes; None when it takes everything."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list | tuple) and set(cell.cell_contents) <= {"GET", "HEAD", "POST"}:
                return set(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None


def open_words(route: str) -> int:
    """How many rows an address of this route names."""
    return len(re.findall(r"<(?!str:kind|int:number)", route))


def addresses(actor: Any) -> Iterator[tuple[str, str]]:
    """Every staff route that this post may open, with the ids of rows that exist for it."""
    known, may = rows(actor), actor.may
    for route, pattern in ROUTES:
        mark = pattern.callback.door
        if mark.public or route in APART or (mark.permission and not any(may(key) for key in mark.permission.split("|"))):
            continue
        if "GET" not in (methods(pattern.callback) or {"GET"}):
            continue  # a button of another page
        words = re.findall(r"<(?:int|str|slug):(\w+)>", route)
        if open_words(route) > 1:
            continue  # found by the links of other pages
        package = pattern.callback.__module__.split(".")[2]
        for value in ids_for(package, words[0], known) if words else [""]:
            kind = KINDS.get(package, "xlsx")
            address = "/" + re.sub(r"<str:kind>", kind, re.sub(r"<int:number>", "1", route))
            address = re.sub(rf"<\w+:{words[0]}>", str(value), address) if words else address
            yield route, address
            taken, export = methods(pattern.callback), f"{route}?export"
            listed = taken is None or ("POST" in taken and (not words or export in SEVERAL))  # maybe: takes its export
            if listed and not route.endswith("/batch/"):
                yield export, f"{address}?export=1"
        if route in FILTERED:
            yield f"{route}?filtered", f"/{route}?{FILTERED[route]}"
        if route in CHOSEN_ROWS:
            ids = known[CHOSEN_ROWS[route]]
            yield f"{route}?ids", f"/{route}?" + "&".join(f"ids={pk}" for pk in ids)


def rows(actor: Any) -> dict[str, list[int]]:
    """Ids of rows of every table that are there for this post: the newest of the first town, the newest and the oldest."""
    found = {}
    with scoped(actor):
        for model in guarded_models():
            if not isinstance(model._meta.pk, (models.BigAutoField, models.AutoField)) or "SELECT" not in model.rights.sql:
                continue
            every, own = model.objects.order_by("-pk"), []
            if any(one.name == "area" for one in model._meta.local_fields):
                own = list(every.filter(area__gte=TOWN, area__lt=OTHER_TOWN).values_list("pk", flat=True)[:ROWS])
            keys = every.values_list("pk", flat=True)
            ids = [*own, *keys[:ROWS], *keys.reverse()[:2]]
            found[f"{model._meta.app_label}.{model._meta.model_name}"] = list(dict.fromkeys(ids))
    return found


def ids_for(package: str, word: str, known: dict[str, list[int]]) -> list[Any]:
    """What an address may name with this word."""
    if word == "code":
        return ["370404001001", "370404001000"]
    if word == "key":
        return KEYS[package]
    return known.get(named_by(package, word, known), [])


def sheets_on(client: Client, username: str, address: str, linked: Links) -> tuple[list[Sheet], bool]:
    """Every POST form of a page, and whether there is such a page; its links are noted."""
    answer = client.get(address)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return [], False
    page = html.fromstring(answer.content)
    for link in page.iter("a"):
        linked.note(urldefrag(urljoin(address, link.get("href") or "")).url)
    return list(sheets_of(page, username, address)), True


def sheets_of(page: Any, username: str, address: str) -> Iterator[Sheet]:
    """The POST forms of a page, each as often as it has buttons that say something."""
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post":
            target = urljoin(address, form.get("action") or address)
            route = resolve(urlsplit(target).path).route
            fields = tuple(_fields(form))
            for press in _presses(form):
                yield Sheet(username, address, target, route, (*fields, *press))


def _fields(form: Any) -> Iterator[Field]:
    many: dict[str, list[tuple[str, bool]]] = {}
    for one in form.iter("input", "select", "textarea"):
        name, kind = one.get("name"), one.get("type", "text")
        if not name or name in OWN_WORDS or kind in {"submit", "button"}:
            continue
        if one.tag == "select":
            options = [(option.get("value", ""), option.get("selected") is not None) for option in one.iter("option")]
            yield _choice(name, "many" if one.get("multiple") is not None else "select", options)
        elif one.tag == "textarea":
            yield Field(name, "text", ((one.text or "").strip(),))
        elif kind in {"checkbox", "radio"}:
            many.setdefault(f"{kind} {name}", []).append((one.get("value", "on"), one.get("checked") is not None))
        else:
            yield Field(name, kind if kind in {"hidden", "file"} else "text", (one.get("value", ""),))
    for known, offered in many.items():
        kind, name = known.split(" ", 1)
        single = kind == "checkbox" and len(offered) == 1 and offered[0][0] == "on"
        yield _choice(name, "radio" if kind == "radio" else "check" if single else "many", offered)


def _presses(form: Any) -> list[tuple[Field, ...]]:
    """What each of its buttons sends: nothing where one has no name (or there is none), and what stands in those with a name."""
    buttons = [(one.get("name"), one.get("value", "")) for one in form.iter("button") if one.get("type") != "button"]
    nameless = not buttons or any(not name for name, _ in buttons)
    named = sorted({(name, value) for name, value in buttons if name})
    return [*([()] if nameless else []), *((Field(name, "hidden", (value,)),) for name, value in named)]


def _choice(name: str, kind: str, options: list[tuple[str, bool]]) -> Field:
    return Field(name, kind, tuple(value for value, picked in options if picked), tuple(value for value, _ in options))
