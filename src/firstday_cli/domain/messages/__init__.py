"""What a message says, and whose words they are."""
