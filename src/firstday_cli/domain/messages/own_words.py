"""A mail's text → the sender's own words: without history, signature and the small print of an organisation."""

import re
from collections.abc import Sequence

from firstday_cli.domain.messages.history import own_lines

SIGNATURE = re.compile(r"^--\s?$")
LONGEST_SIGNATURE = 15  # lines; more below two dashes are words
SENT_FROM = re.compile(
    r"^(?:sent (?:from|via) (?:my\b|yahoo|outlook|samsung|mail for|the all new)|get outlook for\b|envoyé de mon\b"
    r"|von meinem\b.*\bgesendet|gesendet von\b|wysłane z\b|enviado desde mi\b).{0,80}$",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|to whom it may concern)\b"
    r"[^.!?\d]{0,40}[,.!:]?$",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"confidential|intended (?:solely|only|recipient|for)|not the (?:intended|named)|received (?:this|it) in error"
    r"|any attachments?|disclaimer|registered (?:in|office)|views expressed|virus|legally privileged|unauthorised"
    r"|unauthorized|monitored|notify the sender|delete (?:it|this)",
    re.IGNORECASE,
)
LEGAL_BEGINS = re.compile(
    r"(?:^|(?<=[.!?])[ ]+|\n)[ *]*(?=(?:this (?:e-?mail|message|communication|transmission)"
    r"|the (?:information|contents?)|disclaimer|confidential|if you (?:are not|have received)|any views)\b)",
    re.IGNORECASE,
)
SHORTEST_LEGAL, SIGNS_OF_LAW = 150, 2
FORWARDED = re.compile(r"^\s*(?:fwd?|wg|tr|rv|pd)\s*:", re.IGNORECASE)


def own_words(text: str) -> str:
    """The sender's own words; the whole text where nothing would be left, for then the news is in the history."""
    whole = _tidied(text.splitlines())
    lines = _without_signature(own_lines(whole.split("\n")))
    lines = [line for line in lines if not SENT_FROM.match(line.strip())]
    own = _without_small_print(_tidied(lines))
    return own if _says_something(own) else whole


def words_of_mail(subject: str, body: str) -> str:
    """What a mail says: its subject, and below it the sender's own words, or the whole of what was forwarded."""
    words = _tidied(body.splitlines()) if FORWARDED.match(subject) else own_words(body)
    return "\n".join(part for part in (subject.strip(), words) if part)


def _without_signature(lines: Sequence[str]) -> list[str]:
    """The lines above two dashes alone on a line, where only a signature stands below."""
    for at, line in enumerate(lines):
        if SIGNATURE.match(line):
            below = sum(1 for other in lines[at + 1 :] if other.strip())
            return list(lines[:at]) if below <= LONGEST_SIGNATURE else list(lines)
    return list(lines)


def _without_small_print(text: str) -> str:
    """The paragraphs without long legal ones; of one with words in front of the law, the words."""
    kept = (_words_before_law(paragraph) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in kept if paragraph)


def _words_before_law(paragraph: str) -> str:
    begins = LEGAL_BEGINS.search(paragraph)
    law = paragraph[begins.start() :] if begins else ""
    signs = {found.casefold() for found in LEGAL.findall(law)}
    if begins is None or len(law) < SHORTEST_LEGAL or len(signs) < SIGNS_OF_LAW:
        return paragraph
    return paragraph[: begins.start()].rstrip()


def _says_something(text: str) -> bool:
    """Whether anything but a greeting stands there."""
    lines = (line.strip() for line in text.split("\n"))
    return any(any(c.isalnum() for c in line) and not GREETING.match(line) for line in lines)


def _tidied(lines: Sequence[str]) -> str:
    """The lines without blanks at their ends, and never two blank lines together."""
    found: list[str] = []
    for line in lines:
        plain = line.rstrip()
        if plain or (found and found[-1]):
            found.append(plain)
    return "\n".join(found).strip("\n")
