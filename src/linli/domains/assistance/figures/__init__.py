"""What is counted of assistance: families and visits, the money, and the monthly return."""

from linli.domains.assistance.figures import families, money, monthly

FIGURES = (*families.FIGURES, *money.FIGURES, *monthly.FIGURES)
RELATIONS = (*families.RELATIONS, *monthly.RELATIONS)
REPORTS = (monthly.REPORT,)
SHARES = (*families.SHARES, *money.SHARES)

__all__ = ["FIGURES", "RELATIONS", "REPORTS", "SHARES"]
