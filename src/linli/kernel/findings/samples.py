"""The demo's proactive discovery: the registers are compared, and some of what was found is visited."""

from __future__ import annotations

from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import DemoPlan
from linli.kernel.access.samples import DISTRICT, demo_actor
from linli.kernel.findings.actions import answer_finding, look
from linli.kernel.findings.queries import findings, searches_for
from linli.kernel.findings.rules import Answer

SAID = (
    (Answer.DECLINED, "子女每月给赡养费，本人表示够用，暂不申请，已告知政策和联系电话"),
    (Answer.UNFIT, "儿子在本市有稳定工作，一起生活，家庭收入明显高于标准"),
    (Answer.DECLINED, "与兄长同住，由兄长供养，暂不申请"),
)
NEAR = ("worker1", "worker2", "worker3")


def demo_findings(plan: DemoPlan) -> None:
    """As every night; then the workers of the first towns call on three people each."""
    plan.tell("比对登记情况", 0, 0)
    look(by=machine_actor("findings.look", DISTRICT), on=plan.on)
    for name in NEAR:
        worker = demo_actor(name, plan.on)
        with scoped(worker):
            rows = list(findings(searches_for(worker), state="open", side="missed").order_by("id")[: 2 * len(SAID)])
        for one, (answer, note) in zip(rows[1::2], SAID, strict=False):  # every second one still waits
            answer_finding(by=worker, on=plan.on, finding=one, answer=answer, visited_on=plan.on, note=note)
