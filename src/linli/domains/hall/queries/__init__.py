"""Reads of the hall."""

from linli.domains.hall.queries.catalogue import catalogue, item_on, items, law, norms_of, versions_of

__all__ = ["catalogue", "item_on", "items", "law", "norms_of", "versions_of"]
