"""Background work: one module in front of the queue, so that the queue can be changed."""
