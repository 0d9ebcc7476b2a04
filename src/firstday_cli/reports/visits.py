"""The visit sheet: one family a card, with the address, whom to ring from the door, what to look for, room to write.

For staff who visit: no reason of a rating, no flag, no agency, no note, and nothing of another family on a card.
"""

from collections.abc import Sequence

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.packs.discreet import plain_relationship
from firstday_cli.domain.packs.out_now import OutNow, out_now
from firstday_cli.domain.packs.visit_cards import KEEP_IN_TOUCH, ChildToSee, VisitCard
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.numbering import SheetNumber
from firstday_cli.reports.counted import shown_due, shown_time
from firstday_cli.reports.page import ROOM, Audience, Json, Page, Table
from firstday_cli.reports.sheet_head import numbered, of_the_moment, provisional
from firstday_cli.reports.visit_words import AT_THE_DOOR, BEFORE, FORM, TO_ASK, WHAT_FOR

WITHHELD = "{} withheld: ask the safeguarding lead who is not to be met, before leaving."
A_NOTE = "A note about this family is held: the safeguarding lead has it."
NO_NOTE = "No note about this family is held on the roll: ask all the same."


@record
class VisitSheet:
    """Everything the visit sheet shows: the moment, its cards, the policy, the sheet's number."""

    found: Escalation
    cards: tuple[VisitCard, ...]
    policy: Policy
    number: SheetNumber | None


def visits(sheet: VisitSheet) -> Page:
    """The page of `report visits`."""
    picture = sheet.found.picture
    cards = tuple(table for place, card in enumerate(sheet.cards, start=1) for table in _card(sheet, place, card))
    nobody = "Nobody: no visit and no face to face is owed now."
    if picture.provisional_because:
        nobody = "Nobody yet, but this sheet cannot be relied on: see PROVISIONAL above."
    return Page(
        title=f"{picture.school}: visit sheet, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(sheet),
        audience=Audience.STAFF_WHO_VISIT,
        warnings=(*numbered(sheet.number), *provisional(picture), *_overdue(sheet)),
        tables=(
            _out(sheet, out_now(sheet.found.children)),
            *(cards or (Table(title="To visit", columns=(), rows=(), empty=nobody),)),
        ),
        notes=(f"{len(sheet.cards)} to visit. One card goes with each visit: cut the others off.",),
        worksheet=_worksheet(sheet, nobody),
    )


def _overdue(sheet: VisitSheet) -> Sequence[str]:
    now = sheet.found.picture.as_of
    late = [o for o in out_now(sheet.found.children) if o.is_overdue(now)]
    return [f"NOT BACK: {' and '.join(o.staff)} were due at {o.back_by:%H:%M}. Ring them now." for o in late]


def _out(sheet: VisitSheet, out: Sequence[OutNow]) -> Table:
    """The office's own part: who is out, without saying to whom by name."""
    now = sheet.found.picture.as_of
    rows = tuple(
        (", ".join(o.staff), o.pupil_id, shown_time(o.left_at, now.date()), shown_due(o.back_by, now), o.authorised_by)
        for o in out
    )  # fmt: skip
    return Table(
        title="Out now (for the office)", columns=("Staff", "Pupil", "Left", "Due back", "Authorised by"), rows=rows,
        empty="Nobody is out.",
    )  # fmt: skip


def _card(sheet: VisitSheet, place: int, card: VisitCard) -> tuple[Table, Table]:
    new = sheet.number.new if sheet.number else frozenset()
    is_new = any(child.pupil_id in new for child in card.children)
    names = " and ".join(_named(sheet, child) for child in card.children)
    by = shown_due(card.due, sheet.found.picture.as_of)
    return (
        Table(
            title=f"{place}. {names}, by {by}{', NEW' if is_new else ''}", lines=tuple(_lines(sheet, card)),
            columns=("Ring from the door", "Number", "Relationship"),
            rows=tuple(_person(card, contact) for contact in card.to_ring),
            empty="Nobody can be rung from the door.", unbroken=("Number",), large=("Number",), begins_a_page=place > 1,
        ),
        Table(
            title=f"{place}. Write down", columns=("What", "Found"), rows=_to_fill_in(),
            lines=tuple(_to_type(child) for child in card.children),
        ),
    )  # fmt: skip


def _named(sheet: VisitSheet, child: ChildToSee) -> str:
    pupil = child.p.pupil
    rating = f", {child.p.rating.rating.value}" if sheet.policy.sheets.show_rating else ""
    return f"{pupil.name} ({pupil.pupil_id}, {pupil.group or 'no group'}{rating})"


