"""Events, flows, the notice, and how goods are shared out among towns."""

from linli.domains.relief.rules.events import CAUSE_OF, EVENTS, GROUP, GROUP_ZH, MEANS, NEAR, STATES, VAGUE
from linli.domains.relief.rules.flow import AID, FAST, FLOWS, REFUSALS
from linli.domains.relief.rules.goods import share_out
from linli.domains.relief.rules.notices import NOTICE, NOTICES

__all__ = [
    "AID", "CAUSE_OF", "EVENTS", "FAST", "FLOWS", "GROUP", "GROUP_ZH", "MEANS", "NEAR", "NOTICE", "NOTICES", "REFUSALS",
    "STATES", "VAGUE", "share_out",
]  # fmt: skip
