"""Writes: reports and targets."""

from linli.kernel.figures.actions.reports import draft_report, edit_report, set_target, sign_report, withdraw_report

__all__ = ["draft_report", "edit_report", "set_target", "sign_report", "withdraw_report"]
