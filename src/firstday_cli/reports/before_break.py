"""Who was not seen before days without school, highest rating first."""

from firstday_cli.domain.packs.before_break import BeforeBreak, Break, NotSeen, by_rating
from firstday_cli.domain.school_days import in_words
from firstday_cli.reports.counted import how_it_stands, shown_since
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.sheet_head import provisional
from firstday_cli.reports.unexplained import WORDS


def not_seen_page(found: BeforeBreak) -> Page:
    """The page of `report not-seen-before-break`."""
    picture = found.picture
    rows = tuple(_row(found, child) for child in found.children)
    columns = (
        "Pupil", "Name", "Group", "Rating", "Stands", "Not seen for", "Last seen", "Face to face", "Case open since",
        "Who sees the child, when",
    )  # fmt: skip
    counted = ", ".join(f"{times} {rating}" for rating, times in by_rating(found.children).items())
    return Page(
        title=f"{picture.school}: not seen before the break, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(found),
        audience=Audience.SAFEGUARDING,
        warnings=(*provisional(picture), _when(found)),
        tables=(
            Table(
                title=f"Not seen ({len(rows)}{f': {counted}' if counted else ''})", columns=columns, rows=rows,
                empty=_nobody(found), unbroken=("Pupil", "Name", "Group", "Rating"),
            ),
        ),
        notes=("A named person decides for each child who sees it before the break, or whom to tell.",),
    )  # fmt: skip


def _nobody(found: BeforeBreak) -> str:
    if found.picture.provisional_because:
        return "Nobody yet, but this list cannot be relied on: see PROVISIONAL above."
    return "Nobody: no child is absent, owed a face to face, or open as a case."


def _when(found: BeforeBreak) -> str:
    """When the break is, and whether this is the last day before it."""
    coming, last = found.next_break, in_words(found.next_break.last_day)
    until = _until(coming)
    if found.is_now and coming.last_day == found.picture.session.day:
        return f"TODAY IS THE LAST SCHOOL DAY before {until}."
    if found.is_now:
        return f"THE SCHOOL IS SHUT since {last}: {until}."
    return f"The next break begins after {last}: {until}. This is the list as of now."


def _until(coming: Break) -> str:
    if coming.next_day is None:
        return "days without school, and the calendar does not say until when"
    return f"{coming.days} days without school, until {in_words(coming.next_day)}"


def _row(found: BeforeBreak, child: NotSeen) -> tuple[str, ...]:
    p, now = child.p, found.picture.as_of
    owed = "\n".join(f"by {d.due:%H:%M}: {how_it_stands(d, now)}; {d.because}" for d in child.owed)
    return (
        p.pupil.pupil_id, p.pupil.name, p.pupil.group, p.rating.rating.value + ("?" if p.rating.is_unsure else ""),
        WORDS[p.standing.kind], shown_since(p.days), child.seen.in_words if child.seen else "not known",
        owed or "not owed today", f"{in_words(child.case.began.day)} {child.case.began.half}" if child.case else "",
        "_" * 20,
    )  # fmt: skip


def _facts(found: BeforeBreak) -> dict[str, Json]:
    picture, coming = found.picture, found.next_break
    return {
        "schema": "firstday/not-seen-before-break/1",
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "provisional": bool(picture.provisional_because),
        "break": {
            "last_school_day": coming.last_day.isoformat(),
            "next_school_day": coming.next_day.isoformat() if coming.next_day else None,
            "days": coming.days,
            "is_now": found.is_now,
        },
        "pupils": [_shape(child) for child in found.children],
    }


def _shape(child: NotSeen) -> dict[str, Json]:
    p, seen = child.p, child.seen
    return {
        "pupil_id": p.pupil.pupil_id,
        "rating": p.rating.rating.value,
        "standing": p.standing.kind.value,
        "absent": child.is_absent,
        "since_seen": p.days.since_seen if p.days.was_ever_seen else None,
        "last_seen": {"day": seen.day.isoformat(), "by": seen.by_what} if seen else None,
        "face_to_face": [{"due": d.due.isoformat(), "because": d.because} for d in child.owed],
        "case_began": child.case.began.day.isoformat() if child.case else None,
    }
