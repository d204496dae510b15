"""Keys are changed while the office works: old rows are found meanwhile, and made again one portion after the other."""

from __future__ import annotations

from datetime import date

import pytest

from linli.base.crypto import Keyring, new_keys
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Forbidden, Refused, Renewed
from linli.kernel.registry.actions import add_bank_account, renew_seals
from linli.kernel.registry.models import BankAccount, Person
from linli.kernel.registry.queries import clear_account, clear_number, clear_phone, person_by_number, search
from linli.kernel.registry.samples import make_number, make_person

DAY = date(2010, 12, 20)


def test_old_rows_are_found_and_renewed(worker, settings):
    old = new_keys()
    settings.KEYRING = Keyring(old)
    number = make_number()
    person = make_person(worker, DAY, number=number, phone="13805471234")
    make_person(worker, DAY, "王五", no_number_reason="newborn")
    add_bank_account(by=worker, on=DAY, person_id=person.pk, bank="农商行", number="6223190012345678")
    both = new_keys(old)
    settings.KEYRING = Keyring(both)
    with scoped(worker):
        assert person_by_number(number) == person
        assert [row.id for row in search("13805471234", on=DAY).rows] == [person.pk]
    with pytest.raises(Refused, match="已在本辖区登记"):
        make_person(worker, DAY, number=number)
    machine = machine_actor("renew-seals", "370404000000")
    assert renew_seals(by=machine, on=DAY) == Renewed(2, 0)
    assert renew_seals(by=machine, on=DAY) == Renewed(0, None)
    settings.KEYRING = Keyring({2: both[2]})
    with scoped(worker):
        row = Person.objects.get(pk=person.pk)
        assert (clear_number(row), clear_phone(row)) == (number, "13805471234")
        assert clear_account(BankAccount.objects.get()) == "6223190012345678"
        assert [found.id for found in search(number[-4:], on=DAY).rows] == [person.pk]


def test_nobody_renews_by_hand(worker):
    with pytest.raises(Forbidden):
        renew_seals(by=worker, on=DAY)
