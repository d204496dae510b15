"""Filling a database with the made-up district: the steps that the packages declare, each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.module_loading import import_string

from linli.base.areas import WHOLE
from linli.kernel.access.actions import about, action, scoped
from linli.kernel.access.models import AuditLine, Staff
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan, DemoStep, Refused, Role
from linli.kernel.access.samples import DISTRICT, one_hash
from linli.kernel.ui.queries import declared_by_key
from linli.site.kept import PEOPLE

VERB = "site.load_demo"


def demo_steps() -> list[DemoStep]:
    """Every step that an installed package declares (``demo_steps``), in the order in which they run."""
    return sorted(declared_by_key("demo_steps", DemoStep).values(), key=lambda step: (step.rank, step.key))


def done_steps() -> dict[str, int]:
    """The steps that this database has already, each with the number of people that was asked for then."""
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(verb=VERB, outcome="done", kind="site.demo")
        return {key: int(facts.get("people", 0)) for key, facts in lines.values_list("subject", "facts")}


def load(
    plan: DemoPlan,
    begin: Callable[[DemoStep, bool], None] = lambda step, needed: None,
    after: Callable[[DemoStep], None] = lambda step: None,
) -> int:
    """Run the steps that this database does not have yet; how many ran.

    ``begin`` hears of each step and whether it is needed, ``after`` of each that was done.

    :raises Refused: the database holds something else, or the demo in another size.
    """
    done = done_steps()
    _check_database(plan, done)
    by, ran = machine_actor("demo", DISTRICT), 0
    with one_hash():
        for step in demo_steps():
            needed = step.key not in done
            begin(step, needed)
            if needed:
                load_step(by=by, on=plan.on, step=step, plan=plan)
                after(step)
                ran += 1
    return ran


@action(VERB)
def load_step(*, by: Actor, on: date, step: DemoStep, plan: DemoPlan) -> None:
    """One step, in one transaction with the line that marks it as done."""
    about("site.demo", step.key, people=plan.people)
    import_string(step.load)(plan)


def _check_database(plan: DemoPlan, done: dict[str, int]) -> None:
    if not done and Staff.objects.exists():
        raise Refused("这个数据库里已有数据，而且不是演示数据，因此没有载入任何内容。请另建一个数据库。")
    sizes = set(done.values())
    if sizes and sizes != {plan.people}:
        kept = "、".join(f"{size:,}" for size in sorted(sizes))
        raise Refused(f"演示数据库已按{kept}人建立。要改成{plan.people:,}人，请加上 --fresh 重新建立。")


def kept_people() -> int:
    """The size of the demo that this database holds; the usual size when there is none."""
    return max(done_steps().values(), default=PEOPLE)


def accounts(on: date) -> list[tuple[Role, str, str, str]]:
    """One account for each role: role, user name, name, area of the post."""
    from linli.kernel.access.models import Post

    posts = Post.objects.filter(since__lte=on).exclude(granted_by=None).select_related("staff").order_by("id")
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.role, post)
    return [(role, first[role].staff.username, first[role].staff.name, first[role].at) for role in Role if role in first]
