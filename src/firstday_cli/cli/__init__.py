"""What is typed: parse, ask the desk, print."""
