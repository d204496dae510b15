"""Bank accounts, and looking at what is otherwise hidden."""

from __future__ import annotations

from datetime import date

from linli.base.names import clean_name
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.actions.common import past_day, person_here
from linli.kernel.registry.models import BankAccount
from linli.kernel.registry.queries import clear_account, clear_number, clear_phone, identities, keyring, running
from linli.kernel.registry.rules import ACCOUNT, read_account

REVEALABLE = {"number": "身份证号", "phone": "电话", "account": "银行账号", "address": "住址"}


@action("registry.register")
def add_bank_account(
    *, by: Actor, on: date, person_id: int, bank: str, number: str, holder: str = "", since: date | None = None
) -> BankAccount:
    """The account into which this person is paid from a day; the former one ends."""
    person, since = person_here(person_id), past_day(since or on, on)
    try:
        account, name = read_account(number), clean_name(holder or person.name)
    except ValueError as fault:
        raise Refused(str(fault), field="number") from fault
    if not tidy(bank):
        raise Refused("请填写开户行。", field="bank")
    before = BankAccount.objects.filter(running(on), person__in=identities(person))
    values = {
        "bank": tidy(bank)[:60], "holder": name, "number_sealed": keyring().seal(account, ACCOUNT),
        "number_digest": keyring().keyed_hash(account, ACCOUNT),
    }  # fmt: skip
    row = before.filter(since=since, person=person).first()
    if row is not None:  # a slip corrected on the same day
        BankAccount.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    else:
        before.filter(since__lt=since).update(until=since)
        row = BankAccount.objects.create(person=person, since=since, area=person.area, **values)
    about("registry.person", person.pk, area=person.area, account=row.pk)
    return row


@action("registry.reveal")
def reveal(*, by: Actor, on: date, person_id: int, field: str, purpose: str) -> str:
    """The clear text of one hidden field, for a stated purpose; the trail keeps who looked, at what, and why."""
    person = person_here(person_id)
    if field not in REVEALABLE:
        raise Forbidden("这一项不能查看。")
    if len(tidy(purpose)) < 2:
        raise Refused("请填写查看的用途。", field="purpose")
    about("registry.person", person.pk, area=person.area, purpose=tidy(purpose), field=field)
    if field == "number":
        return clear_number(person)
    if field == "phone":
        return clear_phone(person)
    if field == "address":
        return person.address
    account = BankAccount.objects.filter(running(on), person__in=identities(person)).first()
    return clear_account(account) if account else ""
