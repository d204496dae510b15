"""Who gets a card, what is taken off, and which papers cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domains.concession.queries import NAMES
from linli.domains.concession.rules import GROUNDS, Facts, Item, Span, decide, faults_of_visit, taken_off

DAY = date(2010, 12, 20)
CARD, AGREEMENT = Span(DAY - timedelta(days=9), DAY + timedelta(days=9)), Span(DAY - timedelta(days=5))
TERMS = {Item.CHECK: 20}


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (Facts(frozenset({"dibao"})), ["entitled"]), (Facts(frozenset({"veteran", "poor_by_illness"})), ["entitled"]),
        (Facts(frozenset({"veteran"})), ["no_recognised_hardship"]), (Facts(frozenset()), ["no_recognised_hardship"]),
        (Facts(frozenset({"edge"}), holds=True), ["holds_card"]),
        (Facts(frozenset(), alive=False, holds=True), ["no_recognised_hardship", "died", "holds_card"]),
    ],
)  # fmt: skip
def test_who_gets_a_card(facts, codes):
    outcome = decide(facts, NAMES)
    assert ([reason.code for reason in outcome.reasons], outcome.granted) == (codes, codes == ["entitled"])
    assert outcome.steps[0].value


def test_every_ground_has_its_name():
    assert set(GROUNDS) == set(NAMES) and all(NAMES.values())


@pytest.mark.parametrize(
    ("price", "percent", "off"), [(333_33, 20, 66_66), (10_00, 100, 10_00), (1, 99, 0), (0, 50, 0), (999, 15, 149)]
)
def test_part_of_a_fen_stays_with_the_hospital(price, percent, off):
    assert taken_off(price, percent) == off


@given(price=st.integers(0, 10**10), percent=st.integers(1, 100))
def test_never_more_is_taken_off_than_the_price_nor_a_fen_too_little(price, percent):
    off = taken_off(price, percent)
    assert 0 <= off <= price and off * 100 <= price * percent < (off + 1) * 100


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({}, []), ({"day": CARD.since, "agreement": Span(CARD.since)}, []), ({"day": DAY + timedelta(days=1)}, ["day"]),
        ({"day": CARD.since - timedelta(days=1)}, ["day", "agreement"]), ({"agreement": Span(DAY, DAY)}, []),
        ({"agreement": Span(DAY - timedelta(days=9), DAY - timedelta(days=1))}, ["agreement"]),
        ({"prices": {}}, ["price_registration"]), ({"prices": {Item.CHECK: 1, Item.BED: 1}}, ["price_bed"]),
        ({"prices": {Item.CHECK: 1, Item.BED: 0}}, []),
    ],
)  # fmt: skip
def test_what_a_paper_cannot_say(words, fields):
    usual = {"day": DAY, "on": DAY, "card": CARD, "agreement": AGREEMENT, "prices": {Item.CHECK: 100}, "terms": TERMS}
    assert [field for field, _ in faults_of_visit(**(usual | words))] == fields
