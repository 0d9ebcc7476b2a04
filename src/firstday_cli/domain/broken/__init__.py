"""A morning lived again with one thing broken."""
