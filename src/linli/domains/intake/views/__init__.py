"""Doors: the public pages, the staff's lists, the interface for programs."""

from linli.domains.intake.views.asking import ask
from linli.domains.intake.views.desk import client, clients, new_client, posts, receive_again
from linli.domains.intake.views.following import add, grade, progress
from linli.domains.intake.views.open311 import open311, openapi

__all__ = ["add", "ask", "client", "clients", "grade", "new_client", "open311", "openapi", "posts", "progress", "receive_again"]
