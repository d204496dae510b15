"""The fields of work. They do not know each other."""
