"""What was sent over the network, and the keys of the programs that may send."""

from linli.domains.intake.models.posts import Client, Post

__all__ = ["Client", "Post"]
