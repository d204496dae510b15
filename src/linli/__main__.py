"""``python -m linli`` is the command line."""

from linli.site.command import main

main()
