"""firstday: which children are absent this morning with no explanation."""
