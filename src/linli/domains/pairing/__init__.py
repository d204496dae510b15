"""Offices paired with families in difficulty: visits, help, nobody forgotten; see README.md."""
