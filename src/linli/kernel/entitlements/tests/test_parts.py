"""A large run in parts: line by line what one transaction proposes, on several cores, after a crash, and never twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import date

import numpy as np
import pytest
from django.db import DatabaseError, connections, transaction

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements import actions, queries
from linli.kernel.entitlements.actions.runs import parts
from linli.kernel.entitlements.models import Entitlement, Run, RunItem, RunLine, RunPart
from linli.kernel.entitlements.rules import Asked, Basis, Ground, Programme, Reckoned
from linli.kernel.entitlements.samples import (
    CARE,
    LIVING,
    MONTH,
    confirmed,
    make_entitlement,
    make_funding,
    make_month,
    make_why,
    sample_programmes,
)
from linli.kernel.entitlements.tests.in_parts import cut, left_of, part_by_part, proposed, small_parts
from linli.kernel.entitlements.tests.town import DAY, ELDER, JANUARY, RECKONED, SPRING, home_of, waiting


@pytest.mark.parametrize("words", [
    {"month": JANUARY}, {"month": MONTH}, {"month": date(2011, 3, 1)}, {"month": JANUARY} | SPRING,
    *({"month": date(2011, month, 1), "basis": Basis.RECKONED} for month in (1, 2, 3, 4)),
])  # fmt: skip
def test_parts_propose_line_by_line_what_one_transaction_does(town, words):
    asked, day = {"programme": "sample_living"} | words, words["month"].replace(day=5)
    with sample_programmes(RECKONED):
        whole = actions.open_run(by=town.maker, on=day, **asked)
        expected = proposed(whole)
        actions.discard_run(by=town.maker, on=day, run=whole, reason="分批再算")
        assert proposed(part_by_part(town.maker, day, **asked)) == expected
    faults = {fault for row in expected[0] for fault in row.get("faults", ())}
    assert ("left_out" in faults) == ("component" in words)
    kinds = {row["kind"] for row in expected[0] if "kind" in row}
    if len(words) == 1 and words["month"] == JANUARY:  # the town has what is to be compared, of whatever lies in different parts
        assert faults >= {"double", "no_account", "dead_payee", "dead_member", "outside"}
        assert kinds == {"regular", "back", "offset"} and {row.get("difference") for row in expected[0]} >= {"new", "up", "stop"}


@pytest.mark.parametrize(("steps", "width", "sizes"), [
    (0, 4, []), (39, 4, []), (40, 4, [20, 20]), (100, 4, [25] * 4), (1_000, 4, [50] * 20), (1_000, 3, [47] * 8 + [48] * 13),
    (100, 8, [20] * 5), (60, 2, [30, 30]),
])  # fmt: skip
def test_parts_are_alike_and_never_too_small(steps, width, sizes):
    cuts = parts.ends_of(range(steps), width)
    made = np.diff([0, *cuts, steps]).tolist() if cuts else []
    assert sorted(made) == sorted(sizes)


def test_who_got_it_under_another_programme_is_seen_from_every_part(office):
    homes = [home_of(office, name) for name in ("张一", "王二", "陈三")]
    with sample_programmes(LIVING, CARE, ELDER):
        make_funding(office.maker)
        make_funding(office.maker, programme="sample_old")
        for place, home in enumerate(homes):
            if place < 2:
                make_entitlement(by=office.approver, household=home)
            words = {"person_id": home.head_id, "since": MONTH, "amounts": {"allowance": 10_00}, "why": make_why()}
            actions.grant(by=office.approver, on=DAY, programme="sample_old", **words)
        make_month(office.maker, office.approver, **SPRING)
        asked = {"programme": "sample_old", "month": MONTH} | SPRING
        whole = actions.open_run(by=office.maker, on=DAY, **asked)
        expected = proposed(whole)
        assert sum("again" in row.get("faults", ()) for row in expected[0]) == 2
        actions.discard_run(by=office.maker, on=DAY, run=whole, reason="分批再算")
        assert proposed(part_by_part(office.maker, DAY, **asked)) == expected


def test_nothing_is_proposed_before_every_part_is_done(town):
    run = cut(town.maker, DAY, programme="sample_living", month=JANUARY)
    for pk in left_of(run)[1:]:
        parts.draft_part(by=town.maker, on=DAY, run_id=run.pk, part_id=pk)
    with scoped(town.maker):
        waiting = queries.run_of(run.pk)
        assert RunLine.objects.filter(run=run).exists() and (waiting.count, waiting.amount) == (0, 0)
        assert not queries.run_lines(waiting, on=DAY).exists() and not queries.towns_of_run(waiting)
        assert not queries.parts_of_run(waiting) and not queries.faults_of_run(waiting)
        assert sum(one.count for one in queries.differences_of(waiting)) == 0
        with pytest.raises(DatabaseError, match="a part of the run is not computed"), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(state="ready")
    with pytest.raises(Refused, match="不能核定"):
        confirmed(town.approver, waiting, DAY)


@pytest.mark.parametrize("how", ["fail", "discard"])
def test_of_a_run_that_is_not_finished_nothing_remains(town, how):
    run = cut(town.maker, DAY, programme="sample_living", month=JANUARY)
    first, *rest = left_of(run)
    parts.draft_part(by=town.maker, on=DAY, run_id=run.pk, part_id=rest[0])
    if how == "fail":
        actions.fail_run(by=town.maker, on=DAY, run_id=run.pk, step="draft", why="磁盘已满")
    else:
        actions.discard_run(by=town.maker, on=DAY, run=run, reason="重来")
    with scoped(WHOLE):
        assert not RunLine.objects.filter(run=run).exists() and not RunItem.objects.filter(run=run).exists()
        assert Run.objects.get(pk=run.pk).state == {"fail": "failed", "discard": "discarded"}[how]
    assert not parts.draft_part(by=town.maker, on=DAY, run_id=run.pk, part_id=first)
    assert parts.finish_draft(by=town.maker, on=DAY, run_id=run.pk).state != "ready"
    assert actions.open_run(by=town.maker, on=DAY, programme="sample_living", month=JANUARY).state == "ready"


def test_what_is_decided_between_the_parts_is_newer_than_the_run_and_computed_again(town):
    with scoped(WHOLE):
        rows = list(Entitlement.objects.order_by("id"))
    run = cut(town.maker, DAY, programme="sample_living", month=JANUARY)
    left = left_of(run)
    why = make_why(Ground.INCOME)
    for place, pk in enumerate(left):
        if place == len(left) // 2:  # one whose part is done, one whose part is not, and a new one
            for row in (rows[-3], rows[7]):
                actions.change(by=town.approver, on=DAY, entitlement=row, since=JANUARY, amounts={"basic": 250_00}, why=why)
            make_entitlement(by=town.approver, household=home_of(town, "后来"), since=JANUARY)
        parts.draft_part(by=town.maker, on=DAY, run_id=run.pk, part_id=pk)
    done = parts.finish_draft(by=town.maker, on=DAY, run_id=run.pk)
    with pytest.raises(Refused, match="又有 3 份待遇"):
        confirmed(town.approver, done, DAY)
    again = proposed(actions.redraft(by=town.maker, on=DAY, run=done))
    actions.discard_run(by=town.maker, on=DAY, run=done, reason="整批再算")
    assert again == proposed(actions.open_run(by=town.maker, on=DAY, programme="sample_living", month=JANUARY))


def test_a_part_that_is_done_is_never_done_again(town):
    run = part_by_part(town.maker, DAY, programme="sample_living", month=JANUARY)
    with scoped(WHOLE), pytest.raises(DatabaseError), transaction.atomic():
        RunPart.objects.filter(run=run).update(done=False)


def one_transaction(office) -> object:
    run = waiting(office)
    found = proposed(run)
    actions.discard_run(by=office.maker, on=DAY, run=run, reason="分批再算")
    return found


def test_on_several_connections_and_by_two_workers_at_once_each_line_stands_once(apart, at_once):
    expected = one_transaction(apart)
    with small_parts():
        run = waiting(apart)
        at_once(lambda number: actions.draft_run(by=apart.maker, on=DAY, run_id=run.pk), times=2)
    with scoped(WHOLE):
        done = queries.run_of(run.pk)
        assert done.state == "ready" and RunPart.objects.filter(run=run, done=True).count() > 10
    assert proposed(done) == expected


def test_a_run_that_is_given_up_while_it_is_computed_leaves_nothing(apart, monkeypatch):
    reached, go_on = threading.Event(), threading.Event()
    computed = parts.compute

    def slowly(*words):
        computed(*words)
        reached.set()
        go_on.wait(10)

    monkeypatch.setattr(parts, "compute", slowly)
    with small_parts():
        run = waiting(apart)
        answers = []
        drafting = threading.Thread(
            target=lambda: (answers.append(actions.draft_run(by=apart.maker, on=DAY, run_id=run.pk)), connections.close_all())
        )
        drafting.start()
        assert reached.wait(10)
        giving_up = threading.Thread(
            target=lambda: (actions.discard_run(by=apart.maker, on=DAY, run=run, reason="重来"), connections.close_all())
        )
        giving_up.start()
        go_on.set()
        for thread in (drafting, giving_up):
            thread.join()
    with scoped(WHOLE):
        left = RunLine.objects.filter(run=run).count()
        state = Run.objects.get(pk=run.pk).state
    assert state == "discarded" and (left == 0 or answers[0].state == "ready")


def test_a_fault_in_one_part_ends_the_run_and_leaves_nothing(apart):
    from linli.kernel.jobs.actions import run_worker

    broken = Programme(
        LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.fails"
    )
    with sample_programmes(broken), small_parts():
        run = waiting(apart, basis=Basis.RECKONED)
        run_worker(wait=False)
        with scoped(WHOLE):
            done = queries.run_of(run.pk)
            assert (done.state, done.message) == ("failed", "标准还没有录入。")
            assert not RunLine.objects.filter(run=run).exists()


def fails(asked: Asked) -> Reckoned:
    """The standard of one place is missing."""
    if asked.households[0] % 3 == 0:
        raise Refused("标准还没有录入。")
    return Reckoned({"basic": np.full(len(asked), 1_00)}, np.zeros(len(asked), "i8"))


WORKER = """
import sys
import django
django.setup()
from datetime import date
from unittest.mock import patch
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for
from linli.kernel.entitlements.actions.runs import parts
from linli.kernel.entitlements.samples import sample_programmes
from linli.kernel.entitlements.tests.in_parts import small_parts
day, done, computed = date(2010, 12, 5), [], parts.compute
by = actor_for(Staff.objects.get(username="qian"), on=day)
def told(*words):
    computed(*words)
    done.append(1)
    print(len(done), flush=True)
    if len(done) > 4:
        import time
        time.sleep(60)
with sample_programmes(), small_parts(width=2), patch.object(parts, "compute", told):
    parts.draft_run(by=by, on=day, run_id=int(sys.argv[1]))
"""


def test_after_a_killed_worker_the_next_one_computes_what_is_missing(apart, fresh_database):
    expected = one_transaction(apart)
    with small_parts():
        run = waiting(apart)
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.site.settings", "LINLI_DATABASE": fresh_database}
        words = [sys.executable, "-W", "ignore", "-c", WORKER, str(run.pk)]
        worker = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
        for _ in range(5):
            worker.stdout.readline()
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        with scoped(WHOLE):
            whole = set(RunPart.objects.filter(run=run, done=True).values_list("pk", flat=True))
            lines = {line.pk for line in RunLine.objects.filter(run=run)}
            assert 1 <= len(whole) < RunPart.objects.filter(run=run).count() and Run.objects.get(pk=run.pk).state == "waiting"
        done = actions.draft_run(by=apart.maker, on=DAY, run_id=run.pk)
    assert done.state == "ready" and proposed(done) == expected
    with scoped(WHOLE):
        assert lines and lines <= {line.pk for line in RunLine.objects.filter(run=run)}, "whole parts stayed"
