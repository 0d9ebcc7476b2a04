"""What single words in exports mean, as people and systems write them: came or went, granted or not, barred."""

from firstday_cli.intake.cells.words import heading_key

CAME = frozenset(
    ("in", "sign in", "signed in", "signin", "check in", "checked in", "arrived", "arrival", "entry")
)  # fmt: skip
WENT = frozenset(
    ("out", "sign out", "signed out", "signout", "check out", "checked out", "left", "departed", "exit")
)  # fmt: skip
DECISIONS = frozenset(  # headings of a column that says whether a request was granted
    ("decision", "status", "outcome", "approved", "agreed", "authorised", "accepted", "granted", "approvalstatus",
     "requeststatus", "isapproved", "approval", "leavestatus")
)  # fmt: skip
DECIDED_BY = frozenset(("approvedby", "agreedby", "authorisedby"))
GRANTED = frozenset(
    ("yes", "y", "true", "1", "approved", "agreed", "authorised", "accepted", "granted", "confirmed", "planned",
     "booked")
)  # fmt: skip
NOT_GRANTED = frozenset(
    ("no", "n", "false", "none", "nobody", "refused", "declined", "rejected", "pending", "not agreed")
)  # fmt: skip
BARRING = frozenset(  # headings of a column that says who must not be contacted
    ("donotcontact", "nocontact", "courtorder", "courtorderrestrictedaccess", "restrictedaccess", "contactbarred",
     "donotcall", "barred", "injunction", "noncontact")
)  # fmt: skip
OF_THE_PUPIL = frozenset(  # headings of a column of days that are the pupil's own, and no register's
    ("dob", "dateofbirth", "birthdate", "startdate", "entrydate", "admissiondate", "enrolmentdate", "dateofadmission",
     "datejoined", "joined", "leavedate", "leavingdate", "dateofleaving", "exitdate")
)  # fmt: skip


def said(cell: str) -> str:
    """A cell's words as they are compared."""
    return " ".join(cell.casefold().replace("-", " ").split())


def bars_contact(heading: str, number: int) -> bool:
    """Whether this heading says that the contact with this number is not to be contacted: Contact2 Court Order."""
    key = heading_key(heading)
    bare = key.replace(f"contact{number}", "", 1) if f"contact{number}" in key else key.removesuffix(str(number))
    return bare != key and (bare in BARRING or f"contact{bare}" in BARRING)
