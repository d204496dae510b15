"""Aid in kind: one set for every room of the homes, cards of the charity supermarket, goods by kind."""
