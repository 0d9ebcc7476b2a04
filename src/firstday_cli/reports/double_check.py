"""The sheet with which somebody looks in school before calling, and what the registers may now need."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.sheets.amendments import Amendment
from firstday_cli.domain.sheets.double_check import DoubleCheck, GroupToCheck, Looked, Sought
from firstday_cli.domain.sheets.numbering import SheetNumber
from firstday_cli.reports.page import ROOM, Json, Page, Table
from firstday_cli.reports.shapes import alert_shape
from firstday_cli.reports.sheet_head import crossed_off, numbered, of_the_moment, office_alert

BOX = "[ ]"
REGISTER = {
    "in": "",
    "part": ": its register is partly marked",
    "awaited": ": ITS REGISTER IS AWAITED, ask for it first",
    "missing": ": ITS REGISTER IS MISSING, ask for it first",
}
LOOK = ("Tick", "Pupil", "Name", "Mark", "Look because", "Looked already", "Found?", "Where, who, when")
RING = ("Tick", "Pupil", "Name", "Group", "Mark", "Asked already", "Arrived?", "Who said so, when")
AMEND = ("Pupil", "Name", "Group", "Register has", "What it may need", "Because")
UNBROKEN = ("Tick", "Pupil", "Name", "Group", "Mark")
NOBODY_HERE = "Nobody of this group to look for; its register is needed all the same."


def double_check(picture: DayPicture, check: DoubleCheck, number: SheetNumber | None) -> Page:
    """The page of `report double-check`. Guidance, step 4."""
    return Page(
        title=f"{picture.school}: double check in school, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(picture, check, number),
        warnings=(*numbered(number), *_warnings(picture, check)),
        tables=(
            *_in_school(picture, check),
            *_places(check.off_site),
            _amendments(check.amendments),
            crossed_off(picture, number),
        ),
        notes=tuple(_notes(picture, check)),
    )


def _warnings(picture: DayPicture, check: DoubleCheck) -> Iterable[str]:
    """Children in danger first, by their ids; then why the sheet may be wrong, and whether it is late."""
    for alert in picture.alerts:
        name = office_alert(alert)
        why = "tell the safeguarding lead" if name == "ACT NOW" else alert.because
        yield f"{name}: {alert.pupil_id}, {why}" if alert.pupil_id else f"{name}: {alert.sentence}"
    if picture.provisional_because:
        yield f"PROVISIONAL: {'; '.join(picture.provisional_because)}."
    if check.pupil_ids and picture.as_of > picture.looked_for_by:
        yield f"OVERDUE: looking in school was to be done by {picture.looked_for_by:%H:%M}."


def _in_school(picture: DayPicture, check: DoubleCheck) -> Iterable[Table]:
    if not any(group.pupils for group in check.groups):
        yield Table(title="To look for (0)", columns=LOOK, rows=(), empty=_nobody(picture, check))
    for group in check.groups:
        name = group.group or "No group"
        yield Table(
            title=f"{name} ({len(group.pupils)}){REGISTER[group.register]}", columns=LOOK,
            rows=tuple(_to_look_for(child) for child in group.pupils), empty=NOBODY_HERE, unbroken=UNBROKEN,
        )  # fmt: skip


def _nobody(picture: DayPicture, check: DoubleCheck) -> str:
    """Why nobody is to be looked for; never an all-clear where the picture may be wrong."""
    if picture.why_shut:
        return f"No school: {picture.why_shut}. Nobody is expected; nobody is looked for."
    if picture.provisional_because:
        return "Nobody so far, but this sheet cannot be relied on: see PROVISIONAL above."
    if check.off_site:
        return "Nobody to look for in school; the places below are rung."
    return "Nobody to look for: every pupil is accounted for."


def _to_look_for(child: Sought) -> tuple[str, ...]:
    pupil = child.pupil.pupil
    return (BOX, pupil.pupil_id, pupil.name, child.register_has, child.why, _said(child), f"yes {BOX} no {BOX}", ROOM)


def _places(off_site: Sequence[Sought]) -> Iterable[Table]:
    """A table for each group and mark: the office knows where these pupils are taught."""
    places: defaultdict[str, list[Sought]] = defaultdict(list)
    for child in off_site:
        places[_mark_of_group(child)].append(child)  # never a plan's own words: they may say why
    for place, pupils in sorted(places.items()):
        yield Table(
            title=f"Off site: {place} ({len(pupils)}). Ring the place: has each one arrived?", columns=RING,
            rows=tuple(_to_ask_after(child) for child in pupils), unbroken=UNBROKEN,
        )  # fmt: skip


def _mark_of_group(child: Sought) -> str:
    code, group = child.pupil.facts.code, child.pupil.pupil.group or "no group"
    return f"{group}, {child.register_has}, {code.meaning if code else 'off site'}"


def _to_ask_after(child: Sought) -> tuple[str, ...]:
    p = child.pupil.pupil
    return BOX, p.pupil_id, p.name, p.group, child.register_has, _said(child), f"yes {BOX} no {BOX}", ROOM


def _said(child: Sought) -> str:
    """Who looked before: what was found, when, by whom, where."""
    return "\n".join(_look(look) for look in child.looked)


def _look(look: Looked) -> str:
    where = f", {look.where}" if look.where else ""
    return f"{look.finding.value.replace('-', ' ')} {look.at:%H:%M} by {look.by}{where}"


def _amendments(found: Sequence[Amendment]) -> Table:
    rows = tuple(
        (a.pupil.pupil_id, a.pupil.name, a.pupil.group, a.register_has, a.says, a.seen) for a in found
    )  # fmt: skip
    title = f"Registers to amend ({len(rows)}): for a person to enter in the information system"
    return Table(title=title, columns=AMEND, rows=rows, unbroken=("Pupil", "Name", "Group"))


def _notes(picture: DayPicture, check: DoubleCheck) -> Iterable[str]:
    """By when, what firstday leaves alone, and last how what was found is written down."""
    if check.pupil_ids:
        by = f"{picture.looked_for_by:%H:%M}"
        yield f"Done by {by}, before anybody is rung. Who is found or has arrived is not on the next sheet."
    if check.amendments:
        yield "firstday changes no register: an amendment goes from this page when a newer register has it."
    if check.pupil_ids:
        yield f"Written down later? Add the time of the look: --at {picture.as_of:%Y-%m-%dT%H:%M}"
        yield _how_to_record(check)


def _how_to_record(check: DoubleCheck) -> str:
    looked_for = [child for group in check.groups for child in group.pupils]
    two = " ".join(_typed(child.pupil.pupil.pupil_id) for child in (looked_for or check.off_site)[:2])
    yes, no = ("--found", "--not-found") if looked_for else ("--arrived", "--not-arrived")
    where = ' --where "library"' if looked_for else ""
    off_site = "; off site --arrived or --not-arrived" if looked_for and check.off_site else ""
    return f'Write it down: firstday check {two} {yes}{where} --by "NAME" (or {no}{off_site})'


def _typed(pupil_id: str) -> str:
    """An id as it is typed on a command line; one that a command line might read as something else is left out."""
    return pupil_id if pupil_id.replace("-", "").isalnum() else "PUPIL"


def _facts(picture: DayPicture, check: DoubleCheck, number: SheetNumber | None) -> dict[str, Json]:
    return {
        "schema": "firstday/double-check/1",
        **of_the_moment(picture, number),
        "by": picture.looked_for_by.isoformat(),
        "no_school": picture.why_shut or None,
        "alerts": [alert_shape(a) for a in picture.alerts],
        "groups": [_group_shape(group) for group in check.groups],
        "off_site": [
            {**_shape(child), "group": child.pupil.pupil.group, "place": child.place or None}
            for child in check.off_site
        ],
        "amendments": [_amendment_shape(amendment) for amendment in check.amendments],
    }  # fmt: skip


def _group_shape(group: GroupToCheck) -> dict[str, Json]:
    return {"group": group.group, "register": group.register, "pupils": [_shape(child) for child in group.pupils]}


def _shape(child: Sought) -> dict[str, Json]:
    p = child.pupil
    return {
        "pupil_id": p.pupil.pupil_id,
        "name": p.pupil.name,
        "mark": p.facts.mark,
        "register_has": child.register_has,
        "standing": p.standing.kind.value,
        "because": child.why,
        "looked": [
            {
                "finding": look.finding.value, "at": look.at.isoformat(), "by": look.by, "where": look.where,
                "entry": look.entry,
            }
            for look in child.looked
        ],
    }  # fmt: skip


def _amendment_shape(amendment: Amendment) -> dict[str, Json]:
    return {
        "pupil_id": amendment.pupil.pupil_id,
        "register_has": amendment.register_has,
        "suggested": amendment.suggested or None,
        "asks_the_class": amendment.asks_the_class,
        "because": f"{amendment.seen}; {amendment.says}",
        "seen_at": amendment.seen_at.isoformat(),
        "source": amendment.source,
    }
