"""Background work in somebody's name."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.base.areas import WHOLE
from linli.kernel.access.actions import defer, job, record_refusal, scoped
from linli.kernel.access.models import AuditLine, Post
from linli.kernel.access.queries.audit import unsealed_lines
from linli.kernel.access.rules import NoScope, Refused, Role
from linli.kernel.access.samples import make_staff
from linli.kernel.jobs import rules
from linli.kernel.jobs.actions import run_beat
from linli.kernel.jobs.rules import Beat
from linli.kernel.jobs.samples import work_off

DAY = date(2010, 12, 1)


@pytest.fixture
def worker(db):
    return make_staff()


@pytest.fixture
def declare(monkeypatch):
    """Declare jobs for one test."""
    monkeypatch.setattr(rules, "_tasks", dict(rules._tasks))
    return job


def test_a_job_runs_with_the_rights_of_the_post_that_ordered_it(worker, declare):
    seen = []

    @declare("test.look")
    def look(*, by, on, word):
        with scoped(by):
            seen.append((by.staff_id, by.role, by.area, on, word, AuditLine.objects.count() >= 0))

    defer("test.look", by=worker, on=DAY, word="字")
    assert seen == []
    assert work_off() == 1
    assert seen == [(worker.staff_id, Role.COMMUNITY_WORKER, worker.area, DAY, "字", True)]


def test_an_order_of_a_refused_transaction_was_never_given(worker, declare):
    declare("test.nothing")(lambda **words: None)
    with pytest.raises(Refused), transaction.atomic():
        defer("test.nothing", by=worker, on=DAY)
        raise Refused("不行")
    assert not ProcrastinateJob.objects.exists()


def test_an_order_that_already_waits_is_not_given_twice(worker, declare):
    declare("test.nothing")(lambda **words: None)
    assert defer("test.nothing", by=worker, on=DAY, lock="7") is not None
    assert defer("test.nothing", by=worker, on=DAY, lock="7") is None
    assert ProcrastinateJob.objects.count() == 1


def test_a_post_that_ended_meanwhile_does_nothing_more(worker, declare, settings):
    settings.BUSINESS_DAY = "2010-12-02"
    told, done = [], []
    declare("test.late", failed=lambda **words: told.append((words["by"].role, words["why"])))(lambda **w: done.append(w))
    defer("test.late", by=worker, on=DAY)
    Post.objects.filter(pk=worker.post_id).update(until=date(2010, 12, 2))
    work_off()
    assert done == []
    assert told == [(Role.MACHINE, "提交人的岗位已经结束，这项后台任务没有执行。请由现任岗位重新提交。")]


def test_a_job_that_forgets_its_area_raises_instead_of_counting_nothing(worker, declare):
    declare("test.blind")(lambda *, by, on: AuditLine.objects.count())
    defer("test.blind", by=worker, on=DAY)
    with pytest.raises(NoScope):
        work_off()


def test_nobody_can_order_what_no_package_declares(worker):
    with pytest.raises(LookupError):
        defer("test.unheard", by=worker, on=DAY)


def test_a_beat_runs_on_one_worker_at_a_time(worker):
    ran = []
    beat = Beat("test.beat", lambda: ran.append(run_beat(inner)), 1)
    inner = Beat("test.beat.inner", lambda: None, 1)
    assert run_beat(beat) and ran == [True]
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(hashtextextended('test.beat', 1))")
        assert not run_beat(beat)
    finally:
        other.close()


def test_the_worker_seals_the_trail_by_itself(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        record_refusal(by=make_staff(), verb="test.try", why="试")
        environment = {**os.environ, "LINLI_DATABASE": fresh_database}
        process = subprocess.Popen([sys.executable, "-m", "linli", "worker"], env=environment)
        try:
            for _ in range(600):  # a busy machine may start a process slowly
                with scoped(WHOLE):
                    if not unsealed_lines().exists():
                        break
                time.sleep(0.1)
            with scoped(WHOLE):
                assert not unsealed_lines().exists()
        finally:
            process.terminate()
            assert process.wait(20) == 0
