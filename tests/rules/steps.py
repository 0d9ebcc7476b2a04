"""What was done about a child, in the words of a table: `call 09:40, written down 10:01; call taken back 10:20`."""

import re
from collections.abc import Mapping

from rules.school import School

BY = ("--by", "A. Officer")
WHERE = ("--child-with", "mother, at home")
STEP = re.compile(r"(?P<what>.+?) (?P<at>\d\d:\d\d)(?:, written down (?P<written>\d\d:\d\d))?")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "call": ("call", "PUPIL", "--contact", "1", "--outcome", "no-answer"),
    "wrong number": ("call", "PUPIL", "--contact", "1", "--outcome", "wrong-number"),
    "answered call": ("call", "PUPIL", "--contact", "1", "--outcome", "answered", "--no-reason", *WHERE),
    "text by the call sheet": ("call", "PUPIL", "--contact", "1", "--outcome", "text-sent"),
    "text": ("text", "PUPIL"),
    "told": ("explain", "PUPIL", "--told-by", "mother", "--reason", "a cold", *WHERE),
    "found": ("check", "PUPIL", "--found"),
    "seen": ("seen", "PUPIL", "--how", "home", "--with-parent"),
    "note": ("note", "PUPIL", "--text", "a dog barked"),
    "agency told": ("inform", "PUPIL", "--agency", "Harbour Lane Team"),
    "pasted": ("logged", "PUPIL", "--in", "mis"),
    "pasted into cpoms": ("logged", "PUPIL", "--in", "cpoms"),
}
BACK = " taken back"


def done(school: School, pupil: str, steps: str) -> None:
    """Type the steps in their order, each at the moment at which it was written down."""
    written: dict[str, str] = {}
    for words in filter(None, steps.split("; ")):
        found = STEP.fullmatch(words)
        assert found, f"cannot read {words!r}"
        at, now = found["at"], found["written"] or found["at"]
        what = found["what"]
        if what.endswith(BACK):
            school.say("withdraw", written[what.removesuffix(BACK)], "--why", "the wrong child", at=now)
            continue
        command = [pupil if word == "PUPIL" else word for word in COMMANDS[what]]
        written[what] = school.say(*command, "--at", f"{school.day}T{at}", at=now)
