"""The door to every write: right, area, transaction, trail, and one effect for one key."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction

from linli.base.areas import WHOLE, scope_of
from linli.kernel.access.actions import about, action, attempt, once, record_refusal, scoped, seal_audit
from linli.kernel.access.models import AuditLine, RequestKey, Staff
from linli.kernel.access.queries import permissions, unsealed_lines, verify_audit
from linli.kernel.access.rules import Forbidden, NoScope, Permission, Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.ui.forms import Confirm

DAY = date(2010, 12, 1)


@pytest.fixture
def worker(db):
    return make_staff()


def test_a_query_without_an_area_raises_instead_of_answering_nothing(db):
    with pytest.raises(NoScope):
        list(AuditLine.objects.all())


def test_the_database_itself_answers_nothing_without_an_area(worker):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from access_auditline")
        assert cursor.fetchone() == (0,)


def test_a_worker_sees_the_lines_of_the_own_area_only(worker):
    other = make_staff("qian", "钱社工", area="370404002001")
    for actor in (worker, other):
        record_refusal(by=actor, verb="test.try", why="试")
    with scoped(worker):
        assert {line.staff_id for line in AuditLine.objects.filter(verb="test.try")} == {worker.staff_id}
    with scoped(scope_of("370404000000")):
        assert AuditLine.objects.filter(verb="test.try").count() == 2


def test_the_former_range_returns_after_a_nested_one(worker):
    with scoped(WHOLE):
        whole = AuditLine.objects.count()
        with scoped(worker):
            assert AuditLine.objects.count() < whole
        assert AuditLine.objects.count() == whole


def test_the_same_range_is_not_set_again(worker, django_assert_num_queries):
    with scoped(worker), django_assert_num_queries(0):  # the savepoint has nothing to keep, and is not sent
        with scoped(worker):
            pass


def test_a_post_without_the_right_is_refused_and_nothing_happens(worker):
    from linli.kernel.access.actions import create_staff

    with pytest.raises(Forbidden, match="社区工作者岗位没有“管理账号与岗位”的权限"):
        create_staff(by=worker, on=DAY, username="x123", name="某", password="Abcdefg-12345")


def test_an_action_takes_keyword_arguments_and_an_actor(worker):
    from linli.kernel.access.actions import create_staff

    with pytest.raises(TypeError):
        create_staff(worker)
    with pytest.raises(TypeError):
        create_staff(on=DAY, username="x", name="x", password="x")


def test_a_line_says_who_did_what_to_which_thing(db):
    system, _ = make_founders()
    make_staff()
    with scoped(WHOLE):
        line = AuditLine.objects.filter(verb="access.manage_staff", kind="access.post").latest("id")
    assert (line.staff_id, line.outcome, line.facts["role"]) == (system.staff_id, "done", "community_worker")


def test_about_outside_of_an_action_is_a_fault(db):
    with pytest.raises(RuntimeError):
        about("a.b", 1)


def test_the_same_key_acts_once_and_gives_the_first_answer(worker):
    done = []

    def act():
        done.append(1)
        return "/there/"

    words = {"by": worker, "key": "k1", "body": "same", "act": act}
    assert once(**words) == once(**words) == "/there/"
    assert len(done) == 1


def test_the_same_key_with_another_body_is_refused(worker):
    once(by=worker, key="k2", body="one", act=lambda: "/1/")
    with pytest.raises(Refused, match="已经提交过"):
        once(by=worker, key="k2", body="two", act=lambda: "/2/")


def test_a_refused_act_leaves_no_key_behind(worker):
    def act():
        raise Refused("不行")

    with pytest.raises(Refused):
        once(by=worker, key="k3", body="b", act=act)
    assert not RequestKey.objects.filter(key="k3").exists()


def test_ten_clicks_at_once_have_one_effect(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        worker = make_staff()
        effects = []

        def click(number):
            return once(by=worker, key="race", body="b", act=lambda: effects.append(number) or "/ok/")

        answers = at_once(click, times=10)
    assert answers == ["/ok/"] * 10
    assert len(effects) == 1


def test_every_permission_of_the_manifests_is_well_formed(db):
    assert permissions()["access.grant_post"].roles
    with pytest.raises(ValueError):
        Permission("nodot", "无", frozenset({Role.LEADER}))


def test_an_action_of_an_unknown_permission_is_a_fault(worker):
    @action("access.nonsense")
    def nonsense(*, by):
        pass

    with pytest.raises(LookupError):
        nonsense(by=worker)


def test_the_sealed_chain_is_whole_until_somebody_changes_a_line(fresh_database, django_db_blocker, settings):
    with django_db_blocker.unblock():
        make_staff()
        with scoped(WHOLE):
            assert seal_audit() >= 3
            assert seal_audit() == 0
            found = verify_audit(settings.SEAL_KEY)
            assert found.whole and found.unsealed == 0 and found.sealed >= 3
            head = (found.sealed, found.head)
        with connections["owner"].cursor() as cursor:
            cursor.execute("update access_auditline set verb = 'harmless' where id = (select min(id) + 1 from access_auditline)")
        with scoped(WHOLE):
            assert "与封印不符" in verify_audit(settings.SEAL_KEY).faults[0]
        with connections["owner"].cursor() as cursor:
            cursor.execute("delete from access_auditseal where number = %s", [head[0]])
        with scoped(WHOLE):
            faults = verify_audit(settings.SEAL_KEY, head).faults
        assert any("尾部被截断" in fault for fault in faults)


def test_a_line_is_sealed_while_an_older_transaction_runs_on_and_that_ones_line_is_sealed_when_it_ends(
    fresh_database, django_db_blocker, settings
):
    with django_db_blocker.unblock():
        worker = make_staff()
        slow = connections["owner"]
        with scoped(WHOLE):
            seal_audit()
        with transaction.atomic(using="owner"):
            with slow.cursor() as cursor:
                cursor.execute(
                    "insert into access_auditline (role, verb, outcome, kind, subject, purpose, facts, request, address, area) "
                    "values ('', 'test.slow', 'done', '', '', '', '{}', '', '', %s)", [worker.area]
                )  # fmt: skip
            record_refusal(by=worker, verb="test.quick", why="试")
            with scoped(WHOLE):
                assert seal_audit() == 1
                assert unsealed_lines().count() == 0
        with scoped(WHOLE):
            assert [line.verb for line in unsealed_lines()] == ["test.slow"]
            assert (seal_audit(), seal_audit()) == (1, 0)
            assert verify_audit(settings.SEAL_KEY).whole


def test_the_application_cannot_change_or_erase_a_line(worker):
    from django.db.utils import ProgrammingError

    record_refusal(by=worker, verb="test.try", why="试")
    for statement in ("update access_auditline set verb = 'x'", "delete from access_auditline", "truncate access_auditline"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), scoped(WHOLE):
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_who_was_overtaken_is_told_and_nothing_is_half_done(worker):
    """What an action could not know before it wrote is a word on the form; every other broken constraint stays a fault."""
    known = Staff.objects.get(pk=worker.staff_id)

    def enter(**words):
        def act() -> str:
            Staff.objects.create(username="half", password="!")
            Staff.objects.create(password="!", **words)
            return "/"

        return act

    form = Confirm({"_key": "k1"})
    assert form.is_valid() and attempt(by=worker, form=form, act=enter(username=known.username)) is None
    assert [said for _, said in form.faults] == ["刚才已有其他人办理了这一项，请刷新后再看。"]
    assert not Staff.objects.filter(username="half").exists()
    with scoped(WHOLE):
        assert not RequestKey.objects.filter(key="k1").exists()
        assert AuditLine.objects.filter(outcome="refused").exists()
    form = Confirm({"_key": "k2"})
    with pytest.raises(IntegrityError):
        attempt(by=worker, form=form, act=enter(username="other", name=None))
