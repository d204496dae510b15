"""The outside world, each behind one interface with a fake: files, banks, documents, messages, the database server."""
