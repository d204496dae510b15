"""What the hall knows without a database: the catalogue, the flows made from it, the words of the counter."""

from linli.domains.hall.rules.catalogue import (
    Basis,
    Bundle,
    Catalogue,
    Group,
    Item,
    Kept,
    Norm,
    Paper,
    Window,
    catalogue_of,
    faults,
)
from linli.domains.hall.rules.desk import (
    MOST_ON_SCREEN,
    POOR,
    Act,
    AppointmentState,
    Channel,
    Grade,
    Slot,
    Stage,
    TicketState,
    Told,
    clock,
    fits,
    offered,
    promised_on,
    slots,
    ticket_label,
)
from linli.domains.hall.rules.flow import COUNTERS, DECISION, REVIEW, flow_of, flows_of

__all__ = [
    "COUNTERS", "DECISION", "MOST_ON_SCREEN", "POOR", "REVIEW", "Act", "AppointmentState", "Basis", "Bundle", "Catalogue",
    "Channel", "Grade", "Group", "Item", "Kept", "Norm", "Paper", "Slot", "Stage", "TicketState", "Told", "Window",
    "catalogue_of", "clock", "faults", "fits", "flow_of", "flows_of", "offered", "promised_on", "slots", "ticket_label",
]  # fmt: skip
