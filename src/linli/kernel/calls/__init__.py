"""Telephone calls: what the exchange tells, who sits at which extension, what an operator asks the exchange to do."""
