"""Where each pupil stands in a session, on what evidence, and what is owed."""
