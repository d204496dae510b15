"""Medical assistance at designated hospitals, settled at once (城乡医疗救助); see README.md."""
