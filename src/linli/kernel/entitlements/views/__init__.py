"""Pages of entitlements and monthly runs."""

from linli.kernel.entitlements.views.standing import entitlement, entitlements

__all__ = ["entitlement", "entitlements"]
