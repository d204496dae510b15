"""Recurring money: who is entitled to what, month by month, and how it is paid and recovered."""
