"""A pupil's earlier days: what is kept of them, and what they count to."""
