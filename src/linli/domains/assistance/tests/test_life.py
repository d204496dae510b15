"""Random lives of a family on assistance, through the actions of every post, by the law of 2010 and of 2025–26.

By day a few short lives; the nightly lane lives many and long ones. Whatever was tried, the office's promises hold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from linli.base.areas import WHOLE, Level
from linli.domains.assistance import actions
from linli.domains.assistance.models import Application
from linli.domains.assistance.rules import SCHEMES, Source, VisitKind
from linli.domains.assistance.samples import (
    COMMUNITY,
    appraise,
    give_consents,
    make_family,
    make_family_with_son,
    make_office,
    post,
    visit,
)
from linli.domains.assistance.tests import promises
from linli.domains.assistance.tests.life import Cash, Refusal, answer_objection, latest, object_to, open_case_of, platform, window
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.cases import actions as cases
from linli.kernel.cases.rules import Received
from linli.kernel.entitlements import actions as entitlements
from linli.kernel.entitlements.rules import Basis, Ground, later, month_of
from linli.kernel.entitlements.samples import make_why
from linli.kernel.registry import actions as registry
from linli.kernel.registry.models import Person
from linli.law import Item, Zone

DAYS = (date(2010, 12, 1), date(2025, 11, 3))
"""Before everything, by the district's own order; and by 57号 shortly before a new standard and 社会救助法."""
WHO = st.sampled_from(["first", "first", "second", "son"])
"""``son``: the grown son of the first family, who lives with it and does not count in it."""
POST = st.sampled_from(["worker", "reviewer", "approver"])
FOUND = st.sampled_from(["", "", "business", "vehicle"])
INCOME = st.sampled_from([0, 150_000, 360_000, 1_200_000, 2_900_000, 6_000_000])

OF_ONE = {"go_on", "papers", "send_back", "go_there", "end", "withdraw", "appeal", "is_too_rich"}
OPENINGS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "applied": (),
    "a son applies": (("go_on",), ("son_follows",)),
    "a son applies twice": (("go_on",), ("son_follows",), ("son_returns",)),
    "helped": (("go_on",),),
    "paid": (("go_on",), ("month", Basis.RECKONED, 0)),
    "papers missing": (("papers", True), ("go_on",)),
    "found and taken": (("go_on", "vehicle", True),),
    "found and disputed": (("go_on", "business", False),),
    "objected to": (("go_on", "", True, False),),
    "rightly objected to": (("go_on", "", True, True),),
    "sent back": (("go_there", VisitKind.HOME, True), ("go_on", "", True, None, 1), ("send_back", "check"), ("go_on",)),
    "withdrawn and taken up again": (("withdraw", "worker"), ("appeal", "survey")),
    "too rich": (("is_too_rich", 6_000_000),),
    "paid too long": (("go_on",), ("month", Basis.STANDING, 0, 1), ("end", "wish"), ("take_back",)),
    "paid by a new standard": (("go_on",), ("time_goes_by", 40), ("time_goes_by", 40), ("month", Basis.RECKONED, 0)),
}  # fmt: skip
"""How a life begins: acts in their order, of the first family or of all."""


