"""The head of every sheet of paper: its number, what it replaces, whether it can be relied on, who has left it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from firstday_cli.domain.picture.day_picture import Alert, DayPicture
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.sheets.numbering import SheetNumber
from firstday_cli.reports.page import Audience, Json, Page, Table

NAMED = 3  # files that a warning names
LEFT_OUT = "LEFT OUT OF THE NEWEST ROLL: nobody has seen or explained the child; go on ringing"


def numbered(number: SheetNumber | None) -> tuple[str, ...]:
    """The sheet's number in words; where it has none, why."""
    if number is None:
        return ("Not numbered: the store cannot be written.",)
    return (f"{number.in_words}.",) if number.number else ("Not numbered: a replay. No such sheet was made then.",)


def office_alert(alert: Alert) -> str:
    """An alert's name for a sheet that may lie about: one that only a flag can raise is not named."""
    return "ACT NOW" if alert.alert == "overseas-risk" else alert.alert.upper()


def with_unread(page: Page, files: Sequence[str]) -> Page:
    """The page with the files of the inbox that it does not rest on; a letter to parents rests on none."""
    if not files or page.audience is Audience.PARENTS:
        return page
    shown = ", ".join(files[:NAMED]) + (f" and {len(files) - NAMED} more" if len(files) > NAMED else "")
    if page.audience is Audience.STAFF_WHO_VISIT:  # a saved mail may be called after another family
        shown = "1 file" if len(files) == 1 else f"{len(files)} files"
    warning = f"NOT TAKEN IN: {shown} in the inbox. This page knows nothing of it: run `firstday reconcile`."
    return replace(page, warnings=(warning, *page.warnings), facts={**page.facts, "not_taken_in": list(files)})


def known_then(page: Page, at: datetime | None) -> Page:
    """The page as one of a moment past that was asked for, and saying so; a letter to parents is of no moment."""
    if at is None or page.audience is Audience.PARENTS:
        return page
    said = f"AS OF {at:%H:%M} on {in_words(at.date())}: what was known then, and nothing that came later."
    return replace(page, warnings=(said, *page.warnings), facts={**page.facts, "as_of": at.isoformat()})


def nobody_absent(picture: DayPicture) -> str:
    """What an empty list of the absent says: never that nobody is, where the day cannot be relied on."""
    if picture.provisional_because:
        return "Nobody yet, but this list cannot be relied on: see PROVISIONAL above."
    return "Nobody is absent."


def provisional(picture: DayPicture) -> tuple[str, ...]:
    """Why the sheet may be wrong."""
    because = picture.provisional_because
    return (f"PROVISIONAL: {'; '.join(because)}.",) if because else ()


def crossed_off(picture: DayPicture, number: SheetNumber | None) -> Table:
    """Those of earlier sheets who are not on this one; a child left out of the newest roll is never said to be in."""
    stands = {p.pupil.pupil_id: p.standing.kind.value.replace("_", " ") for p in picture.pupils}
    stands |= {d.pupil_id: LEFT_OUT for d in picture.discrepancies if d.kind in ("left-out", "not-on-roll")}
    left = number.left if number else ()
    return Table(
        title="Cross off earlier sheets", columns=("Pupil", "Now"),
        rows=tuple((pupil_id, stands.get(pupil_id, "in school")) for pupil_id in left),
    )  # fmt: skip


def of_the_moment(picture: DayPicture, number: SheetNumber | None) -> dict[str, Json]:
    """School, session and moment as programs read them, with the sheet's number."""
    return {
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "sheet": (number.number or None) if number else None,
        "replaces": number.number - 1 if number and number.number and number.replaces else None,
        "provisional": bool(picture.provisional_because),
        "provisional_because": list(picture.provisional_because),
    }
