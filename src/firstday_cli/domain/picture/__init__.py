"""Everything known about one day at one moment, whole or of one pupil."""
