"""The head of a mail: its headers, when it came, who sent it, and whether a machine answered."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from firstday_cli.domain.record import record
from firstday_cli.intake.cells.phones import numbers
from firstday_cli.intake.files.asides import REPLIES, RETURNS
from firstday_cli.intake.files.mail_letters import LONGEST_HEADER, header_text, letters, words_written_out

HEADER = re.compile(rb"^([!-9;-~]{1,76})[ \t]*:((?:[^\n]*\n[ \t])*[^\n]*)", re.MULTILINE)
HEAD_END = b"\n\n"
COMMENT = re.compile(r"\([^()]*\)")
SUMMER = re.compile(r"\bBST\b", re.IGNORECASE)
ADDRESS = re.compile(r"""^\s*(?P<name>"(?:[^"\\]|\\.)*"|[^<>"]*)\s*<(?P<address>[^<>]*)>""")
BARE = re.compile(r"[^\s,;<>()\"]+@[^\s,;<>()\"]+")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
LONGEST_NAME, LONGEST_ID, LONGEST_DATE = 200, 250, 100
FEWEST_DIGITS = 5  # of a telephone number
SUBJECT_OF_MACHINE = re.compile(
    (
        r"^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|"
        r"out of (?:the )?office auto-?reply)\s*(?::|$)|^out of (?:the )?office$"
    ),
    re.IGNORECASE,
)
SUBJECT_OF_RETURN = re.compile(
    r"^(?:undeliverable|undelivered mail returned to sender|delivery status notification(?: \(\w+\))?)\s*(?::|$)",
    re.IGNORECASE,
)
VOICE = re.compile(r"\bvoice ?-?(?:mail|message)|\bmissed call|\bnew message from\b", re.IGNORECASE)
NOBODY = ("mailer-daemon", "postmaster")


@record
class Sender:
    """Who sent a mail."""

    name: str = ""
    address: str = ""


class Head:
    """The headers of a mail, or of a part of one, by name in small letters."""

    def __init__(self, raw: bytes) -> None:
        self.found: dict[str, list[bytes]] = {}
        for name, value in HEADER.findall(raw):
            self.found.setdefault(name.decode("ascii").casefold(), []).append(value)

    def text(self, name: str) -> str:
        """The first header of this name, in letters; blank where there is none."""
        return header_text(self.found[name][0]) if name in self.found else ""

    def plain(self, name: str) -> str:
        """The first header of this name, in small letters, without what follows a semicolon."""
        return self.text(name).partition(";")[0].strip().casefold()


def apart(raw: bytes) -> tuple[Head, bytes]:
    """A mail, or a part of one, as its head and what follows its first blank line."""
    if raw[:1] == b"\n":
        return Head(b""), raw[1:]
    head, _, body = raw.partition(HEAD_END)
    return Head(head), body


def received_at(head: Head) -> str:
    """When the school got the mail, else when it was sent, in UTC; as it stands where that cannot be read."""
    received = head.text("received")
    said = received.rpartition(";")[2] if ";" in received else ""
    at = _moment(said) or _moment(head.text("date"))
    return at.isoformat() if at else (head.text("date") or said).strip()[:LONGEST_DATE]


def _moment(said: str) -> datetime | None:
    plain = SUMMER.sub("+0100", COMMENT.sub(" ", said[: 2 * LONGEST_DATE]))
    try:
        at = parsedate_to_datetime(plain)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def own_id(head: Head) -> str:
    """The mail's own id; blank where it has none that can be used."""
    said = "".join(head.text("message-id").split()).strip("<>")
    return said if len(said) <= LONGEST_ID else ""


def sender(head: Head) -> Sender:
    """Who sent it, by From, else Sender, else Reply-To."""
    for header in ("from", "sender", "reply-to"):
        if header in head.found and (found := _sender(head.found[header][0])) != Sender():
            return found
    return Sender()


def _sender(raw: bytes) -> Sender:
    """The first person of the header; taken apart before its words are written out, for these may hold brackets."""
    text = " ".join(letters(raw[:LONGEST_HEADER]).split())
    found = ADDRESS.match(text)
    bare = BARE.search(words_written_out(text)) if found is None else None
    address = found["address"] if found else bare[0] if bare else ""
    beside = IN_BRACKETS.search(text) if bare else None
    name = found["name"] if found else beside[1] if beside else "" if bare else text
    return Sender(name=_name(name, address), address="".join(address.split()).casefold()[:LONGEST_NAME])


def _name(written: str, address: str) -> str:
    plain = re.sub(r"\\(.)", r"\1", written.strip().strip('"'))
    name = " ".join(words_written_out(plain).strip(" \"'").split())[:LONGEST_NAME]
    return "" if name.casefold() == address.casefold() else name


def caller(who: Sender, subject: str, *, has_sound: bool) -> str:
    """The number of a voicemail notice: the only one in the sender's name and the subject; blank for other mails."""
    in_name, in_subject = (_numbers(text) for text in (who.name, subject))
    is_notice = has_sound or bool(VOICE.search(subject) or VOICE.search(who.name)) or _is_only_a_number(who.name)
    found = in_name | in_subject
    return found.pop() if is_notice and len(found) == 1 else ""


def _numbers(text: str) -> set[str]:
    if sum(letter.isdigit() for letter in text) < FEWEST_DIGITS:
        return set()
    return {number.key for number in numbers(text) if number.key}


def _is_only_a_number(name: str) -> bool:
    return bool(_numbers(name)) and not any(letter.isalpha() for letter in name)


def set_aside(head: Head, kind: str, who: Sender, *, is_call: bool) -> str:
    """Why the mail is no message of a person; blank where it may be one. Its body is never asked."""
    subject = head.text("subject")
    is_returned = who.address.partition("@")[0] in NOBODY and head.plain("return-path") == "<>"
    if kind == "multipart/report" or is_returned or SUBJECT_OF_RETURN.match(subject):
        return RETURNS
    is_automatic = head.plain("auto-submitted").startswith("auto-replied") and not is_call
    says_so = any(name in head.found for name in ("x-autoreply", "x-autorespond"))
    if is_automatic or says_so or head.plain("precedence") == "auto_reply" or SUBJECT_OF_MACHINE.match(subject):
        return REPLIES
    return ""
