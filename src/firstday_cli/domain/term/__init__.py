"""What a stretch of school days shows, from marks, calls, visits and what was done in time."""
