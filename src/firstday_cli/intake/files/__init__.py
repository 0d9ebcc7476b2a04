"""What a file is: its bytes → tables of rows of text, each row numbered as a spreadsheet shows it."""
