"""Record books 台账 declared as data; see README.md."""
