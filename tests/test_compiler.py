"""Our compiler writes what Django's own writes, letter by letter."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.compiler import SQLCompiler as Theirs
from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Length, Lower

from linli.gateways.posting.compiler import SQLCompiler
from linli.kernel.access.models import Post, Staff
from linli.kernel.orders.models import Order, OrderEvent

QUERIES = {
    "all": Order.objects.all(),
    "names": Order.objects.order_by("-received_at", "id"),
    "joined": Order.objects.select_related("desk", "first_desk", "about", "person", "main").order_by("desk__name", "-pk"),
    "by a joined thing": Order.objects.order_by("desk", "person__name"),
    "by the default of a joined model": Post.objects.select_related("staff").order_by("staff"),
    "an alias": Order.objects.annotate(last=Max("events__at")).order_by("-last", "id"),
    "an alias that is shown": Order.objects.values("stage").annotate(n=Count("pk")).order_by("-n", "stage"),
    "a list of values": Order.objects.values_list("number", "desk__name").order_by("desk__name", "number"),
    "an expression": Order.objects.order_by(F("closed_at").desc(nulls_last=True), "id"),
    "an expression that is shown": Staff.objects.annotate(short=Length("name")).order_by(Length("name"), "pk"),
    "a function of it": Staff.objects.values(low=Lower("name")).order_by(Lower("name")),
    "a constant": Staff.objects.annotate(one=Value(1)).order_by("one", "pk"),
    "distinct": Staff.objects.filter(posts__role="leader").distinct().order_by("username", "posts__since"),
    "united": Staff.objects.filter(pk=1).union(Staff.objects.filter(pk=2)).order_by("name"),
    "within": Order.objects.filter(pk__in=OrderEvent.objects.filter(Q(by=1)).order_by("-at").values("order")[:5]).order_by("id"),
    "by chance": Staff.objects.order_by("?"),
    "reversed": Order.objects.order_by("received_at").reverse(),
    "no order": Order.objects.order_by("id").order_by(),
    "extra": Staff.objects.extra(select={"who": "upper(name)"}, order_by=["who", "access_staff.id"]),
}


def written(kind: type, rows: QuerySet) -> tuple[str, tuple]:
    return kind(rows.query.clone(), connection, "default").as_sql()


@pytest.mark.parametrize("name", QUERIES)
def test_an_ordered_query_is_written_as_django_writes_it(name, db):
    assert written(SQLCompiler, QUERIES[name]) == written(Theirs, QUERIES[name])


def test_every_table_of_the_house_is_read_as_django_reads_it(db):
    for model in apps.get_models():
        rows = model._default_manager.all()
        names = [field.name for field in model._meta.concrete_fields][:3]
        for query in (rows, rows.order_by(*names), rows.select_related().order_by(f"-{names[-1]}")):
            assert written(SQLCompiler, query) == written(Theirs, query), model


def test_what_is_asked_goes_through_our_compiler(db):
    assert type(Order.objects.all().query.get_compiler("default")) is SQLCompiler


def test_an_ordered_query_hashes_no_selected_column(db, monkeypatch):
    from django.db.models.expressions import Col

    def never(self):
        raise AssertionError("a column was hashed")

    monkeypatch.setattr(Col, "__hash__", never)
    assert "ORDER BY" in written(SQLCompiler, QUERIES["joined"])[0]
