"""The body of a mail: its parts, and the words in them; attachments are counted and left."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from firstday_cli.domain.messages.own_words import words_of_mail
from firstday_cli.domain.record import record
from firstday_cli.intake.files.mail_heads import Head, apart, sender
from firstday_cli.intake.files.mail_letters import letters, unpacked
from firstday_cli.intake.files.web_words import web_words

DEEPEST, MOST_PARTS = 12, 300  # of one mail; what lies deeper or comes later stays in it, and is said to
MOST_BYTES, MOST_LOOKED_AT, MOST_LETTERS = 1 << 20, 100_000, 20_000  # of one part, of all parts, of what is kept
LONGEST_KIND = 1000
ONLY_FOR_HTML = re.compile(r"\bhtml\b", re.IGNORECASE)
LONGEST_EXCUSE = 300  # letters in which a part says that the mail is to be read as a web page
SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted",
                    "application/pgp-encrypted"})  # fmt: skip
SAYS_NO_MORE = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
                          "text/x-amp-html", "text/watch-html"})  # fmt: skip
PGP = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)
IS_SEALED = "(the mail is encrypted: open it in the mail program)"
IS_INVITATION = "(a calendar invitation left in the mail)"
IS_UNREADABLE = "(its words cannot be read: open it in the mail program)"
IS_CUT_OFF = "(the mail ends in its middle: open it in the mail program)"
IS_LONGER = "(the mail goes on: open it in the mail program)"
HAS_MORE = "(more parts left in the mail)"


@record
class Kind:
    """What a part says it is."""

    name: str
    boundary: str = ""
    charset: str = ""
    is_attached: bool = False
    way: str = ""


@record
class Body:
    """What a mail says, and how many attachments are left in it."""

    words: str
    attachments: int
    has_sound: bool


def kind_of(head: Head) -> Kind:
    """What the head of a part says of it; plain text where it says nothing that is known."""
    said = Message()
    said["Content-Type"] = head.text("content-type")[:LONGEST_KIND] or "text/plain"
    try:
        name = said.get_content_type()
        return Kind(
            name=name, boundary=str(said.get_boundary() or "") if name.startswith("multipart/") else "",
            charset=str(said.get_content_charset() or "") if name.startswith("text/") else "",
            is_attached=head.plain("content-disposition") == "attachment",
            way=head.plain("content-transfer-encoding"),
        )  # fmt: skip
    except (ValueError, LookupError, TypeError, AttributeError):
        return Kind(name="text/plain")


class Parts:
    """What is found in the parts of one mail, in their order."""

    def __init__(self) -> None:
        self.count = self.attachments = 0
        self.has_sound = False
        self.forwarded: list[str] = []
        self.remarks: dict[str, None] = {}

    def words(self, kind: Kind, raw: bytes, depth: int = 0) -> str:
        """The words of a part and of all in it."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_PARTS:
            self.remarks[HAS_MORE] = None
            return ""
        if kind.name in SEALED:
            self.remarks[IS_SEALED] = None
            return ""
        if kind.name.startswith("multipart/") and kind.boundary:
            return self._several(kind, raw, depth)
        if kind.name in ("message/rfc822", "message/global"):
            self._forwarded(unpacked(raw, kind.way), depth)
            return ""
        if kind.name.startswith(("text/plain", "text/html", "multipart/")) and not kind.is_attached:
            return self._text(kind, raw)
        self._left(kind)
        return ""

    def _several(self, kind: Kind, raw: bytes, depth: int) -> str:
        parts = [(kind_of(head), body) for head, body in map(apart, self._split(raw, kind.boundary))]
        found = [(part.name, self.words(part, body, depth + 1)) for part, body in parts]
        if kind.name == "multipart/alternative":
            return _the_best(found)
        return "\n".join(words for _, words in found if words)

    def _split(self, raw: bytes, boundary: str) -> Iterator[bytes]:
        """The parts between the lines of a boundary."""
        line = re.compile(rb"\n--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?=\n|\Z)")
        raw, before = b"\n" + raw, -1
        for found in islice(line.finditer(raw), MOST_PARTS + 1):
            if before >= 0:
                yield raw[before : found.start()]
            if found[1]:
                return
            before = found.end() + 1
        self.remarks[IS_CUT_OFF] = None
        yield raw[before:] if before >= 0 else raw[1:]

    def _text(self, kind: Kind, raw: bytes) -> str:
        cut = raw
        if len(raw) > MOST_BYTES:
            cut = raw[: raw.rfind(b"\n", 0, MOST_BYTES) + 1] or raw[:MOST_BYTES]
            self.remarks[IS_LONGER] = None
        text = letters(unpacked(cut, kind.way), kind.charset)
        words = web_words(text) if kind.name == "text/html" else text
        if PGP.search(words):
            words = PGP.sub("", words)
            self.remarks[IS_SEALED] = None
        elif raw.strip() and not _says(words) and kind.way in ("base64", "quoted-printable") and not _says(text):
            self.remarks[IS_UNREADABLE] = None
        return words

    def _forwarded(self, raw: bytes, depth: int) -> None:
        """Keep the subject, sender and words of a mail that is attached to this one."""
        head, body = apart(raw)
        who = sender(head)
        said = words_of_mail(head.text("subject"), self.words(kind_of(head), body, depth + 1))
        name = f"{who.name} <{who.address}>" if who.name and who.address else who.name or who.address
        subject, _, rest = said.partition("\n")
        self.forwarded.append("\n".join(part for part in ("Forwarded:", subject, f"From: {name}", rest) if part))

    def _left(self, kind: Kind) -> None:
        if kind.name == "text/calendar" and not kind.is_attached:
            self.remarks[IS_INVITATION] = None
        elif kind.name not in SAYS_NO_MORE:
            self.attachments += 1
            self.has_sound = self.has_sound or kind.name.startswith("audio/")


def body_of(subject: str, kind: Kind, raw: bytes) -> Body:
    """Everything a mail says, its subject first, what is left in it last; blank where nothing can be read."""
    parts = Parts()
    said = parts.words(kind, raw)
    if len(said) > MOST_LOOKED_AT:
        parts.remarks[IS_LONGER] = None
    words = words_of_mail(subject, said[:MOST_LOOKED_AT])
    if parts.remarks.keys() == {IS_UNREADABLE} and not (_says(words) or parts.forwarded or parts.attachments):
        return Body(words="", attachments=0, has_sound=False)
    said = "\n".join(part for part in (words, *parts.forwarded) if part)
    if len(said) > MOST_LETTERS:
        said, parts.remarks[IS_LONGER] = said[:MOST_LETTERS].rstrip(), None
    some = "attachment" if parts.attachments == 1 else "attachments"
    left = f"({parts.attachments} {some} left in the mail)" if parts.attachments else ""
    return Body(
        words="\n".join(part for part in (said, *parts.remarks, left) if part),
        attachments=parts.attachments, has_sound=parts.has_sound,
    )  # fmt: skip


def _the_best(found: list[tuple[str, str]]) -> str:
    """The words of a mail that says the same in several ways: plain text, if it says anything."""
    plain = next((words for kind, words in found if kind == "text/plain" and _says(words)), "")
    rich = next((words for kind, words in reversed(found) if kind != "text/plain" and _says(words)), "")
    is_excuse = len(plain) <= LONGEST_EXCUSE and bool(ONLY_FOR_HTML.search(plain))
    return rich if rich and (is_excuse or not plain) else plain


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
