"""Pages over a population under row security: the person page and the case page against a bare Django page.

The bare page runs in the same process behind Django's own session and sign-in middleware, asks Django's query layer for
exactly what the product's page asked, fetches the rows and prints them with a small template: no objects, no permissions, no
components; the audit line and the range are sent as they were. Goal: product / bare <= 2. Beside it stands the ratio to the
same page that sends the finished SQL texts and so pays nothing for the query layer. Then the lists: queries and median time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import date

import common

DAY = date(2010, 12, 1)
BARE = [
    "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
]  # fmt: skip
TEMPLATE = """{% for rows in all %}<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>{% endfor %}"""
LISTS = ("/", "/people/", "/people/?name=%E7%8E%8B", "/charity/applications/", "/charity/campaigns/1/", "/search/?q=%E7%8E%8B")


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=37_000, help="people loaded by the real import")
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--visits", type=int, default=30)
    given = words.parse_args()
    common.prepare()
    try:
        return 0 if run(given) else 1
    finally:
        common.clean_up()


def run(given) -> bool:
    from django.conf import settings

    from linli.domains.charity.samples import make_application, make_campaign, make_family, make_office
    from linli.kernel.registry.samples.rosters import load_population

    settings.BUSINESS_DAY = DAY.isoformat()
    office = make_office()
    campaign = make_campaign(office)
    load_population(office.approver, DAY, given.people)
    families = [make_family(office, names=(f"{name}大山", "钱二")) for name in "赵钱孙李周吴郑王冯陈"]
    ones = [make_application(office, campaign, family) for family in families]
    with common.superuser() as connection:
        connection.execute("vacuum analyze")
    pages = {"person page": f"/people/{ones[0].person_id}/", "case page": f"/cases/{ones[0].case_id}/"}
    met = [_against_bare(name, address, given) for name, address in pages.items()]
    _lists()
    return all(met)


def _client(username: str):
    from django.http import HttpRequest
    from django.test import Client

    from linli.kernel.access.samples import PASSWORD

    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def _statements(client, address: str) -> list[tuple[object, str, object]]:
    """What the product's page sends to the database: the query from which a SELECT was made, the text, its parameters."""
    from django.db import connection
    from django.db.models.sql import Query
    from django.db.models.sql.compiler import SQLCompiler

    sent: list[tuple[object, str, object]] = []
    asked: list[object] = []
    execute_sql = SQLCompiler.execute_sql

    def ask(compiler, *words, **more):
        if type(compiler.query) is Query:
            asked.append(compiler.query.clone())
        return execute_sql(compiler, *words, **more)

    def keep(execute, sql, params, many, context):
        sent.append((asked.pop() if asked else None, sql, params))
        return execute(sql, params, many, context)

    SQLCompiler.execute_sql = ask
    try:
        with connection.execute_wrapper(keep):
            answer = client.get(address)
    finally:
        SQLCompiler.execute_sql = execute_sql
    assert answer.status_code == 200, address
    return [one for one in sent if "django_session" not in one[1] and '"access_staff"' not in one[1][:200]]


def _against_bare(name: str, address: str, given) -> bool:
    from django.test import Client, override_settings

    client = _client("li")
    sent = _statements(client, address)
    bare_view.statements = sent

    def visits(visitor, path: str) -> float:
        assert visitor.get(path).status_code == 200
        began = time.perf_counter()
        for _ in range(given.visits):
            visitor.get(path)
        return (time.perf_counter() - began) / given.visits

    def product() -> float:
        return visits(client, address)

    def bare(as_text: bool = False) -> float:
        bare_view.as_text = as_text
        with override_settings(MIDDLEWARE=BARE, ROOT_URLCONF=__name__):
            stranger = Client(HTTP_HOST="127.0.0.1")
            stranger.cookies = client.cookies
            return visits(stranger, "/bare/")

    times = common.interleave(given.rounds, {"bare": bare, "bare, SQL as text": lambda: bare(as_text=True), "linli": product})
    print(f"{name}: {len(sent)} statements; linli median {statistics.median(times['linli']) * 1000:.1f} ms, "
          f"bare {statistics.median(times['bare']) * 1000:.1f} ms")  # fmt: skip
    common.show_ratio(f"{name}: linli / bare with SQL as text", times["linli"], times["bare, SQL as text"], "none")
    return common.show_ratio(f"{name}: linli / bare", times["linli"], times["bare"], "<= 2") <= 2


def bare_view(request):
    """The rival: the same queries, a small template."""
    from django.db import connection, transaction
    from django.http import HttpResponse
    from django.template import engines

    from linli.base.areas import WHOLE
    from linli.kernel.access.queries.scope import held_scope

    found = []
    with transaction.atomic(), held_scope(WHOLE), connection.cursor() as cursor:  # the statements set the range themselves
        for query, sql, params in bare_view.statements:
            if sql.startswith(("SAVEPOINT", "RELEASE")):
                continue
            if query is not None and not bare_view.as_text:
                found.append(list(query.clone().get_compiler("default").results_iter()))
                continue
            cursor.execute(sql, params)
            if cursor.description:
                found.append(cursor.fetchall())
    return HttpResponse(engines["django"].from_string(TEMPLATE).render({"all": found, "who": request.user.is_authenticated}))


def _lists() -> None:
    from django.db import connection

    client = _client("wang")
    for address in LISTS:
        client.get(address)
        times = []
        counted: list[str] = []

        def keep(execute, sql, params, many, context, counted=counted):
            counted.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            client.get(address)
        for _ in range(15):
            began = time.perf_counter()
            assert client.get(address).status_code == 200, address
            times.append((time.perf_counter() - began) * 1000)
        print(f"{address}: {len(counted)} statements, median {statistics.median(times):.0f} ms")
    _by_number(client)


def _by_number(client) -> None:
    """A number goes in the body: its answer and the page of the person that it leads to."""
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.queries import clear_number, people

    with scoped(WHOLE):
        numbers = [clear_number(one) for one in people().order_by("id")[:15]]
    times = []
    for number in numbers:
        began = time.perf_counter()
        answer = client.post("/search/", {"q": number})
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 302 and number not in answer["Location"]
    print(f"/search/ by identity number: median {statistics.median(times):.0f} ms")


def _routes():
    from django.urls import path

    return [path("bare/", bare_view)]


class _Lazy(list):
    """Routes that are made when Django asks for them, after the settings are ready."""

    def __iter__(self):
        return iter(_routes())


urlpatterns = _Lazy([None])

if __name__ == "__main__":
    raise SystemExit(main())
