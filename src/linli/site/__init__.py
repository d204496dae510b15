"""Switches everything on: settings, addresses, pages of the frame, the command line."""
