"""Entries of the log: what can be written, and what each says."""
