"""Proactive discovery: what the registers let one suppose, visited and answered by a person; see README.md."""
