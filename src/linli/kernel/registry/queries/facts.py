"""The facts of a person in clear, for forms and corrections. Whatever shows them masks them first."""

from __future__ import annotations

from linli.kernel.registry.models import BankAccount, Person
from linli.kernel.registry.queries.keys import keyring
from linli.kernel.registry.rules import ACCOUNT, NUMBER, PHONE, PersonFacts


def clear_number(person: Person) -> str:
    """The identity number in clear; "" where there is none."""
    return keyring().open(bytes(person.number_sealed), NUMBER) if person.number_sealed else ""


def clear_phone(person: Person) -> str:
    """The telephone number in clear; "" where there is none."""
    return keyring().open(bytes(person.phone_sealed), PHONE) if person.phone_sealed else ""


def clear_account(account: BankAccount) -> str:
    """The account number in clear, for a payment file or a reveal."""
    return keyring().open(bytes(account.number_sealed), ACCOUNT)


def facts_of(person: Person) -> PersonFacts:
    """What was entered of this person."""
    return PersonFacts(
        name=person.name, number=clear_number(person), no_number_reason=person.no_number_reason, sex=person.sex,
        birth=person.birth, phone=clear_phone(person), ethnic=person.ethnic, marital=person.marital, address=person.address,
        registered_address=person.registered_address, registered_area=person.registered_area,
    )  # fmt: skip
