"""One-off subsidies to people of several registers at once (春节一次性生活补贴); see README.md."""
