"""What is counted of assistance: families and visits, and the money by town and country and by who bears it."""

from linli.domains.assistance.figures import families, money

FIGURES = (*families.FIGURES, *money.FIGURES)
RELATIONS = families.RELATIONS
SHARES = (*families.SHARES, *money.SHARES)

__all__ = ["FIGURES", "RELATIONS", "SHARES"]
