"""The call sheet: whom to ring, in what order, every number, what was tried, with room to write. For the office.

It carries instructions only: no reasons of a rating, no agencies, no health facts, no addresses, no free-text notes.
"""

from collections.abc import Sequence

from firstday_cli.domain.calling.rounds import Ring
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.call_cards import Card, Child, Line
from firstday_cli.domain.sheets.numbering import SheetNumber
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.reports.call_words import words_to_say
from firstday_cli.reports.counted import how_it_stands, shown_due
from firstday_cli.reports.page import ROOM, Json, Page, Table
from firstday_cli.reports.sheet_head import crossed_off, numbered, of_the_moment, office_alert, provisional

RINGS_TODAY = ("daily-contact", "promote-return")
TO_TYPE = ("outcome", "at", "by", "child_with", "reason", "no_reason", "code", "note")


@record
class CallSheet:
    """Everything the call sheet shows: the day, its cards in calling order, the policy, the sheet's number."""

    picture: DayPicture
    cards: tuple[Card, ...]
    policy: Policy
    number: SheetNumber | None


def call_sheet(sheet: CallSheet) -> Page:
    """The page of `report call-sheet`; as CSV one row for each number, to type results into."""
    picture = sheet.picture
    ringing = tuple(_card(sheet, place, card) for place, card in enumerate(sheet.cards, start=1))
    return Page(
        title=f"{picture.school}: call sheet, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(sheet),
        warnings=(*numbered(sheet.number), *provisional(picture), *_alerts(picture)),
        tables=(
            *(ringing or (Table(title="To ring", columns=(), rows=(), empty=_nobody(picture)),)),
            _duties(sheet), crossed_off(picture, sheet.number),
            words_to_say(picture.school, sheet.policy.school.phone),
        ),
        notes=(f"{len(ringing)} to ring. Write down each call: firstday call PUPIL --contact N --outcome OUTCOME.",),
        worksheet=_worksheet(sheet),
    )  # fmt: skip


def _nobody(picture: DayPicture) -> str:
    if picture.why_shut:
        return f"No school: {picture.why_shut}. Nobody is rung."
    if picture.provisional_because:
        return "Nobody yet, but this sheet cannot be relied on: see PROVISIONAL above."
    return "Nobody: no absence is unexplained."


def _alerts(picture: DayPicture) -> tuple[str, ...]:
    """Each alert in office words; one about the list and no pupil with its reason."""
    return tuple(
        f"{office_alert(a)}: {f'{a.pupil_id}, tell the safeguarding lead now.' if a.pupil_id else a.sentence}"
        for a in picture.alerts
    )


def _card(sheet: CallSheet, place: int, card: Card) -> Table:
    new = sheet.number.new if sheet.number else frozenset()
    names = " and ".join(_named(sheet, child) for child in card.children)
    is_new = any(child.pupil_id in new for child in card.children)
    return Table(
        title=f"{place}. {names}, by {shown_due(card.due, sheet.picture.as_of)}{', NEW' if is_new else ''}",
        lines=tuple(line for line in _lines(sheet, card) if line),
        columns=("Now", "Contact", "Person", "Number", "Tried", "Outcome, who spoke, where the child is, time"),
        rows=tuple(_person(card, line) for line in card.lines),
        empty="Nobody can be rung.",
        unbroken=("Now", "Contact", "Person", "Number"), large=("Number",),
    )  # fmt: skip


def _named(sheet: CallSheet, child: Child) -> str:
    pupil = child.pupil.pupil
    rating = f", {child.pupil.rating.rating.value}" if sheet.policy.sheets.show_rating else ""
    return f"{pupil.name} ({pupil.pupil_id}, {pupil.group or 'no group'}{rating})"


