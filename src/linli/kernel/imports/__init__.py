"""Imports of tables: sent, checked, confirmed, written in one transaction, returned with reasons, taken back."""