class Life(RuleBasedStateMachine):
    office: ClassVar[Any]
    cash: ClassVar[Cash]
    neighbours: ClassVar[Any]
    reached: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.day, self.heads, self.lines = DAYS[0], {}, []

    def teardown(self) -> None:
        promises.books_agree()
        transaction.savepoint_rollback(self.savepoint)

    @initialize(day=st.sampled_from(DAYS), opening=st.sampled_from(sorted(OPENINGS)))
    def begin(self, day, opening):
        """Two families; the first has applied, and what is rare by chance has happened to it or not."""
        self.day = day
        self.heads = {"first": make_family_with_son(self.office), "second": make_family(self.office, ("王二", "赵三"))}
        with scoped(WHOLE):
            self.heads["son"] = Person.objects.get(memberships__household__head=self.heads["first"], name="李建军")
        for head in self.heads.values():
            self.cash.account(self.office, head)
        self.apply("first", False)
        for name, *words in OPENINGS[opening]:
            getattr(self, name)("first", *words) if name in OF_ONE else getattr(self, name)(*words)

    def attempt(self, name, act, *args, **words) -> Any:
        """Do it as the office would; a refusal is an answer, and leaves nothing behind."""
        try:
            with transaction.atomic():
                made = act(*args, **words)
        except Refusal as fault:
            self.refused[f"{name}：{str(fault)[:24]}"] += 1
            return None
        self.reached[name] += 1
        return made if made is not None else True

    def one(self, who) -> Application | None:
        return latest(self.heads[who])

    def by(self, post="worker", one=None):
        """Who holds the post; of two communities the worker of that in which the application lies."""
        return getattr(self.office if one is None or one.area == COMMUNITY else self.neighbours, post)

    def office_of(self, one):
        return self.office if one.area == COMMUNITY else self.neighbours

    @rule(who=WHO, alone=st.booleans())
    def apply(self, who, alone):
        words = {"person_id": self.heads[who].pk, "zone": Zone.URBAN, "alone": alone and who == "second"}
        with scoped(WHOLE):
            lives = Person.objects.get(pk=self.heads[who].pk)
        if self.attempt("apply", actions.apply, by=self.by(one=lives), on=self.day, **words):
            self.declare(who, 360_000)

    @rule()
    def son_follows(self):
        """The grown son applies beside his parents, and is carried along the whole way."""
        self.apply("son", False)
        self.go_on("son")
        one = self.one("son")
        self.reached["son helped"] += bool(one and one.state == "granted" and one.person_id == self.heads["son"].pk)

    @rule()
    def son_returns(self):
        """He wants no help any more, and applies again on the same day."""
        self.end("son", "wish")
        self.son_follows()

    @rule(who=WHO, amount=INCOME)
    def declare(self, who, amount):
        """Income of the window; what was stated before is struck."""
        one = self.one(who)
        if one is None:
            return
        with scoped(WHOLE):
            lines = list(one.lines.filter(struck_on=None))
        for line in lines:
            self.attempt("strike", actions.strike_line, by=self.by(one=one), on=self.day, line=line, why="换成新的")
        if amount:
            words = {"person": one.person_id, "kind": Item.CASUAL_WORK, "amount": amount, "source": Source.DECLARED}
            words |= {"by": self.by(one=one), "on": self.day, "application": one, **window(one)}
            self.attempt("income", actions.add_line, **words)

    @rule(who=WHO, kind=st.sampled_from(list(VisitKind)), done=st.booleans())
    def go_there(self, who, kind, done):
        if one := self.one(who):
            by = self.by("approver" if kind is VisitKind.COUNTY else "worker", one)
            self.attempt(f"visit {kind.value}", visit, by, one, self.day, kind=kind, done=done)

    @rule(who=WHO, agreed=st.sampled_from([3, 16]))
    def neighbours_meet(self, who, agreed):
        if one := self.one(who):
            self.attempt("appraisal", appraise, self.office_of(one), one, self.day, agreed=agreed, against=17 - agreed)

    @rule(who=WHO, found=FOUND, take=st.booleans())
    def check(self, who, found, take):
        """The economic check: asked, answered; what it found is taken, or disputed and checked again."""
        if (one := self.one(who)) is None:
            return
        with actions.answering(platform(one, found, self.day, window(one))):
            asked = self.attempt("ask", actions.ask_check, by=self.by("reviewer"), on=self.day, application=one)
            if not asked:
                return
            asked = actions.fetch_check(by=self.by("reviewer"), on=self.day, inquiry=asked)
        with scoped(WHOLE):
            answers = list(asked.answers.filter(state="new"))
        for answer in answers:
            words = {"on": self.day, "answer": answer}
            if take:
                self.attempt("taken", actions.take_answer, by=self.by("reviewer"), **words)
            elif self.attempt("disputed", actions.dispute_answer, by=self.by(one=one), said="已处理。", **words):
                self.attempt("corrected", actions.correct_answer, by=self.by("reviewer"), settled="证明属实。", **words)

    @rule(who=WHO, brings=st.booleans())
    def papers(self, who, brings):
        """A missing paper is told; the clock stands still until it comes."""
        case = open_case_of(self.one(who))
        if case is None:
            return
        words = {"by": self.holder(case), "on": self.day, "case": case, "papers": ["income"]}
        if self.attempt("papers asked", cases.ask_papers, **words) and brings:
            self.papers_come(who)

    @rule(who=WHO)
    def papers_come(self, who):
        if case := open_case_of(self.one(who)):
            words = {"case": case, "papers": [Received("income")]}
            self.attempt("papers received", cases.receive_papers, by=self.holder(case), on=self.day, **words)

    def holder(self, case):
        level = SCHEMES[case.flow].flow.step(case.step).level
        return self.by({Level.COMMUNITY: "worker", Level.TOWN: "reviewer"}.get(level, "approver"), case)

    @rule(who=WHO, to=st.sampled_from(["", "", "notice", "approval"]))
    def pass_on(self, who, to):
        if case := open_case_of(self.one(who)):
            self.attempt("pass", cases.pass_step, by=self.holder(case), on=self.day, case=case, opinion="同意。", to=to)

    @rule(who=WHO, to=st.sampled_from(["check", "survey"]))
    def send_back(self, who, to):
        if case := open_case_of(self.one(who)):
            words = {"case": case, "to": to, "reason": "unclear", "opinion": "请补充调查。"}
            self.attempt("return", cases.return_case, by=self.holder(case), on=self.day, **words)

    @rule(who=WHO)
    def refuse(self, who):
        if case := open_case_of(self.one(who)):
            words = {"case": case, "reason": "not_qualified", "opinion": "不符合。"}
            self.attempt("refuse", cases.refuse, by=self.holder(case), on=self.day, **words)

    @rule(who=WHO, by=POST)
    def withdraw(self, who, by):
        if case := open_case_of(self.one(who)):
            self.attempt("withdraw", cases.withdraw, by=self.by(by, case), on=self.day, case=case, opinion="本人撤回。")

    @rule(who=WHO, to=st.sampled_from(["survey", "approval"]))
    def appeal(self, who, to):
        """After a refusal (or a withdrawal) the family complains, and the case is taken up again."""
        one = self.one(who)
        if one and one.case.state == "closed":
            words = {"case": one.case, "to": to, "opinion": "复议后重新办理。"}
            self.attempt("reopen", cases.reopen, by=self.by("approver"), on=self.day, **words)

    @rule(who=WHO, upheld=st.sampled_from([None, False, True]))
    def posted(self, who, upheld):
        """The family is posted at the step that wants it; a neighbour may object, rightly or not."""
        case = open_case_of(self.one(who))
        if case is None or case.step not in SCHEMES[case.flow].posts:
            return
        by = self.holder(case)
        until = self.attempt("post", post, self.office_of(self.one(who)), self.one(who), case.step, self.day, by)
        if not until:
            return
        if upheld is not None:
            notice = object_to(self.one(who), by, self.day + timedelta(days=1))
            self.day += timedelta(days=2)
            answer_objection(notice, by, self.day, upheld)
            self.reached["objection upheld" if upheld else "objection"] += 1
        self.day = max(self.day, until)

    @rule(who=WHO)
    def go_on(self, who, found="", take=True, upheld=None, most=6):
        """A good officer: whatever the present step wants is done, and the case is passed on as far as it goes."""
        for _ in range(most):
            case = open_case_of(self.one(who))
            if case is None:
                return
            number, step = case.events, case.step
            one = self.one(who)
            self.attempt("consent", give_consents, self.office_of(one), one, self.day)
            self.go_there(who, VisitKind.HOME, True)
            if one.former_id or one.case.flow == "assistance.verify":
                self.go_there(who, VisitKind.STATEMENT, True)
            if step == "check" and case.flow == "assistance.aid2010":
                self.neighbours_meet(who, 16)
            if step == "survey" and case.flow != "assistance.aid2010":
                self.check(who, found, take)
            if step in SCHEMES[case.flow].posts:
                self.posted(who, upheld)
            if step == "approval":
                self.go_there(who, VisitKind.COUNTY, True)
            self.pass_on(who, "notice" if step == "survey" and SCHEMES[case.flow].posts else "")
            if (after := open_case_of(self.one(who))) and after.events == number:
                self.pass_on(who, "approval")

    @rule(who=WHO, found=FOUND, take=st.booleans(), upheld=st.sampled_from([None, False, True]))
    def go_on_with_doubts(self, who, found, take, upheld):
        """As above, with what the registers find and the neighbours say."""
        self.go_on(who, found, take, upheld)

    @rule(who=WHO, amount=st.sampled_from([2_900_000, 6_000_000]))
    def is_too_rich(self, who, amount):
        """The income turns out too high: the case goes to the district, which refuses it."""
        self.declare(who, amount)
        self.go_on(who)
        self.refuse(who)

    @rule(who=WHO)
    def is_handed_over(self, who):
        """The family has moved to another community: its case follows."""
        if case := open_case_of(self.one(who)):
            to = f"{COMMUNITY[:9]}{'002' if case.area == COMMUNITY else '001'}"
            self.attempt("transfer", cases.transfer, by=self.by("reviewer"), on=self.day, case=case, to=to, opinion="已迁居。")

    @rule(who=WHO)
    def verify(self, who):
        if one := self.one(who):
            self.attempt("verify", actions.open_verification, by=self.by(one=one), on=self.day, application=one, why="定期复核")

    @rule(who=WHO, how=st.sampled_from(["wish", "moved", "died"]))
    def end(self, who, how):
        if one := self.one(who):
            self.attempt("end", actions.end, by=self.by("reviewer"), on=self.day, application=one, how=how, why="本人申请")

    @rule(who=WHO, place=st.integers(0, 2))
    def dies(self, who, place):
        with scoped(WHOLE):
            people = list(Person.objects.filter(memberships__household__head=self.heads[who]).order_by("pk"))
        if place < len(people):
            words = {"person_id": people[place].pk, "day": self.day}
            self.attempt("death", registry.record_death, by=self.by("reviewer"), on=self.day, **words)

    @rule(who=WHO)
    def moves(self, who):
        with scoped(WHOLE):
            home = self.heads[who].memberships.first().household_id
        words = {"household_id": home, "to": f"{COMMUNITY[:9]}002", "address": "幸福路9号"}
        self.attempt("move", registry.move_household, by=self.by("reviewer"), on=self.day, **words)

    @rule(who=WHO, name=st.sampled_from(["suspend", "resume"]), back=st.booleans())
    def hold_back(self, who, name, back):
        for row in promises.running(self.heads[who], self.day):
            words = {"entitlement": row, "since": max(row.since, month_of(self.day)), "why": make_why(Ground.UNREACHABLE)}
            more = {"pay_back": back} if name == "resume" else {}
            self.attempt(name, getattr(entitlements, name), by=self.by("approver"), on=self.day, **words, **more)

    @rule(basis=st.sampled_from([Basis.STANDING, Basis.RECKONED]), failing=st.integers(0, 1), ahead=st.integers(0, 1))
    def month(self, basis, failing, ahead=0):
        """A month from the draft to the bank, this one or the next; afterwards it is the fifth of the next, or still today."""
        run = self.attempt("run", self.cash.pay, self.day, basis, failing, ahead)
        self.reached["raised"] += bool(run and promises.raised(run))
        if not ahead:
            self.day = later(month_of(self.day), 1) + timedelta(days=4)

    @rule()
    def take_back(self):
        """What was paid for months after an end is asked back."""
        self.reached["recovery"] += self.cash.recover(self.by("approver"), self.day)

    @rule(days=st.sampled_from([1, 3, 10, 40]))
    def time_goes_by(self, days):
        self.day += timedelta(days=days)

    @invariant()
    def the_promises_hold(self):
        if self.heads:
            promises.hold(self.day)


