"""Linli 邻里: the daily work of a district's civil affairs and community building."""

VERSION = "0.1.0"
