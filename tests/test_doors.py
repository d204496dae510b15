"""Every route has a door, and every door keeps out whom it should."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import Role
from linli.kernel.access.rules.actors import LEVELS
from linli.kernel.access.samples import PASSWORD, make_founders, make_staff

AREAS = {3: "370404000000", 4: "370404001000", 5: "370404001001"}


def all_routes(patterns=None, prefix="") -> list[tuple[str, object]]:
    found = []
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += all_routes(entry.url_patterns, here)
        elif isinstance(entry, URLPattern):
            found.append((here, entry))
    return found


ROUTES = all_routes()


def example(route: str, pattern: URLPattern) -> str:
    """An address of this route whose ids belong to nothing that the caller may see."""
    address = "/" + route
    assert isinstance(pattern.pattern, RoutePattern)
    for name, _converter in pattern.pattern.converters.items():
        for kind in ("int", "str", "slug", "uuid", "path", ""):
            written = f"<{kind}:{name}>" if kind else f"<{name}>"
            value = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "987654321"}.get(kind, "987654321")
            address = address.replace(written, value)
    assert "<" not in address, address
    return address


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route or "home" for route, _ in ROUTES])
def test_every_route_says_who_may_open_it(route, pattern):
    mark = getattr(pattern.callback, "door", None)
    assert mark is not None, "mark the view with @page, @staff_page, @open_page or @public_page"
    for key in mark.permission.split("|") if mark.permission else ():
        assert key in permissions(), f"no package declares {key}"


@pytest.fixture(scope="module")
def personas() -> dict[Role, str]:
    return {role: role.value for role in Role if role is not Role.MACHINE}


@pytest.fixture
def people(db, personas):
    founders = make_founders()
    for role, username in personas.items():
        if role in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
            continue
        level = max(level.value for level in LEVELS[role])
        make_staff(username, f"{role.zh}甲", role, AREAS[level], founders=founders)
    return personas | {Role.SYSTEM_ADMIN: "sys", Role.SECURITY_ADMIN: "sec"}


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=True)
    assert client.login(username=username, password=PASSWORD, request=_request())
    return client


def _request():
    from django.http import HttpRequest

    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    return request


def guarded():
    return [(route, pattern) for route, pattern in ROUTES if not (pattern.callback.door.open or pattern.callback.door.public)]


def test_a_stranger_is_sent_to_the_sign_in_page(db):
    client = Client(HTTP_HOST="127.0.0.1")
    for route, pattern in guarded():
        answer = client.get(example(route, pattern))
        assert answer.status_code == 302 and answer["location"].startswith("/sign-in/"), route


@pytest.mark.parametrize("both", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["in turn", "both"])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MACHINE], ids=lambda role: role.value)
def test_a_role_without_the_right_is_refused_at_every_route(people, role, both):
    """By day reading and writing take turns over the routes, at night both are tried at each: one gate stands before them."""
    client = signed_in(people[role])
    for number, (route, pattern) in enumerate(guarded()):
        wanted = pattern.callback.door.permission
        if not wanted or any(role in permissions()[key].roles for key in wanted.split("|")):
            continue
        ways = (client.get, client.post)
        for call in ways if both else ways[number % 2 :][:1]:
            assert call(example(route, pattern)).status_code == 403, f"{role.value} got through {route}"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MACHINE], ids=lambda role: role.value)
def test_ids_of_nothing_in_the_area_are_answered_with_not_found_or_a_refusal(people, role):
    """A row that lies elsewhere does not exist: no page may fail with a fault, or show one."""
    client = signed_in(people[role])
    for route, pattern in guarded():
        wanted = pattern.callback.door.permission
        if wanted and not any(role in permissions()[key].roles for key in wanted.split("|")):
            continue
        answer = client.get(example(route, pattern))
        assert answer.status_code < 500, f"{route}: {answer.status_code}"
        if "<" in route:
            assert answer.status_code in {302, 403, 404, 405, 409, 410, 422}, f"{route}: {answer.status_code}"
