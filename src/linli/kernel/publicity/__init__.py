"""Publicity (公示公开): what the law lets the public see, for the lawful days, open to objections, and no more."""
