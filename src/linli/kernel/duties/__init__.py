"""Work that recurs: what is due, done and missed, from declared duties and entered facts; see README.md."""
