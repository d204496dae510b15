"""Stored files: sealed on disk, found by row security, every reading authorised and traced."""
