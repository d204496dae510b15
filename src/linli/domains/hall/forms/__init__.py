"""Forms of the hall."""

from linli.domains.hall.forms.guide import GuideSearch, ItemSearch

__all__ = ["GuideSearch", "ItemSearch"]
