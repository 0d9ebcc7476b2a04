"""The ladder checked with a school's own times, over invented children."""
