"""Questions asked and visits made → entries for the log, checked before they are written."""

from collections.abc import Sequence
from datetime import time

from firstday_cli.desk import Desk
from firstday_cli.domain.log.entries import EnquiryMade, Entry, VisitMade, VisitStarted
from firstday_cli.domain.log.visits import AT_THE_DOOR, VisitKind, VisitOutcome
from firstday_cli.domain.school_days import in_words, moment
from firstday_cli.errors import Mistyped
from firstday_cli.morning.said import needed, session_said

TWO = 2
ALONE = "nobody goes alone: at least two go on a home visit."


def enquired(desk: Desk, pupil: str, answers: Sequence[str], abroad: str) -> Entry:
    """The answers to the three questions, in the order in which they are asked; to be "not known" is an answer."""
    pupil_id, day = desk.pupil_named(pupil), desk.asked.day or desk.at.date()
    desk.calendar.must_cover(day)
    options = ("--agency", "--intelligence", "--knows-family")
    agency, intelligence, knows = (needed(answer, name) for answer, name in zip(answers, options, strict=True))
    return EnquiryMade(
        pupil_id=pupil_id, day=day, agency=agency, intelligence=intelligence, knows_family=knows, abroad=abroad.strip()
    )


def left_for(desk: Desk, pupil: str, staff: Sequence[str], back_by: time | None, authorised_by: str) -> VisitStarted:
    """Staff who leave now for a home visit, and when they are due back."""
    names = tuple(dict.fromkeys(name.strip() for name in staff if name.strip()))
    if not names:
        raise Mistyped("say who goes: --staff NAME --staff NAME.", "--staff")
    if back_by is None:
        raise Mistyped("say when they are due back: --back-by TIME.", "--back-by")
    due = moment(desk.at.date(), back_by)
    if due <= desk.at:
        raise Mistyped(f"found {back_by:%H:%M}, expected a time after they left ({desk.at:%H:%M}).", "--back-by")
    return VisitStarted(
        pupil_id=desk.pupil_named(pupil), day=desk.at.date(), staff=names, back_by=due,
        authorised_by=authorised_by.strip(),
    )  # fmt: skip


def visited(desk: Desk, pupil: str, outcome: str, purpose: str, note: str, *, with_parent: bool) -> VisitMade:
    """What staff found at the door. A parent's being there counts only where the child was seen."""
    found = VisitOutcome(outcome)
    if with_parent and not AT_THE_DOOR[found].is_seen:
        raise Mistyped(f"{found.value} is no face to face: say --with-parent only with child-seen.", "--with-parent")
    day, half = session_said(desk)
    if day != desk.at.date():
        raise Mistyped(f"say when on {in_words(day)} they were there: --at TIMESTAMP.", "--day")
    return VisitMade(
        pupil_id=desk.pupil_named(pupil), day=day, half=half, outcome=found, with_parent=with_parent,
        purpose=VisitKind(purpose or VisitKind.FIRST_DAY.value), note=note.strip(),
    )  # fmt: skip
