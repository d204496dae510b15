"""Contracts that promise gifts, and their end."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.fundraising.models import Campaign, Contract, Donor, Instalment
from linli.domains.fundraising.rules import CampaignKind, Terms, faults_of_terms, instalments
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale


@action("fundraising.contract")
def conclude_contract(
    *, by: Actor, on: date, number: str, campaign: Campaign, donor: Donor, terms: Terms, signed_on: date, purpose: str = ""
) -> Contract:
    """A contract with all its instalments. Its campaign is of the kind 合同捐赠; the gifts come in as they are paid.

    :raises Refused: faulty terms, a number that is taken, or a signature in the future.
    """
    if campaign.kind != CampaignKind.CONTRACT.value:
        raise Refused("请选择类别为“留本付息、合同捐赠”的项目。", field="campaign")
    if signed_on > on:
        raise Refused("签订日期不能晚于今天，请核对。", field="signed_on")
    if not tidy(number):
        raise Refused("请填写合同编号。", field="number")
    if faults := faults_of_terms(terms):
        raise Refused("".join(words for _, words in faults), field=faults[0][0])
    try:
        with transaction.atomic():
            contract = Contract.objects.create(
                number=tidy(number), kind=terms.kind.value, campaign=campaign, donor=donor, sum=terms.sum, rate=terms.rate,
                since=terms.since, every=terms.every, count=terms.count, purpose=purpose, signed_on=signed_on,
                made_by_id=by.own_hand, area=by.area,
            )  # fmt: skip
    except IntegrityError as fault:
        if "contract_number_once" not in str(fault):
            raise
        raise Refused(f"合同编号“{tidy(number)}”已登记过，请核对。", field="number") from fault
    Instalment.objects.bulk_create(
        [
            Instalment(contract=contract, number=due.number, day=due.day, amount=due.amount, area=by.area)
            for due in instalments(terms)
        ]
    )
    about("fundraising.contract", contract.pk, area=contract.area)
    return contract


@action("fundraising.contract")
def end_contract(*, by: Actor, on: date, contract: Contract, why: str) -> Contract:
    """The contract ends before its time: instalments that fall due after this day are owed no more.

    :raises Refused: no reason. :raises Stale: it has ended already.
    """
    if not tidy(why):
        raise Refused("请填写终止原因。", field="why")
    if not Contract.objects.filter(pk=contract.pk, ended_on=None).update(ended_on=on, ended_why=tidy(why)):
        raise Stale
    contract.refresh_from_db()
    about("fundraising.contract", contract.pk, area=contract.area)
    return contract
