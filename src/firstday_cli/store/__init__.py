"""What is kept: the evidence taken in, and the log."""
