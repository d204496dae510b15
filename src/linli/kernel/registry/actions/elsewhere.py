"""Is a number already registered somewhere in the district? The answer names the town and nothing else."""

from __future__ import annotations

from datetime import date

from linli.base.areas import ancestors
from linli.base.identity import BadIdentity, read_id
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.registry.models import Person
from linli.kernel.registry.queries import area_name, keyring
from linli.kernel.registry.rules import NUMBER

PERMISSION = "registry.check_elsewhere"


@action(PERMISSION)
def known_elsewhere(*, by: Actor, on: date, number: str) -> str:
    """The intake check: "" when nobody in the district has this number, else 已在××镇登记.

    :raises Refused: it is no identity number.
    """
    try:
        identity = read_id(number, on=on)
    except BadIdentity as fault:
        raise Refused(str(fault), field="number") from fault
    found = _where(by, identity.number, None)
    about("registry.number", keyring().keyed_hash(identity.number, NUMBER).hex()[4:36], found=bool(found))
    return f"已在{area_name(found, on)}登记" if found else ""


def refuse_known_number(*, by: Actor, number: str, on: date, but: int | None = None) -> None:
    """:raises Refused: another person in the district has this number."""
    if not number or not (town := _where(by, number, but)):
        return
    own = Person.objects.filter(number_digest__in=keyring().keyed_hashes(number, NUMBER), merged_into=None).exclude(pk=but or 0)
    if own.exists():
        raise Refused("这个身份证号已在本辖区登记，请用身份证号查找此人，不用重新登记。", field="number")
    raise Refused(f"这个身份证号已在{area_name(town, on)}登记，请核对号码；确系同一人的，请办理迁移。", field="number")


def _where(by: Actor, number: str, but: int | None) -> str:
    """The code of the town in which the number is registered, or ""."""
    with reach_district(by, PERMISSION):
        found = Person.objects.filter(number_digest__in=keyring().keyed_hashes(number, NUMBER), merged_into=None)
        area = found.exclude(pk=but or 0).values_list("area", flat=True).first()
    return ancestors(area)[0] if area else ""
