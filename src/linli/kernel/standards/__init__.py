"""Standards that a district sets itself, entered by two persons; see README.md."""
