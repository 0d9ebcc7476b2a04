"""One cell of text → a word, a day, a time, a number."""
