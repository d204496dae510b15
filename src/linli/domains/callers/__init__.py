"""Single-key callers: devices, presses, and who answers them."""
