"""Open cases, rounds of the contact list, and how good the list is."""
