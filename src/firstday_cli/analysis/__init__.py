"""What the term shows: attendance over weeks, as data frames."""
