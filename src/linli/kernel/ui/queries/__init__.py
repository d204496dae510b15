"""Lists of rows, names of areas, and values as safe HTML."""

from linli.kernel.ui.queries.areas import area_choices, area_name, area_names, expect_area_names, fresh_area_names
from linli.kernel.ui.queries.html import badge_html, shown
from linli.kernel.ui.queries.links import may_open
from linli.kernel.ui.queries.listing import Listing
from linli.kernel.ui.queries.manifests import declared, declared_by_key, declared_functions
from linli.kernel.ui.queries.moments import moment
from linli.kernel.ui.queries.tasks import TaskSource, task_lines
from linli.kernel.ui.queries.watch import SOON, WatchSource, lines_of, watched, watched_level

__all__ = [
    "SOON",
    "Listing",
    "TaskSource",
    "WatchSource",
    "area_choices",
    "area_name",
    "area_names",
    "badge_html",
    "declared",
    "declared_by_key",
    "declared_functions",
    "expect_area_names",
    "fresh_area_names",
    "lines_of",
    "may_open",
    "moment",
    "shown",
    "task_lines",
    "watched",
    "watched_level",
]
