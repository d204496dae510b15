"""The keys are changed: whatever is kept sealed opens under the new key alone, and nothing sealed is forgotten."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError
from typer.testing import CliRunner

from linli.base.areas import WHOLE
from linli.base.crypto import BadSeal, Keyring, new_keys
from linli.domains.assistance.models import Wish
from linli.domains.assistance.queries import wish_identity, wish_phone
from linli.domains.broadcast.models import Receiver
from linli.domains.broadcast.queries import phone_of as numbers_of
from linli.domains.callers.models import Contact, Device
from linli.domains.callers.queries import needs_of
from linli.domains.callers.queries import phone_of as called
from linli.domains.hall.models import Appointment, Handling
from linli.domains.hall.queries import phone_of as hall_phone
from linli.domains.hall.queries import phone_of_appointment
from linli.kernel.access.actions import begin_factor, scoped
from linli.kernel.access.models import SecondFactor, Staff
from linli.kernel.access.queries.factors import secret_of
from linli.kernel.duties.samples import SAMPLE_DUTIES
from linli.kernel.files.models import StoredFile
from linli.kernel.files.queries import content_of
from linli.kernel.orders.models import Order, OrderPicture
from linli.kernel.orders.queries import CONTENT, PICTURE, phone_of
from linli.kernel.publicity.actions import receive_objection
from linli.kernel.publicity.models import Notice, Objection
from linli.kernel.records.actions import correct_entry
from linli.kernel.records.models import Entry, EntryVersion
from linli.kernel.records.queries.entries import sealed_text
from linli.kernel.records.samples import SAMPLE_BOOKS, make_file_of
from linli.kernel.registry.models import BankAccount, Person
from linli.kernel.registry.queries import clear_account, clear_number, clear_phone, keyring
from linli.kernel.registry.samples import make_person
from linli.site.commands.keys import keys as command
from tests.full_world import LATER, make_full_world
from tests.test_boundaries import forget

RENEWED = {
    "hall.Handling.phone_sealed", "hall.Handling.phone_digest", "hall.Appointment.phone_sealed", "hall.Appointment.phone_digest",
    "access.SecondFactor.secret", "publicity.Objection.sender", "records.Entry.sealed", "records.EntryVersion.sealed",
    "registry.Person.number_sealed", "registry.Person.number_digest", "registry.Person.number_tail",
    "registry.Person.phone_sealed", "registry.Person.phone_digest", "registry.Person.phone_tail",
    "orders.Order.phone_sealed", "orders.Order.phone_digest", "orders.Order.phone_tail", "orders.Order.content_sealed",
    "registry.BankAccount.number_sealed", "registry.BankAccount.number_digest",
    "orders.OrderPicture.content", "calls.Call.number_sealed", "calls.Call.number_digest", "calls.Call.number_tail",
    "broadcast.Receiver.phone_sealed", "broadcast.Receiver.phone_digest",
    "callers.Device.needs_sealed", "callers.Contact.phone_sealed",
    "providers.Wish.phone_sealed", "providers.Wish.phone_digest", "assistance.Wish.phone_sealed", "assistance.Wish.phone_digest",
    "assistance.Wish.identity_sealed", "assistance.Wish.identity_digest",
    "complaints.Letter.content", "complaints.Petition.representatives",
}  # fmt: skip
NEED_NOT = {
    "access.SignInTry.name": "a keyed hash for an hour",
    "access.SignInLock.name": "a keyed hash for as long as the lock",
    "access.RecoveryCode.digest": "a hash; its owner gets new codes",
    "access.KeptForm.handle": "a plain hash, for minutes",
    "access.KeptForm.page": "a plain hash, for minutes",
    "access.KeptForm.content": "for minutes",
    "access.AuditSeal.digest": "the chain, by a key of its own",
    "calls.Command.number_sealed": "carried out or void within seconds",
    "hotline.Draft.content": "until the order is taken, a day at most",
    "broadcast.Delivery.phone_sealed": "until the message is out",
    "broadcast.Delivery.code": "until the message is out",
    "broadcast.Delivery.code_digest": "a keyed hash; former keys are tried",
    "intake.Client.digest": "a plain hash of a random key",
    "intake.Post.same": "a keyed hash for half an hour",
    "intake.Post.phone_digest": "until the post is taken; then the order has it",
    "intake.Post.content": "taken in within seconds",
    "intake.Post.picture": "taken in within seconds",
    "publicity.Inbox.sender": "taken in within a minute",
    "publicity.Bucket.key": "a keyed hash for a day",
    **{f"assistance.MeasuredFacts.{name}": "numbers in clear" for name in ("home", "people", "lines", "bearers")},
}


def kept_sealed() -> set[str]:
    """Every column that holds bytes or is called sealed."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model.__module__.startswith("linli.") and (isinstance(field, models.BinaryField) or "sealed" in field.name)
    }


