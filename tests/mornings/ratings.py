"""In which order families are called: by rating, by two flags that cannot wait, then the youngest first."""

from datetime import date

from .cells import cell, day_of
from .morning import LONDON, Morning, Row, pictures, placed_rows

RED = {
    "looked-after", "cse", "cce", "social-worker", "child-protection-plan", "s47", "suicide-risk",
    "forced-marriage-risk", "fgm-risk", "abduction-risk",
}  # fmt: skip
AMBER = {
    "external-agency", "family-concern", "ewo", "attendance-support", "police-investigation",
    "previously-looked-after", "privately-fostered", "young-carer", "previously-missing",
}  # fmt: skip


def in_calling_order(morning: Morning, roll: dict[str, Row], pupils: set[str]) -> list[str]:
    """These pupils, whom to call first in front."""
    flags = flags_on(morning, roll)
    for pupil, over in flags_over(morning, flags).items():
        flags.setdefault(pupil, set()).update(over & (RED | AMBER))
    return sorted(pupils, key=lambda pupil: (_rank(flags.get(pupil, set())), *_youngest_first(roll[pupil]), pupil))


def flags_on(morning: Morning, roll: dict[str, Row]) -> dict[str, set[str]]:
    """The flags that stand on the day; one that a newer file leaves out stands until its own end."""
    flags = {pupil: {flag.strip() for flag in cell(row, "flags").split(";")} for pupil, row in roll.items()}
    named: set[tuple[str, str]] = set()
    for picture in pictures(morning, "flags"):
        fresh = [row for row in picture if _key(row) not in named]
        for row in fresh:
            if stands(row, morning.day):
                flags.setdefault(cell(row, "pupil_id"), set()).add(cell(row, "flag"))
        named |= {_key(row) for row in fresh}
    return flags


def flags_over(morning: Morning, now: dict[str, set[str]]) -> dict[str, set[str]]:
    """The flags that are over, though the school held them once while they were in force: they still rate."""
    last: dict[tuple[str, str, date | None], tuple[date | None, date]] = {}
    held_from: dict[tuple[str, str, date | None], date] = {}
    for place, row in placed_rows(morning, "flags"):
        since, until = day_of(cell(row, "since")), day_of(cell(row, "until"))
        said = place.at.astimezone(LONDON).date()
        key, begins = (*_key(row), since), max(since or said, said)
        last[key] = (until, said)
        if until is None or until >= begins:
            held_from[key] = min(held_from.get(key, begins), begins)
    over: dict[str, set[str]] = {}
    for pupil, flag in {(pupil, flag) for pupil, flag, _ in last if flag not in now.get(pupil, set())}:
        same = [key for key in last if key[:2] == (pupil, flag)]
        ends = max(max(said, until or said) for until, said in (last[key] for key in same))
        if min(held_from.get(key, date.max) for key in same) <= min(morning.day, ends):
            over.setdefault(pupil, set()).add(flag)
    return over


def _key(row: Row) -> tuple[str, str]:
    return cell(row, "pupil_id"), cell(row, "flag")


def stands(row: Row, day: date) -> bool:
    """Whether the flag holds on the day."""
    since, until = day_of(cell(row, "since")), day_of(cell(row, "until"))
    return (since is None or since <= day) and (until is None or day <= until)


def _rank(flags: set[str]) -> int:
    tests = (flags & RED, "cannot-summon-help" in flags, "walks-alone" in flags, flags & AMBER)
    return next((rank for rank, fits in enumerate(tests) if fits), len(tests))


def _youngest_first(row: Row) -> tuple[bool, int]:
    born = day_of(cell(row, "dob"))
    return (True, 0) if born is None else (False, -born.toordinal())
