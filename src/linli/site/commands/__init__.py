"""The command line by theme; linli.site.command puts the parts together."""
