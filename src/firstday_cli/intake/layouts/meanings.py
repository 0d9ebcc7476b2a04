"""What a column of each kind of export can mean."""

from typing import Literal

Kind = Literal["roll", "contacts", "register", "lates", "messages", "planned", "flags", "calls"]
WHO = ("pupil_id", "upn", "admission_no", "pupil_name", "pupil_forename", "pupil_surname", "group")
PHONES = ("phone", "phone_mobile", "phone_home", "phone_work")
OWN: dict[str, tuple[str, ...]] = {
    "roll": (
        "forename", "surname", "preferred_forename", "preferred_surname", "dob", "year", "start_date", "leave_date",
        "state", "flags", "household_id", "address", "notes",
    ),
    "contacts": (
        "contact_id", "order", "name", "contact_title", "contact_forename", "contact_surname", "relationship", *PHONES,
        "phone_type", "email", "parental_responsibility", "lives_with", "do_not_contact", "language", "notes",
    ),
    "register": ("date", "session", "mark", "sub_code", "comment", "minutes_late", "taken_at", "week"),
    "lates": ("name", "forename", "surname", "date", "time_in", "time_out", "direction", "reason"),
    "messages": (
        "message_id", "received_at", "received_date", "direction", "channel", "sender_name", "sender_phone",
        "sender_email", "text", "automatic", "from_date", "to_date",
    ),
    "planned": ("from_date", "to_date", "session", "code", "reason", "due_back", "approved_by"),
    "flags": ("flag", "since", "until", "professional_name", "agency", "professional_phone"),
    "calls": (
        "contact", "outcome", "at", "day", "by", "phone", "child_with", "reason", "no_reason", "code", "note",
    ),
}  # fmt: skip
MEANINGS: dict[str, frozenset[str]] = {kind: frozenset((*WHO, *own)) for kind, own in OWN.items()}
