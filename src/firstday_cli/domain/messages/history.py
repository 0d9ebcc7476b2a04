"""Which lines of a mail are the history that a mail program put below the sender's own words."""

import re
from collections.abc import Iterator, Sequence

LONGEST = 400  # letters of a line that introduces history
INTRO = re.compile(
    r"""^(?:on\b.*\bwrote|le\b.*\ba\s+écrit|am\b.*\bschrieb\b.*|w\s+dniu\b.*\bnapisał(?:\(a\)|a)?|el\b.*\bescribió
    |il\b.*\bha\s+scritto|em\b.*\bescreveu|op\b.*\bschreef\b.*)\s*:$""",
    re.IGNORECASE | re.VERBOSE,
)
BEGINS_INTRO = re.compile(r"(?:on|le|am|w\s+dniu|el|il|em|op)\s", re.IGNORECASE)
INTRO_LINES = 3  # over which a mail program may break it
ORIGINAL = re.compile(
    r"^-{2,}\s*(?:original message|original appointment|message d'origine|ursprüngliche nachricht|mensaje original"
    r"|oryginalna wiadomość|wiadomość oryginalna)\s*-{2,}$",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"^(?:-{3,}\s*(?:forwarded message|message transféré|weitergeleitete nachricht|wiadomość przekazana)\s*-{3,}"
    r"|begin forwarded message:)$",
    re.IGNORECASE,
)
FROM = re.compile(r"^\*?(?:from|de|von|od|da|van)\s?:\*?\s", re.IGNORECASE)
LABEL = re.compile(
    r"^\*?(?:sent|date|to|cc|subject|importance|envoyé|à|objet|gesendet|an|betreff|wysłano|data|do|temat|enviado"
    r"|para|asunto|fecha|inviato|a|oggetto|assunto)\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
LABELS, WITHIN = 3, 8  # so many labels in so many lines below From: are the head of an older mail, and no form
RULE = re.compile(r"^[_-]{5,}$")


def own_lines(lines: Sequence[str]) -> list[str]:
    """The lines without the history; what is forwarded is no history, and stays."""
    return list(_own(lines))


def _own(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if FORWARD.match(line[:LONGEST]):
            yield from lines[at:]
            return
        head = 1 if line.startswith(">") else _head_of_history(lines, at)
        if head and not line.startswith(">") and not _is_quoted_below(lines, at + head):
            return
        if not head:
            yield lines[at]
        at += head or 1


def _head_of_history(lines: Sequence[str], at: int) -> int:
    """How many lines introduce history here; none where these are words."""
    line = lines[at].strip()
    if ORIGINAL.match(line[:LONGEST]):
        return 1 + _labels_below(lines, at + 1)
    if RULE.match(line[:LONGEST]) and at + 1 < len(lines) and (more := _head_of_mail(lines, at + 1)):
        return 1 + more
    return _head_of_mail(lines, at) or _intro(lines, at)


def _head_of_mail(lines: Sequence[str], at: int) -> int:
    """How many lines are From:, Sent:, To:, Subject: of an older mail."""
    if not FROM.match(lines[at].strip()[:LONGEST]):
        return 0
    count = sum(1 for line in lines[at + 1 : at + WITHIN] if LABEL.match(line.strip()[:LONGEST]))
    return 1 + _labels_below(lines, at + 1) if count >= LABELS else 0


def _labels_below(lines: Sequence[str], at: int) -> int:
    """How far the labels reach: to the last of them within a few lines."""
    near = [line.strip()[:LONGEST] for line in lines[at : at + WITHIN]]
    return max((n for n, line in enumerate(near, start=1) if LABEL.match(line) or FROM.match(line)), default=0)


def _intro(lines: Sequence[str], at: int) -> int:
    """How many lines say that somebody wrote the following on some day; a day has a figure in it."""
    if not BEGINS_INTRO.match(lines[at].strip()[:LONGEST]):
        return 0
    said = ""
    for count, line in enumerate(lines[at : at + INTRO_LINES], start=1):
        said = f"{said} {line.strip()}".strip()
        if not line.strip() or len(said) > LONGEST:
            return 0
        if said.endswith(":") and INTRO.match(said):
            return count if any(letter.isdigit() for letter in said) else 0
    return 0


def _is_quoted_below(lines: Sequence[str], at: int) -> bool:
    """Whether the history marks its lines, so that others among them and below are the sender's own."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at == len(lines) or lines[at].strip().startswith(">")
