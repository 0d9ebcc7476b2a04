"""What sheets, texts, notes and summaries are made from."""
