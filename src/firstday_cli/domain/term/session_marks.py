"""One session's registers, counted: the statistical class of every pupil's mark, and whose absence nobody explained."""

from collections.abc import Mapping
from datetime import date

from firstday_cli.domain.days.attendance import NOBODY_EXPLAINED
from firstday_cli.domain.marks import Treatment, code_on
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half
from firstday_cli.domain.standing.newest import settled_marks
from firstday_cli.domain.standing.reconcile import StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

UNMARKED = "unmarked"
SAYS_NOTHING = (StandingKind.UNKNOWN, StandingKind.NOT_EXPECTED)


@record
class SessionMarks:
    """The class of every pupil's mark, "unmarked" for none; `silent` are the absences that nobody has explained.

    They are marked N or O still, and nothing else told: a code that the office entered since is an answer. Of those in
    `not_known` the session says nothing: no mark to go by, or not due.
    """

    day: date
    half: Half
    classes: Mapping[PupilId, str]
    silent: frozenset[PupilId] = frozenset()
    not_known: frozenset[PupilId] = frozenset()


def session_marks(session: SessionFacts) -> SessionMarks | None:
    """The session's marks, each pupil of the roll once; None where the school was shut or no register came in."""
    if session.why_shut or not session.sheets:
        return None
    here = session.evidence.roll.ids - session.not_expected.keys()
    marks, day = settled_marks(session.sheets), session.session.day
    codes = session.evidence.policy.codes
    stands = {p: standing(session.facts(p), codes).kind for p in here - session.counted_in}
    return SessionMarks(
        day=day,
        half=session.session.half,
        classes={pupil_id: class_of(marks.get(pupil_id), day) for pupil_id in sorted(here)},
        silent=frozenset(
            p for p, kind in stands.items() if kind is StandingKind.UNEXPLAINED and marks.get(p) in NOBODY_EXPLAINED
        ),
        not_known=frozenset(p for p, kind in stands.items() if kind in SAYS_NOTHING),
    )


def class_of(mark: str | None, day: date) -> str:
    """The statistical class of a mark on a day; "unmarked" for none, a doubtful one and a code not in force."""
    code = code_on(mark or "", day)
    return UNMARKED if code is None or code.treatment is Treatment.NO_MARK else code.counts_as.value
