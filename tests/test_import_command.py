"""A roster goes in from the command line by the same steps as on the page."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from django.db import connections

from linli.gateways.spreadsheets import open_table
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.registry.actions import found_area
from linli.kernel.registry.models import Person
from linli.kernel.registry.samples.population import HEADINGS, Home, make_population
from linli.kernel.registry.samples.rosters import as_csv
from linli.kernel.registry.tests.test_roster import AREAS

DAY = date(2010, 12, 20)


def test_a_roster_is_checked_written_and_its_bad_row_returned(fresh_database, django_db_blocker, tmp_path: Path) -> None:
    with django_db_blocker.unblock():
        founders = make_founders()
        for code, name, kind in AREAS:
            found_area(by=founders[0], on=FIRST_DAY, code=code, name=name, kind=kind)
        by = make_staff("district", "区民政", Role.DISTRICT_APPROVER, "370404000000", founders=founders)
        people = make_population(40, [Home("370404001001", "坛山街道", "和顺社区", True)], on=DAY)
        people["电话"][-1] = "12345"
        file, back = tmp_path / "花名册.csv", tmp_path / "退回.xlsx"
        file.write_bytes(as_csv(people))

        def linli(*words: str) -> subprocess.CompletedProcess[str]:
            environment = {**os.environ, "LINLI_DATABASE": fresh_database, "LINLI_BUSINESS_DAY": "2010-12-20"}
            command = [sys.executable, "-m", "linli", "import", "registry.roster", str(file), "--as", "district", *words]
            return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

        checked = linli()
        assert checked.returncode == 1, checked.stderr
        assert "待确认：读取 40 行，接受 39 行，退回 1 行" in checked.stdout and "电话应为11位手机号" in checked.stderr
        written = linli("--yes", "--return", str(back))
        assert "没有重复导入" in written.stderr and "已导入：读取 40 行，接受 39 行" in written.stdout, written.stderr
        assert len(open_table(back.read_bytes(), back.name, expected=HEADINGS)) == 1
        with scoped(by):
            assert Person.objects.count() == 39
        stranger = subprocess.run(
            [sys.executable, "-m", "linli", "import", "registry.roster", str(file), "--as", "nobody"],
            env={**os.environ, "LINLI_DATABASE": fresh_database}, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert stranger.returncode == 1 and "没有用户“nobody”" in stranger.stderr
        connections.close_all()
