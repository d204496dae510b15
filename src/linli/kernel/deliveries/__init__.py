"""Everything that was given to a person or a family, whoever gave it, as one record."""
