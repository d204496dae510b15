"""Plain Python: money, days, areas, identity, dated values, reasons. Knows no framework."""
