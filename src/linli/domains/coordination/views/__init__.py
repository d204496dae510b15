"""Pages of the system of assistance as a whole."""

from linli.domains.coordination.views.overview import overview
from linli.domains.coordination.views.records import deliveries, household_record, person_record

__all__ = ["deliveries", "household_record", "overview", "person_record"]
