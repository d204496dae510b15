"""Temporary relief: quick help in an emergency, and help with spending that a family cannot bear."""
