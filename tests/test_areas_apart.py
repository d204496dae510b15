"""What belongs to another area does not exist for a post: no page shows it, no form changes it, nothing tells it from nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, models

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.actions.secure import guarded_models
from tests.rows import named_by
from tests.test_doors import ROUTES, signed_in

NOBODY = 987654321
OWN = {"li": "370404001001", "zhao": "370404001000", "branch1": "370404001000", "cash1": "370404001000"}
CHANGING = re.compile(
    rb"nonce=\"[^\"]+\"|nonce-[\w-]+|name=\"(_key|csrfmiddlewaretoken)\" value=\"[^\"]*\"|\"X-CSRFToken\": ?\"[^\"]*\""
)


def in_areas() -> list[type[models.Model]]:
    """Tables whose rows belong to an area and may be read there only."""
    return [
        model for model in guarded_models()
        if any(field.name == "area" for field in model._meta.local_fields) and not model.wide_reading
    ]  # fmt: skip


def elsewhere(area: str) -> dict[str, list[int]]:
    """Ids of rows outside of this area, by the word that an address uses for such a row."""
    last = area[:9] + "999" if area.endswith("000") else area
    found: dict[str, list[int]] = {}
    with scoped(WHOLE):
        for model in in_areas():
            if not isinstance(model._meta.pk, (models.BigAutoField, models.AutoField)):
                continue
            there = model.objects.exclude(area__gte=area, area__lte=last)
            own = set(model.objects.filter(area__gte=area, area__lte=last).values_list("pk", flat=True))
            word = f"{model._meta.app_label}.{model._meta.model_name}"
            found[word] = [pk for pk in there.order_by("pk").values_list("pk", flat=True)[:3] if pk not in own]
    return found


def addresses(area: str) -> list[tuple[str, str, str]]:
    """(route, address of a row elsewhere, address of no row) for every route with one id of a row."""
    known, found = elsewhere(area), []
    for route, pattern in ROUTES:
        words = re.findall(r"<int:(\w+)_id>", route)
        if len(words) != 1 or pattern.callback.door.public:
            continue
        package = pattern.callback.__module__.split(".")[2]
        fill = re.sub(r"<int:number>", "1", re.sub(r"<str:\w+>", "xlsx", route))
        for pk in known.get(named_by(package, words[0], known), []):
            there, nobody = (re.sub(r"<int:\w+_id>", str(one), fill) for one in (pk, NOBODY))
            found.append((route, f"/{there}", f"/{nobody}"))
    return found


def filled(route: str, pattern: Any, known: dict[str, list[int]]) -> list[str]:
    """The addresses of a route with ids of rows that exist; its own plain address when it names no row."""
    words = re.findall(r"<int:(\w+)_id>", route)
    if "<" not in route:
        return ["/" + route]
    if len(words) != 1:
        return []
    package = pattern.callback.__module__.split(".")[2]
    fill = re.sub(r"<int:number>", "1", re.sub(r"<str:\w+>", "xlsx", route))
    return ["/" + re.sub(r"<int:\w+_id>", str(pk), fill) for pk in known.get(named_by(package, words[0], known), [])]


def test_every_number_in_an_address_names_a_table():
    tables = {f"{model._meta.app_label}.{model._meta.model_name}": model for model in guarded_models()}
    unknown = [
        (route, word) for route, pattern in ROUTES for word in re.findall(r"<int:(\w+)_id>", route)
        if not named_by(pattern.callback.__module__.split(".")[2], word, tables)
    ]  # fmt: skip
    assert not unknown


def said(answer: Any, address: str) -> bytes:
    """The answer's words, without what differs each time and without the address that was asked for."""
    return CHANGING.sub(b"", getattr(answer, "content", b"")).replace(address.encode(), b"#")


def snapshot(area: str) -> dict[str, str]:
    """A digest of every row outside of this area, by table."""
    last = area[:9] + "999" if area.endswith("000") else area
    found = {}
    with scoped(WHOLE), connection.cursor() as cursor:
        for model in in_areas():
            if model._meta.label in {"access.AuditLine"}:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"select count(*), md5(string_agg(md5(t::text), '' order by md5(t::text))) from {table} t "
                "where not (area >= %s and area <= %s)", [area, last],
            )  # fmt: skip
            found[model._meta.label] = str(cursor.fetchone())
    return found


BY_DAY = ("cash1", "zhao")


@pytest.mark.parametrize(
    "username", [name if name in BY_DAY else pytest.param(name, marks=pytest.mark.nightly) for name in sorted(OWN)]
)
def test_a_row_of_another_area_cannot_be_told_from_no_row(world, username):
    """Every route with an id, read and written, with ids of another town, another community and the district."""
    client, area = signed_in(username), OWN[username]
    client.raise_request_exception = False
    before, tried, wrong = snapshot(area), 0, []
    for route, there, nobody in addresses(area):
        for call in (client.get, client.post):
            one, other = call(there), call(nobody)
            tried += 1
            if one.status_code != other.status_code or said(one, there) != said(other, nobody):
                wrong.append(f"{call.__name__} {there} ({route}): {one.status_code}, nothing: {other.status_code}")
            elif one.status_code not in {403, 404, 405, 422}:
                wrong.append(f"{call.__name__} {there} ({route}): {one.status_code}")
    assert tried > 100, tried
    assert not wrong, "\n".join(wrong)
    assert snapshot(area) == before
