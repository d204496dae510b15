"""Aid that packages keep in tables of their own is in the record of all aid, with its sum and without its illness."""

from __future__ import annotations

from linli.base.areas import WHOLE
from linli.domains.concession import samples as concession
from linli.domains.medical import samples as medical
from linli.domains.medical.actions import cancel_bill
from linli.kernel.access.actions import scoped
from linli.kernel.deliveries.queries import deliveries, streams


def test_a_settled_bill_is_medical_aid_until_it_is_cancelled(db):
    window = medical.make_window()
    person = medical.make_patient(window)
    bill = medical.make_bill(window, person, medical.make_hospital(window))
    with scoped(WHOLE):
        [row] = deliveries(stream="medical.aid")
        assert (row.person_id, row.amount, row.help, row.layer) == (person.pk, bill.aid, "health", "supplement")
        assert not streams()["medical.aid"].named, "no list over many families names who was ill"
    cancel_bill(by=window.reviewer, on=medical.DAY, bill=bill, why="录入错误")
    with scoped(WHOLE):
        assert not deliveries(stream="medical.aid")


def test_what_a_hospital_took_off_with_the_card_is_aid_of_the_holder(db):
    desk = concession.make_desk()
    person = concession.make_holder(desk)
    visit = concession.make_visit(desk, concession.make_card(desk, person), concession.make_agreement(desk))
    with scoped(WHOLE):
        [row] = deliveries(stream="concession.visits")
        assert (row.person_id, row.amount, row.household_id, row.name) == (person.pk, visit.reduced, None, "赵持卡")
