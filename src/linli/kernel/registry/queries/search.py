"""The one search box: number, last four, telephone, name, pinyin, address, all inside the present scope.

Row security lets only equality and comparison use an index, so pieces of names and addresses are looked up in the
token table. Each query stops after the limit; ranks come from the order of the queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from linli.kernel.registry.models import Person, SearchToken
from linli.kernel.registry.queries.keys import keyring
from linli.kernel.registry.queries.rows import PersonRow, rows_of
from linli.kernel.registry.rules import (
    ADDRESS_MARK,
    LIMIT,
    NUMBER,
    NUMBER_TAIL,
    PHONE,
    PHONE_TAIL,
    Meaning,
    Word,
    after,
    read_words,
)

MOST = 2000
"""How many people one word of several may stand for before the next word narrows them."""
_BY_USE = (Meaning.NUMBER, Meaning.PHONE, Meaning.TAIL, Meaning.TEXT, Meaning.LETTERS, Meaning.ADDRESS)

Step = Callable[[int, list[int] | None], list[int]]


@dataclass(frozen=True)
class Found:
    """The first people found, best first, and whether there are more."""

    rows: list[PersonRow]
    more: bool


def search(words: str, *, on: date, limit: int = LIMIT) -> Found:
    """People whom the typed words may mean; with several words those who fit all of them."""
    ids = search_ids(words, limit=limit + 1)
    return found_people(ids[:limit], more=len(ids) > limit, on=on)


def found_people(ids: list[int], *, more: bool, on: date) -> Found:
    """The people of a search that was made before, in its order; those who are no longer in the present scope are left out."""
    people = Person.objects.filter(merged_into=None).in_bulk(ids)
    return Found(rows_of([people[pk] for pk in ids if pk in people], on), more)


def search_ids(words: str, *, limit: int = LIMIT) -> list[int]:
    """Ids of the people found, best first."""
    meant = sorted(read_words(words), key=lambda word: _BY_USE.index(word.meaning))
    within: list[int] | None = None
    for index, word in enumerate(meant):
        last = index == len(meant) - 1
        within = _collect(_steps(word), limit if last else MOST, within)
        if not within:
            return []
    return within or []


def _collect(steps: Iterator[Step], limit: int, within: list[int] | None) -> list[int]:
    """Run the steps, best first, until the limit is reached; each person once."""
    found: dict[int, None] = {}
    for step in steps:
        found.update(dict.fromkeys(step(limit, within)))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _steps(word: Word) -> Iterator[Step]:
    keys = keyring()
    if word.meaning is Meaning.NUMBER:
        yield _people(Q(number_digest__in=keys.keyed_hashes(word.text, NUMBER)))
    elif word.meaning is Meaning.TAIL:
        yield _people(Q(number_tail__in=keys.keyed_hashes(word.text, NUMBER_TAIL)))
        yield _people(Q(phone_tail__in=keys.keyed_hashes(word.text, PHONE_TAIL)))
        yield _tokens(prefix=ADDRESS_MARK + word.text)
    elif word.meaning is Meaning.PHONE:
        yield _people(Q(phone_digest__in=keys.keyed_hashes(word.text, PHONE)))
    elif word.meaning is Meaning.LETTERS:
        yield _tokens(prefix=word.text)
    else:
        yield from _text_steps(word)


def _text_steps(word: Word) -> Iterator[Step]:
    if word.meaning is Meaning.TEXT:
        yield _people(Q(name__gte=word.text, name__lt=after(word.text)), order="name")
        yield _tokens(*word.tokens)
        yield _tokens(prefix=ADDRESS_MARK + word.text.casefold())
    else:
        yield _tokens(prefix=word.tokens[0])


def _people(condition: Q, order: str = "") -> Step:
    def run(limit: int, within: list[int] | None) -> list[int]:
        found = Person.objects.filter(condition, merged_into=None)
        if within is not None:
            found = found.filter(pk__in=within)
        return list((found.order_by(order) if order else found.order_by()).values_list("pk", flat=True)[:limit])

    return run


def _tokens(*exact: str, prefix: str = "") -> Step:
    """People who have all these tokens, and one that begins with the prefix.

    In the order of the index, so that the token itself comes before longer ones, and the own area's rows of it are
    the first that are read. The other tokens are looked up row by row with the whole key: a join would compare every
    row of one token with every row of the other, because few rows are expected of a range under row security.
    """
    same = SearchToken.objects.filter(area=OuterRef("area"), person=OuterRef("person"))

    def run(limit: int, within: list[int] | None) -> list[int]:
        conditions = [Q(token=token) for token in exact]
        if prefix:
            conditions.append(Q(token__gte=prefix, token__lt=after(prefix)))
        *others, driver = conditions
        found: QuerySet[SearchToken] = SearchToken.objects.filter(driver)
        for other in others:
            found = found.filter(person=Subquery(same.filter(other).values("person")[:1]))
        if within is not None:
            found = found.filter(person__in=within)
        room = limit * 4 if prefix else limit  # one person may have several tokens of one beginning
        found = found.order_by("token", "area", "person_id")
        return list(dict.fromkeys(found.values_list("person_id", flat=True)[:room]))

    return run
