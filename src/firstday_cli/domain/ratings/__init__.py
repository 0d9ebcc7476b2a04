"""RED, AMBER and GREEN: which facts give a rating, and which flags are held."""
