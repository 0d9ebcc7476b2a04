"""A row and its layout → the record of its kind."""
