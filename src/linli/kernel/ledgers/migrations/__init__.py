"""Tables of the ledgers."""
