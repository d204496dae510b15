"""Tables of orders, desks and cohorts."""

from linli.kernel.orders.models.checks import CallDraw, Check
from linli.kernel.orders.models.cohorts import Cohort, CohortMember, Omission
from linli.kernel.orders.models.desks import Desk
from linli.kernel.orders.models.orders import Ask, CallBack, Help, Order, OrderEvent, OrderNumber, OrderPicture, Reader

__all__ = [
    "Ask",
    "CallBack",
    "CallDraw",
    "Check",
    "Cohort",
    "CohortMember",
    "Desk",
    "Help",
    "Omission",
    "Order",
    "OrderEvent",
    "OrderNumber",
    "OrderPicture",
    "Reader",
]
