"""The charity network of two levels, and how it is told to society: bulletins, media, honours; see README.md."""
