"""The replay of 峄城区 2010: its list is the published one, and every figure of it comes out of the records."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from linli.site.replays.compare import RELATIONS, judge_published, published

ROOT = Path(__file__).parents[1]
SOURCE = ROOT.parent / "shared" / "mission" / "figures.json"
TWO_CAMPAIGNS = ("000-4.qnwj", "000-4.dabing", "000-4.two")


@pytest.mark.skipif(not SOURCE.exists(), reason="the collection of published figures does not lie beside this checkout")
def test_the_list_of_the_replay_is_the_published_one():
    source = {one["id"]: one for one in json.loads(SOURCE.read_text()) if one["id"].startswith("000-4.")}
    assert set(published()) == set(source)
    for key, one in published().items():
        assert (one.value, one.unit, one.approx) == (
            Fraction(str(source[key]["value"])), source[key]["unit"], source[key]["approx"]
        ), key  # fmt: skip
        assert one.replayed or not key.startswith(TWO_CAMPAIGNS), key


def test_every_figure_of_the_two_campaigns_has_a_way_to_be_computed():
    from linli.site.replays.compare import _ways

    assert {key for key, one in published().items() if one.replayed} == set(_ways())


def test_the_relations_between_published_figures_name_figures_that_exist():
    assert all(not check.missing for check in judge_published())


def test_two_published_sums_do_not_hold_and_all_others_do():
    broken = {check.relation for check in judge_published() if not check.holds}
    assert broken == {"y10.paid", "y10.hh"}
    assert len(RELATIONS) == 9


@pytest.mark.nightly
def test_the_whole_replay_comes_out_as_published(tmp_path, django_db_setup, django_db_blocker):
    """CHARITY-09, CHARITY-10: 1,000 households of 情暖万家 and 300 of 355 applications of 大病救助, from list to bank."""
    from linli.site.replays.run import run_replay

    with django_db_blocker.unblock():
        assert run_replay("yicheng-2010", out=str(tmp_path / "report.docx"), keep=False, say=print) == 0
    assert (tmp_path / "report.docx").stat().st_size > 10_000
