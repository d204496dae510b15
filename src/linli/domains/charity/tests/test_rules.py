"""The conditions of the aid projects, from tables that a civil servant can read."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.dated import NoValue, load
from linli.domains.charity.rules import ILLNESSES, PAPERS, PROJECTS, Facts, Need, against, decide, exclusions
from linli.domains.charity.rules.doubts import Given, alike

HERE = Path(__file__).parent
FAMILIES = tomllib.loads((HERE / "examples" / "decisions.toml").read_text())["family"]
LAW = load(sorted((HERE.parent / "parameters").glob("*.toml")))
DAY, PLACE = date(2010, 12, 20), "370404001001"


def facts_of(family: dict) -> Facts:
    return Facts(
        need=Need(family["need"]),
        members=family.get("members", 3),
        statuses=frozenset(family.get("statuses", ())),
        illness=family.get("illness", ""),
        own_cost=round(family.get("own_cost", 0) * 100),
        enrolled=family.get("enrolled", False),
        diagnosed=family.get("diagnosed", False),
        alive=family.get("alive", True),
        lives_here=family.get("lives_here", True),
        helped=tuple(family.get("helped", ())),
        grade=family.get("grade", ""),
        aid=family.get("aid", ""),
    )


@pytest.mark.parametrize("family", FAMILIES, ids=[family["name"] for family in FAMILIES])
def test_the_table_of_families(family):
    outcome = decide(PROJECTS[family["project"]], facts_of(family), LAW, on=DAY, area=PLACE)
    said = ["granted"] if outcome.granted else [reason.code for reason in outcome.reasons]
    assert said == family["say"]
    assert outcome.amount == family.get("amount", 0) * 100


def test_every_decision_names_its_article_and_its_steps():
    for family in FAMILIES:
        outcome = decide(PROJECTS[family["project"]], facts_of(family), LAW, on=DAY, area=PLACE)
        assert outcome.steps and all(reason.zh and reason.article for reason in outcome.reasons)
        if outcome.granted:
            assert any(value.unit == "fen" and value.source for value in outcome.values)


def test_a_place_or_a_day_without_an_announcement_has_no_amount():
    family = Facts(need=Need.TEMPORARY, members=1)
    with pytest.raises(NoValue, match=r"charity\.chao_shi\.amount"):
        decide(PROJECTS["chao_shi"], family, LAW, on=date(2008, 12, 31), area=PLACE)
    with pytest.raises(NoValue):
        decide(PROJECTS["chao_shi"], family, LAW, on=DAY, area="110101001001")


@given(cost=st.integers(0, 10**9), illness=st.sampled_from([*ILLNESSES, "", "cold"]))
def test_serious_illness_aid_turns_on_cost_and_illness_alone(cost, illness):
    facts = Facts(need=Need.ILLNESS, members=2, illness=illness, own_cost=cost)
    outcome = decide(PROJECTS["da_bing"], facts, LAW, on=DAY, area=PLACE)
    assert outcome.granted == (cost >= 2_000_000 and illness in ILLNESSES)
    assert (outcome.amount > 0) == outcome.granted


def test_an_outcome_survives_storing():
    from linli.base.reasons import Outcome

    outcome = decide(PROJECTS["da_bing"], facts_of(FAMILIES[4]), LAW, on=DAY, area=PLACE)
    assert Outcome.from_json(outcome.to_json()) == outcome


def test_exclusion_is_mutual_and_listed_once():
    assert exclusions() == [("charity.da_bing", "charity.qing_nuan")]
    for project in PROJECTS.values():
        for other in project.excludes:
            assert project.key in PROJECTS[other].excludes


AGAINST = [
    ("qing_nuan", {}, []),  # an accident needs no recognised status
    ("qing_nuan", {"helped": ("情暖万家",)}, ["already_helped"]),
    ("yuan_meng", {}, ["no_recognised_hardship"]),
    ("yuan_meng", {"statuses": frozenset({"dibao"})}, []),
    ("zhu_can", {"statuses": frozenset({"disabled"})}, ["disability_not_recognised"]),  # somebody else of the family is
    ("zhu_can", {"statuses": frozenset({"disabled"}), "grade": "41"}, []),
    ("da_bing", {"alive": False}, ["applicant_died"]),
]


@pytest.mark.parametrize(("project", "known", "codes"), AGAINST)
def test_what_no_answer_can_mend_is_said_before_anything_is_asked(project, known, codes):
    facts = Facts(need=Need.TEMPORARY, members=1, **known)
    assert [reason.code for reason in against(PROJECTS[project], facts)] == codes


@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)
def test_a_project_names_papers_that_exist_and_grounds_that_it_answers(project):
    assert project.needs and dict(project.evidence).keys() <= PAPERS.keys()
    assert project.missing([], "") == [key for key, required in project.evidence if required]
    assert project.missing(dict(project.evidence), "") == []


def test_the_disability_card_need_not_be_shown_where_the_registry_knows_the_disability():
    project = PROJECTS["zhu_can"]
    assert project.missing(["form"], "41") == [] and project.missing(["form"], "") == ["disability"]


@pytest.mark.parametrize(
    ("group", "source", "doubtful"),
    [
        ("charity.qing_nuan", "b", True),  # the same project twice
        ("charity.da_bing", "b", True),  # two that exclude each other
        ("charity.yuan_meng", "b", False),
        ("charity.qing_nuan", "a", False),  # one piece of work that pays several members of the household
        ("charity.da_bing", "a", False),
    ],
)
def test_two_pieces_of_work_that_help_one_household_twice_are_a_doubt(group, source, doubtful):
    one = Given("charity.qing_nuan", "情暖万家", 500_00, DAY, "a")
    other = Given(group, "另一项", 300_00, DAY, source)
    assert alike([one, other]) == ([(one, other)] if doubtful else [])
