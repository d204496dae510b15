"""Replays: published work of a real district, done again through the real actions with made-up people."""
