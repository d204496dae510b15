"""Forms of entitlements and monthly runs."""

from linli.kernel.entitlements.forms.lists import EntitlementSearch, scoped_search

__all__ = ["EntitlementSearch", "scoped_search"]
