"""When silence goes further: what must be done next for each child, by whom, by when and why."""
