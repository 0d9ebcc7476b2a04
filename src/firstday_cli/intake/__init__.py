"""What comes in: exports, read without trust."""
