"""Pages of medical assistance."""

from linli.domains.medical.views.bills import bill, bills, cancel, find, settle
from linli.domains.medical.views.funding import funding
from linli.domains.medical.views.hospitals import designate, end, hospitals, pay, state, statement

__all__ = ["bill", "bills", "cancel", "designate", "end", "find", "funding", "hospitals", "pay", "settle", "state", "statement"]
