"""The second factor: set up, used once each, lost and reset by two people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django_otp.oath import hotp

from linli.base.areas import WHOLE
from linli.base.crypto import BadSeal
from linli.base.days import SHANGHAI
from linli.kernel.access import actions, queries
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, FactorReset, RecoveryCode, SecondFactor, Staff
from linli.kernel.access.queries.factors import secret_of
from linli.kernel.access.rules import FactorMode, Forbidden, Refused, Role, Stale
from linli.kernel.access.rules.sign_in import FACTOR_ROLES, needs_factor, read_code
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_founders, make_staff

DAY = date(2010, 12, 20)
NOON = datetime(2026, 3, 2, 12, 0, 10, tzinfo=SHANGHAI)
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def business_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def founders(db):
    return make_founders()


@pytest.fixture
def checker(founders):
    return make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, founders=founders)


def code_at(secret: bytes, at: datetime) -> str:
    return f"{hotp(secret, int(at.timestamp()) // 30):06d}"


def enrol(actor, at: datetime = NOON) -> tuple[Staff, bytes, list[str]]:
    """The account with a second factor, its secret and its recovery codes; the codes of ``at`` and before are spent."""
    staff = Staff.objects.get(pk=actor.staff_id)
    begun = actions.begin_factor(by=actor, on=DAY, at=at, staff=staff)
    secret = secret_of(begun)
    codes = actions.confirm_factor(by=actor, on=DAY, at=at, staff=staff, code=code_at(secret, at), password=PASSWORD)
    return staff, secret, codes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("123456", "123456"), (" 123 456 ", "123456"), ("１２３４５６", "123456"), ("000000", "000000"),
        ("abcde-fghjk", "ABCDEFGHJK"), ("ABCDEFGHJK", "ABCDEFGHJK"), ("ABCDE-FGHJ0", ""),
        ("12345", ""), ("1234567", ""), ("12345a", ""), ("", ""), ("١٢٣٤٥٦", ""),
    ],
)  # fmt: skip
def test_codes_are_read_as_people_type_them(typed, read):
    assert read_code(typed) == read


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MACHINE])
def test_who_administers_moves_or_decides_on_money_needs_two_factors(role):
    demanded = {one.value for one in FACTOR_ROLES}
    administrators, money = {"system_admin", "security_admin", "audit_admin"}, {"finance_maker", "finance_checker"}
    expected = role.value in administrators | money | {"district_approver"}
    assert needs_factor([role.value], demanded, FactorMode.REQUIRED) == expected
    assert needs_factor(["leader", role.value], demanded, FactorMode.REQUIRED) == expected
    assert not needs_factor([role.value], demanded, FactorMode.OFFERED)


@pytest.mark.parametrize(("steps", "taken"), [(-3, False), (-2, False), (-1, True), (0, True), (1, True), (2, False), (3, False)])
def test_a_clock_may_be_off_by_one_step(checker, steps, taken):
    staff, secret, _ = enrol(checker)
    at = NOON + 10 * STEP
    assert bool(actions.use_factor(staff=staff, code=code_at(secret, at + steps * STEP), at=at)) == taken


def test_a_code_is_taken_once_and_no_older_one_after_it(checker):
    staff, secret, _ = enrol(checker)
    at = NOON + 10 * STEP
    assert actions.use_factor(staff=staff, code=code_at(secret, at), at=at) == "totp"
    assert actions.use_factor(staff=staff, code=code_at(secret, at), at=at) == ""
    assert actions.use_factor(staff=staff, code=code_at(secret, at - STEP), at=at) == ""
    assert actions.use_factor(staff=staff, code=code_at(secret, at + STEP), at=at + STEP) == "totp"


def test_the_code_that_set_the_factor_up_does_not_sign_in(checker):
    staff, secret, _ = enrol(checker)
    assert actions.use_factor(staff=staff, code=code_at(secret, NOON), at=NOON) == ""


def test_of_two_requests_with_one_code_one_comes_in(fresh_database, at_once, django_db_blocker):
    with django_db_blocker.unblock():
        actor = make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, founders=make_founders())
        staff, secret, codes = enrol(actor)
        at = NOON + 10 * STEP
        answers = at_once(lambda n: actions.use_factor(staff=staff, code=code_at(secret, at), at=at), times=8)
        assert sorted(answers) == [""] * 7 + ["totp"]
        answers = at_once(lambda n: actions.use_factor(staff=staff, code=codes[0], at=at), times=8)
        assert sorted(answers) == [""] * 7 + ["recovery"]


def test_a_recovery_code_opens_once(checker):
    staff, _, codes = enrol(checker)
    assert len(set(codes)) == 10
    assert actions.use_factor(staff=staff, code=codes[3].lower(), at=NOON) == "recovery"
    assert actions.use_factor(staff=staff, code=codes[3], at=NOON) == ""
    assert queries.codes_left(queries.factor_of(staff)) == 9


def test_new_recovery_codes_end_the_old_ones_and_ask_for_a_fresh_code(checker):
    staff, secret, old = enrol(checker)
    at = NOON + 5 * STEP
    with pytest.raises(Refused, match="动态口令不对"):
        actions.renew_recovery_codes(by=checker, on=DAY, at=at, staff=staff, code="000000")
    new = actions.renew_recovery_codes(by=checker, on=DAY, at=at, staff=staff, code=code_at(secret, at))
    assert actions.use_factor(staff=staff, code=old[0], at=at) == ""
    assert actions.use_factor(staff=staff, code=new[0], at=at) == "recovery"


def test_a_colleagues_code_does_not_open(checker, founders):
    staff, _, _ = enrol(checker)
    other = make_staff("wu", "吴经办", Role.FINANCE_MAKER, DISTRICT, founders=founders)
    _, secret, codes = enrol(other)
    at = NOON + 10 * STEP
    assert actions.use_factor(staff=staff, code=code_at(secret, at), at=at) == ""
    assert actions.use_factor(staff=staff, code=codes[0], at=at) == ""


def test_the_secret_is_sealed_for_its_account_and_codes_are_hashes(checker, founders):
    staff, secret, codes = enrol(checker)
    row = SecondFactor.objects.get(staff=staff, ended_at=None)
    assert secret not in bytes(row.secret)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, ' ') from access_recoverycode t")
        assert codes[0].replace("-", "") not in cursor.fetchone()[0]
    other = Staff.objects.get(pk=founders[0].staff_id)
    SecondFactor.objects.filter(pk=row.pk).update(staff=other)
    with pytest.raises(BadSeal):
        secret_of(SecondFactor.objects.get(pk=row.pk))


def test_a_changed_byte_of_the_secret_opens_nothing(checker):
    staff, secret, _ = enrol(checker)
    row = SecondFactor.objects.get(staff=staff, ended_at=None)
    bent = bytearray(row.secret)
    bent[-1] ^= 1
    SecondFactor.objects.filter(pk=row.pk).update(secret=bytes(bent))
    with pytest.raises(BadSeal):
        actions.use_factor(staff=staff, code=code_at(secret, NOON + STEP), at=NOON + STEP)


def test_setting_up_asks_for_the_password_a_right_code_and_is_done_in_time(checker):
    staff = Staff.objects.get(pk=checker.staff_id)
    begun = actions.begin_factor(by=checker, on=DAY, at=NOON, staff=staff)
    words = {"by": checker, "on": DAY, "staff": staff}
    right = code_at(secret_of(begun), NOON)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for code, password, at, said in (
        (right, "wrong", NOON, "密码不对"), (wrong, PASSWORD, NOON, "动态口令不对"),
        (right, PASSWORD, NOON + 31 * STEP, "时间已过"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            actions.confirm_factor(at=at, code=code, password=password, **words)
    assert queries.factor_of(staff) is None and not RecoveryCode.objects.exists()


def test_another_telephone_replaces_the_first(checker):
    staff, first, _ = enrol(checker)
    _, second, _ = enrol(checker, NOON + 10 * STEP)
    at = NOON + 20 * STEP
    assert actions.use_factor(staff=staff, code=code_at(first, at), at=at) == ""
    assert actions.use_factor(staff=staff, code=code_at(second, at), at=at) == "totp"
    assert SecondFactor.objects.filter(staff=staff, ended_at=None).count() == 1


def test_nobody_sets_up_or_renews_for_somebody_else(checker, founders):
    staff, secret, _ = enrol(checker)
    for act in (actions.begin_factor, actions.renew_recovery_codes):
        words = {} if act is actions.begin_factor else {"code": code_at(secret, NOON + STEP)}
        with pytest.raises(Refused, match="只能设置本人"):
            act(by=founders[0], on=DAY, at=NOON + STEP, staff=staff, **words)


def test_a_lost_factor_is_reset_by_two_administrators(checker, founders):
    staff, _, codes = enrol(checker)
    system, security = founders
    reset = actions.ask_factor_reset(by=system, on=DAY, at=NOON, staff=staff, why="手机丢失")
    assert queries.factor_of(staff) is not None
    before = Staff.objects.get(pk=staff.pk).get_session_auth_hash()
    actions.grant_factor_reset(by=security, on=DAY, at=NOON, reset=reset)
    assert queries.factor_of(staff) is None
    assert actions.use_factor(staff=staff, code=codes[0], at=NOON) == ""
    assert Staff.objects.get(pk=staff.pk).get_session_auth_hash() != before
    with pytest.raises(Stale):
        actions.grant_factor_reset(by=security, on=DAY, at=NOON, reset=reset)
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(kind="access.factor_reset").order_by("id")
        assert [(line.staff_id, line.verb) for line in lines] == [
            (system.staff_id, "access.ask_factor_reset"), (security.staff_id, "access.grant_factor_reset"),
        ]  # fmt: skip
        assert lines[0].purpose == "手机丢失" and all(line.facts["staff"] == staff.pk for line in lines)


def test_no_administrator_resets_the_own_factor_and_none_alone(checker, founders):
    system, security = founders
    for actor in founders:
        enrol(actor)
    with pytest.raises(Refused, match="不能重置本人"):
        actions.ask_factor_reset(by=system, on=DAY, at=NOON, staff=Staff.objects.get(username="sys"), why="x")
    own = actions.ask_factor_reset(by=system, on=DAY, at=NOON, staff=Staff.objects.get(username="sec"), why="x")
    with pytest.raises(Refused, match="须由另一人确认"):
        actions.grant_factor_reset(by=security, on=DAY, at=NOON, reset=own)
    with pytest.raises(Forbidden):
        actions.grant_factor_reset(by=system, on=DAY, at=NOON, reset=own)
    with pytest.raises(Forbidden):
        actions.ask_factor_reset(by=security, on=DAY, at=NOON, staff=Staff.objects.get(username="sys"), why="x")
    with pytest.raises(Forbidden):
        actions.ask_factor_reset(by=checker, on=DAY, at=NOON, staff=Staff.objects.get(username="sys"), why="x")


@pytest.mark.parametrize("who", ["asker", "subject"])
def test_the_database_itself_knows_the_second_person(checker, founders, who):
    staff, _, _ = enrol(checker)
    reset = actions.ask_factor_reset(by=founders[0], on=DAY, at=NOON, staff=staff, why="x")
    granter = founders[0].staff_id if who == "asker" else staff.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(granted_by=granter)


def test_a_request_is_taken_back_and_asked_again(checker, founders):
    staff, _, _ = enrol(checker)
    words = {"by": founders[0], "on": DAY, "at": NOON}
    reset = actions.ask_factor_reset(staff=staff, why="找不到手机", **words)
    with pytest.raises(Refused, match="无需再提"):
        actions.ask_factor_reset(staff=staff, why="x", **words)
    actions.drop_factor_reset(reset=reset, **words)
    with pytest.raises(Stale):
        actions.grant_factor_reset(by=founders[1], on=DAY, at=NOON, reset=reset)
    assert actions.ask_factor_reset(staff=staff, why="真的丢了", **words).pk != reset.pk
