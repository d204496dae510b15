"""Fifty lines at fifty consoles, through the served pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[1] / "benchmarks" / "service_lines.py"


@pytest.mark.nightly
def test_fifty_lines_ring_at_the_right_consoles_and_nothing_is_lost(django_db_setup):
    """HOTLINE-01: shown, answered, handed on, ended, made an order; a missed caller is a task.

    Within a second on a machine that does nothing else (docs/performance.md); here it may do other things as well.
    """
    mine = {name: value for name, value in os.environ.items() if name not in ("LINLI_DATABASE", "LINLI_RACE")}
    words = [sys.executable, str(PROGRAM), "--calls", "3", "--within", "3"]
    done = subprocess.run(words, env=mine, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
