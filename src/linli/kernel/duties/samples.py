"""Made-up duties for tests, and their occurrences through the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F

from linli.base.areas import Level
from linli.base.fields import Field, FieldKind
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor
from linli.kernel.duties.actions.planning import BACK
from linli.kernel.duties.models import Occurrence
from linli.kernel.duties.queries import duty_on
from linli.kernel.duties.rules import Duty, Everywhere, EveryWorkingDays, OnDays, Per, Rota, TaskState

DAY = date(2010, 12, 20)
SINCE = date(2010, 10, 1)
COMMUNITIES = Everywhere(Level.COMMUNITY, ("community", "village"))
WORK = {"permission": "duties.do", "told": "duties.see", "since": SINCE}
JOINT_OFFICE = Duty(
    "duties.joint_office", "联合办公", "每月安排2天联合办公，每次不少于8小时", "村级定期联合办公制度", COMMUNITIES,
    Per("month", 2),
    fields=(
        Field("topics", "办理事项", FieldKind.NUMBER, unit="件", required=True, least=0),
        Field("outcome", "办理情况", longest=500),
        Field("sheet", "签到表", FieldKind.FILE),
    ),
    least_minutes=480, grace=3, **WORK,
)  # fmt: skip
SUMMARY = Duty(
    "duties.summary", "社情民意汇总", "每月底前上报社情民意汇总表", "社情民意制度", COMMUNITIES, OnDays(("last",)), **WORK
)  # fmt: skip
ROUND = Duty("duties.round", "安全巡查", "每10个工作日巡查一次", "安全生产制度", COMMUNITIES, EveryWorkingDays(10), **WORK)
WATCH = Duty(
    "duties.watch", "社区值班", "每天值班，同时在岗不少于2人", "值班制度", COMMUNITIES, Rota(least=2), **WORK
)  # fmt: skip
SAMPLE_DUTIES = (JOINT_OFFICE, SUMMARY, ROUND, WATCH)


@action("duties.do")
def done_before(*, by: Actor, on: date, keys: Sequence[str]) -> int:
    """A demo of a late day: what such an office did of these duties in the year before this month; how many times.

    A duty that began within the year keeps its history as its own samples tell it. A year of days is written as the end of a day
    writes it (actions.rotas), and not day by day: that would take longer than all of the demo.
    """
    made = 0
    for key in keys:
        duty = duty_on(key, on)
        if duty.since > on - timedelta(days=BACK):
            continue
        owed = Occurrence.objects.filter(duty=key, state=TaskState.OWED, last__lt=on.replace(day=1))
        words = {"state": TaskState.DONE.value, "minutes": duty.least_minutes or None, "note": "按期办理"}
        made += owed.update(done_on=F("last"), entered_on=F("last"), **words)
    about("duties.occurrence", "", area=by.area, made=made)
    return made
