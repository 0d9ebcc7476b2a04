"""Days and sessions of absence counted a second way, by other code, and compared at the door."""
