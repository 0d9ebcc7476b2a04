"""What the tables of rules do not say."""
