"""Requests, the law's answer to them, postings, the workbench, and goods."""

from linli.domains.relief.queries.desk import desk_tasks
from linli.domains.relief.queries.goods import consignments, needy_by_town, parcels_of, stores
from linli.domains.relief.queries.judging import Past, judge, order_of, past_here, recognised_as, source_of, times_most
from linli.domains.relief.queries.panel import panel, stands_against, warnings
from linli.domains.relief.queries.postings import Shown, on_show, waiting
from linli.domains.relief.queries.requests import (
    asking_for_goods,
    members_of,
    request,
    request_of_case,
    requests,
    to_claim_back,
    waiting_for_money,
    without_papers,
)

__all__ = [
    "Past", "Shown", "asking_for_goods", "consignments", "desk_tasks", "judge", "members_of",
    "needy_by_town", "on_show",
    "order_of", "panel", "parcels_of", "past_here", "recognised_as", "request", "request_of_case", "requests", "source_of",
    "stands_against", "stores", "times_most", "to_claim_back", "waiting", "waiting_for_money", "warnings", "without_papers",
]  # fmt: skip
