"""Reads: the declared streams, the view over all of them, what was given."""

from linli.kernel.deliveries.queries.declared import stream_names, streams
from linli.kernel.deliveries.queries.given import deliveries, given, given_to, with_disabled
from linli.kernel.deliveries.queries.view import view

__all__ = ["deliveries", "given", "given_to", "stream_names", "streams", "view", "with_disabled"]
