"""Writes of recurring money."""

from linli.kernel.entitlements.actions.changing import change, end, resume, suspend, taper
from linli.kernel.entitlements.actions.deciding import Why
from linli.kernel.entitlements.actions.granting import grant

__all__ = ["Why", "change", "end", "grant", "resume", "suspend", "taper"]