def test_every_sealed_column_is_renewed_or_need_not_be():
    assert kept_sealed() == RENEWED | NEED_NOT.keys()


@pytest.fixture
def office(db, settings, monkeypatch):
    """A district with rows in every table, sealed under its first key."""
    settings.BUSINESS_DAY = LATER.isoformat()
    monkeypatch.setattr(apps.get_app_config("records"), "books", SAMPLE_BOOKS, raising=False)
    monkeypatch.setattr(apps.get_app_config("duties"), "duties", SAMPLE_DUTIES, raising=False)
    forget()
    settings.KEYRING = Keyring(new_keys())
    here, _ = make_full_world()
    make_person(here.worker, LATER, "钱富", phone="13805471299")
    staff = Staff.objects.get(pk=here.worker.staff_id)
    begin_factor(by=here.worker, on=LATER, at=datetime(2010, 12, 20, 9, tzinfo=UTC), staff=staff)
    with scoped(here.reviewer):
        notice = Notice.objects.exclude(state="draft").first()
    receive_objection(by=here.reviewer, on=LATER, notice=notice, text="他家有车", name="赵知情", contact="13900000000")
    yield here
    forget()


@pytest.fixture
def versions(office) -> list[EntryVersion]:
    """A row with a sensitive text that was corrected once."""
    person = make_person(office.worker, LATER, "孙康")
    entry = make_file_of(office.worker, person.pk, on=LATER, diagnosis="左下肢残疾")
    values = {"person": person.pk, "since": LATER.isoformat(), "need": "train", "diagnosis": "双下肢残疾"}
    correct_entry(by=office.worker, on=LATER, entry_id=entry.pk, version=1, values=values, why="复查")
    with scoped(office.worker):
        return list(EntryVersion.objects.filter(entry=entry).order_by("version"))


def opened() -> dict[str, list[object]]:
    """Everything that is kept sealed, in clear."""
    with scoped(WHOLE):
        return {
            "numbers": [(clear_number(one), clear_phone(one)) for one in Person.objects.order_by("pk")],
            "accounts": [clear_account(one) for one in BankAccount.objects.order_by("pk")],
            "texts": [sealed_text(one, key) for one in Entry.objects.order_by("pk") for key in one.sealed],
            "history": [sealed_text(one, key) for one in EntryVersion.objects.order_by("pk") for key in one.sealed],
            "booked": [phone_of_appointment(one) for one in Appointment.objects.exclude(phone_sealed=None).order_by("pk")],
            "wishes": [(wish_identity(one), wish_phone(one)) for one in Wish.objects.order_by("pk")],
            "calls": [hall_phone(one) for one in Handling.objects.order_by("pk")],
            "orders": [phone_of(one) for one in Order.objects.order_by("pk")],
            "receivers": [numbers_of(one.phone_sealed) for one in Receiver.objects.order_by("pk")],
            "pictures": [keyring().open_bytes(bytes(one.content), PICTURE) for one in OrderPicture.objects.order_by("pk")],
            "called": [called(one) for one in Contact.objects.order_by("pk")],
            "needs": [needs_of(one) for one in Device.objects.order_by("pk")],
            "secrets": [keyring().open(bytes(one.content_sealed), CONTENT) for one in Order.objects.exclude(content_sealed=None)],
            "files": [content_of(one) for one in StoredFile.objects.order_by("pk")],
            "senders": [
                keyring().open(bytes(one.sender), "publicity.sender")
                for one in Objection.objects.exclude(sender=None).order_by("pk")
            ],
            "factors": [secret_of(one) for one in SecondFactor.objects.order_by("pk")],
        }


def test_after_the_renewal_everything_opens_under_the_new_key_alone(office, versions, settings):
    before, first = opened(), settings.KEYRING
    assert all(before.values()) and before["history"][-2:] == ["左下肢残疾", "双下肢残疾"]
    both = new_keys(first._keys)
    settings.KEYRING = Keyring(both)
    assert opened() == before
    renewed = CliRunner().invoke(command, ["renew"])
    assert renewed.exit_code == 0, renewed.output
    assert "renewed 0 rows" in CliRunner().invoke(command, ["renew"]).output
    settings.KEYRING = Keyring({2: both[2]})
    assert opened() == before
    settings.KEYRING = first
    with pytest.raises(BadSeal):
        opened()


def test_nothing_but_the_seal_of_a_version_can_be_changed_this_way(office, versions):
    same = versions[0].sealed["diagnosis"]
    for wrong in ({}, {"diagnosis": same}, {"diagnosis": "02" + same[2:] + "00"}, {"other": "02" + same[2:]}):
        with pytest.raises(ProgrammingError, match="only the seals"), transaction.atomic(), scoped(office.worker):
            with connection.cursor() as cursor:
                cursor.execute("select records_reseal(%s, %s)", [versions[0].pk, json.dumps(wrong)])
