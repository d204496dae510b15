"""Many at once: every effect happens once, and nothing is lost."""

from __future__ import annotations

from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Role, Stale
from linli.kernel.access.samples import make_staff
from linli.kernel.publicity import actions
from linli.kernel.publicity.models import Inbox, Objection, PublishedItem
from linli.kernel.publicity.samples import make_draft, make_notice
from linli.kernel.publicity.tests.conftest import DAY


def test_a_draft_that_several_publish_at_once_goes_up_once(fresh_database, django_db_blocker, kinds, at_once):
    with django_db_blocker.unblock():
        reviewer = make_staff("liu", "刘审核", Role.TOWN_REVIEWER, "370404001000")
        draft = make_draft(reviewer, DAY)
        answers = at_once(lambda number: actions.publish(by=reviewer, on=DAY, notice=draft), times=6)
        with scoped(reviewer):
            assert PublishedItem.objects.count() == 3
    assert sum(isinstance(answer, Stale) for answer in answers) == 5


def test_messages_are_taken_in_once_while_residents_go_on_sending(fresh_database, django_db_blocker, kinds, at_once):
    with django_db_blocker.unblock():
        reviewer = make_staff("liu", "刘审核", Role.TOWN_REVIEWER, "370404001000")
        shown = make_notice(reviewer, DAY)
        machine = machine_actor("receive_inbox", "370404000000")

        def work(number: int) -> object:
            if number % 3 == 0:
                return actions.receive_inbox(by=machine, on=DAY)
            return actions.send_message(
                on=DAY, key=f"key {number}", body="", address=f"10.0.0.{number}", notice_id=shown.pk, text=f"第{number}件"
            )

        answers = at_once(work, times=24)
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        actions.receive_inbox(by=machine, on=DAY)
        with scoped(reviewer):
            taken = set(Objection.objects.values_list("receipt", flat=True))
            assert not Inbox.objects.exists()
    assert taken == {answer for answer in answers if isinstance(answer, str)} and len(taken) == 16


def test_an_objection_is_answered_by_one_of_two(fresh_database, django_db_blocker, kinds, at_once):
    with django_db_blocker.unblock():
        reviewer = make_staff("liu", "刘审核", Role.TOWN_REVIEWER, "370404001000")
        objection = actions.receive_objection(by=reviewer, on=DAY, notice=make_notice(reviewer, DAY), text="不符合条件。")

        def work(number: int) -> object:
            mine = Objection(pk=objection.pk, kind=objection.kind)
            words = {"by": reviewer, "on": DAY, "objection": mine, "outcome": "核查过。", "upheld": bool(number % 2)}
            return actions.answer_objection(**words)

        answers = at_once(work, times=4)
    assert sum(isinstance(answer, Stale) for answer in answers) == 3