def live(examples: int, steps: int) -> None:
    Life.office = make_office()
    founders = make_founders()
    Life.cash = Cash(founders)
    place = f"{COMMUNITY[:9]}002"
    liu = make_staff("liu", "刘社工", Role.COMMUNITY_WORKER, place, on=FIRST_DAY, founders=founders)
    Life.neighbours = replace(Life.office, worker=liu)
    Life.reached.clear()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None,
            suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
        ),
    )  # fmt: skip


def begin_each_way() -> None:
    """Each opening by each law, so that what is rare does not hang on a draw."""
    for day in DAYS:
        for opening in OPENINGS:
            life = Life()
            life.begin(day=day, opening=opening)
            life.the_promises_hold()
            life.teardown()


def test_a_familys_life_keeps_the_offices_promises(db):
    live(4, 9)
    assert Life.reached["apply"] and Life.reached["pass"]


@pytest.mark.nightly
def test_many_long_lives_keep_the_offices_promises(db):
    live(60, 40)
    begin_each_way()
    print("\ndone:", dict(sorted(Life.reached.items())), "\nrefused:", dict(Life.refused.most_common()))
    wanted = {
        "apply", "pass", "refuse", "return", "withdraw", "reopen", "verify", "run", "raised", "suspend", "resume", "death",
        "move", "transfer", "end", "objection", "objection upheld", "papers asked", "papers received", "disputed",
        "corrected", "taken", "recovery", "visit statement",
    }  # fmt: skip
    assert wanted <= {name for name, count in Life.reached.items() if count}
