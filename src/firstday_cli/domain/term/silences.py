"""Repeat silences: how many absences of each pupil nobody explained. Guidance, step 8: no explanation is worrying."""

from collections import Counter
from collections.abc import Iterable

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.term.session_marks import SessionMarks


def silences(sessions: Iterable[SessionMarks]) -> Counter[PupilId]:
    """How many absences that nobody has explained each pupil had: unbroken runs of sessions, the days between none.

    A session in school, off site or explained ends one; a session not known, not due or off roll does not.
    """
    found, running = Counter[PupilId](), frozenset[PupilId]()
    for session in sorted(sessions, key=lambda s: (s.day, s.half)):
        says_nothing = {p for p in running if p in session.not_known or p not in session.classes}
        found.update(session.silent - running)
        running = frozenset(session.silent | says_nothing)
    return found
