"""Pages of the system of assistance as a whole."""

from linli.domains.coordination.views.coverage import coverage, needs
from linli.domains.coordination.views.left import left_behind
from linli.domains.coordination.views.overview import overview
from linli.domains.coordination.views.records import deliveries, household_record, person_record

__all__ = ["coverage", "deliveries", "household_record", "left_behind", "needs", "overview", "person_record"]
