"""What is done about a child whose absence goes further, in the words of the tables, and the commands for it."""

import re
from collections.abc import Iterable, Mapping

WHERE = ("--child-with", "mother, at home")
TOLD = ("explain", "--told-by", "mother", "--reason", "a cold", *WHERE)
ANSWERS = ("--agency", "none known", "--intelligence", "none", "--knows-family", "Mr Reed")
OUT = ("visit", "--out", "--staff", "B. Visitor", "--staff", "C. Visitor", "--authorised-by", "H. Head")
SEEN = ("visit", "--outcome", "child-seen")
SAID: dict[str, tuple[str, ...]] = {
    "answered": ("call", "--contact", "1", "--outcome", "answered", "--no-reason", *WHERE),
    "explained": TOLD,
    "found": ("check", "--found"),
    "not found": ("check", "--not-found"),
    "arrived": ("check", "--arrived"),
    "seen at home": ("seen", "--how", "home", "--without-parent"),
    "seen at home with a parent": ("seen", "--how", "home", "--with-parent"),
    "a note": ("note", "--text", "a dog barked"),
    "a text": ("text",),
    "asked": ("enquire", *ANSWERS),
    "child seen": SEEN,
    "child seen with a parent": (*SEEN, "--with-parent"),
    "child seen with a parent, to keep in touch": (*SEEN, "--with-parent", "--kind", "kit"),
    "visit no-answer, to keep in touch": ("visit", "--outcome", "no-answer", "--kind", "kit"),
    "no concern": ("decide", "--no-immediate-concern"),
    "harm": ("decide", "--harm"),
    "crime": ("decide", "--crime"),
    "rated RED": ("rate", "RED", "--why", "missing before"),
}
BY = {"decide": "D. Safeguarding", "visit": "B. Visitor"}
BODIES = {"attendance team": "attendance-team", "social care": "social-care", "police": "police"}
A_DAY = r"[A-Z][a-z]{2}|\d+ [A-Z][a-z]{2}"
EVENT = re.compile(rf"(?:(?P<day>{A_DAY}) )?(?P<at>\d\d:\d\d) (?P<what>[^()]+?)(?: \((?P<more>[^)]*)\))?")
ENTRY = re.compile(r"^(E\d+): .*?\b(P\d+)\b", re.MULTILINE)
TOGETHER = frozenset({"call", "check", "seen", "text"})
Event = tuple[str, str, str, str]  # when it is written down, when it happened, what, about whom


def moment_of(words: str, days: Mapping[str, str]) -> str:
    """A moment such as `Wed 09:20`; of the first day where none is named."""
    day, _, at = words.rpartition(" ")
    return f"{days[day] if day else next(iter(days.values()))}T{at}"


def events_of(words: str, pupil: str, days: Mapping[str, str]) -> Iterable[Event]:
    """What happened to a pupil: when it is written down, when it happened, what, about whom."""
    for part in filter(None, words.split("; ")):
        found = EVENT.fullmatch(part)
        assert found, f"cannot read {part!r}"
        happened = moment_of(f"{found['day']} {found['at']}" if found["day"] else found["at"], days)
        more = (found["more"] or "").removeprefix("written down ")
        typed = moment_of(more, days) if " " in more else f"{happened[:10]}T{more}" if more else happened
        yield typed, happened, found["what"], pupil


def command_of(what: str) -> tuple[str, ...]:
    """The command that writes this down, without the child and without who says so."""
    who, _, did = what.rpartition(" ")
    if what in SAID:
        return SAID[what]
    if what == "taken back":
        return ("withdraw", "--why", "the wrong child")
    if what.startswith("staff left, back by "):
        return (*OUT, "--back-by", did)
    if what.startswith("visit "):
        return ("visit", "--outcome", did)
    if what.startswith("referred to "):
        return ("refer", "--to", BODIES[what.removeprefix("referred to ")])
    if who in BODIES:
        return ("acknowledge", "--from", BODIES[who], "--decision", did)
    contact = "2" if what.startswith("father ") else "1"
    outcome = what.removeprefix("father ").replace("rung", "no-answer").replace(" ", "-")
    return ("call", "--contact", contact, "--outcome", outcome)
