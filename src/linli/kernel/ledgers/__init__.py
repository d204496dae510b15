"""Money in fen and goods in units: double entry, append-only, from the source to the bank's return line."""
