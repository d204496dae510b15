"""Places and people, kept once, with history."""
