"""Pages of the hall."""

from linli.domains.hall.views.guide import guide, guide_item, guide_norms, guide_papers, item, items

__all__ = ["guide", "guide_item", "guide_norms", "guide_papers", "item", "items"]
