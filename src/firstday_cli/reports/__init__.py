"""What is said: a picture → a Page; no printing, no formats."""
