"""The workbench shows what every package says is waiting: oldest deadline first, counts and rows from one answer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.apps import apps

from linli.kernel.access.models import Staff
from linli.kernel.access.samples import make_staff
from linli.kernel.ui.rules import DaysLeft, Task

DAY = date(2010, 12, 20)


def waiting(actor, on, which):
    if which == "done":
        return [Task(f"办过{at}", "受理", f"/done/{at}/", since=on - timedelta(at)) for at in (3, 1, 2)]
    lefts = [5, -2, None, 0] * 12
    return [
        Task(
            title=f"事项{at:02d}",
            kind="受理" if at % 3 else "审核",
            href=f"/task/{at}/",
            who="王**",
            area="和顺社区",
            due=None if left is None else on + timedelta(left),
            days_left=DaysLeft(left),
            since=on,
        )
        for at, left in enumerate(lefts)
    ]


@pytest.fixture
def worker(client, db, monkeypatch, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "task_sources", (), raising=False)
    monkeypatch.setattr(apps.get_app_config("ui"), "task_sources", (waiting,), raising=False)
    make_staff()
    client.force_login(Staff.objects.get(username="li"), backend="django.contrib.auth.backends.ModelBackend")
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client


def test_the_oldest_deadline_comes_first_and_work_without_one_last(worker):
    rows = worker.get("/?size=100").context["listing"].rows
    lefts = [task.days_left.left for task in rows]
    assert lefts == sorted(lefts, key=lambda left: (left is None, left or 0))
    assert "有 12 件已经逾期" in worker.get("/").content.decode()


def test_a_last_day_that_is_over_is_late_even_if_the_package_says_no_more(worker, monkeypatch):
    task = Task("3条评价等待回访", "好差评", "/task/1/", due=DAY - timedelta(4))
    monkeypatch.setattr(apps.get_app_config("ui"), "task_sources", (lambda *_: [task],), raising=False)
    page = worker.get("/").content.decode()
    assert "逾期4天" in page and "有 1 件已经逾期" in page


def test_the_counts_are_the_counts_of_the_rows(worker):
    page = worker.get("/")
    kinds = dict(re.findall(r">([^<>]+) <b>(\d+)</b>", page.content.decode()))
    assert kinds == {"受理": "32", "审核": "16"}
    for kind, count in kinds.items():
        answer = worker.get("/", {"kind": kind})
        assert answer.context["listing"].total == int(count)
        assert {task.kind for task in answer.context["listing"].rows} == {kind}


def test_done_work_stands_apart_newest_first(worker):
    answer = worker.get("/?which=done")
    assert [task.title for task in answer.context["listing"].rows] == ["办过1", "办过2", "办过3"]
    assert "<title>我的已办 - 邻里</title>" in answer.content.decode()
    assert worker.get("/?which=done&size=20").context["listing"].address(page=2) == "/?which=done&size=20&page=2"


def test_a_task_source_may_be_named_by_its_path(worker, monkeypatch):
    path = f"{__name__}.waiting"
    monkeypatch.setattr(apps.get_app_config("ui"), "task_sources", (path,))
    assert worker.get("/").context["listing"].total == 48
