"""Charity aid: projects, conditions, the chain from the applicant to the payment (慈善救助)."""