def _lines(sheet: CallSheet, card: Card) -> Sequence[str]:
    """What the caller must know before dialling."""
    many = len(card.children) > 1
    whose = {child.pupil_id: f"{child.pupil_id}: " if many else "" for child in card.children}
    return (
        *(f"{whose[child.pupil_id]}{_stage(sheet, child)}" for child in card.children),
        *(f"{whose[p]}Contact {number}: {why}." for p, number, why in card.not_to_ring),
        f"Interpreter: {', '.join(card.languages)}." if card.languages else "",
        "Each child is written down by itself: one answer is not the other's." if many else "",
        *(f"{whose[c.pupil_id]}{said}" for c in card.children for said in _beside(sheet.picture, c)),
    )


def _stage(sheet: CallSheet, child: Child) -> str:
    """How far the calling of this child is."""
    rounds, of = child.case.rounds, sheet.policy.calling.rounds
    mark = f"Register: {child.pupil.facts.mark or 'no mark'}."
    if rounds.exhausted:
        return f"{mark} {rounds.exhausted.capitalize()}: the safeguarding lead decides on a home visit now."
    if rounds.opens is not None and rounds.opens > sheet.picture.as_of:
        return f"{mark} Round {rounds.number} of {of} opens at {rounds.opens:%H:%M}."
    return f"{mark} Round {rounds.number} of {of}."


def _beside(picture: DayPicture, child: Child) -> Sequence[str]:
    """What else the caller should know: in office words."""
    p = child.pupil
    is_abroad = any(ring.call.outcome is Outcome.OVERSEAS_TONE for ring in child.case.rounds.rings)
    waits = any(p.pupil.pupil_id in message.pupils for message in picture.messages_to_match)
    numbers = len({c.phone_key for c in p.contacts if c.is_usable})
    return [
        said
        for said, is_so in (
            ("Silence is out of character for this family.", bool(p.out_of_character)),
            ("A message may be about this child: look at `firstday messages` first.", waits),
            ("Words beside the mark are not confirmed: ask.", bool(p.proposed)),
            ("Only one number is held: ask for more.", numbers == 1),
            ("An overseas tone was heard: is the family abroad?", is_abroad),
        )
        if is_so
    ]


def _person(card: Card, line: Line) -> tuple[str, ...]:
    places = {number for _, number in line.places}
    is_same = len(places) == 1 and len(line.places) == len(card.children)
    place = str(line.places[0][1]) if is_same else "\n".join(f"{p}: {number}" for p, number in line.places)
    return ("RING" if line.is_next else "", place, line.contact.who, line.contact.shown, _tried(line.rings), ROOM)


def _tried(rings: Sequence[Ring]) -> str:
    """Each call: when, in which round, how it ended, by whom; several children of one moment once."""
    return "\n".join(dict.fromkeys(_ring(ring) for ring in rings))


def _ring(ring: Ring) -> str:
    in_round = f" (round {ring.round})" if ring.round else ""
    return f"{ring.entry.at:%H:%M} {ring.call.outcome.value}{in_round}, {ring.entry.by}"


def _duties(sheet: CallSheet) -> Table:
    """The calls owed to families that have explained, and those that may promote a return."""
    people = {p.pupil.pupil_id: p for p in sheet.picture.pupils}
    owed = [d for d in sheet.picture.duties if d.duty in RINGS_TODAY and not d.done]
    rows = tuple(
        (
            d.pupil_id, people[d.pupil_id].pupil.name, people[d.pupil_id].pupil.group, f"{d.due:%H:%M}",
            _why(sheet, d), "\n".join(_numbers(people[d.pupil_id].contacts)), ROOM,
        )
        for d in sorted(owed, key=lambda d: (d.is_optional, d.due, d.pupil_id))
    )  # fmt: skip
    columns = ("Pupil", "Name", "Group", "By", "Why", "Ring until somebody answers", "Spoke to, time")
    return Table(
        title=f"Also to ring today: the absence is explained ({len(rows)})", columns=columns, rows=rows,
        unbroken=("Pupil", "Name", "Group", "By", "Ring until somebody answers"),
    )  # fmt: skip


def _why(sheet: CallSheet, duty: Duty) -> str:
    if duty.is_optional:
        return "optional: a call may promote the return"
    return f"a parent or carer is spoken to every day, {how_it_stands(duty, sheet.picture.as_of)}"


