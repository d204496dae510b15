"""What the hall knows without a database: the catalogue, the flows made from it, the words of the counter."""

from linli.domains.hall.rules.catalogue import (
    Basis,
    Bundle,
    Catalogue,
    Group,
    Handler,
    Item,
    Kept,
    Norm,
    Paper,
    Window,
    catalogue_of,
    faults,
)
from linli.domains.hall.rules.desk import (
    POOR,
    Act,
    AppointmentState,
    Channel,
    Grade,
    Stage,
    TicketState,
    Told,
    appointment_key,
    appointment_number,
    fits,
    offered,
    promise_at,
    promised_after,
    promised_on,
    ticket_label,
    time_at,
    times_of,
)
from linli.domains.hall.rules.flow import COUNTERS, DECISION, REVIEW, flow_of, flows_of
from linli.domains.hall.rules.slots import (
    ANY_WINDOW,
    OWES_CLOSURE,
    OWES_END,
    OWES_MOVE,
    TOLD_CLOSURE,
    TOLD_END,
    Hours,
    OpenDays,
    Opening,
    Slot,
    clock,
    hours_on,
    minutes_of,
    slots,
)

__all__ = [
    "ANY_WINDOW", "COUNTERS", "DECISION", "OWES_CLOSURE", "OWES_END", "OWES_MOVE", "POOR", "REVIEW",
    "TOLD_CLOSURE", "TOLD_END", "Act", "AppointmentState", "Basis", "Bundle",
    "Catalogue", "Channel", "Grade", "Group", "Handler", "Hours", "Item", "Kept", "Norm", "OpenDays", "Opening", "Paper", "Slot",
    "Stage", "TicketState", "Told", "Window", "appointment_key", "appointment_number", "catalogue_of", "clock", "faults", "fits",
    "flow_of", "flows_of", "hours_on", "minutes_of", "offered", "promise_at", "promised_after", "promised_on", "slots",
    "ticket_label", "time_at", "times_of",
]  # fmt: skip
