"""Designating hospitals, settling a bill at once, taking it back, and paying the hospital by statement."""

from __future__ import annotations

from datetime import date

from django.db import DatabaseError, IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.medical.models import Bill, Hospital, Statement
from linli.domains.medical.queries import Year, hospital, hospitals, judge, patient_of, source_of, unpaid, year_here
from linli.domains.medical.rules import GROUP, GROUP_ZH, Illness, Sums, Way
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions import open_purpose, order_payment
from linli.kernel.registry.queries import household_of, organisation_by_id, person_by_id

LOOK_BACK = "medical.look_back"
ABOVE_LIMIT = "MA001"


@action("medical.designate")
def designate(*, by: Actor, on: date, organisation_id: int, agreement: str, since: date) -> Hospital:
    """An agreement with a hospital that settles at once.

    :raises Refused: no hospital of the register, or it is designated already.
    """
    place = organisation_by_id(organisation_id)
    if place is None or place.kind != "hospital":
        raise Refused("请选择单位登记中的医院。", field="organisation")
    try:
        with transaction.atomic():
            made = Hospital.objects.create(
                organisation=place, name=place.name, agreement=tidy(agreement), since=since, area=by.area
            )
    except IntegrityError as fault:
        raise Refused(f"{place.name}已经是定点医院。", field="organisation") from fault
    about("medical.hospital", made.pk, area=made.area)
    return made


@action("medical.designate")
def end_designation(*, by: Actor, on: date, hospital: Hospital) -> Hospital:
    """The agreement ends today; what was settled until then is still paid."""
    if not Hospital.objects.filter(pk=hospital.pk, until=None).update(until=on):
        raise Stale("这家医院的协议已经终止。")
    about("medical.hospital", hospital.pk, area=hospital.area)
    hospital.refresh_from_db()
    return hospital


@action(LOOK_BACK)
def look_back(*, by: Actor, on: date, person_id: int, year: int) -> Year:
    """What the person bore and got in the year, anywhere in the district: two sums and nothing else."""
    with reach_district(by, LOOK_BACK):
        person = person_by_id(person_id)
        found = year_here([person], year) if person else Year()
    about("registry.person", person_id)
    return found


@action("medical.settle")
def settle(
    *, by: Actor, on: date, person_id: int, hospital_id: int, invoice: str, way: Way, illness: Illness, left_on: date,
    cost: int, covered: int, basic: int, serious: int,
) -> Bill:  # fmt: skip
    """Settle a bill when the patient leaves: the aid is computed by the law of that day, and the patient pays the rest only.

    :raises Refused: somebody for whom medical assistance is not, a hospital without agreement, days or sums that cannot be, or
        a paper that was settled already.
    """
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不在本辖区。", field="person")
    if left_on > on or (person.died_on and left_on > person.died_on):
        raise Refused("出院或就诊日期不能晚于今天，也不能晚于死亡日期。", field="left_on")
    if not hospitals(left_on).filter(pk=hospital_id).exists():
        raise Refused(f"{left_on}没有与这家医院的定点协议，不能即时结算。", field="hospital")
    sums = Sums(cost, covered, basic, serious)
    if faults := sums.faults:
        raise Refused("".join(words for _, words in faults), field=faults[0][0])
    patient = patient_of(person, left_on)
    if patient is None:
        said = f"{person.name}在{left_on}没有可以享受医疗救助的身份认定。家庭困难的，可以申请临时救助。"
        raise Refused(said, field="person")
    year = look_back(by=by, on=on, person_id=person.pk, year=left_on.year)
    outcome, most = judge(person.area, patient, sums, year, left_on)
    home = household_of(person, on)
    row = Bill(
        person=person, name=person.name, sort_key=person.sort_key, household=home, hospital=hospital(hospital_id),
        invoice=tidy(invoice), way=way, illness=illness, left_on=left_on, cost=cost, covered=covered,
        basic=basic, serious=serious, patient=patient, aid=outcome.amount, most=most, outcome=outcome.to_json(),
        settled_on=on, settled_by_id=by.own_hand, area=person.area,
    )  # fmt: skip
    _store(row)
    about("medical.bill", row.pk, area=row.area, aid=row.aid)
    return row


def _store(row: Bill) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise Refused("这张结算单已经结算过，请核对医院和单号。", field="invoice") from fault
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != ABOVE_LIMIT:
            raise
        raise Stale("刚才有另一笔结算，今年的救助限额余额已变，请再试一次。") from fault


@action("medical.settle")
def cancel_bill(*, by: Actor, on: date, bill: Bill, why: str) -> Bill:
    """A bill was wrong: it is taken back before the hospital is paid; the paper can be settled again.

    :raises Refused: no reason, or it stands in a statement.
    """
    if not why.strip():
        raise Refused("请写明撤销的原因。", field="why")
    changed = Bill.objects.filter(pk=bill.pk, state="settled", statement=None).update(
        state="cancelled", cancelled_on=on, cancelled_why=tidy(why)[:200]
    )
    if not changed:
        raise Refused("这笔结算已列入医院结算单或已撤销，不能再撤销。")
    about("medical.bill", bill.pk, area=bill.area)
    bill.refresh_from_db()
    return bill


@action("medical.state")
def state_bills(*, by: Actor, on: date, hospital: Hospital, until: date) -> Statement:
    """What the hospital laid out for bills until this day becomes one statement, each bill once.

    :raises Refused: the day is to come, nothing is owed, or one of the bills was settled by the same hand.
    """
    if until > on:
        raise Refused("结算截止日不能晚于今天，请修改。", field="until")
    rows = list(unpaid(until).filter(hospital=hospital).select_for_update())
    if not rows:
        raise Refused("这家医院没有等待结算的救助款。")
    by.apart_from(*(row.settled_by_id for row in rows), said="其中有本人办理的结算，应当由另一人核定。")
    made = Statement.objects.create(
        hospital=hospital, last=until, bills=len(rows), amount=sum(row.aid for row in rows), made_on=on, made_by_id=by.own_hand,
        area=by.area,
    )  # fmt: skip
    if Bill.objects.filter(pk__in=[row.pk for row in rows], statement=None, state="settled").update(statement=made) != len(rows):
        raise Stale
    about("medical.statement", made.pk, area=made.area, bills=made.bills, amount=made.amount)
    return made


@action("medical.order")
def pay_statement(*, by: Actor, on: date, statement: Statement, fund_id: int) -> Statement:
    """The payment order to the hospital, from a fund of the books.

    :raises Refused: the fund has too little or is for other purposes.
    :raises Stale: the order was made already.
    """
    if not Statement.objects.filter(pk=statement.pk, ordered_on=None).update(ordered_on=on):
        raise Stale("这张结算单已经开过付款单，无需再次办理。")
    open_purpose(by=by, on=on, key=GROUP, name=GROUP_ZH)
    place = statement.hospital
    order_payment(
        by=by, on=on, source=source_of(statement), amount=statement.amount, purpose=GROUP, shares={fund_id: statement.amount},
        payee=place.name, area=statement.area, organisation=place.organisation_id, memo=f"{GROUP_ZH}结算 {statement.last}",
    )  # fmt: skip
    about("medical.statement", statement.pk, area=statement.area, amount=statement.amount)
    statement.refresh_from_db()
    return statement
