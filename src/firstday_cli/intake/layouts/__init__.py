"""How an export is laid out: profiles, and which of them fits a file."""
