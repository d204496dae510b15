"""Making sealed values and hashes again after the keys were changed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Renewed
from linli.kernel.registry.models import BankAccount, Person
from linli.kernel.registry.queries import clear_account, clear_number, clear_phone, keyring
from linli.kernel.registry.rules import ACCOUNT, NUMBER, seal_number, seal_phone


@action("access.renew_seals")
def renew_seals(*, by: Actor, on: date, after: int = 0, most: int = 2000) -> Renewed:
    """Seal and hash again, under the current key, what older keys made: those rows are found by their hashes.

    Search and the check for known numbers find rows of every key meanwhile.
    """
    people = list(Person.objects.select_for_update().filter(_old("number_digest") | _old("phone_digest")).order_by("id")[:most])
    for person in people:
        number, phone = seal_number(keyring(), clear_number(person)), seal_phone(keyring(), clear_phone(person))
        Person.objects.filter(pk=person.pk).update(
            number_sealed=number.sealed, number_digest=number.digest, number_tail=number.tail,
            phone_sealed=phone.sealed, phone_digest=phone.digest, phone_tail=phone.tail,
        )  # fmt: skip
    accounts = list(BankAccount.objects.select_for_update().filter(_old("number_digest")).order_by("id")[: most - len(people)])
    for account in accounts:
        clear = clear_account(account)
        BankAccount.objects.filter(pk=account.pk).update(
            number_sealed=keyring().seal(clear, ACCOUNT), number_digest=keyring().keyed_hash(clear, ACCOUNT)
        )
    about("registry.seals", keyring().current, area=by.area, people=len(people), accounts=len(accounts))
    done = len(people) + len(accounts)
    return Renewed(done, after if done else None)


def _old(column: str) -> Q:
    """Hashes that do not begin with the version and suite of the current key."""
    header = keyring().keyed_hash("", NUMBER)[:2]
    following = (int.from_bytes(header, "big") + 1).to_bytes(2, "big")
    return Q(**{f"{column}__lt": header}) | Q(**{f"{column}__gte": following})
