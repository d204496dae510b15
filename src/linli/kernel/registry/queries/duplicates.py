"""Rows that may be one person: candidates by shared keys, and the queue in which people decide."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from linli.base.areas import Level, ancestors, level_of
from linli.kernel.registry.models import DuplicatePair, Person
from linli.kernel.registry.rules import Likeness, PairState, full_pinyin

MOST = 20_000
# Each pair shares at least one key; the score decides afterwards. Groups of more than 30 (a community's telephone, say)
# tell nothing and are left out.
_CANDIDATES = """
with living as (select id, name, birth, phone_digest, address, regexp_replace(sort_key, '[^a-z ]', '', 'g') as pinyin
                from registry_person where merged_into_id is null),
     keyed as (select id, 'b' || birth || pinyin as key from living
               union all select id, 'p' || encode(phone_digest, 'hex') from living where phone_digest is not null
               union all select id, 'a' || name || '|' || address from living where address <> ''),
     groups as (select key, array_agg(id order by id) as ids from keyed group by key having count(*) between 2 and 30)
select distinct one, other from groups, unnest(ids) as one, unnest(ids) as other
where one < other and not exists (select from registry_duplicatepair d where d.first_id = one and d.second_id = other)
limit %s
"""


def candidate_pairs() -> list[tuple[int, int]]:
    """Ids of people of the present scope who share a key (birth and pinyin, telephone, name and address), each pair once.

    Pairs on which somebody already decided are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [MOST])
        return list(cursor.fetchall())


def likeness(person: Person) -> Likeness:
    """What is compared of a person."""
    return Likeness(
        name=person.name, pinyin=full_pinyin(person.name), birth=person.birth, sex=person.sex,
        number=bytes(person.number_digest) if person.number_digest else None,
        phone=bytes(person.phone_digest) if person.phone_digest else None, address=person.address,
    )  # fmt: skip


def common_area(codes: Iterable[str]) -> str:
    """The lowest area above all these (or the one that they all are), not above the district."""
    first, *others = list(codes)
    for code in (first, *ancestors(first)):
        if all(code in (other, *ancestors(other)) for other in others) or level_of(code) is Level.DISTRICT:
            return code
    return first


def duplicate_queue() -> QuerySet[DuplicatePair]:
    """Pairs that wait for a decision, the most alike first."""
    return DuplicatePair.objects.filter(state=PairState.OPEN).select_related("first", "second").order_by("-score", "id")


def decided_pairs() -> QuerySet[DuplicatePair]:
    """Pairs that somebody decided, newest first."""
    decided = DuplicatePair.objects.exclude(state=PairState.OPEN).select_related("first", "second", "decided_by")
    return decided.order_by("-decided_on", "-id")


def pair_by_id(pair_id: int) -> DuplicatePair | None:
    """The pair with this id, if the present scope holds both people."""
    return DuplicatePair.objects.select_related("first", "second", "decided_by").filter(pk=pair_id).first()


def merged_rows(person: Person) -> QuerySet[Person]:
    """The rows that were merged into this person."""
    return Person.objects.filter(merged_into=person).order_by("id")
