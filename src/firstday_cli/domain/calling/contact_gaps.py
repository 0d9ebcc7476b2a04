"""What each pupil's contact list lacks, and what an office does about it. Guidance, step 7: a good contact list."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from firstday_cli.domain.calling.rounds import ALL_GONE, why_nobody
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, Logged
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Calendar, in_words

ENOUGH = 2  # fewer numbers than this, and one flat battery is the end of first-day calling
Failed = Mapping[str, Logged]


@record
class Listed:
    """One pupil's contact list as the rules see it, with the numbers that failed this term, whoever rang them.

    `says_where` is whether the export says at all who lives with a child.
    """

    pupil_id: PupilId
    contacts: tuple[Contact, ...]
    failed: Failed
    wanted: int
    says_where: bool

    def those(self, fits: Callable[[Contact], bool]) -> list[tuple[int, Contact]]:
        """The contacts that fit, each with its number on the list."""
        return [(n, c) for n, c in enumerate(self.contacts, start=1) if fits(c)]

    @property
    def gone(self) -> list[tuple[int, Contact]]:
        """The contacts who may be rung, and whose number failed."""
        return self.those(lambda c: c.is_usable and c.phone_key in self.failed)

    @property
    def good(self) -> list[tuple[int, Contact]]:
        """The contacts who may be rung, on a number that has not failed."""
        return self.those(lambda c: c.is_usable and c.phone_key not in self.failed)

    @property
    def usable(self) -> int:
        """How many different numbers can be rung; one that failed is not among them."""
        return len({contact.phone_key for _, contact in self.good})


@record
class ContactGap:
    """One thing that is wanting in one pupil's contact list; `said_by` a worse gap that tells as much."""

    gap: str
    because: str
    is_said_by_a_worse: bool = False


@record
class GapRow:
    """One row of the table: the gap, when a list has it, what to do, who says so; `found` is why, or nothing.

    Where the list has a gap of `within` too, that one says it all.
    """

    gap: str
    when: str
    do: str
    source: str
    found: Callable[[Listed], str]
    within: tuple[str, ...] = ()


def who(number: int, contact: Contact) -> str:
    """A contact without name and number: its place on the list, and the relationship."""
    return f"contact {number} ({contact.relationship})" if contact.relationship else f"contact {number}"


def _each(found: Iterable[tuple[int, Contact]], why: Callable[[Contact], str]) -> str:
    return "; ".join(f"{who(number, contact)}: {why(contact)}" for number, contact in found)


def _nobody(held: Listed) -> str:
    if held.usable:
        return ""
    return ALL_GONE if held.gone else why_nobody(held.contacts)


def _fewer_than(wanted: Callable[[Listed], int], words: str) -> Callable[[Listed], str]:
    def found(held: Listed) -> str:
        if held.usable >= wanted(held):
            return ""
        numbers = {0: "no number", 1: "1 number"}.get(held.usable, f"{held.usable} numbers")
        return f"{numbers} can be rung; {wanted(held)} are {words}"

    return found


def _nobody_elsewhere(held: Listed) -> str:
    if not held.says_where or any(contact.lives_with is False for _, contact in held.good):
        return ""
    unsaid = ", ".join(who(number, contact) for number, contact in held.good if contact.lives_with is None)
    return f"nobody who can be rung is known to live elsewhere{f'; not said of {unsaid}' if unsaid else ''}"


def _failed(held: Listed) -> str:
    def why(contact: Contact) -> str:
        entry = held.failed[contact.phone_key]
        call = entry.what
        if not isinstance(call, CallMade):
            return ""
        whose = "" if call.pupil_id == held.pupil_id else f", rung about {call.pupil_id}"
        return f"{call.outcome.value.replace('-', ' ')}, {in_words(entry.at.date())}, {entry.source}{whose}"

    return _each(held.gone, why)


def _shared(held: Listed) -> str:
    shared = held.those(lambda c: c.shares_barred_number)
    return _each(shared, lambda _: "somebody who must not be contacted has the same number, so nobody is rung on it")


def _unreadable(held: Listed) -> str:
    unread = held.those(lambda c: bool(c.phone_remark) and not c.phone_key and not c.do_not_contact)
    return _each(unread, lambda c: c.phone_remark)


def _doubtful(held: Listed) -> str:
    return _each(held.those(lambda c: bool(c.phone_remark) and c.is_usable), lambda c: c.phone_remark)


def _twice(held: Listed) -> str:
    by_number: dict[str, list[str]] = {}
    for number, contact in held.those(lambda c: c.is_usable):
        by_number.setdefault(contact.phone_key, []).append(who(number, contact))
    same = (" and ".join(people) for people in by_number.values() if len(people) > 1)
    return "; ".join(f"{people} have one number" for people in same)


