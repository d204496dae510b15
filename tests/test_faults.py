"""What people see when something is wrong: always a page, always Chinese, never a trace."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, Staff
from linli.kernel.access.rules import Stale
from linli.kernel.access.samples import make_staff
from linli.site import views

FAULTS = [
    (SuspiciousOperation("secret"), 400, "这个请求不完整"),
    (PermissionDenied("secret"), 403, "没有打开这个页面的权限"),
    (OperationalError("secret"), 503, "系统暂时不能使用"),
    (RuntimeError("secret"), 500, "系统出现故障"),
]


@pytest.fixture
def worker(client, db):
    actor = make_staff()
    client.force_login(Staff.objects.get(username="li"), backend="django.contrib.auth.backends.ModelBackend")
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    client.raise_request_exception = False
    return actor


def breaking(monkeypatch, fault: Exception) -> None:
    def broken(*words, **more):
        raise fault

    monkeypatch.setattr(views, "task_lines", broken)


@pytest.mark.parametrize(("fault", "status", "said"), FAULTS, ids=lambda value: str(value) if isinstance(value, int) else "")
def test_every_fault_has_a_page_of_its_own(client, worker, monkeypatch, fault, status, said):
    breaking(monkeypatch, fault)
    answer = client.get("/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page and "secret" not in page and "Traceback" not in page
    assert page.count("<h1>") == 1 and 'role="alert"' in page
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_a_stale_page_is_told_so_and_the_refusal_is_in_the_trail(client, worker, monkeypatch):
    breaking(monkeypatch, Stale())
    answer = client.get("/")
    assert answer.status_code == 409 and "刚才已有其他人办理了这一项" in answer.content.decode()
    with scoped(worker):
        assert AuditLine.objects.filter(outcome="refused", subject="/").exists()


def test_a_form_without_its_token_is_refused_with_a_way_back(worker, settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    answer = strict.post("/sign-in/", {"username": "li", "password": "x"})
    assert answer.status_code == 403 and "返回上一页刷新后再提交" in answer.content.decode()


def test_the_page_of_a_fault_needs_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = views.fault(HttpRequest())
    assert isinstance(answer, HttpResponse) and answer.status_code == 500