def _lines(sheet: VisitSheet, card: VisitCard) -> Sequence[str]:
    """Everything that staff must know before they leave, and at the door."""
    day, school = sheet.found.picture.session.day, sheet.policy.school
    at_home = "; ".join(_resident(card, contact) for contact in card.lives_with)
    words = sheet.policy.wording.card.format(school=school.name, phone=school.phone or "the school", child="your child")
    return [
        f"Address: {card.address or 'not known: ask'}.",
        f"Lives there, as far as is known: {at_home or 'not known: ask'}.",
        *(_why(child, shown_time(child.start, day) if child.start else "") for child in card.children),
        *(f"Staff are out there now: {', '.join(o.staff)}, back by {o.back_by:%H:%M}." for o in card.out),
        *((WITHHELD.format("One contact is" if card.withheld == 1 else f"{card.withheld} contacts are"),)
          if card.withheld else ()),
        *BEFORE,
        A_NOTE if card.has_note else NO_NOTE,
        *AT_THE_DOOR,
        f"“{words}”",
        f"Ask: {TO_ASK}",
    ]  # fmt: skip


def _why(child: ChildToSee, start: str) -> str:
    starts = f"; leave from {start}" if start else ""
    return f"{child.pupil_id}: {WHAT_FOR[child.kind]}{starts}."


def _resident(card: VisitCard, contact: Contact) -> str:
    relationship = plain_relationship(contact.relationship, card.flags)
    return f"{contact.name}{f' ({relationship})' if relationship else ''}"


def _person(card: VisitCard, contact: Contact) -> tuple[str, ...]:
    return contact.name, contact.to_dial, plain_relationship(contact.relationship, card.flags)


def _to_fill_in() -> tuple[tuple[str, str], ...]:
    return tuple((what, choices or ROOM) for what, choices in FORM)


def _to_type(child: ChildToSee) -> str:
    """What to type when staff leave and when they are back; one child is one line."""
    kind = f" --kind {KEEP_IN_TOUCH}" if child.kind == KEEP_IN_TOUCH else ""
    return (
        f"Leaving: firstday visit {child.pupil_id} --out --staff NAME --staff NAME --back-by TIME --by NAME. "
        f"Back: firstday visit {child.pupil_id} --outcome OUTCOME [--with-parent]{kind} --note TEXT --by NAME."
    )


def _worksheet(sheet: VisitSheet, nobody: str) -> Table:
    """One row a child, for a spreadsheet."""
    columns = (
        "card", "pupil_id", "name", "group", "address", "lives_there", "ring_from_the_door", "withheld", "note_held",
        "leave_from", "due", "staff_out", "found",
    )  # fmt: skip
    rows = tuple(_row(sheet, place, card, c) for place, card in enumerate(sheet.cards, start=1) for c in card.children)
    return Table(title="Visits", columns=columns, rows=rows, empty=nobody)


def _row(sheet: VisitSheet, place: int, card: VisitCard, child: ChildToSee) -> tuple[str, ...]:
    pupil, now = child.p.pupil, sheet.found.picture.as_of
    return (
        str(place), pupil.pupil_id, pupil.name, pupil.group, card.address or "not known: ask",
        "; ".join(_resident(card, contact) for contact in card.lives_with) or "not known: ask",
        "; ".join(" ".join(part for part in _person(card, contact) if part) for contact in card.to_ring),
        str(card.withheld), "yes" if card.has_note else "no",
        shown_time(child.start, now.date()) if child.start else "", shown_due(child.due, now),
        "; ".join(f"{', '.join(o.staff)}, back by {o.back_by:%H:%M}" for o in card.out), "",
    )  # fmt: skip


def _facts(sheet: VisitSheet) -> dict[str, Json]:
    now = sheet.found.picture.as_of
    return {
        "schema": "firstday/visits/1",
        **of_the_moment(sheet.found.picture, sheet.number),
        "cards": [_card_shape(sheet, card) for card in sheet.cards],
        "out_now": [
            {
                "pupil_id": o.pupil_id, "staff": list(o.staff), "left_at": o.left_at.isoformat(),
                "back_by": o.back_by.isoformat(), "overdue": o.is_overdue(now),
                "authorised_by": o.authorised_by or None,
            }
            for o in out_now(sheet.found.children)
        ],
    }  # fmt: skip


def _card_shape(sheet: VisitSheet, card: VisitCard) -> dict[str, Json]:
    now, new = sheet.found.picture.as_of, sheet.number.new if sheet.number else frozenset()
    return {
        "address": card.address or None,
        "due": card.due.isoformat(),
        "overdue": now > card.due,
        "lives_with": [c.name for c in card.lives_with],
        "ring_from_the_door": [
            dict(zip(("name", "phone", "relationship"), _person(card, contact), strict=True))
            for contact in card.to_ring
        ],
        "contacts_withheld": card.withheld,
        "note_held": card.has_note,
        "out": bool(card.out),
        "children": [
            {
                "pupil_id": c.pupil_id, "name": c.p.pupil.name, "group": c.p.pupil.group, "kind": c.kind,
                "start": c.start.isoformat() if c.start else None, "due": c.due.isoformat(),
                "new": c.pupil_id in new,
            }
            for c in card.children
        ],
    }  # fmt: skip