def _overseas(held: Listed) -> str:
    return _each(held.those(lambda c: c.is_usable and c.is_overseas), lambda _: "the number is dialled abroad")


NO_NUMBER, FEWER_THAN_TWO, FAILED, ELSEWHERE = "no-number", "fewer-than-two", "failed-number", "nobody-outside-the-home"
STEP_7 = "Guidance, step 7"
GAPS: tuple[GapRow, ...] = (
    GapRow(
        gap=NO_NUMBER, when="nobody on the list can be rung, on a number that has not failed this term",
        do="get a number today: from the family at the gate, by letter, at the door; tell the safeguarding lead",
        source="Guidance, steps 5 to 8", found=_nobody,
    ),
    GapRow(
        gap=FEWER_THAN_TWO, when="fewer than two different numbers can be rung",
        do="ask the family for a second number, of somebody else",
        source="Keeping children safe in education: more than one emergency number",
        found=_fewer_than(lambda _: ENOUGH, "the least"), within=(NO_NUMBER,),
    ),
    GapRow(
        gap=ELSEWHERE, when="nobody who can be rung is known to live elsewhere; left out where no export says",
        do="ask for a relative, friend or neighbour who lives elsewhere; say of each contact who lives with the child",
        source="Calderdale's procedure of 2017: somebody outside the home is tried",
        found=_nobody_elsewhere, within=(NO_NUMBER,),
    ),
    GapRow(
        gap=FAILED, when="a call of this term found a number wrong or dead, and the newest list still has it",
        do="ask the family for the right number; mend it in the information system and export the list again",
        source="Guidance, steps 5 to 7", found=_failed,
    ),
    GapRow(
        gap="barred-number", when="somebody who must not be contacted has the same number",
        do="do not ring it; ask for a number of this person's own, or mend the list if it stands there by mistake",
        source="the school's own list: do not contact", found=_shared,
    ),
    GapRow(
        gap="unreadable-number", when="there is a number that cannot be read",
        do="type it again in the information system and export the list again", source=STEP_7, found=_unreadable,
    ),
    GapRow(
        gap="fewer-than-wanted", when="fewer different numbers than the policy wants, `[calling] contacts_wanted`",
        do="ask for more numbers when the family is next in touch", source=f"{STEP_7}: 4 numbers recommended",
        found=_fewer_than(lambda held: held.wanted, "wanted"), within=(NO_NUMBER, FEWER_THAN_TWO),
    ),
    GapRow(
        gap="number-twice", when="two contacts who can be rung have the same number",
        do="ask for a number of each: the same telephone rings for both", source=STEP_7, found=_twice,
    ),
    GapRow(
        gap="doubtful-number", when="a number could be read only by mending it",
        do="check it with the family, and mend it in the information system", source=STEP_7, found=_doubtful,
    ),
    GapRow(
        gap="overseas-number", when="a number is dialled abroad",
        do="ask for a number in this country as well", source="Guidance, step 5: an overseas ring tone",
        found=_overseas,
    ),
)  # fmt: skip
WORST_FIRST = {row.gap: place for place, row in enumerate(GAPS)}


def gaps_of(held: Listed) -> tuple[ContactGap, ...]:
    """Everything that is wanting in one contact list, the worst first."""
    because = {row.gap: why for row in GAPS if (why := row.found(held))}
    return tuple(
        ContactGap(gap=row.gap, because=because[row.gap], is_said_by_a_worse=not because.keys().isdisjoint(row.within))
        for row in GAPS if row.gap in because
    )  # fmt: skip


def failed_numbers(log: Iterable[Logged], since: date) -> Failed:
    """The numbers that a standing call found wrong or dead from this day on, each with the last such call."""
    calls = sorted((e for e in log if e.at.date() >= since), key=lambda e: (e.at, e.number))
    found = ((e, e.what) for e in calls)
    rung = {number_rung(c): e for e, c in found if isinstance(c, CallMade) and FOLLOWS[c.outcome].is_gone}
    return {number: entry for number, entry in rung.items() if number}


def number_rung(call: CallMade) -> str:
    """What the number that was dialled is compared by; an older log kept only how it was written."""
    return call.phone_key or "".join(c for c in call.phone if c.isdecimal())


def term_began(calendar: Calendar, day: date) -> date:
    """The first day of this day's term as calls see it: the holiday before belongs to the term that follows."""
    term = calendar.term_of(day)
    if term is None:
        return day
    ended = [other.last for other in calendar.terms if other.last < term.first]
    return max(ended) + timedelta(days=1) if ended else term.first
