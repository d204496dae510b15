"""Locks and second factors from the server, where no administrator is left."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django_otp.oath import hotp
from typer.testing import CliRunner

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.kernel.access import actions, queries
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, SignInLock, Staff
from linli.kernel.access.queries.factors import secret_of
from linli.kernel.access.samples import PASSWORD, make_founders
from linli.site.command import app

DAY = date(2010, 12, 20)


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("linli.site.commands.sign_in.django_ready", lambda: None)
    return lambda *words: CliRunner().invoke(app, ["sign-in", *words])


def test_whoever_runs_the_server_lifts_a_lock_and_ends_a_factor_and_the_trail_says_so(db, run):
    system, _ = make_founders()
    now, staff = datetime.now(SHANGHAI), Staff.objects.get(pk=system.staff_id)
    secret = secret_of(actions.begin_factor(by=system, on=DAY, at=now, staff=staff))
    code = f"{hotp(secret, int(now.timestamp()) // 30):06d}"
    actions.confirm_factor(by=system, on=DAY, at=now, staff=staff, code=code, password=PASSWORD)
    words = {"name": "sys", "address": "10.0.0.1", "at": now}
    for _ in range(5):
        actions.begin_try(**words)
    actions.note_failure(on=DAY, **words)

    assert "lifted 1 locks" in run("lift", "sys").output
    assert not SignInLock.objects.filter(lifted_at=None).exists()
    assert run("lift", "sys").exit_code == 1, "nothing is locked any more"
    assert run("reset-factor", "sys").exit_code == 2, "a reason has to be given"
    assert run("reset-factor", "sys", "--why", "唯一的管理员丢了手机").exit_code == 0
    assert queries.factor_of(staff) is None
    assert run("lift", "nobody").exit_code == 1
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(verb__in=["access.lift_lock", "access.reset_factor_at_server"]).order_by("id")
        assert [(line.role, line.purpose) for line in lines] == [("machine", ""), ("machine", "唯一的管理员丢了手机")]
