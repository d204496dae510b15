"""Work whose clock runs in hours says so on the workbench."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from linli.base.days import SHANGHAI
from linli.kernel.ui.queries.tasks import _timed
from linli.kernel.ui.rules import Task, Tone

DUE = datetime(2010, 12, 20, 9, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("passed", "told", "tone"),
    [
        (timedelta(hours=9, minutes=50), "逾期9小时", Tone.BAD),
        (timedelta(minutes=5), "逾期1小时", Tone.BAD),
        (timedelta(minutes=-20), "剩不到1小时", Tone.WARN),
        (timedelta(hours=-5), "剩5小时", Tone.WARN),
        (timedelta(days=-3), "剩3天", Tone.QUIET),
    ],
)
def test_an_hour_missed_in_the_morning_is_late_in_the_evening_and_not_due_today(passed, told, tone):
    at = DUE + passed
    badge = _timed(Task("家庭暴力", "签收工单", "/", due=DUE.date(), due_at=DUE, rush=2), at.date(), at).days_left
    assert badge is not None and (badge.badge.text, badge.badge.tone) == (told, tone)


def test_work_of_days_still_says_days():
    left = _timed(Task("物业纠纷", "办理工单", "/", due=date(2010, 12, 20)), date(2010, 12, 20), DUE).days_left
    assert str(left) == "今天到期"