def _numbers(contacts: Sequence[Contact]) -> list[str]:
    return [
        f"{number}. {contact.shown} {contact.name}{', ' if contact.relationship else ''}{contact.relationship}"
        for number, contact in enumerate(contacts, start=1)
        if contact.is_usable
    ]


def _worksheet(sheet: CallSheet) -> Table:
    """One row for each number of each child; the last columns are typed in and taken back with `ingest`."""
    columns = (
        "priority", "pupil_id", "name", "group", "new", "due", "round", "ring_now", "contact", "contact_name",
        "relationship", "phone", "tried", "day", *TO_TYPE,
    )  # fmt: skip
    rows = tuple(
        row
        for place, card in enumerate(sheet.cards, start=1)
        for child in card.children
        for row in _typed_rows(sheet, place, child)
    )
    return Table(title="Calls", columns=columns, rows=rows, empty=_nobody(sheet.picture))


def _typed_rows(sheet: CallSheet, place: int, child: Child) -> list[tuple[str, ...]]:
    pupil, rounds = child.pupil.pupil, child.case.rounds
    is_new = sheet.number is not None and child.pupil_id in sheet.number.new
    due = shown_due(child.case.due, sheet.picture.as_of)
    head = (str(place), child.pupil_id, pupil.name, pupil.group, "NEW" if is_new else "", due)
    is_open = rounds.is_open(sheet.picture.as_of)
    return [
        (
            *head, str(rounds.number), "RING" if is_open and number in rounds.to_ring else "", str(number),
            contact.name, contact.relationship, contact.to_dial,
            _tried([r for r in rounds.rings if r.phone_key == contact.phone_key]).replace("\n", "; "),
            f"{sheet.picture.session.day:%d/%m/%Y}", *("" for _ in TO_TYPE),
        )
        for number, contact in enumerate(child.pupil.contacts, start=1)
        if contact.is_usable
    ] or [(*head, *("" for _ in range(8)), *("" for _ in TO_TYPE))]  # fmt: skip


def _facts(sheet: CallSheet) -> dict[str, Json]:
    return {
        "schema": "firstday/call-sheet/1",
        **of_the_moment(sheet.picture, sheet.number),
        "cards": [_card_shape(sheet, card) for card in sheet.cards],
        "duties": [
            {"pupil_id": d.pupil_id, "duty": d.duty, "due": d.due.isoformat(), "optional": d.is_optional}
            for d in sheet.picture.duties
            if d.duty in RINGS_TODAY and not d.done
        ],
    }


def _card_shape(sheet: CallSheet, card: Card) -> dict[str, Json]:
    return {
        "pupil_ids": [child.pupil_id for child in card.children],
        "due": card.due.isoformat(),
        "children": [_child_shape(sheet, child) for child in card.children],
    }


def _child_shape(sheet: CallSheet, child: Child) -> dict[str, Json]:
    rounds, now = child.case.rounds, sheet.picture.as_of
    return {
        "pupil_id": child.pupil_id,
        "name": child.pupil.pupil.name,
        "round": rounds.number,
        "complete_rounds": rounds.complete,
        "opens": rounds.opens.isoformat() if rounds.opens else None,
        "exhausted": rounds.exhausted or None,
        "due": child.case.due.isoformat(),
        "because": child.case.because,
        "new": sheet.number is not None and child.pupil_id in sheet.number.new,
        "contacts": [
            {
                "contact": number, "name": c.name, "relationship": c.relationship,
                "phone": c.to_dial if c.is_usable else None, "usable": c.is_usable,
                "ring_now": rounds.is_open(now) and number in rounds.to_ring,
                "tried": [
                    {
                        "at": r.entry.at.isoformat(), "outcome": r.call.outcome.value, "by": r.entry.by,
                        "round": r.round, "entry": r.entry.entry_id,
                    }
                    for r in rounds.rings
                    if c.is_usable and r.phone_key == c.phone_key
                ],
            }
            for number, c in enumerate(child.pupil.contacts, start=1)
        ],
    }  # fmt: skip
