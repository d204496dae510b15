"""What has an application of its own is taken there, once: no counter opens a second case beside it."""

from __future__ import annotations

import pytest
from django.apps import apps
from tests.journeys.walker import Walker

from linli.domains.hall import actions, queries
from linli.domains.hall.models import Handling
from linli.domains.hall.samples import DAY, PHONE, TOWN, make_resident
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.cases.queries import cases, flows
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import month_period
from linli.kernel.registry.samples import make_household


@pytest.mark.parametrize(("code", "words"), [("JZ01", "受理说明"), ("JZ02", "受理说明"), ("JZ03", "在急难发生地就可以申请")])
def test_the_counter_leads_from_the_item_to_the_one_application(halls, code, words):
    """HALL-03: whoever is looked for as 低保 at the counter comes to the application of assistance, with nothing typed twice."""
    person = make_resident(halls.worker)
    for clerk in ("li", "ma"):
        at = Walker(clerk).open(f"/hall/counter/{person.pk}/?words={code}")
        assert words in at.text and person.name in at.text and "收件单" not in at.text
    with scoped(halls.worker):
        assert not Handling.objects.exists()


@pytest.mark.parametrize("code", ["JZ01", "JZ02", "JZ03", "JZ07"])
def test_no_second_case_arises_even_when_the_form_of_the_counter_is_sent(halls, code):
    person = make_resident(halls.worker)
    with pytest.raises(Refused, match="只有一份申请"):
        actions.take(by=halls.worker, on=DAY, person_id=person.pk, code=code, papers=[], phone=PHONE)
    with scoped(halls.worker):
        assert not Handling.objects.exists() and not cases().exists()


def test_the_family_has_one_case_and_the_centre_counts_it(halls):
    """The taking counts for the centre by the case of the business; judgements and days of the hall are not claimed for it."""
    person = make_household(halls.worker, DAY, names=("陈大妈",)).head
    desk = Walker("ma").open(f"/hall/counter/{person.pk}/JZ01/").send("受理申请", statement="家里没有收入。")
    assert "受理通知单" in desk.text
    month = month_period(DAY.year, DAY.month)
    with scoped(halls.approver):
        assert cases().count() == 1 and not Handling.objects.exists()
        assert [value(figure(f"hall.{key}"), month, TOWN, {}) for key in ("by_business", "taken")] == [1, 0]
        assert [row.flow for row in figure("hall.by_business").rows(month)] == ["assistance.aid2010"]


def test_relief_taken_at_the_window_is_done_by_the_community_and_the_window_reads_no_list(halls):
    person = make_resident(halls.worker)
    desk = Walker("ma").open(f"/hall/counter/{person.pk}/JZ03/")
    desk.send("受理", event="fire", degree="heavy", statement="家里失火，没有住处。")
    assert person.name in desk.text and desk.client.get("/relief/requests/").status_code == 403
    with scoped(halls.worker):
        assert [case.flow for case in cases()] == ["relief.aid"]


def test_who_may_not_take_it_is_told_who_does(halls):
    """A clerk has no right to propose families to the charity federation: the page names the community instead of a dead end."""
    person = make_resident(halls.worker)
    at = Walker("ma").open(f"/hall/counter/{person.pk}/JZ07/")
    assert "本窗口不另收件" in at.text and "镇街民政办公室受理" in at.text


def test_every_business_named_by_the_catalogue_has_its_page_and_its_flows():
    acts = {route for config in apps.get_app_configs() for route, _, _ in getattr(config, "person_acts", ())}
    for one in queries.catalogue().handlers:
        assert one.page in acts and set(one.flows) <= {key for key, _ in flows()}, one.key
        assert any(item.handler == one for item in queries.catalogue().items), one.key
