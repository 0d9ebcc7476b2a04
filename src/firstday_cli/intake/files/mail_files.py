"""A mail that a mail program saved, or a whole mailbox of them → a table, a row for each mail."""

import hashlib
import re
from collections.abc import Iterator

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Records
from firstday_cli.intake.files.mail_heads import (
    LONGEST_NAME,
    Head,
    Sender,
    apart,
    caller,
    own_id,
    received_at,
    sender,
    set_aside,
)
from firstday_cli.intake.files.mail_parts import Body, body_of, kind_of
from firstday_cli.intake.files.table import CellTable

HEADINGS = ("Message-ID", "Received", "From name", "From address", "Phone", "Channel", "Automatic", "Text")
WITHIN = 1 << 16
KNOWN = frozenset({"from", "to", "subject", "date", "sender", "reply-to", "cc"})
SURE = frozenset({"message-id", "received", "return-path", "delivered-to", "x-mozilla-status", "authentication-results",
                  "dkim-signature"})  # fmt: skip
FEWEST = 3  # headers that any letter may have, an address in From among them, where none is there that only mail has
SAVED_PAGE = frozenset({"multipart/related"})
SAVED_BY = re.compile(r"""[<"']*saved by\b""", re.IGNORECASE)
DIVIDER = re.compile(
    rb"^From (?:-?[ \t]*|[^\n]*\d\d:\d\d[^\n]*\d{4}[^\n]*|\S+@\S+[^\n]*)\n(?=>?From [^\n]*\n|[!-9;-~]{1,76}:)",
    re.MULTILINE,
)
SAYS_A_MOMENT = re.compile(
    rb"From \S+ (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)? [^\n]*\d{4}|From -[ \t]*\n"
)
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
STRAY_FROM = re.compile(rb"\A(?:>?From [^\n]*\n)+")
MOST_MAILS = 50_000
MARK = b"\xef\xbb\xbf"


def is_mail(raw: bytes) -> bool:
    """Whether these bytes are a mail or a mailbox, by the headers before the first blank line."""
    start = _plain(raw[:WITHIN])
    if start.startswith(b"From "):
        return DIVIDER.match(start) is not None and len(_names(STRAY_FROM.sub(b"", start))) > 1
    return _is_head(start)


def _is_head(start: bytes) -> bool:
    head = apart(start)[0]
    names = _names(start)
    if kind_of(head).name in SAVED_PAGE and (SAVED_BY.match(head.text("from")) or not names & (SURE | {"to"})):
        return False
    if names & SURE:
        return len(names) > 1
    return len(names) >= FEWEST and "@" in head.text("from")


def _names(start: bytes) -> set[str]:
    """The headers of a mail that stand before the first blank line; none where the first line is no header."""
    head, first = apart(start)[0], start.partition(b"\n")[0].partition(b":")[0].strip()
    is_header = first.decode("ascii", "replace").casefold() in head.found
    return set(head.found) & (KNOWN | SURE) if is_header else set()


def mail_tables(raw: bytes, file: str) -> tuple[CellTable, ...]:
    """One table of a row for each mail. Raises UnreadableExport where there are more than any school has."""
    whole = _plain(raw)
    is_mailbox = whole.startswith(b"From ")
    records, left, leaving = Records(file, HEADINGS), 0, 0
    for mail in _mails(whole, file) if is_mailbox else iter((whole,)):
        body = _add(records, mail)
        left, leaving = left + body.attachments, leaving + bool(body.attachments)
    notes = (f"attachments left in the mails: {left} in {leaving} of {records.number - 1}",) if left else ()
    return records.tables("mailbox" if is_mailbox else "mail", notes=notes)


def _plain(raw: bytes) -> bytes:
    return raw.removeprefix(MARK).replace(b"\r\n", b"\n").lstrip(b" \t\r\n")


def _mails(whole: bytes, file: str) -> Iterator[bytes]:
    """The mails of a mailbox: a divider stands at the start, or below a blank line, and above a header."""
    dividers = [d for d in DIVIDER.finditer(whole) if _divides(whole, d)]
    if len(dividers) > MOST_MAILS:
        message = f"holds more than {MOST_MAILS:,} mails. Save those of this term alone into a mailbox of their own."
        raise UnreadableExport(message, file)
    ends = [divider.start() for divider in dividers[1:]] + [len(whole)]
    for divider, end in zip(dividers, ends, strict=True):
        mail = whole[divider.end() : end]
        yield QUOTED_FROM.sub(rb"\1", STRAY_FROM.sub(b"", mail))


def _divides(whole: bytes, divider: re.Match[bytes]) -> bool:
    """Whether a divider stands at the start or below a blank line; one that says a moment may stand anywhere."""
    at = divider.start()
    return at == 0 or whole[at - 2 : at] == b"\n\n" or SAYS_A_MOMENT.match(divider[0]) is not None


def _add(records: Records, mail: bytes) -> Body:
    """Keep a mail as a row, a mail that no person wrote too; say what is left in it."""
    head, raw = apart(mail)
    who, subject = sender(head), head.text("subject")[:1000]
    kind = kind_of(head)
    body = body_of(subject, kind, raw)
    number = caller(who, subject, has_sound=body.has_sound)
    aside = set_aside(head, kind.name, who, is_call=number != "")
    channel = "voicemail" if number else "email"
    cells = [received_at(head), who.name[:LONGEST_NAME], who.address, number, channel, aside, body.words]
    records.add(zip(HEADINGS, (own_id(head) or _made_id(head, who, body), *cells), strict=True))
    return body


def _made_id(head: Head, who: Sender, body: Body) -> str:
    """An id for a mail that has none: the same for the same mail, in whichever file it comes."""
    parts = (received_at(head), head.text("date"), who.name, who.address, body.words)
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"mail-{digest[:12]}"
