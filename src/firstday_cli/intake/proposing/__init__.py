"""What the columns of an unfamiliar export probably mean; for `firstday inspect` alone."""
